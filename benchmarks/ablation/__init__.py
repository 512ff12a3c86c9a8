"""What each stage of the method is worth."""
