"""Generated days of municipalities, and how such a day is planned by hand."""
