"""The show goes on: live, an element that fails is dropped and named once; offline it raises."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger("unrehearsed")


class Strict:
    """Runs elements and lets every fault through."""

    def run(self, name: str, element: Callable[..., T], *arguments: Any) -> T | None:
        """What the element returns."""
        return element(*arguments)


class Lenient(Strict):
    """Runs elements; one that raised is not asked again until `forgive`."""

    def __init__(self) -> None:
        self.dropped: dict[str, str] = {}

    def run(self, name: str, element: Callable[..., T], *arguments: Any) -> T | None:
        """What the element returns, None if it failed now or before."""
        if name in self.dropped:
            return None
        try:
            return element(*arguments)
        except Exception as fault:  # whatever it is, the rest of the stage plays on
            self.dropped[name] = f"{type(fault).__name__}: {fault}"
            log.exception("%s is left out from now on", name)
            return None

    def forgive(self) -> None:
        """Ask every element again: the score has changed."""
        self.dropped.clear()


STRICT = Strict()
