"""Floor 7: how promising a lead is, and why."""
