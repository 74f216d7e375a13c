"""One file for each word that can be typed after `unrehearsed`: its options, its help, and what it calls."""
