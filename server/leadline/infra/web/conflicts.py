"""Answer a conflict of versions with the record as it is now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ninja.responses import NinjaJSONEncoder

from leadline.kit.errors import Conflict


@contextmanager
def showing_current(show: Callable[[], Any]) -> Iterator[None]:
    """A conflict of versions inside the block carries what `show` gives as `current`, as a GET writes it."""
    try:
        yield
    except Conflict as conflict:
        if conflict.code == Conflict.default_code:
            conflict.extra["current"] = json.loads(json.dumps(show(), cls=NinjaJSONEncoder))
        raise
