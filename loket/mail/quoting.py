"""New text and quoted text."""


def split(text: str) -> tuple[str, str]:
    """New text and quoted text; together they are ``text``."""
    return text, ""
