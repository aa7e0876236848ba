"""Formulas: read by Python's own parser, checked, and computed of a record; nothing is ever executed."""

from leadline.engines.schema.formula.checking import checked, kind_of
from leadline.engines.schema.formula.computing import computed
from leadline.engines.schema.formula.reading import read
from leadline.engines.schema.formula.tree import Call, Kind, Literal, Node, Ref, refs

__all__ = ["Call", "Kind", "Literal", "Node", "Ref", "checked", "computed", "kind_of", "read", "refs"]
