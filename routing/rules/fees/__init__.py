"""Fees: prices are data, a quote shows every line that made it, and what is unknown is asked, never assumed.

`question` is what is asked, `quote` what is answered. A `schedule` is one dated price list: conventions, and components
from `components/`, one small module each. `readings` are the things that may be read in more than one way; `pricing`
tries every reading of those that are unknown. `read` turns TOML files into a `book` of schedules, `flaws` looks for
contradictions in them.
"""
