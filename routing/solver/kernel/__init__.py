"""Engine `search`: ruin and recreate, compiled.

Slack induction by string removals (Christiaens & Vanden Berghe 2020) on the whole domain model. `data` holds the
arrays, `route` weighs one route, `settle` agrees the times of routes that depend on each other, `seek` and `insert`
find places, `ruin` takes requests out, `loop` runs it all, `engine` is the door to Python, `audit` checks it.
ARCHITECTURE.md says where a rule enters.
"""
