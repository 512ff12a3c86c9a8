"""The command line `hoolering`."""
