"""`devices`: what there is to see and hear by, what would be used, and why."""

from __future__ import annotations

import argparse
import os

HELP = "list displays and audio outputs, and what would be used"
MORE = "Nothing is played or shown."


def add(parser: argparse.ArgumentParser) -> None:
    del parser  # it takes no options


def run(given: argparse.Namespace) -> int:
    del given
    from performance.output.quiet import hushed

    with hushed():
        lines = [*_displays(), *_sounds(), *_machine()]
    for line in lines:
        print(line)
    return 0


def _displays() -> list[str]:
    import pygame

    from performance.output import window

    if not window.is_there():
        return ["display   none: `play` records a trailer of a minute instead"]
    driver = pygame.display.get_driver()
    sizes = pygame.display.get_desktop_sizes()
    lines = [
        f"display {n} {w}x{h} ({driver})" + ("   used, unless --display says otherwise" * (n == 0))
        for n, (w, h) in enumerate(sizes)
    ]
    if os.environ.get("SDL_FRAMEBUFFER_ACCELERATION") == "0":
        lines.append("          no graphics card is used: frames are copied to the screen by the processor")
    pygame.display.quit()
    return lines


def _sounds() -> list[str]:
    from performance.output.speakers import SINKS, first_that_opens

    lines = []
    try:
        import sounddevice

        for device in sounddevice.query_devices():
            if device["max_output_channels"] >= 2:
                host = sounddevice.query_hostapis(device["hostapi"])["name"]
                lines.append(f"sound     {device['name']} ({host}), {device['default_samplerate']:g} Hz")
    except OSError as error:
        lines.append(f"sound     PortAudio cannot be used: {error}")
    sink, _, why = first_that_opens(SINKS)
    lines.append(f"          used: {sink.name}" + (f", because {why}" if why else ""))
    if sink.advice:
        lines.append(f"          {sink.advice}")
    return lines


def _machine() -> list[str]:
    import platform

    import numpy
    import pygame

    from performance.cores import count

    flavour = "pygame-ce" if getattr(pygame, "IS_CE", False) else "pygame (not pygame-ce!)"
    return [
        f"machine   {count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" {flavour} {pygame.__version__}, numpy {numpy.__version__}"
    ]
