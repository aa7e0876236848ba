"""WhatsApp played locally: the same interface, tokens, signatures and errors, and a phone to chat with."""
