"""What survives when the product is killed: real processes, a real database, real requests."""
