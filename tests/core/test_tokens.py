import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mail import tokens

KEYS = st.integers(1, 10**8 - 1)


@given(KEYS, KEYS, st.booleans())
def test_a_token_says_what_it_was_made_for_in_any_case(question, person, upper):
    address = tokens.reply_address(key=f"vraag:{question}", who=f"contact:{person}")
    proof = tokens.proof_in(address.upper() if upper else address)
    assert proof == tokens.Bewijs(f"vraag:{question}", f"contact:{person}")
    assert len(address.partition("@")[0]) <= 64


@given(st.text(max_size=80))
def test_no_other_text_is_a_token(text):
    assert tokens.read(text) is None
    assert tokens.proof_in(f"loket+{text}@example.nl") is None
    assert tokens.message_key(text) is None


@pytest.mark.parametrize("place", ["key", "who", "mac"])
def test_a_changed_token_proves_nothing(place):
    token = tokens.make(key="vraag:12", who="contact:4")
    changed = {
        "key": token.replace("vraag-12", "vraag-13"),
        "who": token.replace("contact-4", "contact-5"),
        "mac": token[:-1] + ("a" if token[-1] != "a" else "b"),
    }[place]
    assert tokens.read(changed) is None


def test_the_key_of_an_own_message_id_comes_back_and_of_a_forged_one_not():
    own = tokens.message_id("vraag-12-bericht-3")
    assert tokens.message_key(own) == "vraag-12-bericht-3"
    assert tokens.message_key(own.replace("bericht-3", "bericht-4")) is None


def test_another_secret_makes_other_tokens(settings):
    token = tokens.make(key="vraag:12", who="contact:4")
    settings.SECRET_KEY = "x" * 60
    assert tokens.read(token) is None
