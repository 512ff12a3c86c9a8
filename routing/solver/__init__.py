"""From a problem to a plan: arrays, engines, timetable."""
