"""Where one is the customer of a platform's advertisement."""
