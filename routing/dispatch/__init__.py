"""What a coordinator does to a day's plan by hand: see where work fits, move it, lock it, accept parts of another.

Pure functions over a `Desk` (a day compiled once) and a `Plan`. Nothing here searches for a better day: that is the
solver's. What comes back has been timed exactly and judged by `routing.review.check`.
"""
