"""What picture and sound both read: places, fractures, hearts, the ghost performer.

What must coincide on the frame and on the sample comes from one function here.
"""
