"""What there is to hear: one file for each family of instrument, the mode bank, the room, the master. No clock.

instrument.py orchestra.py seat.py ensemble.py   what an instrument is; how they sit, keep time and are mixed
bank.py modes.py bodies.py                       decaying modes by the thousand; what is struck
sines.py lines.py held.py pitchtime.py           moving pitch: partials, drawn lines, held chords, bends
friction.py hops.py breathing.py blown.py tract.py  air, noise and the spaces it passes
harmonics.py singing.py mouths.py composed.py    voices, and notes that are composed
section.py reading.py group.py moments.py weights.py   a section, what is asked of it, its players, a run of theirs
playing.py shreds.py bowing.py players.py        pitch and strength; strokes of bow and breath; who plays what
grains.py perspan.py knocks.py claps.py implements.py  sounds made beforehand, let fall where they are due
throats.py speech.py shouts.py reflexes.py       people: talk without words, cheers, coughs; collective.py: all at once
place.py rooms.py convolve.py room.py            pan, distance, responses, convolution, one room into another
limiter.py master.py loudness.py levels.py       nothing too loud, every score equally loud
render.py bench.py threads.py                    spans and WAV files; what it costs; one thread for BLAS
struck bowed glass drips ice shatter mirrors petals · voice whispers chorus breath heart tilt current attempt recall
crowd applause hearts breaths · steps clock headset cloth tools
"""
