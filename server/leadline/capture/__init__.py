"""Capture: submissions exactly as received, and how they become leads."""
