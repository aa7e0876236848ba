"""The filter language: one tree for lists, rules, conditions and reports."""
