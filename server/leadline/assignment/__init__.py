"""Floor 7: who takes care of a lead, and until when it must be answered."""
