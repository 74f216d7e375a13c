"""The two small notations inside a score's texts: movements ("0 -> 1 over 4s") and rhythms ("<d5 a5>*3 ~")."""
