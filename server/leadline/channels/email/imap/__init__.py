"""Mailboxes read by IMAP: a supervised part of the worker, which loses no mail and takes none twice."""
