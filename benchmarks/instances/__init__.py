"""Readers of the published instance files, one module and one plain dataclass per family."""
