"""The score as a picture to print: what is seen and heard over time, on one sheet of dark paper.

presence how much there is of each thing and instrument
moving   the values that move
gather   one performance is looked at and listened to: stills, light, curves, notes, loudness
page     all of that laid out on A3 (lanes, strips, roll); or the stills alone (contact)
marks    the page as data: pictures, areas, lines, type
pixels   one pen: marks -> PNG, JPEG
svg      the other: marks -> SVG
"""
