"""The addresses of forms and of the webhooks of form tools."""

from django.urls import path

from leadline.channels.webforms import hooks, views

urlpatterns = [
    path("f/embed.js", views.script),
    path("f/<str:token>", views.own_form),
    path("f/<str:token>/start", views.start),
    path("f/<str:token>/embed.js", views.script),
    path("hooks/forms", hooks.receive),
    path("hooks/forms/<str:token>", hooks.receive),
]
