"""What is worked out ahead: most urgent first, no more than a hop has time for; strokes that do not hang on pages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from alone import timeline_of

from performance.sound.bank import Bank
from performance.sound.choir import Choir
from performance.sound.group import PAGE, SHIFT
from performance.sound.instrument import Desk
from performance.sound.rota import HOP_WORK, LATE_WORK, Duty, Rota
from performance.sound.strings import Strings


class _Somebody:
    """Has duties of one cost, each due some hops later than the one before."""

    def __init__(self, name: str, dues: list[int], cost: float, done: list[tuple[str, int]]) -> None:
        self.name, self.dues, self.cost, self.done = name, dues, cost, done

    def duty(self, h: int) -> Duty | None:
        if not self.dues:
            return None
        return Duty(self.dues[0], self.cost, lambda: self.done.append((self.name, self.dues.pop(0))))


def _do(owner: int, deed: Callable[[], object]) -> None:
    deed()


def test_the_most_urgent_is_done_first_and_no_more_than_a_hop_has_time_for() -> None:
    done: list[tuple[str, int]] = []
    cost = HOP_WORK / 4
    some = [_Somebody(name, list(range(first, 99, 3)), cost, done) for name, first in (("a", 11), ("b", 10))]
    rota, counts = Rota(), []
    for h in range(6):
        before = len(done)
        rota.join(0, some, h)
        rota.work(_do)
        counts.append(len(done) - before)
    dues = [due for _, due in done]
    assert dues == sorted(dues) and {name for name, _ in done} == {"a", "b"}
    assert max(counts) * cost <= HOP_WORK + LATE_WORK + cost and min(counts) >= 3


def test_nothing_is_done_twice_for_who_has_made_two_hops() -> None:
    done: list[tuple[str, int]] = []
    rota, one = Rota(), _Somebody("a", [3], HOP_WORK / 4, done)
    rota.join(0, [one], 0)
    rota.join(0, [one], 1)
    rota.work(_do)
    assert done == [("a", 3)]


def test_what_had_to_be_done_at_once_leaves_less_time() -> None:
    done: list[tuple[str, int]] = []
    rota, one = Rota(), _Somebody("a", list(range(20, 60)), HOP_WORK / 4, done)
    rota.owe(HOP_WORK)
    rota.join(0, [one], 0)
    rota.work(_do)
    owing = len(done)
    rota.join(0, [one], 1)
    rota.work(_do)
    assert owing < len(done) - owing


def test_two_pages_of_strokes_agree_where_they_meet() -> None:
    sets = 'play = "d4*3 [a4,f#4] ~ d4*5", every = "5s", chord = "D3 A3 F#4", players = 8'
    for kind in (Choir, Strings):
        timeline = timeline_of(f'length = "40s"\nsound.{kind.name} = {{ {sets} }}')
        section = kind(Desk(timeline, timeline.seed, 512, Bank(512), Bank(512)), 0)
        section.reset(0)
        (group,) = section.groups
        for p in range(1, 8):
            border = p * PAGE - section.number * SHIFT
            before, after = (group.page(border + d) for d in (-1e-3, 1e-3))
            near = [
                page.part((page.start < border + 0.3) & (page.stop > border - 0.3))
                for page in (before, after)
            ]
            assert len(near[0]) > 0
            for name in ("key", "stop", "length", "level", "octave"):
                np.testing.assert_array_equal(getattr(near[0], name), getattr(near[1], name))
