"""What tests, demo checks and browser stories share."""

from leadline.testing.client import Api

__all__ = ["Api"]
