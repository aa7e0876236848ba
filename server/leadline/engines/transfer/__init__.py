"""Bring records in from files and give them out as files; knows rows and columns, not what they mean."""
