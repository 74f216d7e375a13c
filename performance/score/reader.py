"""Text -> Score, with every fault at its line and column and never a traceback.

    read_score(path)            the Score; BrokenScore carries all faults
    check(path)                 the faults alone
    merge(old, text, name)      while it plays: faulty beats keep their last good version, the rest update

A text over 256 KiB or with a line over 500 characters is refused before parsing: a dotted key of 60 kB costs
tomllib gigabytes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from performance.score.catalogue import SIDES
from performance.score.fields import Kind, Reading, found, nearest
from performance.score.model import Beat, BeatHeading, Heading, Score, Settings, Surtitle, Written
from performance.score.notation.movement import Movement
from performance.score.positions import Lines, Positions
from performance.units import Tuning

MOST_BYTES = 256 * 1024
LONGEST_LINE = 500
MOST_BEATS = 200
MOST_FAULTS = 100
READ_PER_SECOND = (
    17.0  # characters of a surtitle; the BBC's subtitle guidelines ask for 160-180 words a minute
)
CALM_PER_SECOND = 13.0
SHORTEST_SAY = 2.5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a score, where, and what would be accepted."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class BrokenScore(ValueError):
    """A score that cannot be played; `faults` are all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_score(path: Path | str) -> Score:
    """Read a score's file. BrokenScore tells what is wrong; OSError if it cannot be opened."""
    return read_text(decode(Path(path).read_bytes(), str(path)), str(path))


def read_text(text: str, name: str = "score") -> Score:
    """Read a score's text; `name` stands in the faults."""
    score, faults = _draft(text, name, None)
    if faults:
        raise BrokenScore(faults)
    return score


def merge(old: Score, text: str, name: str = "score") -> tuple[Score, list[Fault]]:
    """An edited text into a piece that plays: what is faulty stays as it was in `old`, the rest is new."""
    score, faults = _draft(text, name, old)
    return score, faults


def check(path: Path | str) -> list[Fault]:
    """All faults of a score's file, in order of their places; also where it cannot be opened."""
    try:
        read_score(path)
    except BrokenScore as broken:
        return broken.faults
    except OSError as error:
        return [Fault(str(path), 1, 1, f"cannot be read: {error.strerror or error}")]
    return []


