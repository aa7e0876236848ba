"""Stories share the known people of the house."""

from leadline.conftest import *  # noqa: F403 - fixtures are shared, not copied
