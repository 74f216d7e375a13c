"""A run of the figure's lit pixels: how what is known of them lies in one array, and how they are laid over the picture
and under the air."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, inline

Rows = NDArray[np.float32]
HIDES = 0.78  # of lit air that fills the house: as much lies behind the figure

RUN = 256  # pixels lit together; layers of one array, so far apart that the compiler need not fear they touch
NY, NZ, CLOTH, KIND, LIT, FREE, COAT, FLOW, SHARE, BLUE, GREEN, RED = (
    np.uint64(RUN * k) for k in range(1, 13)
)
LAYERS = 14  # the first is the normal's x; the last is room to read beyond


@inline
def lay(out: Rows, at: Rows) -> None:
    """Lay lit pixels over a row."""
    for j in range(np.uint64(out.shape[0] // 4)):
        i = np.uint64(j)
        b = np.uint64(4) * i
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        cover = at[SHARE + i]
        keep = f4(1) - cover
        out[b] = out[b] * keep + at[BLUE + i] * cover
        out[g] = out[g] * keep + at[GREEN + i] * cover
        out[r] = out[r] * keep + at[RED + i] * cover
        out[a] = out[a] * keep + cover


@inline
def gather(shade: Rows, at: Rows, begin: int, end: int, first: int, scale: int) -> None:
    """Add up how far pixels [begin, end) of a row cover the places of the field, of which `first` is shade[0]."""
    x = begin
    while x < end:
        place = x // scale
        stop, total = min((place + 1) * scale, end), f4(0)
        for i in range(x - begin, stop - begin):
            total += at[SHARE + np.uint64(i)]
        shade[place - first] += total
        x = stop


@inline
def hide(air: Rows, shade: Rows, first: int, whole: float, hides: float) -> None:
    """Take the light of the air before a row of places as far as they are covered, of which `whole` is all. Then
    nothing is covered."""
    for i in range(min(shade.shape[0], air.shape[0] - first)):
        keep = f4(1) - hides * shade[i] / whole
        shade[i] = f4(0)
        for c in range(3):
            air[first + i, c] *= keep
