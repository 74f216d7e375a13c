"""What there is to see at one instant, as plain arrays: one file for each thing. No pygame, no clock."""
