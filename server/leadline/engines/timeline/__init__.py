"""What happened, in order, never rewritten."""
