"""Pixels that are asked for before it is their turn.

What is narrow lies on a short piece of many rows, and the machine that guesses what is read next does not guess the
next row of a picture: each of them would be waited for, longer than it takes to paint. Asking early changes nothing
that is painted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.compiled import called, inline, intrinsic, ir, types

LINE = 16  # numbers of four bytes that are fetched at once
KEEP = 3  # as near as can be: it is needed very soon
LARGEST = 48  # pixels
uint64: Any = np.uint64
int32: Any = np.int32
f4: Any = np.float32


def _fetching(context: Any, array: Any, at: Any) -> Any:
    """Ask for the line of memory of a place in an array, which will be written."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        ask = builder.module.declare_intrinsic("llvm.prefetch", (pointer,), kind)
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), pointer)
        builder.call(ask, [place, number(1), number(KEEP), number(1)])
        return context.get_dummy_value()

    return types.void(array, at), build


ask: Any = intrinsic(_fetching)


@inline
def fetch(row: Any, begin: int, end: int) -> None:
    """Ask for the numbers [begin, end) of a row, none of them negative."""
    for at in range(uint64(begin), uint64(end), uint64(LINE)):
        ask(row, at)


@called
def fetch_round(flat: Any, w: int, h: int, per: int, x: float, y: float, half: float) -> None:
    """Ask for the square that reaches `half` round a place of a picture (h, w), each pixel `per` numbers; for none
    that is so large that it had gone again before it is needed."""
    if half > f4(LARGEST):
        return
    left, right = int32(max(x - half, f4(0))), int32(min(x + half + f4(1), f4(w)))
    top, bottom = int32(max(y - half, f4(0))), int32(min(y + half + f4(1), f4(h)))
    if right > left:
        for row in range(top, bottom):
            at = uint64(row) * uint64(w)
            fetch(flat, (at + uint64(left)) * uint64(per), (at + uint64(right)) * uint64(per))
