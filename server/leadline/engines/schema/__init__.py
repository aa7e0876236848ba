"""What the objects of the house look like: their fields, also those a workspace adds."""
