"""What is typed wrongly is answered in one clear line, with the right exit code, and nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from performance import house
from performance.cli import WORDS, main

ROOT = Path(__file__).resolve().parent.parent
ICE = "ice-instrument"


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    try:
        code = main([*words])
    except SystemExit as left:
        code = int(left.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["record", "ice-instrumnt", "x.mp4"], "perhaps ice-instrument"),
        (["recrod", ICE, "x.mp4"], "perhaps record"),
        (["record", ICE, "x.avi"], ".mp4 or .mov or .mkv"),
        (["record", ICE, "x"], "without an ending"),
        (["record", ICE, "nowhere/x.mp4"], "there is no folder nowhere"),
        (["record", ICE, "x.mp4", "--from", "shater"], "perhaps shatter"),
        (["record", ICE, "x.mp4", "--from", "shatter", "--to", "the-slip"], "is over before"),
        (["record", ICE, "x.mp4", "--size", "1281x720"], "take 1280x720"),
        (["record", ICE, "x.mp4", "--size", "100x100"], "320x180 to 3840x2160"),
        (["record", ICE, "x.mp4", "--size", "big"], "such as 1280x720"),
        (["record", ICE, "x.mp4", "--fps", "0"], "from 1 to 240"),
        (["record", ICE, "x.mp4", "--for", "-3"], "--for"),
        (["record", ICE, "x.mp4", "--for", "0"], "more than 0"),
        (["record", ICE], "OUT"),
        (["still", ICE, "x.png"], "--beat --at"),
        (["still", ICE, "x.png", "--beat", "nothing-like-it"], "there are the-slip"),
        (["still", ICE, "x.png", "--at", "9:59:59"], "number of seconds"),
        (["still", ICE, "x.png", "--at", "9999"], "is over after"),
        (["still", ICE, "x.gif", "--at", "1"], ".png"),
        (["still", ICE, "x.png", "--at", "1", "--quality", "best"], "'live', 'full', 'film'"),
        (["record", ICE, "x.mp4", "--quality", "best"], "'live', 'full', 'film'"),
        (["sound", ICE, "x.mp3"], ".wav"),
        (["sound", ICE, "."], "end the name in .wav"),
        (["sound", ICE], "--demo"),
        (["sound", ICE, "--demo", "x.wav"], "not a score"),
        (["sound", "--demo", "x.ogg"], ".wav"),
        (["events", ICE, "--seed", "-4"], "whole number"),
        (["sheet", ICE, "x.gif"], ".png or .jpg or .jpeg or .svg"),
        (["sheet", ICE, "x.png", "--width", "9"], "800 to 6000"),
        (["new", "Not A Name"], "such as small-hours"),
        (["check", "nowhere.toml"], "no score 'nowhere.toml'"),
        (["play", "--volume", "6"], "-60 to 0"),
        (["play", "--sizes", "1x1"], "unrecognized"),
        (["bench", "everything"], "frames, sound, record, start"),
        (["--nonsense"], "nonsense"),
    ],
    ids=" ".join,
)
def test_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = typed(capsys, *words)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1, err
    assert not list(tmp_path.iterdir())


def test_a_broken_score_is_told_fault_by_fault_with_exit_1(
    capsys: pytest.CaptureFixture[str], score: Path
) -> None:
    score.write_text(
        score.read_text().replace('"gold"', '"golld"').replace('length = "3s"', 'length = "minus"')
    )
    code, out, _ = typed(capsys, "check", str(score))
    assert code == 1
    lines = out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{score}:") and line.split(":")[1].isdigit() for line in lines)
    for words in (
        ["still", str(score), "x.png", "--at", "1"],
        ["record", str(score), "x.mp4"],
        ["events", str(score)],
    ):
        code, out, err = typed(capsys, *words)
        assert code == 1
        assert out == ""
        assert err.splitlines() == lines


def test_shipped_scores_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = typed(capsys, "check")
    assert code == 0
    assert ICE in out


def test_every_word_has_help_that_names_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = typed(capsys, "--help")
    assert code == 0
    assert all(f"    {word}" in out for word in WORDS)
    assert "space pause" in out
    for word in WORDS:
        code, out, _ = typed(capsys, word, "--help")
        assert code == 0
        assert "usage: " in out


def test_a_score_goes_by_its_name_or_its_path(score: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert house.find_score(ICE) == house.home() / "scores" / f"{ICE}.toml"
    assert house.find_score(str(score)) == score
    monkeypatch.chdir(score.parent)
    assert house.find_score("small.toml").resolve() == score


def test_composed_notes_are_listed_too(capsys: pytest.CaptureFixture[str]) -> None:
    """The last tone of the piece stands in no rhythm: a composer makes it."""
    code, out, _ = typed(capsys, "events", ICE, "--from", "waking")
    assert code == 0
    assert any("recall" in line for line in out.splitlines())


def test_events_are_listed_in_order(capsys: pytest.CaptureFixture[str], score: Path) -> None:
    code, out, _ = typed(capsys, "events", str(score), "--from", "second")
    assert code == 0
    lines = out.splitlines()
    assert lines
    assert all("second" in line for line in lines)
    assert any("Hz" in line for line in lines)
    assert lines == sorted(lines)


def test_a_still_of_any_shape(capsys: pytest.CaptureFixture[str], score: Path, tmp_path: Path) -> None:
    import pygame

    for size in ("320x180", "321x383"):
        path = tmp_path / f"{size}.png"
        code, out, _ = typed(capsys, "still", str(score), str(path), "--beat", "first", "--size", size)
        assert code == 0
        assert "first at 1.50 s" in out
        assert "x".join(map(str, pygame.image.load(path).get_size())) == size


def test_a_still_as_it_is_played(capsys: pytest.CaptureFixture[str], score: Path, tmp_path: Path) -> None:
    """Painted smaller and enlarged, it is nearly the picture that has every pixel."""
    import numpy as np
    import pygame

    pictures = []
    for quality in ("full", "live"):
        path = tmp_path / f"{quality}.png"
        words = (
            "still",
            str(score),
            str(path),
            "--beat",
            "first",
            "--size",
            "1024x576",
            "--quality",
            quality,
        )
        assert typed(capsys, *words)[0] == 0
        pictures.append(pygame.surfarray.array3d(pygame.image.load(path)).astype(int))
    assert 0.0 < np.abs(pictures[0] - pictures[1]).mean() < 4.0


def test_sound_alone(capsys: pytest.CaptureFixture[str], score: Path, tmp_path: Path) -> None:
    import wave

    path = tmp_path / "small.wav"
    code, out, _ = typed(capsys, "sound", str(score), str(path), "--for", "1.5")
    assert code == 0
    assert str(path) in out
    with wave.open(str(path)) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels(), file.getsampwidth()) == (
            72000,
            48000,
            2,
            3,
        )


def test_the_house_is_not_woken_for_help_or_a_check() -> None:
    code = (
        "import sys; from performance.cli import main; main(['check']);"
        "print([name for name in ('numba', 'pygame', 'av', 'sounddevice', 'numpy') if name in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert out.splitlines()[-1] == "[]"


def test_set_up_by_hand_is_told_where_nothing_may_be_installed(tmp_path: Path) -> None:
    for name in ("run.py", "uv.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    bare = [
        sys.executable,
        "-I",
        "-S",
        "run.py",
        "test",
        "--no-setup",
    ]  # without site-packages nothing imports
    done = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "-m venv" in done.stdout
    assert "[test]" in done.stdout
    assert not (tmp_path / ".venv").exists()
