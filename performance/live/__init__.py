"""The show as it happens: the one clock, the sound process, a saved score, keys and the pointer."""
