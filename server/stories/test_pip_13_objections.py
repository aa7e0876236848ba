"""PIP-13: what people have against buying is written down with its answer, and counted by how it ended."""

from __future__ import annotations

from stories.company import Acme, Seat, ok


def test_an_objection_is_answered_overcome_and_counted(acme: Acme, ola: Seat) -> None:
    rita = acme.hire("Rita")
    reason = ok(ola.get("/loss-reasons"))[0]["id"]
    ends = {"Dana Levi": "Closed won", "Noa Bar": "Closed lost", "Omer Katz": ""}
    for name, end in ends.items():
        lead = rita.add(name)
        path = f"/leads/{lead['id']}/objections"
        said = ok(rita.post(path, {"kind": "Too expensive"}))
        if end == "Closed won":
            change = {"answer": "Pays back in two years", "outcome": "overcome", "version": said["version"]}
            ok(rita.patch(f"/objections/{said['id']}", change))
        if end:
            rita.move(lead["id"], end, lost={"reason_id": reason})
    ok(rita.post(path, {"kind": "Bad timing"}))

    assert [entry["text"] for entry in rita.timeline(lead["id"], "system")] == [
        "Objection: Too expensive",
        "Objection: Bad timing",
    ]
    (timing, price) = sorted(ok(rita.get(path)), key=lambda one: one["kind"])
    assert (timing["outcome"], price["by_name"], price["at"][:10]) == ("open", "Rita", "2026-01-07")
    counted = {one["kind"]: one for one in ok(ola.get("/objection-kinds"))}
    price = counted["Too expensive"]
    assert (price["leads"], price["overcome"], price["won"], price["lost"], price["win_rate"]) == (
        3,
        1,
        1,
        1,
        50,
    )
    assert counted["Bad timing"]["win_rate"] is None
