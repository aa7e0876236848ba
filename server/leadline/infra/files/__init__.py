"""Stored files: kept by content, checked by content, given out only as attachments."""

from leadline.infra.files.storing import FileRefused, answer, read, store

__all__ = ["FileRefused", "answer", "read", "store"]
