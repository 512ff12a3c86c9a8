"""Road graphs, travel matrices, snapping, ferries and the geometry of a leg."""
