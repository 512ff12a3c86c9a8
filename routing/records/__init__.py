"""What the municipality keeps: its folder of records, read with every finding reported."""
