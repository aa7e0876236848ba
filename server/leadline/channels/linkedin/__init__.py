"""Lead forms of LinkedIn: webhook with challenges, fetch, catching up, and LinkedIn played locally."""
