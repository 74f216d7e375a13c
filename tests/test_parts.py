"""What only kernels call is compiled as far as they need it; with a numba that is built otherwise, as that likes to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from performance import compiled, parts
from performance.compiled import _INSIDE, OPTIONS, types

njit: Any = compiled.numba.njit  # type: ignore[attr-defined]
LOOSE = {**OPTIONS, "cache": False}


def squares(ways: dict[str, Any]) -> tuple[Any, Any]:
    """A kernel that sums squares by way of two functions, the second of which calls the first; and the second."""
    inside = {**{key: value for key, value in _INSIDE.items() if key != "pipeline_class"}, **ways}

    square = njit(**inside, forceinline=True)(lambda x: x * x)

    def sum_of(n: int) -> Any:
        room = np.zeros(n, np.float32)
        for i in range(n):
            room[i] = square(np.float32(i))
        return room.sum()

    sum_to = njit(**inside)(sum_of)
    total = njit(**LOOSE)(lambda n: sum_to(n) + square(n))
    return total, sum_to


@pytest.mark.parametrize("ways", [parts.ways(), {}])
def test_a_kernel_does_the_same_either_way(ways: dict[str, Any]) -> None:
    total, _ = squares(ways)
    assert total(5) == 1 + 4 + 9 + 16 + 25


def test_what_only_kernels_call_is_no_code_of_its_own() -> None:
    for ways, runs in (({}, True), (parts.ways(), False)):
        _, sum_to = squares(ways)
        sum_to.compile((types.int64,))
        (made,) = sum_to.overloads.values()
        assert made.library.codegen._engine.is_symbol_defined(made.fndesc.llvm_func_name) == runs
    assert "pipeline_class" in _INSIDE  # this numba is built as it must be for that


def test_with_another_numba_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for room, name, needed in parts.NEEDED:
        for part in needed:
            with monkeypatch.context() as without:
                without.setattr(parts, "NEEDED", [(room, name, (f"{part}_of_old",))])
                assert parts.ways() == {}
