"""WhatsApp Business Cloud API: messages in and out, and the provider played locally."""
