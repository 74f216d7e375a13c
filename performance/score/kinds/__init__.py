"""The kinds of parameter: what each reads out of a score's text, and how the JSON Schema shows it."""
