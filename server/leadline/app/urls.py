"""The URL table: the API, the channels' doors, login, and the front end for everything else."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from leadline.app import rooms, web
from leadline.app.api import add_rooms


def health(request: HttpRequest) -> HttpResponse:
    """For load balancers and the start-up probe."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", health),
    path("api/v1/", add_rooms().urls),
    path("_allauth/", include("allauth.headless.urls")),
    *(path("", include(import_module(module))) for module in rooms.drawers("urls")),
    re_path(r"^(?!api/|_allauth/|hooks/|f/|t/|assets/|sandbox/).*$", web.index),
]
