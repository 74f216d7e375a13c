"""A new score has no fault, is seen and heard, and is never written over another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from performance import house
from performance.cli import main
from performance.output.still import still
from performance.score.reader import check, read_score
from performance.sound.render import pieces
from performance.timeline import Timeline


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "small-hours"]) == 0
    return tmp_path / "small-hours.toml"


def test_it_is_clean_and_says_how_to_play_it(made: Path) -> None:
    text = made.read_text("utf-8")
    assert check(made) == []
    assert 'title = "Small Hours"' in text
    assert f"play {made.name}\n" in text
    assert len(read_score(made).beats) == 3


def test_it_is_seen_and_heard(made: Path) -> None:
    timeline = Timeline(read_score(made))
    t = timeline.beat("answer").start + 8.0
    picture = still(timeline, t, (160, 90))
    assert picture.max() > 120
    assert picture.std() > 4.0
    sound = np.concatenate(list(pieces(timeline, t, t + 1.0)))
    assert sound.shape == (48_000, 2)
    assert np.sqrt(np.mean(sound**2)) > 1e-3


def test_nothing_is_written_over(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.write_text("mine")
    assert main(["new", "small-hours"]) == 2
    assert "there already" in capsys.readouterr().err
    assert made.read_text() == "mine"


@pytest.mark.parametrize("name", ["Small Hours", "../elsewhere", ".toml", "a_b", "-"])
def test_a_name_is_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", name]) == 2
    assert not list(tmp_path.iterdir())


def test_in_a_checkout_it_joins_the_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("scores", "assets"):
        (tmp_path / folder).mkdir()
    (tmp_path / "assets" / "new-score.toml").write_bytes(house.asset("new-score.toml").read_bytes())
    monkeypatch.setattr(house, "home", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine"]) == 0
    assert "schema ./score.schema.json" in (tmp_path / "scores" / "mine.toml").read_text()
    assert house.find_score("mine") == tmp_path / "scores" / "mine.toml"
