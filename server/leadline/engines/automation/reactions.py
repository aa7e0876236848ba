"""The engine hears every class of event a room offers a trigger for, each once."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.engines.automation import actions
from leadline.engines.automation.ports import listen_with
from leadline.infra.events import Event, reaction


def _listen(kind: type[Event]) -> None:
    @reaction(to=kind)
    def take_notice(happened: Sequence[Event]) -> None:
        actions.heard(kind, happened)


listen_with(_listen)
