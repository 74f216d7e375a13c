"""However many threads paint: every row once, faults told, nothing left behind."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
import weakref
from typing import Any

import numpy as np
import pytest

from performance.compiled import kernel
from performance.paint import threads as painters
from performance.paint.threads import Threads

COUNTS = (1, 2, 3, 4)
ROWS = (0, 1, 7, 16, 135, 540, 2160)


@kernel("void(i8, i8, i8[:,::1], i8)")
def add_rows(first: int, end: int, rows: Any, more: int) -> None:
    """Add `more` and the number of the row to every column."""
    for y in range(first, end):
        for x in range(rows.shape[1]):
            rows[y, x] += more + y


@pytest.mark.parametrize("count", COUNTS)
def test_every_row_is_painted_once(count: int) -> None:
    threads = Threads(count)
    for rows in ROWS:
        painted = np.zeros((rows, 5), np.int64)
        for _ in range(20):
            threads.bands(rows, add_rows, painted, 3)
        assert (painted == 20 * (3 + np.arange(rows))[:, None]).all()


@pytest.mark.parametrize("count", COUNTS)
def test_bands_lie_side_by_side_and_all_of_them_are_done_on_return(count: int) -> None:
    threads = Threads(count)
    for rows in ROWS:
        done: list[tuple[int, int]] = []

        def slow(first: int, end: int, done: list[tuple[int, int]] = done) -> None:
            time.sleep(0.0005)
            done.append((first, end))

        threads.bands(rows, slow)
        done.sort()
        assert [first for first, _ in done] + [rows] == [0] * bool(rows) + [
            end for _, end in done
        ] or not rows
        assert bool(done) == bool(rows)


@pytest.mark.parametrize("count", COUNTS)
def test_a_fault_in_any_band_is_raised_after_the_others_are_done(count: int) -> None:
    threads = Threads(count)
    for wrong in (0, 100, 539):
        done: list[int] = []

        def faulty(first: int, end: int, wrong: int = wrong, done: list[int] = done) -> None:
            if first <= wrong < end:
                raise ValueError(f"row {wrong}")
            done.extend(range(first, end))

        with pytest.raises(ValueError, match=f"row {wrong}"):
            threads.bands(540, faulty)
        if count > 1:
            assert len(done) > 0
    painted = np.zeros((540, 2), np.int64)
    threads.bands(540, add_rows, painted, 0)  # and they work on
    assert (painted == np.arange(540)[:, None]).all()


@pytest.mark.parametrize("count", COUNTS)
def test_arguments_of_another_type_are_refused(count: int) -> None:
    with pytest.raises(TypeError):
        Threads(count).bands(540, add_rows, np.zeros((540, 2), np.float32), 0)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_who_shares_a_core_stays_away_while_it_is_needed(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("performance.paint.threads.CROWDED", True)
    monkeypatch.setattr("performance.paint.threads.CORES", tuple(range(count)))
    busy = np.ones(1)
    threads = Threads(count, busy)
    sharing = f"paint-{count - 1}"
    painted: list[int] = []
    painters: set[str] = set()

    def slow(first: int, end: int) -> None:
        time.sleep(0.0005)
        painted.extend(range(first, end))
        painters.add(threading.current_thread().name)

    for needed in (1.0, 0.0):
        busy[0] = needed
        painters.clear()
        for _ in range(40):
            painted.clear()
            threads.bands(160, slow)
            assert sorted(painted) == list(range(160))
        assert (sharing in painters) == (not needed)
        assert len(painters) == count - (sharing not in painters)


def test_what_was_painted_on_is_let_go_though_a_helper_comes_late(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Any] = []

    class Held(painters._Job):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            held.append(self)

    monkeypatch.setattr(painters, "_Job", Held)
    painted = np.zeros((540, 2), np.int64)
    gone = weakref.ref(painted)
    Threads(2).bands(540, add_rows, painted, 0)
    del painted
    assert held and gone() is None


def test_helpers_go_when_they_are_forgotten() -> None:
    before = set(threading.enumerate())
    threads = Threads(4)
    painted = np.zeros((540, 2), np.int64)
    threads.bands(540, add_rows, painted, 0)
    helpers = set(threading.enumerate()) - before
    assert len(helpers) == 3
    del threads
    gc.collect()
    for helper in helpers:
        helper.join(5.0)
        assert not helper.is_alive()


@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_a_program_ends_while_helpers_look_out_or_sleep(pause: float) -> None:
    program = (
        "import time\nfrom performance.paint.threads import Threads\n"
        f"t = Threads(3)\nt.bands(540, lambda first, end: None)\ntime.sleep({pause})\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
