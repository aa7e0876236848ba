"""Visits of people to the company's website, with their consent, and whose they turn out to be."""
