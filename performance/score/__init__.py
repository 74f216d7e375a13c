"""The written piece: text -> Score, with every fault at its line and column."""
