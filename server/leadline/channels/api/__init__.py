"""Leads that come through the API: by programs and by the quick-add form."""
