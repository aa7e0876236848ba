"""What a mail says: its parts, its own words, and whether a person wrote it. Pure: bytes in, values out."""
