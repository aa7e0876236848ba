"""The tenant sweep: every route of the URL table against two full companies."""
