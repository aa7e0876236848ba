"""What every room's api drawer is made with."""

from leadline.infra.web.shapes import Page, Shape, one_of, page

__all__ = ["Page", "Shape", "one_of", "page"]
