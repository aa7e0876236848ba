"""The company's websites: the script they carry, and what it tells."""
