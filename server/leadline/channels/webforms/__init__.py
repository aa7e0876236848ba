"""Website forms: our own, hosted and embedded, and the webhooks of form tools."""
