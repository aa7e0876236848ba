"""Change the links of a mail so that we hear when they are followed, and remember where they lead."""

from __future__ import annotations

import html

from leadline.channels.email.models import OutgoingLinks
from leadline.channels.email.seen.tokens import Mark, address

_MOST = 200


class Links:
    """Called with each link while a mail is written; gives back what stands there instead."""

    def __init__(self, mark: Mark) -> None:
        self._mark = mark
        self._urls: list[str] = []

    def __call__(self, url: str) -> str:
        """Our address for this link; the same link twice is one."""
        if url not in self._urls:
            if len(self._urls) >= _MOST:
                return url
            self._urls.append(url)
        return address(self._mark, f"c/{self._urls.index(url)}")

    @property
    def dot(self) -> str:
        """The picture at the end of the mail."""
        return f'<img src="{html.escape(address(self._mark, "o"))}" width="1" height="1" alt="">'

    def keep(self) -> None:
        """Remember where they lead; another attempt writes the same."""
        if self._urls:
            OutgoingLinks.objects.update_or_create(
                message_id=self._mark.message_id, defaults={"urls": self._urls}
            )
