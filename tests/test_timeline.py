"""The score as a function of time: tracking, movements, notes in spans, edits while it plays."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from performance.gestures import GestureLog, Touch
from performance.score.catalogue import MODELS
from performance.score.kinds.fixed import MomentKind
from performance.score.model import Score
from performance.score.reader import read_text
from performance.timeline import BeatSpan, Event, Timeline, describe

SPOT = "stage.spotlight"
HEAD = 'tonic = "D3"\ntempo = 60\nseed = 5\n'
PLAYED = f"""{HEAD}
[[beat]]
id = "one"
length = "7.3s"
sound.struck = {{ play = "<d5 f#5 a5>*3? ~ . [d6, a5]", every = "1.7s", spread = 0.5, humanise = "30ms", swing = 0.2 }}
[[beat]]
id = "two"
length = "11s"
sound.struck = {{ gain_db = -20 }}
[[beat]]
id = "three"
length = "8.9s"
sound.struck = {{ play = "d5(3,8) 3/2?0.3", every = "2.225s", pan = "-1 -> 1", distance = 3 }}
[[beat]]
id = "four"
length = "5s"
sound.struck = {{ play = "" }}
"""


def beats(*bodies: str, length: float = 10.0) -> Timeline:
    """A timeline of beats b0, b1, ... of one length."""
    texts = [f'[[beat]]\nid = "b{i}"\nlength = {length}\n{body}\n' for i, body in enumerate(bodies)]
    return Timeline(read_text(HEAD + "".join(texts)))


def number(timeline: Timeline, name: str, t: float, path: str = SPOT) -> float:
    return timeline.cue(path, t).number(name)


# --- tracking -------------------------------------------------------------------------------------------------------


def test_what_a_beat_does_not_name_carries_on() -> None:
    timeline = beats(f"{SPOT} = {{ edge = 0.7, colour = 'gold' }}", "", f"{SPOT} = {{ width = 0.5 }}", "")
    for t in (5.0, 12.0, 25.0, 39.0, 1e6):
        assert number(timeline, "edge", t) == pytest.approx(0.7)
    gold = timeline.cue(SPOT, 9.0).colour("colour")
    assert timeline.cue(SPOT, 35.0).colour("colour") == gold
    assert number(timeline, "width", 19.0) == pytest.approx(0.14)
    assert number(timeline, "width", 35.0) == pytest.approx(0.5)


def test_a_movement_goes_on_into_the_next_beats_until_it_is_named_again() -> None:
    timeline = beats(
        f"{SPOT} = {{ edge = '0 -> 1 linear over 16s' }}", "", f"{SPOT} = {{ edge = '-> 0 linear' }}"
    )
    assert number(timeline, "edge", 8.0) == pytest.approx(0.5)
    assert number(timeline, "edge", 12.0) == pytest.approx(0.75)
    assert number(timeline, "edge", 18.0) == pytest.approx(1.0)
    assert number(timeline, "edge", 25.0) == pytest.approx(0.5)


def test_a_number_rests_from_where_its_beat_moves_it_no_more() -> None:
    timeline = beats(f"{SPOT} = {{ edge = '0 -> 1 over 6s' }}", f"{SPOT} = {{ edge = '0 <> 1' }}")
    assert [timeline.cue(SPOT, t).rests("edge") for t in (5.9, 6.0, 9.9, 15.0)] == [False, True, True, False]
    assert timeline.cue(SPOT, 15.0).rests("width")


def test_plain_values_fade_over_the_beats_fade() -> None:
    timeline = beats(
        f"{SPOT} = {{ edge = 0 }}",
        f"fade = '4s'\n{SPOT} = {{ edge = 1 }}",
        f"fade = 0\n{SPOT} = {{ edge = 0.5 }}",
    )
    assert number(timeline, "edge", 10.0) == 0.0
    assert number(timeline, "edge", 12.0) == pytest.approx(0.5)
    assert number(timeline, "edge", 14.0) == 1.0
    assert number(timeline, "edge", 20.0) == 0.5


def test_naming_a_thing_brings_it_in_and_a_written_level_has_its_way() -> None:
    timeline = beats("", f"{SPOT} = {{ x = 1 }}", f"{SPOT} = {{ level = 0.3 }}", f"{SPOT} = {{ x = 0 }}")
    assert number(timeline, "level", 5.0) == 0.0
    assert number(timeline, "level", 10.0) == 0.0
    assert number(timeline, "level", 19.0) == 1.0
    assert number(timeline, "level", 35.0) == pytest.approx(0.3)
    dark = beats(f"{SPOT} = {{ level = 0, x = 1 }}")
    assert number(dark, "level", 9.0) == 0.0


def test_what_is_not_there_moves_in_the_dark() -> None:
    timeline = beats(
        f"{SPOT} = {{ x = 1 }}", f"{SPOT} = {{ level = 0 }}", f"{SPOT} = {{ x = -1, level = 1 }}"
    )
    assert number(timeline, "x", 0.0) == 1.0
    assert number(timeline, "x", 20.0) == -1.0
    assert 0.0 < number(timeline, "level", 21.0) < 1.0


def test_what_is_always_there_fades_when_it_is_first_named() -> None:
    timeline = beats("", "stage.camera = { x = 1 }\nsound.room = { kind = 'hall' }")
    assert number(timeline, "x", 10.0, "stage.camera") == 0.0
    assert number(timeline, "x", 11.0, "stage.camera") == pytest.approx(0.5)
    assert timeline.cue("sound.room", 11.0).blend("kind") == ("theatre", "hall", 0.5)


def test_reset_goes_back_to_what_was_never_named() -> None:
    timeline = beats(
        f"{SPOT} = {{ edge = 0.9, x = 1 }}\nsound.struck = {{ play = 'd5', gain_db = -3, body = 'bowl' }}",
        f"reset = true\n{SPOT} = {{ x = 0.5 }}",
        "reset = true",
    )
    untouched = beats("")
    for name in ("edge", "width", "level"):
        assert number(timeline, name, 29.0) == pytest.approx(number(untouched, name, 5.0))
    assert (number(timeline, "x", 19.0), number(timeline, "level", 19.0)) == (0.5, 1.0)
    assert number(timeline, "edge", 19.0) == pytest.approx(0.3)
    assert timeline.cue("sound.struck", 19.0).number("gain_db") == -math.inf
    assert timeline.cue("sound.struck", 19.0).word("body") == "glass"
    assert not timeline.events(10.0, 30.0)


def test_gain_is_silent_until_named_and_there_at_once() -> None:
    timeline = beats("", "sound.struck = { play = 'd5' }", "sound.struck = { gain_db = -12 }")
    assert timeline.cue("sound.struck", 5.0).gain() == 0.0
    assert timeline.cue("sound.struck", 10.0).gain() == 1.0
    assert timeline.cue("sound.struck", 25.0).number("gain_db") == -12.0
    rising = beats("sound.struck = { gain_db = '-> -6' }")
    assert number(rising, "gain_db", 0.0, "sound.struck") == -60.0
    assert number(rising, "gain_db", 10.0, "sound.struck") == -6.0


def test_words_blend_over_the_fade() -> None:
    timeline = beats("sound.struck = { body = 'bowl' }", "sound.struck = { body = 'bell' }", "")
    cue = timeline.cue("sound.struck", 11.0)
    assert (cue.word("body"), cue.blend("body")) == ("bell", ("bowl", "bell", 0.5))
    assert timeline.cue("sound.struck", 10.0).word("body") == "bell"
    assert timeline.cue("sound.struck", 25.0).blend("body")[1:] == ("bell", 1.0)
    assert beats("").cue("sound.struck", 1.0).blend("body") == ("glass", "glass", 1.0)


def random_score(rng: random.Random) -> tuple[Timeline, list[float]]:
    """A score in which nothing is written with a beginning of its own, so nothing may jump."""
    bodies = []
    for _ in range(rng.randint(2, 6)):
        settings = []
        for name in ("level", "edge", "haze", "melt"):
            if rng.random() < 0.6:
                text = rng.choice(
                    [
                        "'{:.2f}'",
                        "'-> {:.2f}'",
                        "'-> {:.2f} over 15s'",
                        "'-> {:.2f} settle after 3s'",
                        "'0.2 <> {:.2f}'",
                    ]
                )
                settings.append(f"{name} = {text.format(rng.random())}")
        if rng.random() < 0.5:
            settings.append(f"colour = '{rng.choice(['gold', 'violet', '-> ice over 50%', 'rose <> ice'])}'")
        reset = "reset = true\n" if rng.random() < 0.15 else ""
        bodies.append(f"fade = {rng.choice([1, 2, 15])}\n{reset}{SPOT} = {{ {', '.join(settings)} }}")
    timeline = beats(*bodies)
    return timeline, [span.start for span in timeline.beats[1:]]


def test_fades_never_jump_and_stay_in_range() -> None:
    rng = random.Random(21)
    for _ in range(30):
        timeline, cuts = random_score(rng)
        for t in [*cuts, *(rng.uniform(0, timeline.length) for _ in range(30))]:
            before, after = timeline.cue(SPOT, t - 1e-6), timeline.cue(SPOT, t + 1e-6)
            for name in ("level", "edge", "haze", "melt"):
                assert before.number(name) == pytest.approx(after.number(name), abs=1e-4)
                assert 0.0 <= after.number(name) <= 1.0
            assert before.colour("colour") == pytest.approx(after.colour("colour"), abs=1e-4)


def test_values_do_not_depend_on_what_was_read_before() -> None:
    timeline, _ = random_score(random.Random(22))
    times = [random.Random(23).uniform(-1, 70) for _ in range(100)]
    forward = {t: number(timeline, "edge", t) for t in sorted(times)}
    again = Timeline(timeline.score)
    assert all(number(again, "edge", t) == forward[t] for t in times)


def test_moments_stay_the_same_absolute_time() -> None:
    found = [
        (path, name)
        for path, m in MODELS.items()
        for name, kind in m.kinds.items()
        if isinstance(kind, MomentKind)
    ]
    assert found
    for path, name in found[:3]:
        timeline = beats(
            "",
            f"{path} = {{ {name} = '4s' }}",
            "",
            f"{path} = {{ {name} = '50%' }}",
            f"{path} = {{ {name} = 'never' }}",
        )
        assert [timeline.cue(path, t).moment(name) for t in (5, 15, 25, 35, 45)] == [
            math.inf,
            14.0,
            14.0,
            35.0,
            math.inf,
        ]


# --- beats ----------------------------------------------------------------------------------------------------------


def test_beats_follow_one_another_without_gaps() -> None:
    timeline = Timeline(read_text(PLAYED))
    assert timeline.beats[0].start == 0.0
    assert all(a.end == b.start for a, b in itertools.pairwise(timeline.beats))
    assert timeline.length == timeline.beats[-1].end == pytest.approx(32.2)
    for span in timeline.beats:
        assert timeline.beat_at(span.start) is timeline.beat_at(span.start + span.length / 2) is span
        assert timeline.beat(span.id) is span
        cue = timeline.cue(SPOT, span.start)
        assert (cue.start, cue.end) == (span.start, span.end)
    assert timeline.beat_at(-5.0) is timeline.beats[0]
    assert timeline.beat_at(1e9) is timeline.beats[-1]


def test_wrong_names_are_told_with_the_nearest() -> None:
    timeline = beats("")
    with pytest.raises(KeyError, match="b0"):
        timeline.beat("bo")
    with pytest.raises(KeyError, match="spotlight"):
        timeline.cue("stage.spotlihgt", 0.0)
    with pytest.raises(KeyError, match="width"):
        timeline.cue(SPOT, 0.0).number("widht")
    with pytest.raises(ValueError, match="beats"):
        Timeline(Score())


# --- notes ----------------------------------------------------------------------------------------------------------


def test_spans_cut_anywhere_give_the_same_notes() -> None:
    whole = Timeline(read_text(PLAYED)).events(0.0, 100.0)
    assert len(whole) > 30
    rng = random.Random(24)
    for _ in range(30):
        timeline = Timeline(read_text(PLAYED))
        cuts = sorted([0.0, 100.0, *(rng.uniform(0, 33) for _ in range(rng.randint(1, 30)))])
        spans = list(itertools.pairwise(cuts))
        pieces = {}
        for a, b in rng.sample(spans, len(spans)):
            pieces[a] = timeline.events(a, b)
            assert all(a <= event.onset < b for event in pieces[a])
        assert [event for a in sorted(pieces) for event in pieces[a]] == whole


def test_blocks_of_frames_meet_without_losing_a_note() -> None:
    timeline = Timeline(read_text(PLAYED))
    blocks = [timeline.events(i * 512 / 48000, (i + 1) * 512 / 48000) for i in range(3200)]
    assert [event for block in blocks for event in block] == timeline.events(0.0, 3200 * 512 / 48000)


def test_notes_have_addresses_of_their_own_and_stay_in_their_beat() -> None:
    timeline = Timeline(read_text(PLAYED))
    events = timeline.events(0.0, 100.0)
    assert len({event.address for event in events}) == len(events)
    assert [event.onset for event in events] == sorted(event.onset for event in events)
    for event in events:
        assert timeline.beat_at(event.onset).id == event.beat
        assert event.length > 0.0
        assert -1.0 <= event.pan <= 1.0
    assert {event.beat for event in events} == {"one", "two", "three"}
    assert all(event.distance == pytest.approx(3.0) for event in timeline.events(21.0, 27.0))


def test_seeds_make_performances_that_differ_and_repeat() -> None:
    score = read_text(PLAYED)
    same, again, other = (Timeline(score, seed).events(0, 99) for seed in (None, 5, 6))
    assert same == again
    assert same != other
    assert Timeline(score).seed == 5


def test_a_cycle_that_ends_with_its_beat_is_whole() -> None:
    rng = random.Random(25)
    for _ in range(40):
        every, count = rng.uniform(0.3, 5.0), rng.randint(1, 12)
        timeline = beats(
            f"sound.struck = {{ play = 'd5 a5', every = {every} }}",
            "sound.struck = { play = 'd6', every = 30 }",
            length=every * count,
        )
        events = timeline.events(0.0, every * count * 2)
        assert len(events) == 2 * count + 1 + int(every * count > 30.0) * int((every * count - 1e-9) // 30)
        assert [e.beat for e in events].count("b0") == 2 * count


def test_a_rhythm_goes_on_in_step_where_a_beat_does_not_name_it() -> None:
    timeline = beats("sound.struck = { play = 'd5', every = '3s' }", "", "sound.struck = { pan = 1 }")
    assert [event.onset for event in timeline.events(0, 99)] == pytest.approx([i * 3.0 for i in range(10)])
    assert timeline.events(26, 28)[0].pan == 1.0


def test_swing_delays_every_second_step_and_keeps_the_others() -> None:
    straight = beats("sound.struck = { play = 'd5 d5 d5 d5', every = 4 }").events(0, 4)
    swung = beats("sound.struck = { play = 'd5 d5 d5 d5', every = 4, swing = 0.3 }").events(0, 4)
    late = [b.onset - a.onset for a, b in zip(straight, swung, strict=True)]
    assert late == pytest.approx([0.0, 0.3, 0.0, 0.3])


def test_humanised_notes_stay_near_their_place() -> None:
    timeline = beats("sound.struck = { play = 'd5*4', every = 2, humanise = 0.05 }", "")
    late = [event.onset - i * 0.5 for i, event in enumerate(timeline.events(0, 99))]
    assert len(late) == 40
    assert max(map(abs, late)) <= 0.05
    assert len({round(x, 6) for x in late}) > 30


def test_chords_are_held_until_they_change() -> None:
    held = next((path for path, model in MODELS.items() if "chord" in model.kinds), None)
    assert held is not None
    timeline = beats(
        "",
        f"{held} = {{ chord = 'D3 A3 F#4', spread = 1 }}",
        f"{held} = {{ chord = 'D3 A3 F#4' }}",
        f"{held} = {{ chord = 'G3' }}",
        f"{held} = {{ chord = '' }}",
    )
    events = timeline.events(0, 99)
    assert [(event.onset, event.length, event.part) for event in events] == [(10.0, 20.0, "chord")] * 3 + [
        (30.0, 10.0, "chord")
    ]
    assert [event.pan for event in events[:3]] == [-1.0, 0.0, 1.0]
    assert timeline.cue(held, 35.0).pitches("chord") == (events[3].pitch_hz,)
    assert len({event.address for event in events}) == 4


def test_generators_are_asked_for_the_beats_their_instrument_is_named_in() -> None:
    asked = []

    def phrase(timeline: Timeline, span: BeatSpan) -> list[Event]:
        asked.append(span.id)
        return [
            Event(span.start + x, 1.0, "struck", 300.0, 1.0, 0.0, 1.0, span.id, span.index * 10 + i, "phrase")
            for i, x in enumerate((-1.0, 3.0, 1.0, 10.0))
        ]

    score = beats("", "sound.struck = { gain_db = 0 }", "").score
    timeline = Timeline(score, generators={"sound.struck": phrase})
    assert [event.onset for event in timeline.events(0, 99)] == [11.0, 13.0, 21.0, 23.0]
    assert timeline.events(12, 14) == timeline.events(0, 99)[1:2]
    assert asked == ["b1", "b2"]


def test_notes_are_listed_readably() -> None:
    lines = describe(Timeline(read_text(PLAYED)).events(0, 8))
    assert all("struck" in line and "Hz" in line and "one" in line for line in lines[:3])


# --- while it plays -------------------------------------------------------------------------------------------------


def edited(timeline: Timeline, was: str, now: str, text: str = PLAYED) -> Score:
    assert was in text
    return read_text(text.replace(was, now))


def test_an_edit_keeps_the_place_inside_the_beat() -> None:
    timeline = Timeline(read_text(PLAYED))
    t = timeline.beat("three").start + 2.5
    moved = timeline.reread(edited(timeline, 'length = "7.3s"', 'length = "20s"'), t)
    assert timeline.beat_at(moved).id == "three"
    assert moved == pytest.approx(timeline.beat("three").start + 2.5)
    short = timeline.reread(edited(timeline, 'length = "8.9s"', 'length = "1s"'), moved)
    assert timeline.beat_at(short).id == "three"
    assert timeline.reread(edited(timeline, 'id = "three"', 'id = "3"'), short) == timeline.beat("four").start
    assert (
        timeline.reread(edited(timeline, 'id = "four"', 'id = "4"'), timeline.length - 1)
        == timeline.beat("4").start
    )


def test_an_edit_is_as_if_it_had_always_been_so() -> None:
    score = read_text(PLAYED)
    timeline = Timeline(score)
    timeline.events(0, 99)
    new = edited(timeline, "d5(3,8)", "a5*2")
    timeline.reread(new)
    assert timeline.events(0, 99) == Timeline(new).events(0, 99)
    assert timeline.score is new
    unchanged = [event for event in timeline.events(0, 99) if event.beat == "one"]
    assert unchanged == [event for event in Timeline(score).events(0, 99) if event.beat == "one"]


def test_a_seed_asked_for_stays_through_edits() -> None:
    timeline = Timeline(read_text(PLAYED), seed=99)
    timeline.reread(read_text(PLAYED.replace("seed = 5", "seed = 6")))
    assert timeline.seed == 99


def test_gestures_are_kept_with_the_timeline() -> None:
    log = GestureLog([Touch(1.0, 0.2, 0.3)])
    assert Timeline(read_text(PLAYED), gestures=log).gestures is log
    assert len(Timeline(read_text(PLAYED)).gestures) == 0
