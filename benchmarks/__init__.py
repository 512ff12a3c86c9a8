"""How good and how fast: published instances, other solvers, generated municipal days."""
