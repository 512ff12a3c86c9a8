"""What people do with the store: use cases without HTTP, raising the errors of the family and findings."""
