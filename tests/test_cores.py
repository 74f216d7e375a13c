"""Who sits where, and that nobody stays seated who should not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from performance import cores

LINUX = hasattr(os, "sched_getaffinity")  # elsewhere nobody sits, and nothing is to be seen of it


def allowed() -> set[int]:
    return os.sched_getaffinity(0) if LINUX else set(cores.CORES)


@pytest.fixture(autouse=True)
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cores, "CROWDED", True)
    before = allowed()
    yield
    assert allowed() == before


def test_who_takes_a_seat_has_that_core_alone_and_only_meanwhile() -> None:
    with cores.seated(cores.LAST):
        assert not LINUX or allowed() == {cores.LAST}
        with cores.anywhere():
            assert allowed() == set(cores.CORES)
        assert not LINUX or allowed() == {cores.LAST}
    assert allowed() == set(cores.CORES)


def test_where_there_is_room_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "CROWDED", False)
    with cores.seated(cores.FIRST):
        assert allowed() == set(cores.CORES)


def test_what_is_started_anywhere_may_work_everywhere() -> None:
    program = "import os; print(*sorted(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else ())"
    with cores.seated(cores.FIRST):
        with cores.anywhere():
            free = subprocess.run(
                [sys.executable, "-c", program], capture_output=True, text=True, check=True
            ).stdout
        kept = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
    assert [int(core) for core in free.split()] == list(cores.CORES)
    assert not LINUX or kept.split() == [str(cores.FIRST)]


def test_a_thread_leaves_its_parents_seat_and_can_be_seated_by_others() -> None:
    seen: list[set[int]] = []
    sat = threading.Event()

    def work() -> None:
        seen.append(allowed())
        cores.roam()
        seen.append(allowed())
        sat.wait(5.0)
        seen.append(allowed())

    with cores.seated(cores.FIRST):
        thread = threading.Thread(target=work)
        thread.start()
        while len(seen) < 2:
            pass
        cores.sit(cores.LAST, thread.native_id or 0)
        sat.set()
        thread.join(5.0)
    assert seen[1] == set(cores.CORES)
    assert not LINUX or (seen[0] == {cores.FIRST} and seen[2] == {cores.LAST})


def test_who_has_ended_is_not_missed() -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    cores.sit(cores.FIRST, thread.native_id or 0)
