"""Real files, as they are published: every row is accounted for. LEADLINE_SAMPLES names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.bringing import Drain, brought, counts, mapped, run

FOLDER = Path(os.environ.get("LEADLINE_SAMPLES", "samples"))
KINDS = ("leads_xeducation/leads*.csv", "funnel_olist/*.csv", "pipeline_maven/*.csv")
FILES = sorted(path for kind in KINDS for path in FOLDER.glob(kind))
pytestmark = [pytest.mark.django_db, pytest.mark.faults]


@pytest.mark.skipif(not FILES, reason="LEADLINE_SAMPLES names no folder with the files")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_of_a_real_file_is_accounted_for(
    path: Path, mona: Actor, rita: Actor, drain: Drain
) -> None:
    api = Api(mona)
    draft = brought(api, path.name, path.read_bytes())
    decided = [place["to"] for place in draft["mapping"]]
    if api.get(f"/imports/{draft['id']}/preview").json()["undecided"]:
        mapped(api, draft, *decided, dates="dmy")

    after = run(api, draft, drain)

    assert (after["state"], after["bad"]) == ("done", 0)
    assert Lead.objects.count() == after["created"] == after["rows"]
    assert counts(after)[1:3] == (0, 0)
