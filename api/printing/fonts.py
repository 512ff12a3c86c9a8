"""The fonts of the sheets: those inside the compiler, none of the system."""

from __future__ import annotations

import typst

FAMILIES = ("Libertinus Serif", "DejaVu Sans Mono")
"""In the order they are tried; `look.typ` names the same."""
FONTS = typst.Fonts(include_system_fonts=False)
