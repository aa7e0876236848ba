"""Backups: one file that holds the database, the stored files and the key, and is proved by restoring it."""
