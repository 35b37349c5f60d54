"""Legal texts as one tree: pure parsing, addressing and alignment, no Django in here."""
