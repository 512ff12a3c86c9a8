"""Road graphs, travel matrices, snapping, ferries and the geometry of a leg.

In reading order: `network` holds the roads as arrays, `opening` gets them from a file (`storage`, `schematic`, or
`osm_import` with `osm_filter` and `osm_tags`; all end in `assemble`), `speeds` weighs them, `snap` puts places on them,
`graph` and `condense` make them searchable, `travel` and `geometry` answer how long and which way, `prepare` does all
that in one call, and `ferries` says what sails.
"""
