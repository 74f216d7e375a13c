"""Scores in order, over and over, and another performance each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from performance.live.programme import Programme
from performance.refusal import Refusal


def test_rounds_differ_by_their_seed_and_repeat_exactly(score: Path) -> None:
    programme = Programme((score, score))
    seeds = []
    for _ in range(6):
        seeds.append(programme.open().seed)
        assert programme.forward()
    assert seeds == [5, 5, 6, 6, 7, 7]


def test_a_given_seed_is_where_it_begins(score: Path) -> None:
    programme = Programme((score,), seed=40)
    assert programme.open().seed == 40
    programme.forward()
    assert programme.open().seed == 41


def test_once_is_once(score: Path) -> None:
    programme = Programme((score, score), once=True)
    assert programme.forward()
    assert not programme.forward()


def test_a_broken_score_is_refused_with_its_faults(score: Path) -> None:
    score.write_text(score.read_text().replace("gold", "golld"))
    with pytest.raises(Refusal, match=r"small\.toml:7:\d+: .*golld") as refused:
        Programme((score,)).open()
    assert refused.value.code == 1
