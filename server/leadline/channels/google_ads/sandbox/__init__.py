"""Google played locally: the same bodies and the same key, and a form to fill in."""
