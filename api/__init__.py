"""Serve Hoolering: the command line, later the board, the driver pages and the API."""
