"""Charges: what a client's uses of the services come to over months and years, allowances and quotas counted.

An `event` is one dated use; `charge` prices any number of them of one client, whatever order they are given in.
`what_if` prices the same events by two sets of price lists.
"""
