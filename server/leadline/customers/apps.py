"""The customers room as a Django app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers and conversion."""

    name = "leadline.customers"
