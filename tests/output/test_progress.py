"""Progress is a bar for those who watch and a line now and then for those who read later."""

from __future__ import annotations

import io

import pytest

from performance.output.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_on_one_line_with_time_and_speed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [100.0]
    monkeypatch.setattr("performance.output.progress.time.monotonic", lambda: now[0])
    monkeypatch.setenv("COLUMNS", "120")
    to = Terminal()
    bar = Progress("recording a.mp4", 600, 1 / 60, to)
    for n in range(301):
        now[0] += 0.1
        bar.at(n, "shatter")
    bar.done("a.mp4: 10 s")
    last = to.getvalue().split("\r")[-3]
    assert "50%" in last
    assert "30 s left" in last
    assert "0.17 times real time" in last
    assert "shatter" in last
    assert to.getvalue().endswith("\r")
    assert "\n" not in to.getvalue()
    assert capsys.readouterr().out == "a.mp4: 10 s\n"


def test_a_file_gets_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("performance.output.progress.time.monotonic", lambda: now[0])
    to = io.StringIO()
    bar = Progress("recording a.mp4", 600, 1 / 60, to)
    for n in range(601):
        now[0] += 0.1
        bar.at(n)
    bar.done()
    lines = to.getvalue().splitlines()
    assert 4 <= len(lines) <= 7
    assert all(line.startswith("recording a.mp4 ") for line in lines)


@pytest.mark.parametrize(("seconds", "words"), [(41.6, "42 s"), (187, "3 min 07 s"), (3725, "1 h 02 min")])
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words
