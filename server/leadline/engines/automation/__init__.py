"""Trigger, conditions, steps: what happens by itself, and the story of every run."""
