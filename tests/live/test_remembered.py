"""What one evening found out, the next begins with; a spoilt note is no note."""

from __future__ import annotations

from pathlib import Path

import pytest

from performance.caches import cache_home
from performance.live.quality import LOOK, LOOKS, PATIENCE, Quality, Standing
from performance.live.remembered import FILE, recalled, remember

SIZE = (1280, 720)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_nothing_is_known_of_a_machine_that_never_played() -> None:
    assert recalled(SIZE) == Standing(0, PATIENCE)


def test_the_next_evening_begins_where_the_last_one_ended() -> None:
    quality = Quality(1 / 60)
    for _ in range(LOOK * LOOKS):
        wanted = quality.heed(0.019)
    assert wanted > 0
    quality.stand(wanted)
    remember(SIZE, quality.standing)
    remember((640, 360), Standing(0, 120.0))
    again = Quality(1 / 60, recalled(SIZE))
    assert again.rung == wanted
    assert again.share == quality.share
    assert again.standing == quality.standing
    assert recalled((640, 360)) == Standing(0, 120.0)
    assert recalled((1920, 1080)) == Standing()


@pytest.mark.parametrize("said", ["", "[]", "{", '{"1280x720": 3}', "null"])
def test_a_spoilt_note_is_no_note(said: str) -> None:
    remember(SIZE, Standing(1, 60.0))
    (cache_home() / FILE).write_text(said, "utf-8")
    assert recalled(SIZE) == Standing()
    remember(SIZE, Standing(2, 60.0))
    assert recalled(SIZE) == Standing(2, 60.0)


def test_rungs_that_there_are_not_are_not_begun_with() -> None:
    for wrong in (Standing(-1), Standing(99), Standing(1, float("nan"))):
        remember(SIZE, wrong)
        assert recalled(SIZE) == Standing()


def test_another_version_is_tried_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(SIZE, Standing(1, 60.0))
    monkeypatch.setattr("performance.live.remembered.SOURCES", "another")
    assert recalled(SIZE) == Standing()
    remember(SIZE, Standing(2, 60.0))
    assert len((cache_home() / FILE).read_text("utf-8").split("x720")) == 2  # what the old one said has gone
