"""The processes that `leadline serve` keeps alive."""
