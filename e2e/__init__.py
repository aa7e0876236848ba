"""Browser stories: what people do with Leadline, in real Chromium, against the real server."""
