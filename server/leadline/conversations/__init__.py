"""Floor 6: threads and messages of every channel, templates, the outbox."""
