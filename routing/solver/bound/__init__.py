"""A proven lower bound: what no plan of a day can cost less than.

Column generation over a set partitioning of the requests into routes (Desaulniers, Desrosiers & Solomon 2005). `tables`
compiles one class of alike shifts, `pricing/` finds its cheapest routes under given duals in compiled code, `master`
weighs routes against each other, `lower_bound` runs it all and keeps the best Lagrangian bound met on the way.
"""
