from __future__ import annotations

import pytest

from site_builder.edit.said import Said, headline_and_text, said_in

PEOPLE = ("jane-roe", "john-smith", "jane-poe", "j-doe", "dr-weber")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Called John, he agrees", Said("call", "with", ("john-smith",))),
        ("Called John Smith and Roe at noon", Said("call", "with", ("john-smith", "jane-roe"))),
        ("Called Jane", Said("call", "", ())),
        ("Called jane-roe and Poe", Said("call", "with", ("jane-roe", "jane-poe"))),
        ("Met jane-rue, not Poe", Said("meeting", "", ())),
        ("met with Smith", Said("meeting", "with", ("john-smith",))),
        ("Emailed Poe the quote for John", Said("email", "to", ("jane-poe",))),
        ("Texted Roe", Said("message", "to", ("jane-roe",))),
        ("Email from Poe: yes", Said("email", "from", ("jane-poe",))),
        ("Called", Said("call", "", ())),
        ("Call with John: he agrees", Said("call", "with", ("john-smith",))),
        ("Call – nobody there", Said("call", "", ())),
        ("Email to Poe", Said("email", "to", ("jane-poe",))),
        ("Called John: Poe wants a demo", Said("call", "with", ("john-smith",))),
        ("Called John. Poe was away", Said("call", "with", ("john-smith",))),
        ("Called John; Poe was away", Said("call", "with", ("john-smith",))),
        ("Called John! Poe was away", Said("call", "with", ("john-smith",))),
        ("Called John (Poe was away)", Said("call", "with", ("john-smith",))),
        ("Called John\nPoe was away", Said("call", "with", ("john-smith",))),
        ("Emailed John — Poe to decide", Said("email", "to", ("john-smith",))),
        ("Emailed John – Poe to decide", Said("email", "to", ("john-smith",))),
        ("Emailed John - Poe to decide", Said("email", "to", ("john-smith",))),
        ("Emailed John -- Poe to decide", Said("email", "to", ("john-smith",))),
        ("Call: Poe wants a demo", Said("call", "", ())),
        ("Called Dr. Weber and J. Doe. Poe was away", Said("call", "with", ("dr-weber", "j-doe"))),
    ],
)
def test_the_first_words_say_what_it_was_and_with_whom(text: str, said: Said) -> None:
    assert said_in(text, PEOPLE) == said


@pytest.mark.parametrize(
    "text",
    ["", "…", "Jane called", "They met Jane", "Proposal", "Call Jane on Monday", "Email him", "e"],
)
def test_others_and_what_is_still_to_be_done_say_nothing(text: str) -> None:
    assert said_in(text, PEOPLE) is None


def test_a_first_line_is_the_headline_if_it_can_be() -> None:
    assert headline_and_text("One\n\nTwo\nthree\n") == ("One", "Two\nthree")
    assert headline_and_text("a" * 120) == ("a" * 120, "")
    assert headline_and_text("a" * 121) == ("", "a" * 121)
    assert headline_and_text("- [x] step\nrest") == ("", "- [x] step\nrest")
