"""Meta played locally: the same interface, tokens, signatures and errors, and a form to fill in."""
