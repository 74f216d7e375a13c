"""Figures on this machine: what a frame costs in every beat, how much sound one core makes, how fast films are made,
how soon the first frame is there. One file for each."""
