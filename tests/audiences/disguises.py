"""Names with marks, links, names of signs and unseen characters in them, phone numbers in other
groups, signs and digits, mail addresses in words, and people by what they are called, at random: what
a reader still reads as one of these, an audience is not to read.

``python -m tests.audiences.disguises SEED COUNT`` tries so many.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from html.entities import html5
from random import Random
from urllib.parse import unquote

from site_builder.audiences.called import Called
from site_builder.audiences.texts import Texts
from site_builder.journal.mails import Mail
from site_builder.journal.phones import Number, Phones
from site_builder.journal.webs import Web
from site_builder.markup.prose import Writer

NAMES = (
    *("Jane Roe", "Erika-Muster", "Mona Weiss", "Müller & Söhne", "O'Brien", "Zoë", "hid-den"),
    *("ann_lee@hid.example", "Roe [UK] Ltd", "E*Trade Group", "C++ Co"),
)
_PAIRS = (
    *(("**", "**"), ("*", "*"), ("__", "__"), ("_", "_"), ("~~", "~~"), ("***", "***")),
    *(("`", "`"), ("``", "``"), ("<b>", "</b>"), ("<i class='x'>", "</i>"), ("<", "> ")),
    *(("[", f"]({to})") for to in ("https://x.example/a_(b_(c))", "nowhere", "https://x.example/\\)")),
    *(("[", "](<https://x.example/(a>)"), ("[", '](https://x.example/ "t (")'), ("![", "](x.png)")),
    *(("[[acme|", "]]"), ("[[acme\\|", "]]"), ("[[deals/acme#x|", "]]"), ("[", "]"), ("[", "][ref]")),
)  # fmt: skip
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202e\u034f"
_NOTHING = (*_UNSEEN, "&shy;", "&zwj;", "&#8203;", "<!-- x -->", "<wbr>")
_BLANKS = ("\n", "  ", "\\\n", "\n> ", "&nbsp;", "\u00a0", "&#32;")
_AROUND = (
    *(("Met ", " today"), ("(", ")"), ("**With** ", ", *and* more"), ("- ", "\n- more"), ("", "")),
    *(("> ", " x"), ("[[acme]] ", " [[acme|z]]"), ("x [y](https://y.example) ", " [z](mailto:z)")),
    ("| a | ", " |\n|---|---|\n| x | y |"),
)
_TEXTS = Texts({"acme": "acme-one"}, {"acme"}, NAMES)
_WRITER = Writer(lambda id: ("deals/acme-one.html", "Acme") if id == "acme-one" else None)


def disguised(name: str, random: Random) -> str:
    """A name, disguised in up to four ways."""
    signs = [*name]
    for _ in range(random.randint(1, 4)):
        _disguise(signs, random)
    return "".join(signs)


def _disguise(signs: list[str], random: Random) -> None:
    at, way = random.randrange(len(signs)), random.randrange(8)
    sign = signs[at]
    if way < 3:
        to = random.randrange(at, len(signs))
        before, behind = random.choice(_PAIRS)
        signs[at] = before + signs[at]
        signs[to] += behind
    elif way == 3:
        signs[at] += random.choice(_NOTHING)
    elif sign == " ":
        signs[at] = random.choice(_BLANKS)
    elif len(sign) == 1 and way < 6:
        named = [f"&{name}" for name, char in html5.items() if char == sign and name[-1] == ";"]
        number = ord(sign)
        signs[at] = random.choice([f"&#{number};", f"&#0{number};", f"&#x{number:X};", *named[:2]])
    elif sign in "'-":
        signs[at] = random.choice("\u2019\u02bc" if sign == "'" else "\u2011\u2013\u2212")
    else:
        signs[at] = f"\\{sign}" if sign in "[]*_@+&" else unicodedata.normalize("NFD", sign)


def without(text: str, found: Iterable[Mail | Number | Web]) -> str:
    """A text with `…` for each of what was found in it."""
    for one in sorted(found, reverse=True):
        text = f"{text[: one.start]}…{text[one.end :]}"
    return text


def said(text: str) -> str:
    """What everybody reads of a text on a page."""
    shown = html.unescape(re.sub("<[^>]*>", "", _WRITER.html(text).html))
    seen = unicodedata.normalize("NFC", re.sub(f"[{_UNSEEN}]", "", shown))
    plain = re.sub("[\u2011\u2013\u2212]", "-", re.sub("[\u2019\u02bc]", "'", seen))
    return " ".join(plain.split()).casefold()


def texts(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Names, and texts of which everybody reads these, out of so many that were tried."""
    random = Random(seed)
    for _ in range(count):
        name = random.choice(NAMES)
        before, behind = random.choice(_AROUND)
        text = before + disguised(name, random) + behind
        if name.casefold() in said(text):
            yield name, text


def still_named(seed: int, count: int) -> tuple[int, list[str]]:
    """How many texts were tried in which a name is read, and those of which it is read also when
    they are made for an audience."""
    every = [*texts(seed, count)]
    return len(every), [text for name, text in every if name.casefold() in said(_TEXTS.free(text))]


PHONE = "+49 30 7755332"
_NATIONAL = "307755332"
_DIALLED = (
    "+49", "0049", "+49 (0)", "(+49) ", "+(49)", "011 49 ", "0", "(0", "", "tel:+49", "+49 0",
    "00 49", "https://wa.me/49", "tel:%2B49%20", "Tel. +49/", "[call](tel:+49", "**+49** ",
    "Fon: 0", "49",
)  # fmt: skip
_APART = (
    "", "", "", " ", "-", ".", "/", " - ", "\u00a0", "\u2009", "\u202f", "\u2011", "\u2013",
    "\n", "\n> ", "  ", "\u200b", "&nbsp;", "&thinsp;", "&shy;", "**", " *", "\\-", ") ",
    " (", "&#45;", "%20",
)  # fmt: skip
_DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEHIND = (
    "", "", " today", ", or mail", ".", " ext. 12", "-12", "\n2026-10-24", " x7", ")",
    " | 48 000 EUR",
)  # fmt: skip


