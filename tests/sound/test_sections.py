"""Sections: cut and sought anywhere, clean; they tune up, open with level, follow, tear and fall silent."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of
from numpy.typing import NDArray

from performance.causes.parts import Note, glow, parts
from performance.causes.song import line_of
from performance.causes.tempo import pace, phrases_of, taken
from performance.gestures import Strike
from performance.sound.bank import Bank
from performance.sound.brass import Brass
from performance.sound.choir import Choir
from performance.sound.chords import Chords
from performance.sound.instrument import RATE, Desk, Instrument
from performance.sound.players import dealt
from performance.sound.section import Section
from performance.sound.strings import CELLO, SEATS, VIOLIN, Strings
from performance.sound.winds import Winds

Sound = NDArray[np.float32]
GHOST = "stage.ghost = { sweeps = 40, touches = 20 }"
PLAYED = (
    'chord = "D3 A3 F#4", play = "[d4 e4] f#4 a4 ~", every = "3s", answers = "D4 F#4 A4", tuned = "0.4 -> 1", '
    'tear = "0 -> 0.5", askew = 0.5, foreign = "0 -> 60", muffled = "0 -> 0.4"'
)
FAMILIES: dict[type[Instrument], str] = {
    Strings: PLAYED + ', bow = "bowed -> tremolo -> plucked"',
    Brass: PLAYED + ", breath = 0.6",
    Winds: PLAYED,
    Choir: PLAYED + ', vowel = "a -> o", hum = "0 -> 0.5", phasing = 0.5',
    Chords: 'chord = "D3 A3 F#4", against = "D3 A3 F4", agree = "0 -> 1", every = "2s"',
}
SECTIONS = (Strings, Brass, Winds, Choir)
A, B = 2.6, 4.2


def beat(kind: type[Instrument], sets: str, length: float = 8.0) -> str:
    return f'length = "{length}s"\n{GHOST}\nsound.{kind.name} = {{ gain_db = 0, {sets} }}'


def played(kind: type[Instrument], sets: str, a: float, b: float) -> Sound:
    """Seconds [a, b) of a section without a ghost."""
    return alone(kind, timeline_of(f'length = "{b + 2}s"\nsound.{kind.name} = {{ {sets} }}'), a, b)


@pytest.fixture(scope="module", params=FAMILIES, ids=lambda kind: kind.name)
def family(request: pytest.FixtureRequest) -> tuple[type[Instrument], Sound]:
    kind = request.param
    return kind, alone(kind, timeline_of(beat(kind, FAMILIES[kind])), A, B)


def test_it_sounds_in_bounds_around_zero(family: tuple[type[Instrument], Sound]) -> None:
    kind, sound = family
    assert np.isfinite(sound).all()
    assert -50 < decibels(sound[:, :2]) < -12, kind.name
    assert np.abs(sound).max() < 0.95
    assert 20 * np.log10(np.abs(sound.mean(axis=0, dtype=np.float64)).max() + 1e-12) < -60


def test_cutting_and_seeking_change_nothing(family: tuple[type[Instrument], Sound]) -> None:
    kind, sound = family
    small = alone(kind, timeline_of(beat(kind, FAMILIES[kind])), A, B, quantum=256)
    begun = alone(kind, timeline_of(beat(kind, FAMILIES[kind])), A, B, begin=1.4)
    frames = min(len(small), len(sound))
    assert np.abs(small[:frames] - sound[:frames]).max() < 2e-5
    assert np.abs(begun - sound).max() < 2e-5


@pytest.mark.parametrize("kind", SECTIONS, ids=lambda kind: kind.name)
def test_after_the_last_note_there_is_nothing(kind: type[Instrument]) -> None:
    sound = played(kind, 'play = "d4 ~ ~ ~", every = "8s", breath = 0' if kind in (Brass, Choir) else
                   'play = "d4 ~ ~ ~", every = "8s"', 0.0, 5.0)  # fmt: skip
    assert decibels(sound[: 2 * RATE]) > -45
    assert not sound[3 * RATE :].any()


# --- who plays what ---------------------------------------------------------------------------------------------------
def test_a_chord_is_dealt_from_low_to_high_and_everybody_plays() -> None:
    notes = [Note(0.0, 4.0, hz, 0.8, i, True) for i, hz in enumerate((73.4, 220.0, 440.0))]
    plays, hz = dealt(notes, SEATS[:12])
    assert (plays.sum(axis=0) == 1).all()
    violins = [i for i, player in enumerate(SEATS[:12]) if player is VIOLIN]
    assert plays[0, SEATS.index(CELLO)] and not plays[0, violins].any() and plays[2, violins].sum() == 4
    octaves = np.log2(hz[plays] / np.array([note.pitch_hz for note in notes])[np.nonzero(plays)[0]])
    assert np.allclose(octaves, np.round(octaves))


def test_a_line_over_a_chord_is_for_the_leaders() -> None:
    notes = [Note(0.0, 9.0, 146.8, 0.8, 0, True), Note(2.0, 1.0, 587.0, 0.8, 1, False)]
    plays, _ = dealt(notes, SEATS[:12])
    assert plays[0].all() and 3 <= plays[1].sum() <= 6


# --- what is heard ----------------------------------------------------------------------------------------------------
def _spread(sound: Sound, hz: float, wide_cents: float = 110.0) -> float:
    """Standard deviation in cents of the power around a pitch."""
    x = sound[:, :2].mean(axis=1)
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)), 1 << 17)) ** 2
    cents = 1200 * np.log2(np.maximum(np.fft.rfftfreq(1 << 17, 1 / RATE), 1) / hz)
    near = np.abs(cents) < wide_cents
    weight, cents = power[near] / power[near].sum(), cents[near]
    return float(np.sqrt((weight * (cents - (weight * cents).sum()) ** 2).sum()))


def _centroid(sound: Sound) -> float:
    x = sound[:, :2].mean(axis=1, dtype=np.float64)
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)))) ** 2
    return float((power * np.fft.rfftfreq(len(x), 1 / RATE)).sum() / power.sum())


def test_tuning_up_gathers_the_strings_on_one_pitch() -> None:
    sound = played(Strings, 'chord = "A4", vibrato = 0, tuned = "0 -> 1 linear over 5s after 1s"', 0.0, 7.8)
    spread = [_spread(sound[round(t * RATE) : round((t + 1.3) * RATE)], 1320.0) for t in (0.4, 3.6, 6.4)]
    assert spread[0] > 1.3 * spread[2]
    assert spread[1] > spread[2]
    assert spread[2] < 20


@pytest.mark.parametrize("kind", ["horns", "trumpets"])
def test_brass_opens_with_its_level(kind: str) -> None:
    sets = f'play = "a3", every = "4s", players = 3, kind = "{kind}", lips = 0'
    soft, loud = (played(Brass, f"{sets}, swell = {swell}", 0.8, 2.4) for swell in (0.15, 0.9))
    assert decibels(loud) > decibels(soft) + 10
    assert _centroid(loud) > 1.6 * _centroid(soft)


def test_a_spectrum_has_no_wall_at_its_end() -> None:
    sets = 'play = "f#4", every = "4s", players = 3, kind = "trumpets", lips = 0, swell = 1'
    sound = played(Brass, sets, 0.8, 2.0)[:, 0].astype(np.float64)
    power = np.abs(np.fft.rfft(sound * np.hanning(sound.size))) ** 2
    edges = np.arange(4000.0, 15_000.0, 740.0) * sound.size / RATE  # two partials of f sharp each
    bands = 10 * np.log10(np.add.reduceat(power, edges.astype(int))[:-1])
    assert np.diff(bands)[bands[1:] > bands.max() - 60].min() > -20  # cut off, it fell by a hundred


def test_the_clarinet_lacks_its_even_partials_and_the_oboe_does_not() -> None:
    def even(kind: str) -> float:
        sound = played(
            Winds, f'play = "d4", every = "6s", players = 1, kind = "{kind}", vibrato = 0', 1.0, 3.0
        )
        x = sound[:, :2].mean(axis=1)
        power = np.abs(np.fft.rfft(x * np.hanning(len(x)), 1 << 17)) ** 2
        hz = np.fft.rfftfreq(1 << 17, 1 / RATE)
        bands = [power[np.abs(hz - n * 293.7) < 12].sum() for n in (1, 2, 3, 4)]
        return float((bands[1] + bands[3]) / (bands[0] + bands[2]))

    assert even("clarinets") < 0.02 < 0.3 < even("oboes")


def _hertz(kind: type[Section], sets: str, t: float) -> NDArray[np.float64]:
    """The pitches of the players that sound at t."""
    timeline = timeline_of(f'length = "12s"\nsound.{kind.name} = {{ {sets} }}')
    section = kind(Desk(timeline, timeline.seed, 512, Bank(512), Bank(512)), 0)
    section.reset(0)
    (group,) = section.groups
    r, i = group.playing.place(round(t * RATE / 512))
    moments = group.moments(r)
    return moments.hz[moments.end == i]


def test_a_choir_scatters_as_choirs_do() -> None:
    cents = []
    for t in np.arange(2.0, 8.0, 0.5):
        hz = _hertz(Choir, 'chord = "A3", players = 12', float(t))
        cents.append(1200 * np.log2(hz / 220.0))
    low = [(c + 600) % 1200 - 600 for c in cents]  # each in an octave of their own
    assert 12 < np.concatenate(low).std() < 34


def test_a_foreign_key_moves_all_and_an_askew_one_bends_the_thirds() -> None:
    home = _hertz(Strings, 'chord = "D3 F#4", vibrato = 0', 3.0)
    away = _hertz(Strings, 'chord = "D3 F#4", vibrato = 0, foreign = 100', 3.0)
    askew = 1200 * np.log2(_hertz(Strings, 'chord = "D3 F#4", vibrato = 0, askew = 1', 3.0) / home)
    assert np.allclose(1200 * np.log2(away / home), 100, atol=1e-6)
    thirds = np.abs(((12 * np.log2(home / 146.83) + 6) % 12 - 6) - 3.86) < 0.5
    assert np.abs(askew[~thirds]).max() < 1 and (askew[thirds] > 30).all()


def test_tearing_leaves_holes_and_dissolving_leaves_nobody() -> None:
    whole, torn, gone = (
        played(Strings, f'chord = "D4", players = 3, {more}', 2.0, 5.0)
        for more in ("tear = 0", "tear = 1", "dissolve = 1")
    )  # fmt: skip

    def unrest(sound: Sound) -> float:
        envelope = np.sqrt((sound[: len(sound) // 480 * 480, 0].reshape(-1, 480) ** 2).mean(axis=1))
        return float(envelope.std() / envelope.mean())

    assert unrest(torn) > 2 * unrest(whole)
    assert decibels(gone) < -90


def test_behind_a_curtain_the_top_is_gone() -> None:
    near, far = (played(Brass, f'chord = "D3 A3", swell = 0.8, muffled = {m}', 1.0, 3.0) for m in (0, 1))
    assert _centroid(far) < 0.5 * _centroid(near)


def test_a_strike_is_underlined_and_answered() -> None:
    def after(sets: str, struck: bool) -> float:
        timeline = timeline_of(f'length = "8s"\nsound.brass = {{ {sets} }}')
        if struck:
            timeline.gestures.append(Strike(2.0, 0.2, 0.4, 1.0))
        return decibels(alone(Brass, timeline, 2.05, 2.4, begin=1.5))

    held = 'chord = "D3 A3", swell = 0.4, accents = 1'
    assert after(held, True) > after(held, False) + 3
    answer = 'answers = "D3 F#3 A3", accents = 0'
    assert after(answer, False) < -200 < -45 < after(answer, True)


def test_plucked_strings_are_struck_and_ring_out() -> None:
    sound = played(Strings, 'play = "d4 ~ ~ ~", every = "8s", bow = "plucked"', 0.0, 2.0)
    level = [decibels(sound[round(t * RATE) : round((t + 0.1) * RATE)]) for t in (0.02, 0.5, 1.0)]
    assert level[0] > level[1] + 6 > level[2] + 12


def test_chords_agree_in_the_end() -> None:
    sets = 'chord = "D3 F#4", against = "D3 F4", flicker = 0, agree = "0 -> 1 linear over 2s after 4s"'
    sound = played(Chords, sets, 0.0, 9.0)

    def share(t: float, hz: float) -> float:
        x = sound[round(t * RATE) : round((t + 2) * RATE), :2].T
        power = (np.abs(np.fft.rfft(x * np.hanning(x.shape[1]))) ** 2).sum(axis=0)
        pitch = np.fft.rfftfreq(x.shape[1], 1 / RATE)
        return float(power[np.abs(pitch - hz) < 3].sum() / power[(pitch > 330) & (pitch < 390)].sum())

    minor, major = 146.83 * 12 / 5, 146.83 * 5 / 2
    assert share(1.8, minor) > 0.25
    assert share(6.8, minor) < 0.01 and share(6.8, major) > 0.95


def test_a_sigh_is_not_cut_where_a_page_of_strokes_is_turned() -> None:
    """Sections turn their pages at different times: whoever turns them, players breathe out alike."""
    sets = 'play = "d4 ~ ~ ~", every = "5s", players = 3, breath = 1, swell = 0.8'
    breaths = []
    for number in (0, 4, 8):
        timeline = timeline_of(f'length = "16s"\nsound.choir = {{ {sets} }}')
        choir = Choir(Desk(timeline, timeline.seed, 512, Bank(512), Bank(512)), number)
        choir.reset(0)
        (group,) = choir.groups
        (last,) = {round(float(stop), 6) for stop in group.page(6.0).stop if 5.0 < stop < 8.0}
        times = last + np.arange(0.05, 1.0, 0.05)
        breaths.append([group.around(np.array([t]))[1].min() for t in times])
        np.testing.assert_allclose(breaths[-1], times - last)
    np.testing.assert_allclose(breaths[0], breaths[1])


# --- parts ------------------------------------------------------------------------------------------------------------
SUNG = 'length = "24s"\nsound.voice = {{ gain_db = 0, rubato = {rubato} }}\nsound.strings = {{ {sets} }}'


def _onsets(rubato: float, sets: str) -> NDArray[np.float64]:
    timeline = timeline_of(SUNG.format(rubato=rubato, sets=sets))
    return np.array([note.onset for note in parts(timeline, "sound.strings", 0.0, 24.0)])


def test_what_is_written_follows_the_singer_and_what_is_composed_sings_along() -> None:
    even = _onsets(1.0, 'play = "d4*8", every = "4s", follow = 0')
    led = _onsets(1.0, 'play = "d4*8", every = "4s"')
    assert np.allclose(np.diff(even), 0.5)
    assert np.ptp(np.diff(led)) > 0.04
    assert np.abs(led - even).max() < 0.6
    assert (np.diff(led) > 0).all()
    song = timeline_of(SUNG.format(rubato=1.0, sets='theme = "song"'))
    line = line_of(song, song.beats[0])
    assert line is not None
    assert [n.onset for n in parts(song, "sound.strings", 0.0, 24.0)] == [n.onset for n in line.notes]


def test_chords_go_under_the_song_in_its_tempo() -> None:
    onsets = np.unique(_onsets(1.0, 'theme = "under"'))
    assert 6 <= onsets.size <= 12
    assert np.ptp(np.diff(onsets)) > 0.1


def test_a_section_is_the_same_with_players_who_come_and_go() -> None:
    """Another number of players in the next beat: the held chord is played on by those who began it."""
    timeline = timeline_of(
        'length = "3s"\nsound.winds = { chord = "D4 A4", players = 4 }',
        'length = "3s"\nsound.winds = { players = 2 }',
    )
    sound = alone(Winds, timeline, 0.0, 5.0)
    assert decibels(sound[2 * RATE : 3 * RATE]) == pytest.approx(decibels(sound[4 * RATE :]), abs=3)


def test_light_pulses_with_what_the_sections_play() -> None:
    timeline = timeline_of(
        'length = "9s"\nfade = "0s"\nsound.brass = { play = "d3 ~ ~ ~", every = "4s", swell = 0.8 }'
    )
    light = [glow(timeline, t) for t in (0.0, 0.15, 0.9, 2.5, 4.15)]
    assert light[1] > light[2] > light[3] and light[3] < 0.02
    assert light[4] == pytest.approx(light[1], rel=0.05)


def test_the_pace_of_the_singer_is_slowest_where_a_phrase_ends() -> None:
    timeline = timeline_of('length = "24s"\nsound.voice = { rubato = 1 }')
    phrases = phrases_of(timeline, timeline.beats[0])
    assert phrases is not None
    paces = [pace(timeline, phrases.starts[0] + phrases.took * x) for x in (0.5, 0.97)]
    assert paces[0] > 1.0 > paces[1]
    assert pace(timeline, 0.1) == 1.0
    even = [taken(timeline, phrases.starts[0] + phrases.took * x) for x in np.linspace(0, 0.999, 50)]
    assert (np.diff(even) > 0).all()
