"""The outside world: one folder per channel, each deletable."""
