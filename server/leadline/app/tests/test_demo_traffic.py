"""The storyteller of the demo comes and goes quietly."""

from __future__ import annotations

import subprocess
import sys

import pytest

# A storyteller with nothing to tell: it ends at once, while its standard input is still open.
_QUIET = "from leadline.app.demo import traffic; traffic.play = lambda *a, **k: None; traffic.main()"


@pytest.mark.parametrize("told", [True, False], ids=["told to stop", "done by itself"])
def test_the_storyteller_ends_without_a_word_while_somebody_may_still_talk_to_it(told: bool) -> None:
    words = [sys.executable, "-c", _QUIET, "1", "quiet"]
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"LEADLINE_DEMO_PASSWORD": "sunny", "DJANGO_SETTINGS_MODULE": "leadline.app.settings"},
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        if told:
            process.stdin.close()
        code = process.wait(30)
        assert (code, process.stderr.read().decode()) == (0, "")
