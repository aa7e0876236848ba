"""CAP-05, CAP-19: whoever fills in a form inside an advertisement is a lead, wherever it was shown."""

from __future__ import annotations

from leadline.ads.models import SandboxAccount
from stories.company import Acme, Drain, ok

PLATFORMS = {
    "meta_ads": ("instagram", "Autumn roofs", {"platform": "ig", "full_name": "Ann"}, "ad"),
    "google_ads": ("google_ads", "Roofs", {"full_name": "Ben"}, "creative_id"),
    "linkedin": ("linkedin", "Factories", {"first_name": "Cid"}, "creative_id"),
    "tiktok": ("tiktok", "Clips of roofs", {"full_name": "Dan"}, "ad"),
}
NAMES = "20987654321 = Roofs\n367370001 = Factories"


def test_every_platform_brings_leads_with_source_campaign_ad_and_click_id(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    for channel, (_, _, person, _) in PLATFORMS.items():
        settings = {"names": NAMES} if channel in ("google_ads", "linkedin") else {}
        made = ok(ola.post("/connections", {"channel": channel, "name": channel, "settings": settings}))
        account = str(SandboxAccount.objects.get(connection_id=made["id"]).id)
        ola.client.post(f"/sandbox/ads/{channel}/faults", {"account": account, "switches": "twice"})
        mail = {"account": account, "email": f"{channel}@{channel.replace('_', '-')}.example"}
        answer = ola.client.post(f"/sandbox/ads/{channel}/leads", {**mail, **person, "consent": "on"})
        assert answer.status_code == 302, answer.content
    drain()

    rows = {row["channel"]: row for row in ola.leads()}
    assert len(ola.leads()) == len(PLATFORMS)
    for channel, (source, campaign, _, ad) in PLATFORMS.items():
        lead = ola.lead(rows[channel]["id"])
        assert (lead["source"], lead["campaign"], lead["first_source"]) == (source, campaign, source)
        assert lead["extra"][ad]
        assert lead["owner"] or lead["team"]
    assert ola.lead(rows["google_ads"]["id"])["utm"]["gclid"]
    assert {one["state"] for one in ok(ola.get("/submissions"))["items"]} == {"understood"}
