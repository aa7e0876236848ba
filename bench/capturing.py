"""How fast inquiries come in: webhooks, single leads, batches, and the automatic answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
import time
from typing import Any

import psycopg

from bench import load
from bench.house import House
from bench.measures import Bench
from bench.people import TEMPLATE, passer_by, person
from bench.report import Row
from bench.wire import Wire, request

_SERIES = iter("123456789")
_QUIET = 30.0


class Number:
    """The sandbox's WhatsApp number: signs deliveries as the provider does."""

    def __init__(self, bench: Bench) -> None:
        (found,) = bench.house.ask("GET", "/api/v1/whatsapp/connections")
        self.path = "/" + found["webhook_url"].split("/", 3)[3]
        self.phone_number_id = found["phone_number_id"]
        with psycopg.connect(bench.house.database_url()) as owner:
            row = owner.execute("SELECT sealed_secrets FROM capture_connection WHERE id = %s", [found["id"]])
            (sealed,) = row.fetchone() or ("",)
        self._secret = _unseal(sealed, bench.house)["app_secret"].encode()

    def delivery(self, message: str, phone: str, text: str) -> bytes:
        """The bytes of a signed webhook with one message."""
        metadata = {"display_phone_number": "15550100200", "phone_number_id": self.phone_number_id}
        value = {
            "messaging_product": "whatsapp",
            "metadata": metadata,
            "contacts": [{"profile": {"name": "Ana Ruiz"}, "wa_id": phone}],
            "messages": [
                {
                    "from": phone,
                    "id": message,
                    "timestamp": str(int(time.time())),
                    "type": "text",
                    "text": {"body": text},
                }
            ],
        }
        entry = {"id": "101870912345678", "changes": [{"value": value, "field": "messages"}]}
        raw = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        signed = hmac.new(self._secret, raw, hashlib.sha256).hexdigest()
        return request("POST", self.path, body=raw, headers={"X-Hub-Signature-256": f"sha256={signed}"})


def _unseal(sealed: str, house: House) -> dict[str, Any]:
    # The settings are read once, so they are right for every part that uses the product's own code.
    os.environ["LEADLINE_HOME"] = str(house.home)
    os.environ["DATABASE_URL"] = house.database_url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")
    from leadline.capture import vault

    return vault.unseal_secrets(sealed)


def webhooks(bench: Bench) -> None:
    """Deliveries verified, stored and answered; what they set off runs beside them in the worker."""
    number = Number(bench)

    def make(n: int) -> bytes:
        return number.delivery(f"wamid.bench{n}", f"49151{n:08d}", "Do you deliver to Haifa?")

    got = load.run(bench.house.port, make, threads=16, seconds=bench.seconds).must_hold("webhook")
    bench.report.per_second(
        "webhook accepted, concurrency 16",
        got.rate,
        bench.raw(16),
        bar=0.15,
        leads=bench.leads,
        more=_times(got),
    )
    forget_work(bench)


def creates(bench: Bench, *, at_once: int) -> None:
    """Single leads through the API, the whole path inside each request."""
    series = next(_SERIES)

    def make(n: int) -> bytes:
        return bench.house.request("POST", "/api/v1/leads", passer_by(n, series))

    got = load.run(bench.house.port, make, threads=at_once, seconds=bench.seconds).must_hold("create")
    path = f"lead through the API, concurrency {at_once}"
    bench.report.per_second(path, got.rate, bench.raw(at_once), bar=0.05, leads=bench.leads, more=_times(got))
    if at_once == 16:
        tail = got.at(0.99) / got.at(0.5)
        bench.report.at_most(f"{path}: p99 / p50", tail, "×", bar=10, leads=bench.leads)
    let_it_finish(bench)


def first_thousand(bench: Bench) -> None:
    """One batch that becomes the template of the fill; not measured, for everything is still cold."""
    leads = [person(n) for n in range(TEMPLATE)]
    bench.house.ask("POST", "/api/v1/leads/batch", {"leads": leads})
    bench.leads = TEMPLATE
    let_it_finish(bench)
    with psycopg.connect(bench.house.database_url(superuser=True), autocommit=True) as root:
        root.execute("ANALYZE")


def batches(bench: Bench) -> None:
    """Batches of a thousand, beside loading the very same rows by COPY into tables with the same indexes."""
    series, took = next(_SERIES), []
    for n in range(2):
        leads = [passer_by(n * TEMPLATE + i, series) for i in range(TEMPLATE)]
        began = time.perf_counter()
        answer = bench.house.ask("POST", "/api/v1/leads/batch", {"leads": leads})
        took.append(time.perf_counter() - began)
        wrong = [one for one in answer["results"] if one["status"] == "error"]
        if wrong:
            raise RuntimeError(f"batch: {wrong[0]}")
    let_it_finish(bench)
    rate, bound = TEMPLATE / min(took), _copied_per_second(bench, f"+97252{series}")
    ratio = rate / bound
    bench.report.add(
        Row(
            "batch of 1,000 through the API",
            bench.leads,
            f"{rate:,.0f} leads/s (COPY of the same rows {bound:,.0f}/s)",
            "≥ 0.15 of copy",
            round(ratio, 4),
            ratio >= 0.15,
        )
    )


