"""Stored files: kept by content, checked by content, given out only as attachments."""

from leadline.infra.files.storing import FileRefused, answer, opened, read, store, store_stream

__all__ = ["FileRefused", "answer", "opened", "read", "store", "store_stream"]
