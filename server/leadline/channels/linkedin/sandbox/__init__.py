"""LinkedIn played locally: the same interface, challenges, signatures and errors, and a form to fill in."""