def decode(raw: bytes, name: str) -> str:
    """Bytes as UTF-8 text; BrokenScore with the place of the first byte that is none."""
    if len(raw) > MOST_BYTES:
        raise BrokenScore([Fault(name, 1, 1, f"{len(raw)} bytes, at most {MOST_BYTES} (256 KiB)")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig")
        line, column = Lines(good).place(len(good))
        fault = Fault(name, line, column, f"byte 0x{raw[error.start]:02x} is not UTF-8 text")
        raise BrokenScore([fault]) from None


Draft = tuple[Score, list[Fault]]


def _draft(text: str, name: str, old: Score | None) -> Draft:
    """The best score that can be had from a text, and its faults; `old` fills in what is faulty."""
    blank = old or Score()
    data, faults = _parsed(text, name)
    if faults:
        return blank, faults
    page = _Page(name, text, data)
    score, beats = page.heading(blank), page.beats()
    kept = _kept(beats, old, page)
    return (replace(score, beats=kept) if kept else blank), page.faults_in_order()


def _parsed(text: str, name: str) -> tuple[dict[str, Any], list[Fault]]:
    """The text as tomllib reads it, or the fault that stops it."""
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        return {}, [Fault(name, 1, 1, f"{size} bytes, at most {MOST_BYTES} (256 KiB)")]
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            said = f"a line of {len(line)} characters, at most {LONGEST_LINE}"
            return {}, [Fault(name, number, LONGEST_LINE + 1, said)]
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return {}, [_syntax_fault(str(error), text, name)]
    except RecursionError:
        return {}, [Fault(name, 1, 1, "brackets within brackets, too deep to read")]


_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_fault(said: str, text: str, name: str) -> Fault:
    """tomllib's own words, with their place taken out of them."""
    match = _PLACE.search(said)
    if match is None:
        return Fault(name, 1, 1, f"not TOML: {said}")
    source = text.replace("\r\n", "\n")
    line, column = (int(match[1]), int(match[2])) if match[1] else Lines(source).place(len(source))
    return Fault(name, line, column, f"not TOML: {said[: match.start()]}")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A beat as it was read; `beat` is None where it has a fault."""

    id: str
    beat: Beat | None


def _kept(leaves: list[_Leaf], old: Score | None, page: _Page) -> tuple[Beat, ...]:
    """The beats that can play: good ones, and last good versions of faulty ones."""
    before = {beat.id: beat for beat in old.beats} if old else {}
    present = {leaf.id for leaf in leaves}
    kept: dict[str, Beat] = {}
    for i, leaf in enumerate(leaves):
        beat = leaf.beat or before.get(leaf.id)
        if beat is None and not leaf.id and old and i < len(old.beats) and old.beats[i].id not in present:
            beat = old.beats[i]
        if beat is not None:
            kept.setdefault(beat.id, beat)
    return tuple(kept.values())


class _Page:
    """One reading of one text: collects faults."""

    def __init__(self, name: str, text: str, data: dict[str, Any]) -> None:
        self.name, self.text, self.data = name, text, data
        self.faults: list[Fault] = []
        self.places: Positions | None = None
        self.reading = Reading()

    def fault(self, path: tuple[str | int, ...], message: str, offset: int | None = None) -> None:
        """Note a fault at a value (offset counts inside it), or at a key where offset is None."""
        if self.places is None:
            self.places = Positions(self.text)
        place = self.places.key(path) if offset is None else self.places.value(path, offset)
        self.faults.append(Fault(self.name, *place, message))

    def faults_in_order(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: (fault.line, fault.column))[:MOST_FAULTS]

    def written(
        self, model: type[Written], table: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        """The settings of a table; faults are noted and left out."""
        try:
            return model.model_validate(table, context=self.reading).settings()
        except ValidationError as error:
            bad = set()
            for one in error.errors(include_url=False, include_input=False):
                key = str(one["loc"][0])
                bad.add(key)
                if one["type"] == "unreadable":
                    context = one["ctx"]
                    self.fault((*path, key), f"{key}: {context['said']}", context["offset"])
                else:
                    self.fault((*path, key), unknown(key, model.kinds))
            good = {key: value for key, value in table.items() if key not in bad}
            return model.model_validate(good, context=self.reading).settings()

    def heading(self, blank: Score) -> Score:
        """The score without beats; as in `blank` where its heading has a fault."""
        table = {key: value for key, value in self.data.items() if key != "beat"}
        settings = self.written(Heading, table, ())
        score = blank
        if not self.faults:
            said = {name: plain(settings.get(name), kind) for name, kind in Heading.kinds.items()}
            tuning = Tuning(said["tonic"], said["tuning"])
            score = Score(said["title"], tuning, said["tempo"], said["metre"], said["seed"])
        self.reading = score.reading
        return score

    def beats(self) -> list[_Leaf]:
        """Every beat of the text, good or not."""
        beats = self.data.get("beat")
        if not isinstance(beats, list) or not beats or not all(isinstance(beat, dict) for beat in beats):
            self.fault(("beat",), "a score needs beats, each written under a line [[beat]]")
            return []
        if len(beats) > MOST_BEATS:
            self.fault(("beat", MOST_BEATS), f"{len(beats)} beats, at most {MOST_BEATS}")
        leaves: list[_Leaf] = []
        for i, table in enumerate(beats[:MOST_BEATS]):
            leaves.append(self.beat(i, table, {leaf.id for leaf in leaves}))
        return leaves

    def beat(self, i: int, table: Mapping[str, Any], taken: set[str]) -> _Leaf:
        """One beat; its faults spoil it alone."""
        before = len(self.faults)
        path = ("beat", i)
        head = {key: value for key, value in table.items() if key not in SIDES}
        said = self.written(BeatHeading, head, path)
        name = said.get("id", "")
        if not name and "id" not in table:
            self.fault(path, 'this beat needs an id, such as id = "liquid-gold"')
        elif name in taken:
            self.fault((*path, "id"), f"two beats are called {name!r}", 0)
            name = ""
        settings = self.sides(table, path)
        values = {key: said.get(key, kind.default) for key, kind in BeatHeading.kinds.items()}
        surtitle = self.surtitle(values, said, path)
        if len(self.faults) > before:
            return _Leaf(name, None)
        length = values["length"].seconds
        beat = Beat(name, length, values["fade"].seconds, values["reset"], surtitle, settings)
        return _Leaf(name, beat)

    def sides(self, table: Mapping[str, Any], path: tuple[str | int, ...]) -> dict[str, Settings]:
        """What a beat sets on stage and in sound, by "stage.NAME"."""
        settings: dict[str, Settings] = {}
        for side, models in SIDES.items():
            things = table.get(side, {})
            if not isinstance(things, dict):
                self.fault(
                    (*path, side),
                    f"{side} is {found(things)}, not tables such as {side}.{next(iter(models))}",
                    0,
                )
                continue
            for name, thing in things.items():
                where = (*path, side, name)
                if name not in models:
                    self.fault(where, unknown(name, models, f"{side}."))
                elif not isinstance(thing, dict):
                    self.fault(
                        where, f"{side}.{name} is {found(thing)}, not a table such as {{ level = 1 }}", 0
                    )
                else:
                    settings[f"{side}.{name}"] = self.written(models[name], thing, where)
        return settings

    def surtitle(
        self, values: Mapping[str, Any], said: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> Surtitle | None:
        """The beat's line with its times; long enough to be read, short enough for the beat."""
        line = values["say"]
        if not line:
            return None
        length, at = values["length"].seconds, values["say_at"].seconds
        needs = len(line) / READ_PER_SECOND
        if "say_at" not in said:
            at = min(at, max(0.0, length - needs))
        room = length - at
        lasts = (
            values["say_for"].seconds
            if "say_for" in said
            else min(max(len(line) / CALM_PER_SECOND + 1.0, SHORTEST_SAY), room)
        )
        if lasts < needs - 1e-9:
            key = "say_for" if "say_for" in said else "say"
            self.fault(
                (*path, key),
                f"{len(line)} characters in {lasts:.1f}s cannot be read, give them {needs:.1f}s",
                0,
            )
        elif lasts > room + 1e-9:
            self.fault((*path, "say_for"), f"the line outlasts its beat, which leaves it {room:.1f}s", 0)
        return Surtitle(line, at, lasts)


def plain(setting: Any, kind: Kind) -> Any:
    """The value of a setting that does not move, or its default."""
    if isinstance(setting, Movement):
        return setting.values[0]
    return kind.default if setting is None else setting


def unknown(name: str, known: Mapping[str, Any], prefix: str = "") -> str:
    """ "unknown widht, perhaps width; there are ..." """
    return f"unknown {prefix}{name[:60]!r}{nearest(name, known)}; there are {', '.join(sorted(known))}"
