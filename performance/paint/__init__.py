"""Stage to pixels: light field, crisp layer, bloom, grade, text, flash governor."""
