"""Form spam: what the company's own people marked, and what is learned from it."""
