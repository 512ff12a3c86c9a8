"""How good answers are: runs over published instances, tables and plots of what came out."""
