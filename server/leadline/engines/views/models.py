"""Saved views will live here; the filter language itself has no table."""
