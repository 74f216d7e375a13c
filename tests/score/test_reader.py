"""Every fault of a score is found where it stands, and no text brings the reader down."""

from __future__ import annotations

import pickle
import random
import re
from pathlib import Path

import pytest

from performance.score.reader import BrokenScore, Fault, check, merge, merge_file, read_score, read_text
from performance.score.sheets import LONGEST_LINE, MOST_BYTES
from performance.timeline import Timeline

GOOD = """\
title  = "A Test of Light"
tonic  = "D3"
tempo  = 60
metre  = 4
seed   = 11

[[beat]]
id     = "first"
length = "8 bars"
say    = "The light arrives."
stage.spotlight = { colour = "white -> gold over 6s", width = "0.10 -> 0.22 ease-in", melt = "0 -> 1" }
sound.struck    = { play = "<d5 f#5 a5>*3 ~ . d6?", gain_db = -14, every = "2 bars", body = "bowl" }

[[beat]]
id     = "second"
length = "12s"
fade   = "500ms"
say    = "And it goes."
say_at = "2s"
say_for = "3s"
stage.spotlight = { level = "1 -> 0", edge = 0.5, haze = "0.2 <> 0.6 every 5s" }

[[beat]]
id     = "third"
length = 10
reset  = true
stage.spotlight.level = 0.5
"""


def faults_of(text: str) -> list[Fault]:
    with pytest.raises(BrokenScore) as caught:
        read_text(text, "x.toml")
    return caught.value.faults


def test_a_good_score_is_what_was_written() -> None:
    score = read_text(GOOD)
    assert (score.title, score.tempo, score.seed, score.tuning.tonic) == ("A Test of Light", 60.0, 11, "D3")
    assert [(beat.id, beat.length, beat.fade) for beat in score.beats] == [
        ("first", 32.0, 2.0), ("second", 12.0, 0.5), ("third", 10.0, 2.0),
    ]  # fmt: skip
    assert score.length == 54.0
    assert score.beats[2].reset
    assert list(score.beats[0].settings) == ["stage.spotlight", "sound.struck"]


def test_every_shipped_score_is_without_fault() -> None:
    for path in (Path(__file__).parents[2] / "scores").glob("*.toml"):
        assert check(path) == []


def test_a_score_travels_to_another_process() -> None:
    score = read_text(GOOD)
    assert pickle.loads(pickle.dumps(score)) == score


def test_surtitles_have_time_to_be_read() -> None:
    first, second, third = (beat.surtitle for beat in read_text(GOOD).beats)
    assert third is None
    assert (second.at, second.lasts) == (2.0, 3.0)
    assert first.lasts >= len(first.line) / 17
    for line in ("Hi.", "x" * 90):
        beat = read_text(f'[[beat]]\nid="a"\nlength=7\nsay="{line}"').beats[0]
        assert len(line) / beat.surtitle.lasts <= 17
        assert beat.surtitle.at + beat.surtitle.lasts <= 7


