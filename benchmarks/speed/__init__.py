"""How fast the parts are, and how whole days grow."""
