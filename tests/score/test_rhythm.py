"""Rhythms: each sign does what the notation says, and every cycle stands alone."""

from __future__ import annotations

import random

import pytest

from performance.score.notation.rhythm import MOST_NOTES, Onset, read_rhythm
from performance.units import Tuning, Unreadable

TUNING = Tuning("D3")


def read(text: str):
    return read_rhythm(text, TUNING.pitch_hz)


def onsets(text: str, cycle: int = 0) -> list[tuple[float, float, str]]:
    names = {round(TUNING.pitch_hz(name), 6): name for name in ("d5", "e5", "f#5", "a5", "d6")}
    return [
        (round(note.at, 6), round(note.length, 6), names.get(round(note.pitch_hz, 6), "?"))
        for note in read(text).cycle(cycle)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d5", [(0, 1, "d5")]),
        ("d5 a5", [(0, 0.5, "d5"), (0.5, 0.5, "a5")]),
        ("d5 ~", [(0, 0.5, "d5")]),
        ("d5 . . a5", [(0, 0.75, "d5"), (0.75, 0.25, "a5")]),
        ("d5 _ _ a5", [(0, 0.75, "d5"), (0.75, 0.25, "a5")]),
        ("~ . a5 .", [(0.5, 0.5, "a5")]),
        ("d5@3 a5", [(0, 0.75, "d5"), (0.75, 0.25, "a5")]),
        ("d5 [a5 d6]", [(0, 0.5, "d5"), (0.5, 0.25, "a5"), (0.75, 0.25, "d6")]),
        ("[d5, a5]", [(0, 1, "d5"), (0, 1, "a5")]),
        ("d5, a5 d6", [(0, 1, "d5"), (0, 0.5, "a5"), (0.5, 0.5, "d6")]),
        ("d5*2 a5", [(0, 0.25, "d5"), (0.25, 0.25, "d5"), (0.5, 0.5, "a5")]),
        ("d5(3,8)", [(0, 0.125, "d5"), (0.375, 0.125, "d5"), (0.75, 0.125, "d5")]),
        ("d5(1,2,1)", [(0.5, 0.5, "d5")]),
        ("[d5 a5]*2", [(0, 0.25, "d5"), (0.25, 0.25, "a5"), (0.5, 0.25, "d5"), (0.75, 0.25, "a5")]),
        ("", []),
        ("~", []),
        ("~ ~*3 [~ ~]", []),
    ],
)
def test_one_cycle(text: str, expected: list) -> None:
    assert sorted(onsets(text)) == sorted(expected)


def test_turns_take_the_next_each_cycle() -> None:
    assert [onsets("<d5 f#5 a5>", cycle)[0][2] for cycle in range(5)] == ["d5", "f#5", "a5", "d5", "f#5"]
    assert [onsets("<d5 <e5 a5>>", cycle)[0][2] for cycle in range(5)] == ["d5", "e5", "d5", "a5", "d5"]


def test_turns_go_on_inside_repeats_and_spread_hits() -> None:
    assert [note[2] for note in onsets("<d5 f#5 a5>*3 ~ . d6")] == ["d5", "f#5", "a5", "d6"]
    assert [note[2] for note in onsets("<d5 f#5 a5>(3,8)")] == ["d5", "f#5", "a5"]
    both = [note[2] for cycle in range(2) for note in onsets("<d5 e5 a5>*2", cycle)]
    assert both == ["d5", "e5", "a5", "d5"]


def test_chance_and_level_are_written_on_notes_and_groups() -> None:
    notes = read("[d5? a5:0.5]?0.2:0.5").cycle(0)
    assert [round(note.likely, 6) for note in notes] == [0.4, 0.8]
    assert [note.level for note in notes] == [0.5, 0.25]


def test_ratios_and_hertz_are_pitches() -> None:
    notes = read("3/2 220Hz d5-20c").cycle(0)
    assert [note.pitch_hz for note in notes] == pytest.approx(
        [TUNING.tonic_hz * 1.5, 220.0, TUNING.pitch_hz("d5") * 2 ** (-1 / 60)]
    )


def test_silence_is_known() -> None:
    assert read("").silent
    assert not read("d5").silent


def random_rhythm(rng: random.Random, depth: int = 0) -> str:
    steps = []
    for _ in range(rng.randint(1, 4)):
        kind = rng.random()
        if depth < 3 and kind < 0.3:
            inside = random_rhythm(rng, depth + 1)
            steps.append(f"[{inside}]" if rng.random() < 0.5 else f"<{inside}>")
        else:
            steps.append(rng.choice(["d5", "a5", "3/2", "~", "f#5"]))
        steps[-1] += rng.choice(["", "", "", "*2", "(3,8)", "?", "@2", ":0.5"])
        if rng.random() < 0.15:
            steps.append(".")
    return " ".join(steps)


def test_notes_stay_in_their_cycle_in_order_and_within_the_most() -> None:
    rng = random.Random(12)
    refused: set[str] = set()
    for _ in range(150):
        text = random_rhythm(rng)
        try:
            rhythm = read(text)
        except Unreadable as fault:
            refused.add(str(fault).partition(",")[2])
            continue
        for cycle in (0, 1, 7):
            notes = rhythm.cycle(cycle)
            assert notes == rhythm.cycle(cycle)
            assert len(notes) <= rhythm.root.most()
            assert all(0 <= note.at < 1 and note.at + note.length < 1 + 1e-9 for note in notes)
            assert [note.at for note in notes] == sorted(note.at for note in notes)
    assert refused <= {f" at most {MOST_NOTES}"}


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("[d5", 0),
        ("d5 a5]", 5),
        ("d5 <", 3),
        (". d5", 0),
        ("d5 [_ a5]", 4),
        ("d5 h5", 3),
        ("d5*x", 2),
        ("d5*", 2),
        ("d5*0", 2),
        ("d5*99", 2),
        ("d5(3", 2),
        ("d5(9,8)", 2),
        ("d5(3;8)", 2),
        ("d5@0", 2),
        ("d5:2", 2),
        ("<d5, a5>", 3),
        ("[d5,]", 3),
        ("[]", 0),
        ("d5 )", 3),
        ("*3", 0),
        ("d5**3", 2),
        ("[" * 13 + "d5" + "]" * 13, 12),
        ("[[d5*60]*60]*60", 0),
    ],
)
def test_what_cannot_be_read_says_where(text: str, offset: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.offset == offset


def test_random_text_is_read_or_refused_and_nothing_else() -> None:
    rng = random.Random(13)
    signs = [
        "d5",
        "a5",
        "[",
        "]",
        "<",
        ">",
        "*",
        "2",
        "(3,8)",
        "(",
        ")",
        ",",
        "?",
        "@",
        ":",
        ".",
        "_",
        "~",
        " ",
        "é",
        "0.5",
    ]
    offsets = []
    for _ in range(3000):
        text = "".join(rng.choice(signs) for _ in range(rng.randint(0, 12)))
        try:
            notes = read(text).cycle(3)
        except Unreadable as fault:
            offsets.append(fault.offset / max(len(text), 1))
        else:
            assert all(isinstance(note, Onset) for note in notes)
    assert all(0.0 <= offset <= 1.0 for offset in offsets)
