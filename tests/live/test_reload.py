"""A save is taken once, whole, however the editor saves; a broken one leaves the piece as it was."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from performance.live.reload import Saved, Watch
from performance.score.reader import read_score


@pytest.fixture
def watch(score: Path) -> Iterator[Watch]:
    watching = Watch(score, read_score(score))
    yield watching
    watching.close()


def wait(watch: Watch) -> Saved:
    """The next save; a test that waits for ever is broken."""
    for _ in range(500):
        saved = watch.fresh()
        if saved is not None:
            return saved
        time.sleep(0.01)
    raise AssertionError("no save was seen")


def test_a_save_in_place_is_seen(watch: Watch) -> None:
    watch.path.write_text(watch.path.read_text().replace("gold", "rose"))
    saved = wait(watch)
    assert not saved.faults
    assert saved.score == read_score(watch.path)
    assert watch.fresh() is None


def test_a_save_by_renaming_is_seen_again_and_again(watch: Watch) -> None:
    for length in ("4s", "5s", "6s"):
        other = watch.path.with_suffix(".swp")
        other.write_text(watch.path.read_text().replace('length = "3s"', f'length = "{length}"'))
        os.replace(other, watch.path)
        assert wait(watch).score == read_score(watch.path)
        watch.path.write_text(watch.path.read_text().replace(f'length = "{length}"', 'length = "3s"'))
        assert wait(watch).score == read_score(watch.path)


def test_a_broken_save_keeps_the_beat_and_says_where(watch: Watch) -> None:
    before = watch.score
    watch.path.write_text(watch.path.read_text().replace('"gold"', '"golld"'))
    saved = wait(watch)
    assert saved.score == before
    (fault,) = saved.faults
    assert fault.path == str(watch.path)
    assert fault.line == 7
    assert "gold" in fault.message
    watch.path.write_text(watch.path.read_text().replace('"golld"', '"gold"'))
    assert not wait(watch).faults


def test_a_file_that_goes_away_changes_nothing(watch: Watch) -> None:
    text = watch.path.read_text()
    watch.path.unlink()
    time.sleep(0.3)
    assert watch.fresh() is None
    watch.path.write_text(text.replace("gold", "rose"))
    assert not wait(watch).faults


def test_touching_the_file_is_no_save(watch: Watch) -> None:
    os.utime(watch.path)
    time.sleep(0.4)
    assert watch.fresh() is None
