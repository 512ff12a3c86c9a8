"""From an instance to the whole numbers every engine gets, and from those to Hoolering's own problem."""
