"""Floor 0: plain functions that know no table, no framework and no word of sales."""