def phone_texts(seed: int, count: int) -> Iterator[str]:
    """So many texts in which everybody reads a phone number."""
    random = Random(seed)
    for _ in range(count):
        digits = random.choice(_DIGITS) if not random.randrange(4) else _DIGITS[0]
        area = "".join(digits[int(sign)] for sign in _NATIONAL[:2]) + random.choice(_APART)
        local = "".join(
            (f"&#{48 + int(sign)};" if not random.randrange(30) else digits[int(sign)])
            + (random.choice(_APART) if random.randrange(3) == 0 and at < 6 else "")
            for at, sign in enumerate(_NATIONAL[2:])
        )
        before = random.choice(("", "Call ", "2026-10-24 ", "- ", "1. ", "| ", "EUR 12 or "))
        yield f"{before}{random.choice(_DIALLED)}{area}{local}{random.choice(_BEHIND)}"


def phones_read(texts: Iterable[str], made: Texts) -> list[str]:
    """Those of which the number is read when they are made for an audience, in any digits."""
    return [text for text in texts if _NATIONAL in _digits(made.free(text))]


def _digits(text: str) -> str:
    """The digits of all that is shown, also of where links lead."""
    plain = unquote(html.unescape(_WRITER.html(text).html))
    return "".join(str(unicodedata.digit(sign)) for sign in plain if sign.isdigit())


MAIL = "otto.q@qhid-x.example"
_ATS = (
    "@", " @ ", " at ", "(at)", "[at]", " [at] ", " {AT}\n", "&#64;", "\\@", "\nät ", " **at** ",
    " (@) ",
)  # fmt: skip
_DOTS = (
    ".", ".", " dot ", "(dot)", "[dot]", " [.] ", "&#46;", " (punkt) ", " *dot* ", " Dot\n", "\\.",
)  # fmt: skip
_SAID_AT = re.compile(r"\s*[\[({]?\b(?:at|ät)\b[\])}]?\s*|\s*\(?@\)?\s*")
_SAID_DOT = re.compile(r"\s*[\[({]?\b(?:dot|punkt)\b[\])}]?\s*|\s*\[\.\]\s*")


def mail_texts(seed: int, count: int) -> Iterator[str]:
    """So many texts in which everybody reads a mail address."""
    random = Random(seed)
    while count:
        name, host = (
            random.choice(_DOTS).join(
                disguised(part, random)
                if not random.randrange(3)
                else random.choice((part, part.upper()))
                for part in half.split(".")
            )
            for half in MAIL.split("@")
        )
        before, behind = random.choice(_AROUND)
        text = f"{before}{name}{random.choice(_ATS)}{host}{behind}"
        if MAIL in _SAID_AT.sub("@", _SAID_DOT.sub(".", said(text))):
            count -= 1
            yield text


def mails_read(texts: Iterable[str], made: Texts) -> list[str]:
    """Those of which the host's name is read when they are made for an audience."""
    return [text for text in texts if "qhid" in said(made.free(text))]


PERSON = "Otto Xaver Qhidmüller"
_FIRSTS, _LASTS = (
    ("Otto", "OTTO", "otto"),
    ("Qhidmüller", "Qhidmueller", "Qhidmuller", "QHIDMÜLLER"),
)
_MIDDLES = ("", "", "X. ", "X ", "Xaver ", "B. ")
_TOLD = (
    "{first} {middle}{last}", "{initial}. {middle}{last}", "{initial}.{last}",
    "{initial} {last}", "Dr. {middle}{last}", "Herr {last}", "PROF. {last}",
    "Dr. {first} {middle}{last}", "{last} {cap}", "{last}, {first}", "{last}, {initial}.",
    "{first}.{last}", "{first}_{last}", "{first}-{last}", "{first}{last}", "{last}.{first}",
    "{low}.{last}", "Ot. {last}",
)  # fmt: skip


def called_texts(seed: int, count: int) -> Iterator[str]:
    """So many texts in which everybody reads who is meant by what they are called."""
    random = Random(seed)
    while count:
        last, first = random.choice(_LASTS), random.choice(_FIRSTS)
        told = random.choice(_TOLD).format(
            first=first, cap="Otto", last=last, initial="O", low="o", middle=random.choice(_MIDDLES)
        )
        before, behind = random.choice(_AROUND)
        text = before + (disguised(told, random) if random.randrange(2) else told) + behind
        if told.casefold() in said(text):
            count -= 1
            yield text


def last_names_read(texts: Iterable[str], made: Texts) -> list[str]:
    """Those of which the last name is read when they are made for an audience."""
    lasts = {last.casefold() for last in _LASTS}
    return [text for text in texts if any(last in said(made.free(text)) for last in lasts)]


if __name__ == "__main__":
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    tried, found = still_named(seed, count)
    tried += 3 * count
    found += phones_read(phone_texts(seed, count), Texts({}, (), (), phones=Phones([PHONE])))
    found += mails_read(mail_texts(seed, count), Texts({}, (), [MAIL]))
    called = Texts({}, (), [PERSON], Called([PERSON], ()))
    found += last_names_read(called_texts(seed, count), called)
    print(f"{tried} texts, {len(found)} with names, numbers or addresses", *found, sep="\n")  # noqa: T201
    sys.exit(bool(found))
