"""Keep visits, find out whose they are, tell the lead's timeline, and forget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db.models import F, Sum
from django.db.models.functions import Greatest

from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import Entry
from leadline.infra import retention, tenancy
from leadline.kit import clock, signing, text
from leadline.kit.sentences import count, say
from leadline.leads.models import Lead
from leadline.tracking import links, rules
from leadline.tracking.models import PageCount, Visit, Visitor
from leadline.tracking.ports import PageSeen, Site, Visited

# A lead's page shows the way somebody came, not every click of a year.
_MOST_TOLD = 200
_MOST_PATHS = 50
CHANNEL = "web"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose a visitor is: certain when a form said so, probable when only a link did."""

    lead_id: UUID
    contact_id: UUID
    probable: bool = False


def keep(site: Site, visited: Visited) -> None:
    """Keep what a website told, in the running workspace; telling it twice keeps it once.

    Pages are counted for everybody. Only with a visitor, who has agreed, is it kept who saw them.
    """
    fresh: Sequence[PageSeen] = visited.pages
    if visited.visitor:
        visitor = _visitor(site, visited.visitor)
        fresh = _keep_visits(visitor, site, visited)
        _keep_stays(visitor, visited)
        if visitor.lead_id:
            _tell(visitor)
    _count(site, fresh, remembered=bool(visited.visitor))


def join(site_id: UUID | None, key: str, owner: Owner) -> None:
    """A form or a link of ours says whose the visitor is: earlier visits show on the lead from now on.

    What a form said is never changed by a link. Somebody else at the same browser gets the visits from
    then on; what was told before stays where it is.
    """
    visitor = Visitor.objects.select_for_update().filter(key=key).first()
    if visitor is None:
        if site_id is None:
            return
        visitor = _visitor(Site(id=site_id), key)
    certain = visitor.lead_id is not None and not visitor.probable
    if owner.probable and certain:
        return
    if visitor.lead_id == owner.lead_id and visitor.probable == owner.probable:
        return
    visitor.lead_id, visitor.contact_id, visitor.probable = owner.lead_id, owner.contact_id, owner.probable
    visitor.joined_at = clock.now()
    visitor.save(update_fields=["lead", "contact", "probable", "joined_at"])
    _tell(visitor)


def link_token(lead: Lead, campaign: str | None = None) -> str:
    """What a link in a message to this lead carries as `?_l=…`, so that following it says who came."""
    return links.token(_secret(), str(lead.id), clock.now() + rules.LINKS_GOOD_FOR, campaign)


def join_by_link(site: Site, key: str, token: str) -> None:
    """Somebody followed a link of ours; nothing where it is not ours, too old, or its lead is gone."""
    named = links.lead_in(_secret(), token, clock.now())
    lead = Lead.objects.filter(id=named, deleted_at=None).only("id", "contact_id").first() if named else None
    if lead is not None:
        join(site.id, key, Owner(lead_id=lead.id, contact_id=lead.contact_id, probable=True))


def forget_unknown() -> int:
    """Delete visitors who have stayed unknown for 90 days, with their visits; how many rows went."""
    old = Visitor.objects.filter(lead=None, last_seen_at__lt=clock.now() - rules.KEPT_UNKNOWN)
    return retention.forget(old.order_by("last_seen_at"))


def _secret() -> str:
    workspace_id = tenancy.require_current()
    return signing.hmac_sha256_hex(f"visit link {settings.SECRET_KEY}", workspace_id.bytes)


def _visitor(site: Site, key: str) -> Visitor:
    now = clock.now()
    Visitor.objects.bulk_create(
        [Visitor(site_id=site.id, key=key, last_seen_at=now)],
        update_conflicts=True,
        unique_fields=["workspace_id", "key"],
        update_fields=["last_seen_at"],
    )
    # Two messages of one browser at the same moment wait here for each other.
    return Visitor.objects.select_for_update().get(key=key)


