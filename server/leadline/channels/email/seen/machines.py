"""Tell machines that load pictures and follow links from people who do. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# What happens so soon after a mail has left is done by the mail servers on its way.
TOO_SOON = timedelta(seconds=10)
_PROXY = re.compile(
    r"GoogleImageProxy|ggpht|YahooMailProxy|ImageProxy|mimecast|barracuda|proofpoint", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|scan|preview|headless|python|curl|wget|java/|okhttp", re.IGNORECASE
)


def is_machine(agent: str, at: datetime, left_at: datetime | None) -> bool:
    """Whether a program did it: it says so, says too little, or was faster than anybody reads."""
    soon = left_at is not None and at - left_at < TOO_SOON
    bare = agent.strip() in {"", "Mozilla/5.0"}
    return soon or bare or bool(_PROXY.search(agent) or _PROGRAM.search(agent))
