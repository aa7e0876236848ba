"""Lead forms of TikTok: the signed webhook, and TikTok played locally."""
