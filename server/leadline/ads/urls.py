"""The pages of the sandbox on which one fills in a platform's form as the customer."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.ads.desk import pages

_SANDBOX = [
    path("sandbox/ads/assets/desk.css", pages.style),
    path("sandbox/ads/<str:channel>/", pages.form),
    path("sandbox/ads/<str:channel>/leads", pages.fill),
    path("sandbox/ads/<str:channel>/tests", pages.test),
    path("sandbox/ads/<str:channel>/faults", pages.faults),
]
urlpatterns = _SANDBOX if settings.ENV.sandbox else []
