"""The guide tells every variable there is."""

from __future__ import annotations

from pathlib import Path

from leadline.app.env import Environment

GUIDE = Path(__file__).parents[4] / "docs/guide/configuration.md"


def test_the_guide_describes_every_variable_as_the_code_does() -> None:
    told = GUIDE.read_text()
    missing = [
        name
        for name, field in Environment.model_fields.items()
        if f"`{field.validation_alias or f'LEADLINE_{name.upper()}'}`" not in told
        or str(field.description) not in told
    ]
    assert missing == []
