"""The addresses of websites' scripts and of what they post to."""

from django.urls import path

from leadline.channels.tracking import views

urlpatterns = [
    path("t/c", views.collect),
    path("t/<str:token>.js", views.script),
]
