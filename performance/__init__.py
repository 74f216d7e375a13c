"""Unrehearsed: dreams of standing on a stage unprepared, written as scores, drawn as light, played as crystal.

The score is a function of time, and picture and sound are two readings of it:

    score text -> Score -> Timeline -> stage(t)     what there is to see  -> paint  -> window or video
       gestures, edits (logged) --^ -> sound(block) what there is to hear -> master -> speakers or video

What lies where, each importing only from those above it:

    units, curves, chance   time and pitch, easing, addressed randomness
    house, caches           where the scores and the assets lie; what can be made again, and the mark it goes by
    parts, compiled         how compiled functions are declared and kept, and those that they consist of
    cores                   who works on which core, and who gives way to whom
    guard, refusal          what happens when one thing fails; what a person is told
    gestures                what a visitor can do
    score/                  text -> Score: models, reader, note and movement notation, JSON Schema
    timeline                Score + edits -> values at t, events in a span
    causes/                 what picture and sound both read: place, fracture, heart, ghost performer, steps
    stage/   sound/         what there is to see; what there is to hear. Neither knows the other, a clock or a device
    paint/                  stage -> pixels: light field, crisp things, bloom, film, flash governor
    output/                 window, speakers, recorder, stills
    sheet/                  a score as a picture to print: gathered, laid out, drawn by one of two pens
    live/                   clock, sound process, reloading, keys, overlay, the show, the trailer
    commands/   cli         what is typed in a terminal

Nothing above live/ reads a wall clock or unseeded randomness: a performance is score text + seed + gestures,
and it is the same at any size, at any frame rate, from any starting point.
"""

__version__ = "0.1.0"
