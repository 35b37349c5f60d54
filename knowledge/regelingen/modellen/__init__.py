"""Model ordinances: a text with choices, and the draft that answers make of it."""
