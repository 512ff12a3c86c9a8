"""What was done, what is owed for it and what is reported of it: pure functions over log entries."""
