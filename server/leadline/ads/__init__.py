"""Lead forms of advertising platforms: what they share, whichever platform shows them."""
