"""What the municipality's server remembers: tables, how they are opened, their history, backup and restore."""
