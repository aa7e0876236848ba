"""What the mail channel does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.channels.email import limits
from leadline.channels.email.imap.watching import mailboxes_to_read, watch
from leadline.infra.jobs import every


@every(timedelta(seconds=5))
def look_after_mailboxes() -> None:
    """Keep every mailbox read that is connected by IMAP; new ones begin, and those switched off end."""
    watch.keep(mailboxes_to_read())


@every(timedelta(hours=12))
def forget_old_departures() -> None:
    """Throw away counted mails that no limit counts any more."""
    limits.forget_old_departures_everywhere()
