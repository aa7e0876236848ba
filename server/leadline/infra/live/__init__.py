"""Recorded events, told at once to the browsers of those who may see them."""

from leadline.infra.live.visibility import Viewer, offer_visibility

__all__ = ["Viewer", "offer_visibility"]
