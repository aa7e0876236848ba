"""What every room's api drawer is made with."""

from leadline.infra.web.conflicts import showing_current
from leadline.infra.web.outside import calls_out, gathers, is_outside
from leadline.infra.web.raw import raw_body
from leadline.infra.web.shapes import Page, Shape, one_of, page

__all__ = [
    "Page",
    "Shape",
    "calls_out",
    "gathers",
    "is_outside",
    "one_of",
    "page",
    "raw_body",
    "showing_current",
]
