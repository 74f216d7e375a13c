"""What is played: some scores in order, over and over, each round another performance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from performance.refusal import Refusal
from performance.score.model import Score
from performance.score.reader import BrokenScore, read_score
from performance.timeline import Timeline


@dataclass(slots=True)
class Programme:
    """`seed` None is each score's own. From the second round on the number of the round is added to it."""

    scores: tuple[Path, ...]
    seed: int | None = None
    once: bool = False
    index: int = 0
    rounds: int = 0

    @property
    def path(self) -> Path:
        """The score that plays now."""
        return self.scores[self.index]

    def forward(self) -> bool:
        """On to the next score; False when all have been played that should be."""
        self.index += 1
        if self.index == len(self.scores):
            self.index, self.rounds = 0, self.rounds + 1
            return not self.once
        return True

    def all(self) -> list[Timeline]:
        """Every score of this round."""
        return [self.laid_out(opened(path)) for path in self.scores]

    def later(self) -> list[Timeline]:
        """The other scores, in the order they come."""
        return [
            self.laid_out(opened(path))
            for path in (*self.scores[self.index + 1 :], *self.scores[: self.index])
        ]

    def open(self) -> Timeline:
        """The score that plays now, laid out in time. A broken one is refused with all its faults."""
        return self.laid_out(opened(self.path))

    def laid_out(self, score: Score) -> Timeline:
        """A score as it is performed in this round."""
        if self.rounds:
            return Timeline(score, (score.seed if self.seed is None else self.seed) + self.rounds)
        return Timeline(score, self.seed)


def opened(path: Path) -> Score:
    """Read a score for a command: what is wrong with it is said line by line, and the command leaves with 1."""
    try:
        return read_score(path)
    except BrokenScore as broken:
        raise Refusal(str(broken), code=1) from None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
