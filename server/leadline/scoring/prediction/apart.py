"""Learn in a process of its own, so that a worker's other jobs keep their pace and its memory stays small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from leadline.scoring.prediction.learning import Lesson
from leadline.scoring.prediction.rules import LONGEST_TRAINING

_EACH = 0.05
_COMMAND = (sys.executable, "-m", "leadline.scoring.prediction.learning")


class LearningFailed(Exception):
    """The learning ended without a result; the sentence says how."""


def learn_apart(lesson: Lesson, told: Callable[[float], None]) -> dict[str, Any]:
    """What was learned, as JSON; `told` hears how far it is. It is ended when it takes far too long."""
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ending = threading.Timer(LONGEST_TRAINING.total_seconds(), process.kill)
        ending.start()
        try:
            json.dump(asdict(lesson), process.stdin)
            process.stdin.close()
            learned, last = None, 0.0
            for line in process.stdout:
                said = json.loads(line)
                learned = said.get("learned", learned)
                if said.get("progress", 0.0) >= last + _EACH:
                    last = said["progress"]
                    told(last)
        except BrokenPipeError:
            learned = None
        finally:
            ending.cancel()
            if process.poll() is None and learned is None:
                process.kill()
    if learned is None:
        raise LearningFailed(f"The learning ended by itself with code {process.returncode}.")
    result: dict[str, Any] = learned
    return result