def _keep_visits(visitor: Visitor, site: Site, visited: Visited) -> list[PageSeen]:
    """Store what is new, and give it back."""
    ids = [page.event_id for page in visited.pages]
    known = set(Visit.objects.filter(visitor=visitor, event_id__in=ids).values_list("event_id", flat=True))
    fresh = list({page.event_id: page for page in visited.pages if page.event_id not in known}.values())
    Visit.objects.bulk_create(_visit(visitor, site, visited.session, page) for page in fresh)
    return fresh


def _visit(visitor: Visitor, site: Site, session: str, page: PageSeen) -> Visit:
    return Visit(
        visitor=visitor,
        event_id=page.event_id,
        session=session,
        url=page.url,
        title=text.clean(page.title, 300),
        referrer=page.referrer,
        name=text.clean(page.name, 100),
        props=dict(page.props),
        key_page=not page.name and rules.is_key_page(rules.path_of(page.url), site.key_pages),
        at=page.at,
    )


def _keep_stays(visitor: Visitor, visited: Visited) -> None:
    for stay in visited.stays:
        rows = Visit.objects.filter(visitor=visitor, event_id=stay.page)
        # A page tells its time in all, and may tell it again.
        rows.update(active_ms=Greatest(F("active_ms"), stay.active_ms), scroll=stay.scroll)


def _count(site: Site, pages: Sequence[PageSeen], *, remembered: bool) -> None:
    new = [page for page in pages if not page.name and not page.counted]
    counted = Counter((page.at.date(), rules.path_of(page.url)) for page in new)
    for (day, path), views in sorted(counted.items())[:_MOST_PATHS]:
        row = PageCount(site_id=site.id, day=day, path=path)
        PageCount.objects.bulk_create([row], ignore_conflicts=True)
        PageCount.objects.filter(site_id=site.id, day=day, path=path).update(
            views=F("views") + views, remembered=F("remembered") + (views if remembered else 0)
        )


def _tell(visitor: Visitor) -> None:
    """Write on the lead's timeline what it does not show yet."""
    untold = list(Visit.objects.filter(visitor=visitor, told=False).order_by("-at")[:_MOST_TOLD])
    entries = [_entry(visitor, visit) for visit in reversed(untold)]
    timeline.record(*entries, *_long_stays(visitor))
    Visit.objects.filter(visitor=visitor, told=False).update(told=True)


def _entry(visitor: Visitor, visit: Visit) -> Entry:
    shown = visit.title or rules.path_of(visit.url)
    facts: dict[str, Any] = {
        "url": visit.url,
        "referrer": visit.referrer,
        "key": visit.key_page,
        "probable": visitor.probable,
        "name": visit.name,
    }
    what = (
        say("Did “{what}” on the website", what=visit.name)
        if visit.name
        else say("Looked at “{page}”", page=shown)
    )
    return Entry(
        id=visit.id,
        kind="visit",
        about_id=visitor.lead_id,
        with_id=visitor.contact_id,
        direction="in",
        automatic=True,
        channel=CHANNEL,
        text=what,
        payload={key: value for key, value in facts.items() if value},
        at=visit.at,
    )


def _long_stays(visitor: Visitor) -> list[Entry]:
    """One entry for each stay that is long enough and not told yet."""
    long_enough = int(rules.LONG_STAY.total_seconds() * 1000)
    recent = Visit.objects.filter(visitor=visitor, at__gte=clock.now() - timedelta(days=2)).exclude(
        session=""
    )
    stays = recent.values_list("session").annotate(ms=Sum("active_ms")).filter(ms__gte=long_enough)
    ids = {uuid5(NAMESPACE_URL, f"{visitor.id}:{session}"): ms for session, ms in stays}
    told = set(TimelineEntry.objects.filter(id__in=ids).values_list("id", flat=True)) if ids else set()
    return [
        Entry(
            id=entry_id,
            kind="stay",
            about_id=visitor.lead_id,
            with_id=visitor.contact_id,
            direction="in",
            automatic=True,
            channel=CHANNEL,
            text=say("Read on the website for {time}", time=_minutes(ms)),
            payload={"probable": True} if visitor.probable else {},
        )
        for entry_id, ms in ids.items()
        if entry_id not in told
    ]


def _minutes(ms: int) -> Any:
    return count(round(ms / 60_000), "{n} minute", "{n} minutes")
