"""Text -> Score, with every fault at its line and column and never a traceback.

read_score(path)            the Score; BrokenScore carries all faults
check(path)                 the faults alone
merge(old, text, name)      while it plays: faulty beats keep their last good version, the rest update
merge_file(old, path)       the same from a file
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from performance.score.catalogue import SIDES
from performance.score.faults import MOST_FAULTS, BrokenScore, Fault, TooManyFaults
from performance.score.kinds.fixed import TextKind
from performance.score.kinds.kind import Kind, Reading, found, nearest
from performance.score.model import Beat, BeatHeading, Heading, Score, Settings, Surtitle, Written
from performance.score.notation.figures import MOTIF_SHAPE, Tone, read_motif
from performance.score.notation.movement import Movement
from performance.score.positions import Path as Place
from performance.score.sheets import Sheets, decode
from performance.units import Tuning, Unreadable

__all__ = ["BrokenScore", "Fault", "check", "merge", "merge_file", "read_score", "read_text"]

MOST_BEATS = 200
READ_PER_SECOND = 17.0  # characters of a surtitle at most; broadcasters ask for 12 to 17
CALM_PER_SECOND = 13.0
SHORTEST_SAY = 2.5
MOTIFS = "motif"
MOTIF_NAME = "[a-z][a-z0-9-]{0,39}"
MOTIF_KIND = TextKind(
    doc='degrees of the scale and how many counts each lasts, such as "1 5@2 4 3"; ~ is a rest',
    default="",
    longest=120,
    shape=MOTIF_SHAPE,
    shape_words='a motif such as "1 5@2 4 3 ~ 1@3"',
)


def read_score(path: Path | str) -> Score:
    """Read a score's file. BrokenScore tells what is wrong; OSError if it cannot be opened."""
    return read_text(decode(Path(path).read_bytes(), str(path)), str(path))


def read_text(text: str, name: str = "score") -> Score:
    """Read a score's text; `name` stands in the faults."""
    score, faults = _read(text, name, None)
    if faults:
        raise BrokenScore(faults)
    return score


def merge(old: Score, text: str, name: str = "score") -> tuple[Score, list[Fault]]:
    """An edited text into a piece that plays: what is faulty stays as it was in `old`, the rest is new.

    Beats are matched by id. A faulty beat that `old` does not have is left out; a faulty heading keeps all of
    the old one.
    """
    return _read(text, name, old)


def merge_file(old: Score, path: Path | str) -> tuple[Score, list[Fault]]:
    """The same from a file; one that cannot be read changes nothing."""
    try:
        return merge(old, decode(Path(path).read_bytes(), str(path)), str(path))
    except BrokenScore as broken:
        return old, broken.faults
    except OSError as error:
        return old, [_unreadable(path, error)]


def check(path: Path | str) -> list[Fault]:
    """All faults of a score's file, in order of their places; also where it cannot be opened."""
    try:
        read_score(path)
    except BrokenScore as broken:
        return broken.faults
    except OSError as error:
        return [_unreadable(path, error)]
    return []


def _unreadable(path: Path | str, error: OSError) -> Fault:
    return Fault(str(path), 1, 1, f"cannot be read: {error.strerror or error}")


