"""Customers: contacts and companies that bought, and how leads become theirs."""
