"""Solver runs beside the server: in processes of their own, told about through the store."""
