"""Leadline: every inquiry stored, matched, scored, assigned, answered and on a clock within a second."""
