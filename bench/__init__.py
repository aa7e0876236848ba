"""Benchmarks: every speed as a ratio to a physical baseline measured in the same run."""
