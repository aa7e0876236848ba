"""The rooms list: what the house is put together from, floors from bottom to top.

The order is the order in which reactions of one transaction run.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec as _find_spec


def find_spec(module: str) -> bool:
    """Whether the module exists; a missing parent package means no."""
    try:
        return _find_spec(module) is not None
    except ModuleNotFoundError:
        return False


ROOMS = [
    "leadline.infra",
    "leadline.workspaces",
    "leadline.engines.schema",
    "leadline.engines.views",
    "leadline.engines.timeline",
    "leadline.engines.search",
    "leadline.engines.notices",
    "leadline.engines.transfer",
    "leadline.engines.bulk",
    "leadline.engines.automation",
    "leadline.contacts",
    "leadline.leads",
    "leadline.conversations",
    "leadline.capture",
    "leadline.tracking",
    "leadline.scoring",
    "leadline.scoring.prediction",
    "leadline.assignment",
    "leadline.ads",
    "leadline.customers",
]

CHANNELS = [
    "leadline.channels.api",
    "leadline.channels.webforms",
    "leadline.channels.email",
    "leadline.channels.webforms.spam",
    "leadline.channels.tracking",
    "leadline.channels.whatsapp",
    "leadline.channels.sms",
    "leadline.channels.meta_ads",
    "leadline.channels.google_ads",
    "leadline.channels.linkedin",
    "leadline.channels.tiktok",
]


def installed() -> list[str]:
    """Every room and channel as a Django app."""
    return [room for room in (*ROOMS, *CHANNELS) if find_spec(f"{room}.apps")]


def drawers(name: str) -> list[str]:
    """The modules with this drawer name that exist, in rooms order."""
    return [f"{room}.{name}" for room in installed() if find_spec(f"{room}.{name}")]


def open_doors() -> None:
    """Import every room's door plate, reactions and schedule, so that they are registered."""
    for drawer in ("room", "reactions", "schedule"):
        for module in drawers(drawer):
            import_module(module)
