"""Lead ads of Facebook and Instagram: webhook, fetch, catching up, and Meta played locally."""