_BATCH_ROWS = {
    "contacts_contact": "id IN (SELECT contact_id FROM these)",
    "contacts_identity": "contact_id IN (SELECT contact_id FROM these)",
    "leads_lead": "id IN (SELECT id FROM these)",
    "leads_stagevisit": "lead_id IN (SELECT id FROM these)",
    "timeline_timelineentry": "about_id IN (SELECT id FROM these)",
    "search_searchrow": "object_id IN (SELECT id FROM these)",
    "scoring_scoreentry": "lead_id IN (SELECT id FROM these)",
    "scoring_fading": "lead_id IN (SELECT id FROM these)",
    "assignment_slaclock": "lead_id IN (SELECT id FROM these)",
    "workspaces_auditentry": "object_id IN (SELECT id FROM these UNION ALL SELECT contact_id FROM these)",
}


def _copied_per_second(bench: Bench, phones: str) -> float:
    with psycopg.connect(bench.house.database_url(superuser=True)) as root:
        root.execute(
            "CREATE TEMP TABLE these AS SELECT l.id, l.contact_id FROM leads_lead l JOIN contacts_contact c "
            "ON c.id = l.contact_id WHERE c.phone LIKE %s LIMIT 1000",
            [phones + "%"],
        )
        dumped: dict[str, list[bytes]] = {}
        for table, whose in _BATCH_ROWS.items():
            root.execute(f"CREATE TABLE copied_{table} (LIKE {table} INCLUDING ALL)")
            plain = _plain_columns(root, table)
            with root.cursor().copy(f"COPY (SELECT {plain} FROM {table} WHERE {whose}) TO STDOUT") as out:  # noqa: S608
                dumped[table] = [bytes(part) for part in out]
        root.commit()
        began = time.perf_counter()
        for table, parts in dumped.items():
            with root.cursor().copy(
                f"COPY copied_{table} ({_plain_columns(root, table)}) FROM STDIN"
            ) as into:
                for part in parts:
                    into.write(part)
        root.commit()
        took = time.perf_counter() - began
        for table in dumped:
            root.execute(f"DROP TABLE copied_{table}")
    return TEMPLATE / took


def _plain_columns(root: psycopg.Connection, table: str) -> str:
    found = root.execute(
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) "
        "FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    ).fetchone()
    return str(found[0]) if found else ""


def replies(bench: Bench) -> None:
    """Messages of new people at 20 a second until the automatic answer was handed to the provider."""
    number, sent = Number(bench), {}
    count = int(20 * max(5.0, bench.seconds))
    begin = time.time() + 0.5

    def work(first: int) -> None:
        wire = Wire(bench.house.port)
        for n in range(first, count, 8):
            time.sleep(max(0.0, begin + n / 20 - time.time()))
            sent[f"wamid.reply{bench.leads}x{n}"] = time.time()
            message = f"wamid.reply{bench.leads}x{n}"
            wire.ask(
                number.delivery(message, f"49152{bench.leads % 997:03d}{n:05d}", "How much is a kitchen?")
            )
        wire.close()

    running = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    let_it_finish(bench)
    times = sorted(_answered(bench, sent).values())
    if len(times) < count * 0.99:
        bench.report.add(
            Row("auto-replies", bench.leads, f"{len(times)} of {count} answered", "all", None, False)
        )
    if times:
        path = "WhatsApp → auto-reply handed over, 20/s"
        bench.report.at_most(f"{path}: p50", times[len(times) // 2] * 1000, "ms", bar=300, leads=bench.leads)
        bench.report.at_most(
            f"{path}: p99", times[int(len(times) * 0.99)] * 1000, "ms", bar=1000, leads=bench.leads
        )


def _answered(bench: Bench, sent: dict[str, float]) -> dict[str, float]:
    with psycopg.connect(bench.house.database_url()) as owner:
        rows = owner.execute(
            "SELECT i.provider_id, extract(epoch FROM min(o.sent_at)) FROM conversations_message i "
            "JOIN conversations_message o ON o.thread_id = i.thread_id AND o.direction = 'out' "
            "AND o.automatic AND o.sent_at IS NOT NULL WHERE i.provider_id = ANY(%s) GROUP BY 1",
            [list(sent)],
        ).fetchall()
    return {message: float(at) - sent[message] for message, at in rows}


def let_it_finish(bench: Bench) -> None:
    """Wait until the worker has nothing to do, so that it does not disturb what is measured next."""
    end = time.monotonic() + _QUIET
    with psycopg.connect(bench.house.database_url(), autocommit=True) as owner:
        while time.monotonic() < end:
            found = owner.execute("SELECT count(*) FROM infra_job WHERE state <> 'failed' AND run_at IS NULL")
            if (found.fetchone() or (0,))[0] == 0:
                return
            time.sleep(0.2)
    forget_work(bench)


def forget_work(bench: Bench) -> None:
    """Take back what waits to be done: it would run for minutes beside what is measured next."""
    with psycopg.connect(bench.house.database_url(), autocommit=True) as owner:
        owner.execute("UPDATE capture_submission SET state = 'ignored' WHERE state = 'received'")
        owner.execute("DELETE FROM infra_job WHERE state = 'ready'")
    time.sleep(1)


def _times(got: load.Load) -> str:
    return f"p50 {got.at(0.5):.0f} ms, p99 {got.at(0.99):.0f} ms"
