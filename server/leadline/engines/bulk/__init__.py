"""Many records changed together: as a job with progress, stopped when wanted, taken back for 30 days."""
