"""Lead forms of Google Ads: the webhook with its key, and Google played locally."""
