"""Many people on one server at once."""