@pytest.mark.parametrize(
    ("old", "new", "mark", "words"),
    [
        ("white -> gold", "white -> golf", "golf", 'perhaps "gold"'),
        ("melt =", "mlet =", "mlet", 'perhaps "melt"'),
        ("stage.spotlight.level", "stage.spotligth.level", "spotligth", 'perhaps "spotlight"'),
        ("sound.struck ", "sound.strukc ", "strukc", 'perhaps "struck"'),
        ("0.22 ease-in", "22 ease-in", "22 ease-in", "from 0.02 to 1.5"),
        ("0.22 ease-in", "0.22 ease-inn", "0.22 ease-inn", "number"),
        ("d6?", "h6?", "h6?", "pitch"),
        ("gain_db = -14", "gain_db = inf", "inf", "from -60 to 12"),
        ("gain_db = -14", "gain_db = nan", "nan", "from -60 to 12"),
        ("gain_db = -14", "gain_db = true", "true", "from -60 to 12"),
        ('"bowl"', '"bol"', "bol", 'perhaps "bowl"'),
        ('"bowl"', "[1]", "[1]", "a list"),
        ('"2 bars"', '"2 -> 3"', "2 -> 3", "moves"),
        ("edge = 0.5", 'edge = "0.5 -> "', "-> ", "an arrow needs"),
        ("tempo  = 60", "tempo  = 0", "0", "from 10 to 300"),
        ("tempo  = 60", 'tempoo = "x"', "tempoo", 'perhaps "tempo"'),
        ('tonic  = "D3"', 'tonic  = "H3"', "H3", "pitch"),
        ("seed   = 11", "seed   = 1.5", "1.5", "whole number"),
        ('"8 bars"', '"8 bras"', "8 bras", "duration"),
        ("length = 10", "length = 0", "0", "between 0.5 and"),
        ('fade   = "500ms"', "fade   = -1", "-1", "between 0 and"),
        ('id     = "third"', 'id     = "second "', "second ", "name such as"),
        ('id     = "third"', 'id     = "first"', None, "two beats"),
        ("reset  = true", "reset  = 1", "1", "true or false"),
        ('say_for = "3s"', 'say_for = "0.6s"', "0.6s", "cannot be read"),
        ('say_for = "3s"', 'say_for = "11s"', "11s", "outlasts"),
        ('"And it goes."', '"And\\tit goes."', '"And', "printable"),
        ("stage.spotlight.level = 0.5", "stage.spotlight = 0.5", "0.5", "not a table"),
        ("stage.spotlight.level = 0.5", "stage = 0.5", "0.5", "not a table"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_stands(old: str, new: str, mark: str | None, words: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    faults = faults_of(text)
    assert len(faults) == 1
    assert words in faults[0].message
    if mark is not None:
        at = text.index(new) + new.rindex(mark)
        assert (faults[0].line, faults[0].column) == (
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
        )
    assert re.fullmatch(r"x\.toml:\d+:\d+: .+", str(faults[0]))


def test_all_faults_are_told_at_once_in_order() -> None:
    text = (
        GOOD.replace("gold", "golf")
        .replace("melt", "mlet")
        .replace('"12s"', '"12x"')
        .replace("reset  = true", "reset  = 3")
    )
    faults = faults_of(text)
    assert len(faults) == 4
    assert [(f.line, f.column) for f in faults] == sorted((f.line, f.column) for f in faults)


def test_a_beat_without_an_id_is_told_at_its_head() -> None:
    (fault,) = faults_of(GOOD.replace('id     = "second"\n', ""))
    assert (fault.line, fault.column) == (14, 1)
    assert "needs an id" in fault.message


@pytest.mark.parametrize(
    "text", ["", "title = 'x'", "beat = 3", "beat = []", "beat = [1]", "[beat]\nid='a'", "[[beats]]\nid='a'"]
)
def test_a_score_without_beats(text: str) -> None:
    assert any("[[beat]]" in fault.message for fault in faults_of(text))


def test_slips_of_the_pen_are_told_beat_by_beat() -> None:
    text = (
        GOOD.replace('length = "12s"', "length = 12s")
        .replace("reset  = true", "reset  = yes")
        .replace("gold", "golf")
    )
    faults = faults_of(text)
    assert [fault.line for fault in faults] == [11, 16, 26]
    assert "not TOML" in faults[1].message


def test_what_would_be_costly_is_refused_before_parsing() -> None:
    (fault,) = faults_of("a." * 30_000 + "b = 1")
    assert (fault.line, fault.column) == (1, LONGEST_LINE + 1)
    faults = faults_of("# a comment\n" * (MOST_BYTES // 12 + 1))
    assert "256 KiB" in faults[0].message
    assert "deep" in str(faults_of("x = [\n" + "[\n" * 40_000)[0])


def test_a_flood_of_faults_is_cut_off_and_changes_nothing() -> None:
    old = read_text(GOOD)
    floods = [
        GOOD + "\n".join(f"stage.thing{i} = {{}}" for i in range(5000)),
        "\n".join(f"key{i} = 1" for i in range(5000)) + "\n" + GOOD,
        GOOD + "[[beat]]\n" * 5000,
        GOOD + "[[beat]]\nid = x\n" * 5000,
    ]
    for text in floods:
        score, faults = merge(old, text)
        assert len(faults) == 100
        assert score == old


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    old = read_text(GOOD)
    path = tmp_path / "a.toml"
    assert merge_file(old, path)[0] is old
    path.write_bytes(b"\xff")
    score, faults = merge_file(old, path)
    assert score is old
    assert "UTF-8" in faults[0].message
    path.write_text(GOOD.replace("11", "12"))
    score, faults = merge_file(old, path)
    assert (score.seed, faults) == (12, [])


def test_files_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"title = 'x'\n\xff\xfe")
    assert [(f.line, f.column) for f in check(path)] == [(2, 1)]
    path.write_bytes(b"\0" * (MOST_BYTES + 1))
    assert "KiB" in check(path)[0].message
    assert "cannot be read" in check(tmp_path / "missing.toml")[0].message
    assert "cannot be read" in check(tmp_path)[0].message
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode().replace(b"\n", b"\r\n"))
    assert check(path) == []
    assert read_score(path).title == "A Test of Light"


def test_a_fault_spoils_its_own_beat_only() -> None:
    old = read_text(GOOD)
    edits = {"gold": "golf", "edge = 0.5": "edge = 0.7", "length = 10": "length = 11"}
    text = GOOD
    for was, now in edits.items():
        text = text.replace(was, now)
    score, faults = merge(old, text)
    assert len(faults) == 1
    assert score.beats[0] == old.beats[0]
    assert score.beats[1].settings["stage.spotlight"]["edge"].values == (0.7,)
    assert score.beats[2].length == 11.0


def test_a_slip_of_the_pen_spoils_its_own_beat_only() -> None:
    old = read_text(GOOD)
    score, faults = merge(
        old, GOOD.replace('length = "12s"', "length = 12s").replace("length = 10", "length = 11")
    )
    assert len(faults) == 1
    assert score.beats[1] == old.beats[1]
    assert score.beats[2].length == 11.0


def test_beats_are_matched_by_id_when_they_move() -> None:
    old = read_text(GOOD)
    head, *beats = GOOD.split("[[beat]]\n")
    moved = "[[beat]]\n".join(
        [head, beats[2], beats[0].replace("gold", "golf"), 'id = "new"\nlength = "1x"\n']
    )
    score, faults = merge(old, moved)
    assert len(faults) == 2
    assert [beat.id for beat in score.beats] == ["third", "first"]
    assert score.beats[1] == old.beats[0]


def test_a_faulty_heading_keeps_the_old_one() -> None:
    old = read_text(GOOD)
    score, faults = merge(
        old, GOOD.replace("tempo  = 60", "tempo  = fast").replace("length = 10", "length = 11")
    )
    assert len(faults) == 1
    assert (score.tempo, score.title) == (old.tempo, old.title)
    assert score.beats[2].length == 11.0


def test_a_beat_that_lost_its_name_is_known_by_its_place() -> None:
    old = read_text(GOOD)
    score, faults = merge(old, GOOD.replace('id     = "second"', 'id     = "sec'))
    assert len(faults) == 1
    assert [beat.id for beat in score.beats] == ["first", "second", "third"]


def test_an_empty_save_changes_nothing() -> None:
    old = read_text(GOOD)
    score, faults = merge(old, "")
    assert score == old
    assert faults


def mutated(text: str, rng: random.Random) -> str:
    """A score with one to four slips of the pen."""
    for _ in range(rng.randint(1, 4)):
        a = rng.randrange(len(text) + 1)
        b = min(len(text), a + rng.choice([0, 1, 1, 2, 5, 30, 200]))
        piece = rng.choice(
            [
                "",
                "",
                '"',
                "'",
                "[",
                "]",
                "{",
                "}",
                "=",
                ".",
                "\n",
                "#",
                "->",
                "[[beat]]\n",
                "\\",
                "9" * 30,
                "é",
                "\t",
                "\0",
            ]
        )
        how = rng.random()
        if how < 0.6:
            text = text[:a] + piece + text[b:]
        elif how < 0.8:
            text = text[:a] + text[a:b] * 2 + text[b:]
        else:
            lines = text.split("\n")
            rng.shuffle(lines) if how > 0.97 else lines.insert(rng.randrange(len(lines)), rng.choice(lines))
            text = "\n".join(lines)
    return text


def well_placed(fault: Fault, text: str) -> bool:
    """Whether a fault is one line about a place in the text, its end included."""
    lines = text.split("\n")
    if not 1 <= fault.line <= len(lines) or "\n" in str(fault):
        return False
    return 1 <= fault.column <= len(lines[fault.line - 1]) + 2


def test_no_text_brings_the_reader_down() -> None:
    rng = random.Random(15)
    old = read_text(GOOD)
    broken = 0
    for _ in range(400):
        text = mutated(GOOD, rng)
        score, faults = merge(old, text, "x.toml")
        broken += bool(faults)
        assert all(well_placed(fault, text) for fault in faults), (faults, text)
        if faults:
            assert faults_of(text) == faults
        else:
            assert read_text(text) == score
        timeline = Timeline(score)
        timeline.events(0.0, min(timeline.length, 60.0))
        assert 0.0 <= timeline.cue("stage.spotlight", timeline.length / 2).number("level") <= 1.0
    assert broken > 150
