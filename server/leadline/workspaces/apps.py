"""Floor 2: workspaces, members, the actor, audit."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """The room of the people."""

    name = "leadline.workspaces"

    def ready(self) -> None:
        from leadline.workspaces import logins

        logins.listen()
