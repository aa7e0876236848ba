"""The one guarded way out: every call to a provider or a customer's server goes through here."""

from leadline.infra.http.calling import Answer, CallFailed, CallRefused, call

__all__ = ["Answer", "CallFailed", "CallRefused", "call"]
