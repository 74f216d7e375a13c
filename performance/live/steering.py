"""What hands do to the show: keys, the pointer, the window's own buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from performance.live import keys

if TYPE_CHECKING:
    from performance.live.show import Show

STEP_DB, QUIETEST_DB = 3.0, -48.0
AGAIN = 1.5  # seconds into a beat after which "previous" means this beat


@dataclass(slots=True)
class Volume:
    """How loud; 0 dB is as the piece is meant to be, and the most there is."""

    db: float = 0.0
    muted: bool = False

    @property
    def factor(self) -> float:
        """Of amplitude."""
        return 0.0 if self.muted else float(10.0 ** (self.db / 20.0))

    def step(self, db: float) -> None:
        """Louder or quieter."""
        self.db = min(0.0, max(QUIETEST_DB, self.db + db))

    def __str__(self) -> str:
        return "muted" if self.muted else f"{self.db:+.0f} dB" if self.db else "full"


class Steering:
    """One method for each action of the table of keys."""

    def __init__(self, show: Show, volume: Volume) -> None:
        self.show, self.volume = show, volume

    def hear(self, event: pygame.event.Event) -> None:
        """Do what an event asks."""
        show = self.show
        if event.type == pygame.QUIT:
            show.over = True
        elif event.type == pygame.MOUSEMOTION:
            show.pointer.move(*event.pos)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button <= 3:
            show.pointer.press(*event.pos)
        elif event.type == pygame.VIDEORESIZE:
            show.window.resized()
            show.resized()
        elif event.type == pygame.KEYDOWN and (action := keys.action_of(event)):
            getattr(self, action)()

    def pause(self) -> None:
        if self.show.clock.running:
            self.show.sound.hold()
        else:
            self.show.sound.leap(self.show.clock.now())

    def previous(self) -> None:
        beats, t = self.show.timeline.beats, self.show.clock.now()
        beat = self.show.timeline.beat_at(t)
        self.show.go(beats[beat.index if t - beat.start > AGAIN else max(0, beat.index - 1)].start)

    def next(self) -> None:
        beats, t = self.show.timeline.beats, self.show.clock.now()
        index = self.show.timeline.beat_at(t).index + 1
        if index < len(beats):
            self.show.go(beats[index].start)
        else:
            self.show.next_piece()

    def restart(self) -> None:
        self.show.timeline.gestures.clear()
        self.show.sound.play(self.show.timeline)
        self.show.set_off()

    def fullscreen(self) -> None:
        self.show.window.toggle()
        self.show.resized()

    def overlay(self) -> None:
        self.show.overlaid = not self.show.overlaid

    def mute(self) -> None:
        self.volume.muted = not self.volume.muted
        self.show.sound.volume(self.volume.factor)

    def louder(self) -> None:
        self.volume.step(STEP_DB)
        self.show.sound.volume(self.volume.factor)

    def quieter(self) -> None:
        self.volume.step(-STEP_DB)
        self.show.sound.volume(self.volume.factor)

    def quit(self) -> None:
        self.show.over = True
