"""The room of lead forms: it offers nothing by itself, the platforms' channels are offered to it."""
