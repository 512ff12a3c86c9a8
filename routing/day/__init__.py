"""One day: records, rules, roads and a date become a problem; a plan becomes the priced day."""
