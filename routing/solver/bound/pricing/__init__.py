"""The cheapest routes of one class of shifts under given duals, by labels, compiled.

`data` holds the arrays, `floor` what the rest of a day can gain at most, `steps` the rules of one
more stop, `shelf` which labels are kept, `labels` runs it.
"""
