"""Connects the database roles to Django: act as the application role, except while migrating."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from leadline.infra.tenancy import APP_ROLE

_acting = {"as_owner": False}


def act_as_owner(yes: bool = True) -> None:
    """From now on new connections of this process keep the owner's role (migrations, tests' set-up)."""
    _acting["as_owner"] = yes


def _take_role(connection: Any, **_: Any) -> None:
    if _acting["as_owner"] or connection.vendor != "postgresql" or connection.alias != "default":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone():
            cursor.execute(f"SET ROLE {APP_ROLE}")


def _become_owner(using: str, **_: Any) -> None:
    from django.db import connections

    with suppress(Exception), connections[using].cursor() as cursor:
        cursor.execute("RESET ROLE")


class InfraConfig(AppConfig):
    """Floor 1: what every room stands on."""

    name = "leadline.infra"

    def ready(self) -> None:
        from django.core.management import call_command

        from leadline.infra import roles

        def protect(using: str = "default", **_: Any) -> None:
            call_command("createcachetable", database=using, verbosity=0)
            roles.protect(using)

        connection_created.connect(_take_role)
        pre_migrate.connect(_become_owner, sender=self)
        post_migrate.connect(protect, sender=self, weak=False)
