"""TikTok played locally: the same bodies and signatures, and a form to fill in."""
