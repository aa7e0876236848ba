"""Floor 3: machines that know no word of sales."""
