"""Who gets ready is there when needed, gone when not, and never waited for."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator

import pytest

from performance.live.standby import Hired, Standby


class Somebody:
    """A process of which only the end matters."""

    def __init__(self) -> None:
        self.exitcode: int | None = None

    def kill(self) -> None:
        self.exitcode = -9

    def join(self, timeout: float) -> None:
        assert self.exitcode is not None


@pytest.fixture
def hired() -> Iterator[Hired]:
    ours, theirs = multiprocessing.Pipe()
    yield Hired(Somebody(), ours)
    theirs.close()


def until_hired(standby: Standby) -> None:
    standby._hiring.join(5.0)
    assert not standby._hiring.is_alive()


def test_who_is_ready_takes_over_once(hired: Hired) -> None:
    standby = Standby(lambda: hired)
    until_hired(standby)
    assert standby.take() is hired
    assert standby.take() is None
    standby.dismiss()  # belongs to somebody else now
    assert hired.process.exitcode is None
    hired.pipe.close()


def test_nobody_waits_while_somebody_is_hired_and_who_comes_too_late_goes(hired: Hired) -> None:
    come = threading.Event()

    def slowly() -> Hired:
        come.wait(5.0)
        return hired

    standby = Standby(slowly)
    began = time.perf_counter()
    assert standby.take() is None
    assert time.perf_counter() - began < 1.0
    come.set()
    until_hired(standby)
    assert hired.process.exitcode == -9
    assert hired.pipe.closed


def test_who_is_dismissed_or_has_died_meanwhile_does_not_play(hired: Hired) -> None:
    standby = Standby(lambda: hired)
    until_hired(standby)
    hired.process.exitcode = 1
    assert standby.take() is None
    assert hired.pipe.closed


def test_a_process_that_cannot_be_started_is_nobody() -> None:
    def fail() -> Hired:
        raise OSError("no more processes")

    standby = Standby(fail)
    until_hired(standby)
    assert standby.take() is None
