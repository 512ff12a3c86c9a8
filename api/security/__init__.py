"""Who may do what: passwords, sessions, tokens, roles, sign-in elsewhere, limits. No HTML and no routes here."""
