"""Judge a plan: check it, explain it, measure it, compare it."""
