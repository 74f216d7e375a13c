"""Which key does what, in one table that `--help` and the overlay show too."""

from __future__ import annotations

from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class Key:
    """What the keys are called, what they do in a word of the program's, and in words."""

    codes: tuple[int, ...]
    label: str
    action: str
    words: str


KEYS = (
    Key((pygame.K_SPACE,), "space", "pause", "pause and go on"),
    Key((pygame.K_LEFT,), "\N{LEFTWARDS ARROW}", "previous", "this beat again, or the one before"),
    Key((pygame.K_RIGHT,), "\N{RIGHTWARDS ARROW}", "next", "next beat"),
    Key((pygame.K_HOME,), "Home", "restart", "from the beginning"),
    Key((pygame.K_f,), "F", "fullscreen", "full screen and back"),
    Key((pygame.K_h,), "H", "overlay", "show and hide this"),
    Key((pygame.K_m,), "M", "mute", "mute"),
    Key((pygame.K_PLUS, pygame.K_KP_PLUS, pygame.K_EQUALS), "+", "louder", "louder"),
    Key((pygame.K_MINUS, pygame.K_KP_MINUS), "\N{MINUS SIGN}", "quieter", "quieter"),
    Key((pygame.K_ESCAPE, pygame.K_q), "Esc, Q", "quit", "leave"),
)
ACTIONS = {code: key.action for key in KEYS for code in key.codes}


def action_of(event: pygame.event.Event) -> str:
    """What a KEYDOWN asks for, "" if nothing. A plus may hide on any key, so its sign counts, too."""
    by_sign = {"+": "louder", "-": "quieter"}.get(event.unicode)
    return by_sign or ACTIONS.get(event.key, "")


def lines() -> list[str]:
    """The keys, one to a line."""
    return [f"{key.label}  {key.words}" for key in KEYS]
