"""Draw a plan: maps of a day and of a round, driver links, GPX, GeoJSON, calendars."""
