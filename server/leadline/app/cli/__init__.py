"""The commands of `leadline`."""
