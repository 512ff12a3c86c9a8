"""Decide a municipality's day: records become a problem, the solver makes a plan, review judges it."""
