"""Judges of answers: each reads the original numbers, in double precision, and shares no code with any engine."""
