"""Mail that comes in: read, judged and coupled by pure functions (design: docs/adr/0014).

``message`` holds the values, ``parsing`` makes them from bytes, ``quoting`` tells new
text from quoted text, ``judging`` says what kind of mail it is. Nothing here knows Django.
"""
