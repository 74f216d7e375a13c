"""Masses bend time and pitch about them; a broken note closes."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.gravity import REACH, masses, pull_at, specks
from performance.causes.splinters import LENGTH, pieces
from performance.score.reader import read_text
from performance.timeline import Timeline

HEAD = 'title = "a test"\ntonic = "D3"\n[[beat]]\nid = "one"\nlength = "40s"\nfade = "0s"\n'


def falling(pull: float) -> Timeline:
    return Timeline(read_text(f"{HEAD}sound.gravity = {{ pull = {pull}, dust = 20, pulse = 0.7 }}"))


def broken(curve: str) -> Timeline:
    return Timeline(read_text(f'{HEAD}sound.splinter = {{ note = "Eb4", at = "1s", broken = {curve} }}'))


# --- gravity ----------------------------------------------------------------------------------------------------------
def test_dust_is_drawn_together_about_the_masses_in_time() -> None:
    def closeness(pull: float) -> float:
        timeline = falling(pull)
        onsets = np.array([mass.t for mass in masses(timeline, 0.0, 40.0)])
        dust = np.array([speck.t for speck in specks(timeline, 5.0, 35.0)])
        return float(np.mean(np.abs(dust[:, None] - onsets).min(axis=1) < 0.12))

    assert closeness(1.0) > 1.4 * closeness(0.0)


def test_dust_keeps_its_order_and_comes_nearer_in_pitch() -> None:
    timeline = falling(1.0)
    dust = specks(timeline, 5.0, 35.0)
    notes = masses(timeline, 0.0, 40.0)
    off = []
    for speck in dust:
        mass = min(notes, key=lambda one: abs(one.t - speck.even))
        assert abs(speck.t - mass.t) <= max(abs(speck.even - mass.t), 0.0) + 1e-9
        octaves = np.log2(speck.pitch_hz / mass.pitch_hz)
        off.append((abs(speck.t - mass.t), abs(octaves - round(float(octaves)))))
    near = [apart for far, apart in off if far < 0.05]
    wide = [apart for far, apart in off if 0.3 < far < REACH]
    assert np.mean(near) < 0.6 * np.mean(wide)


def test_the_field_is_strongest_at_a_mass() -> None:
    timeline = falling(0.7)
    heavy = max(masses(timeline, 5.0, 30.0), key=lambda mass: mass.weight)
    assert pull_at(timeline, heavy.t) >= heavy.weight - 1e-9
    assert all(mass.kind in ("ripple", "fire", "silver") for mass in masses(timeline, 0.0, 40.0))


def test_windows_of_dust_together_are_the_whole() -> None:
    timeline = falling(0.8)
    whole = specks(timeline, 0.0, 40.0)
    assert [one for i in range(80) for one in specks(timeline, i * 0.5, i * 0.5 + 0.5)] == whole


# --- splinters --------------------------------------------------------------------------------------------------------
def silence(timeline: Timeline, a: float, b: float) -> float:
    """Share of the time in which no piece is heard."""
    heard = np.zeros(int((b - a) * 1000), bool)
    for piece in pieces(timeline, a - LENGTH, b):
        first, last = (int((t - a) * 1000) for t in (piece.t, piece.t + piece.length))
        heard[max(first, 0) : max(last, 0)] = True
    return float(1 - heard.mean())


def test_broken_it_stutters_runs_back_and_leaves_gaps() -> None:
    made = pieces(broken("1"), 2.0, 38.0)
    assert 0.2 < np.mean([piece.back for piece in made]) < 0.6
    assert max(piece.again for piece in made) >= 3
    assert np.median([piece.length for piece in made]) < 0.2
    assert silence(broken("1"), 2.0, 38.0) > 0.15


def test_its_cracks_close_and_it_runs_through() -> None:
    timeline = broken('"1 -> 0 over 30s"')
    gaps = [silence(timeline, t, t + 8.0) for t in (2.0, 16.0, 32.0)]
    assert gaps[0] > gaps[1] >= gaps[2] == pytest.approx(0.0, abs=1e-3)
    last = pieces(timeline, 33.0, 39.0)
    assert not any(piece.back or piece.again or piece.cracks for piece in last)


def test_pieces_are_of_the_note() -> None:
    for piece in pieces(broken('"1 -> 0.2 -> 1"'), 0.0, 40.0):
        assert 0.0 <= piece.begin and piece.begin + piece.length <= LENGTH + 1e-9
        assert 2 * piece.edge <= piece.length + 1e-9


def test_it_begins_as_it_was_played() -> None:
    first = pieces(broken("1"), 0.0, 40.0)[0]
    assert (first.t, first.begin, first.back) == (1.0, 0.0, False)
