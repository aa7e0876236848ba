"""A company with a story, to look at and to try things on, and traffic that keeps it alive."""
