"""Read files people have: delimited text, workbooks, address books, mailboxes. Never a whole file at once."""

from leadline.engines.transfer.reading.opening import headers, recognise, rows
from leadline.engines.transfer.reading.rows import Form, Kind, Record, Unreadable

__all__ = ["Form", "Kind", "Record", "Unreadable", "headers", "recognise", "rows"]
