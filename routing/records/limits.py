"""How much of a file is read before it is refused: far above any municipality's need, far below any harm."""

from typing import Final

MAX_FILE_BYTES: Final = 20_000_000
"""Size of one file on disk."""

MAX_UNPACKED_BYTES: Final = 32_000_000
"""Size of all parts of an XLSX file together, declared and actual."""

MAX_PARTS: Final = 500
"""Number of parts in an XLSX file."""

MAX_ROWS: Final = 20_000
"""Rows of one file, the header counted."""

MAX_COLUMNS: Final = 200
"""Columns of one file."""

MAX_CELL_CHARACTERS: Final = 2_000
"""Length of one cell."""