def _read(text: str, name: str, old: Score | None) -> tuple[Score, list[Fault]]:
    """The best score that can be had from a text, and its faults."""
    blank = old or Score()
    sheets = Sheets(text, name)
    page = _Page(sheets)
    try:
        score = page.heading(blank)
        beats = _kept(page.beats(), old)
    except TooManyFaults:
        score, beats = blank, ()
    faults = sorted(sheets.faults, key=lambda fault: (fault.line, fault.column))
    return (replace(score, beats=beats) if beats else blank), faults[:MOST_FAULTS]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A beat as it was read; `beat` is None where it has a fault."""

    id: str
    beat: Beat | None


def _kept(leaves: list[_Leaf], old: Score | None) -> tuple[Beat, ...]:
    """The beats that can play: good ones, and last good versions of faulty ones."""
    before = {beat.id: beat for beat in old.beats} if old else {}
    present = {leaf.id for leaf in leaves}
    kept: dict[str, Beat] = {}
    for i, leaf in enumerate(leaves):
        beat = leaf.beat or before.get(leaf.id)
        if beat is None and not leaf.id and old and i < len(old.beats) and old.beats[i].id not in present:
            beat = old.beats[i]  # it lost its name as well: take the one of its place
        if beat is not None:
            kept.setdefault(beat.id, beat)
    return tuple(kept.values())


class _Page:
    """One reading of one text."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.fault = sheets.fault
        self.reading = Reading()

    def heading(self, blank: Score) -> Score:
        """The score without beats; all of `blank`'s heading where the text's has a fault."""
        table, before = self.sheets.heading, len(self.sheets.faults)
        score = blank
        if table is not None:
            motifs = self.motifs(table)
            settings = self.written(Heading, {k: v for k, v in table.items() if k != MOTIFS}, ())
            if len(self.sheets.faults) == before:
                said = {name: _plain(settings.get(name), kind) for name, kind in Heading.kinds.items()}
                tuning = Tuning(said["tonic"], said["tuning"])
                score = Score(said["title"], tuning, said["tempo"], said["metre"], said["seed"], (), motifs)
        self.reading = score.reading
        return score

    def motifs(self, table: Mapping[str, Any]) -> dict[str, tuple[Tone, ...]]:
        """The motifs that a score states, by name."""
        stated = table.get(MOTIFS, {})
        if not isinstance(stated, dict):
            self.fault(
                (MOTIFS,), f"{MOTIFS} is {found(stated)}, not a table of motifs under a line [{MOTIFS}]", 0
            )
            return {}
        read: dict[str, tuple[Tone, ...]] = {}
        for name, value in stated.items():
            if not re.fullmatch(MOTIF_NAME, name):
                self.fault((MOTIFS, name), f'{found(name)} is not a name such as "fall"')
                continue
            try:
                read[name] = read_motif(MOTIF_KIND.read(value, self.reading))
            except Unreadable as fault:
                self.fault((MOTIFS, name), f"{name}: {fault}", fault.offset)
        return read

    def beats(self) -> list[_Leaf]:
        """Every beat of the text, good or not."""
        beats = self.sheets.beats
        if len(beats) > MOST_BEATS:
            self.fault(("beat", MOST_BEATS), f"{len(beats)} beats, at most {MOST_BEATS}")
        leaves: list[_Leaf] = []
        taken: set[str] = set()
        for i, table in enumerate(beats[:MOST_BEATS]):
            leaves.append(self.beat(i, table, taken))
            taken.add(leaves[-1].id)
        return leaves

    def beat(self, i: int, table: Mapping[str, Any] | None, taken: set[str]) -> _Leaf:
        """One beat; its faults spoil it alone."""
        if table is None:
            return _Leaf(self.sheets.ids.get(i, ""), None)
        before, path = len(self.sheets.faults), ("beat", i)
        said = self.written(BeatHeading, {k: v for k, v in table.items() if k not in SIDES}, path)
        name = said.get("id", "")
        if not name and "id" not in table:
            self.fault(path, 'this beat needs an id, such as id = "liquid-gold"')
        elif name and name in taken:
            self.fault((*path, "id"), f"two beats are called {name!r}", 0)
            name = ""
        settings = self.sides(table, path)
        values = {key: said.get(key, kind.default) for key, kind in BeatHeading.kinds.items()}
        surtitle = self.surtitle(values, said, path)
        if len(self.sheets.faults) > before:
            return _Leaf(name, None)
        length, fade = values["length"].seconds, values["fade"].seconds
        return _Leaf(name, Beat(name, length, fade, values["reset"], surtitle, settings))

    def sides(self, table: Mapping[str, Any], path: Place) -> dict[str, Settings]:
        """What a beat sets on stage and in sound, by "stage.NAME" and "sound.NAME"."""
        settings: dict[str, Settings] = {}
        for side, models in SIDES.items():
            things = table.get(side, {})
            if not isinstance(things, dict):
                said = (
                    f"{side} is {found(things)}, not a table: write {side}.{next(iter(models))} = {{ ... }}"
                )
                self.fault((*path, side), said, 0)
                continue
            for name, thing in things.items():
                where = (*path, side, name)
                if name not in models:
                    self.fault(where, _unknown(name, models, f"{side}."))
                elif not isinstance(thing, dict):
                    said = f"{side}.{name} is {found(thing)}, not a table such as {{ level = 1 }}"
                    self.fault(where, said, 0)
                else:
                    settings[f"{side}.{name}"] = self.written(models[name], thing, where)
        return settings

    def surtitle(self, values: Mapping[str, Any], said: Mapping[str, Any], path: Place) -> Surtitle | None:
        """The beat's line with its times: long enough to be read, within the beat."""
        line, length, at = values["say"], values["length"].seconds, values["say_at"].seconds
        if not line:
            return None
        needs = len(line) / READ_PER_SECOND
        if "say_at" not in said:
            at = min(at, max(0.0, length - needs))
        lasts = min(max(len(line) / CALM_PER_SECOND + 1.0, SHORTEST_SAY), length - at)
        if "say_for" in said:
            lasts = values["say_for"].seconds
        if lasts < needs - 1e-9:
            key = "say_for" if "say_for" in said else "say"
            rest = f"{len(line)} characters in {max(lasts, 0.0):.1f}s cannot be read, they need {needs:.1f}s"
            self.fault((*path, key), f"{key}: {rest}", 0)
        elif at + lasts > length + 1e-9:
            self.fault((*path, "say_for"), f"say_for: the line outlasts its beat of {length:g}s", 0)
        return Surtitle(line, at, lasts, values["say_above"])

    def written(self, model: type[Written], table: Mapping[str, Any], path: Place) -> dict[str, Any]:
        """The settings of a table; faults are noted and left out."""
        try:
            return model.model_validate(table, context=self.reading).settings()
        except ValidationError as error:
            bad = set()
            for one in error.errors(include_url=False, include_input=False):
                key = str(one["loc"][0])
                bad.add(key)
                if one["type"] == "unreadable":
                    self.fault((*path, key), f"{key}: {one['ctx']['said']}", one["ctx"]["offset"])
                else:
                    self.fault((*path, key), _unknown(key, model.kinds))
            good = {key: value for key, value in table.items() if key not in bad}
            return model.model_validate(good, context=self.reading).settings()


def _plain(setting: Any, kind: Kind) -> Any:
    """The value of a setting that does not move, or its default."""
    if isinstance(setting, Movement):
        return setting.values[0]
    return kind.default if setting is None else setting


def _unknown(name: str, known: Mapping[str, Any], prefix: str = "") -> str:
    """What to say of a name that is not known: the nearest one, or all there are."""
    return (
        f"unknown {found(prefix + name)}{nearest(name, known) or '; there are ' + ', '.join(sorted(known))}"
    )
