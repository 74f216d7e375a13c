"""The contact sheet: nothing but the middles of the beats, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from performance.sheet.marks import Bytes, Page, Picture

COLUMNS = 3
STILL = (480, 270)  # pixels, and units of the page
GAP = 6


def contact(stills: Sequence[Bytes]) -> Page:
    """In order, row by row, three in each; what is left over stands in the middle of the last."""
    columns = min(COLUMNS, len(stills))
    across, down = STILL[0] + GAP, STILL[1] + GAP
    page = Page(columns * across + GAP, -(-len(stills) // columns) * down + GAP, paper=(8, 8, 8))
    for i, pixels in enumerate(stills):
        row, column = divmod(i, columns)
        missing = max(0, (row + 1) * columns - len(stills))
        page.marks.append(
            Picture(GAP + column * across + missing * across // 2, GAP + row * down, *STILL, pixels)
        )
    return page
