"""What there is to hear: one file for each family of instrument, the mode bank, the room, the master. No clock."""
