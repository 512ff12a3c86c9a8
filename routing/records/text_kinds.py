"""Kinds of cells that hold text: free text, identifiers, words of a list, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from routing.problem import Priority, Waiting
from routing.records.folding import fold
from routing.records.kind import CellError, Kind, Words, choice, choices, split
from routing.records.model import Activity, Aid, ClientState, Return, Service

HOME: Final = "home"
"""The place id of the client's own address."""

MAX_ID_LENGTH: Final = 64

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/-]*")
_DIGITS: Final = range(3, 16)
"""From 112 to the longest number of any country (E.164)."""


def _same(value: str, _lang: str) -> str:
    return value


def _identifier(text: str) -> str:
    if len(text) > MAX_ID_LENGTH or split(text) != [text]:
        raise ValueError(text)
    return text


def _place_id(text: str) -> str:
    if fold(text) in {fold(HOME), "kodu"}:
        raise CellError("records.reserved-id")
    return _identifier(text)


def _ride_end(text: str) -> str:
    return HOME if fold(text) in {fold(HOME), "kodu"} else _identifier(text)


def _case_number(text: str) -> str:
    if len(text) != 11 or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text) or len(re.findall(r"[0-9]", text)) not in _DIGITS:
        raise ValueError(text)
    return text


def _join(values: frozenset[str], _lang: str) -> str:
    return "; ".join(sorted(values))


def _tokens(vocabulary: Words[str]) -> Kind[frozenset[str]]:
    """Return the kind of a list of free words; those in `vocabulary` have one code in every language."""

    def read(text: str) -> frozenset[str]:
        return frozenset(vocabulary.lookup(item) or item.lower() for item in split(text))

    def write(values: frozenset[str], lang: str) -> str:
        known = vocabulary.words
        return "; ".join(sorted(vocabulary.say(value, lang) if value in known else value for value in values))

    return Kind(code="records.bad-list", read=read, write=write)


def _id_list(read_one: Callable[[str], str]) -> Kind[frozenset[str]]:
    return Kind(
        code="records.bad-list", read=lambda text: frozenset(map(read_one, split(text))), write=_join, empty=frozenset()
    )


_AIDS: Final = {
    Aid.WALKER: ("rulaator", "walker"),
    Aid.WHEELCHAIR: ("ratastool", "wheelchair"),
    Aid.STRETCHER: ("kanderaam", "stretcher", "raam"),
    Aid.STAIR_CLIMBER: ("trepironija", "stair climber"),
}

TEXT: Final = Kind[str](code="records.bad-text", read=str, write=_same)
ID: Final = Kind[str](code="records.bad-id", read=_identifier, write=_same)
PLACE_ID: Final = Kind[str](code="records.bad-id", read=_place_id, write=_same)
RIDE_END: Final = Kind[str](
    code="records.bad-ride-end",
    read=_ride_end,
    write=lambda value, lang: "kodu" if value == HOME and lang != "en" else value,
)
CASE_NUMBER: Final = Kind[str](code="records.bad-case-number", read=_case_number, write=_same)
PHONE: Final = Kind[str](code="records.bad-phone", read=_phone, write=_same)
ID_LIST: Final = _id_list(_identifier)
SKILLS: Final = _tokens(Words({}))
EQUIPMENT: Final = _tokens(
    Words({**{aid.value: words for aid, words in _AIDS.items()}, "lift": ("tõstuk", "lift")}),
)
PHRASES: Final = Kind[tuple[str, ...]](
    code="records.bad-list",
    read=lambda text: tuple(split(text)),
    write=lambda values, _lang: "; ".join(values),
)
YES_NO: Final = choice(Words({True: ("jah", "yes", "j", "y", "x", "1"), False: ("ei", "no", "e", "n", "0")}))
STATE: Final = choice(
    Words(
        {
            ClientState.ACTIVE: ("aktiivne", "active"),
            ClientState.AWAY: ("ära", "away"),
            ClientState.ENDED: ("lõppenud", "ended"),
        }
    )
)
AIDS: Final = choices(Words(_AIDS))
RIDE_AIDS: Final = choices(Words(_AIDS), none=Words({None: ("puudub", "none", "ei", "no", "-")}))
PRIORITY: Final = choice(Words({priority: (priority.value, priority.value) for priority in Priority}))
SERVICE: Final = choice(
    Words(
        {
            Service.HOME_CARE: ("koduteenus", "home care"),
            Service.ESCORTED: ("saatjaga transport", "escorted", "saatjaga"),
            Service.SOCIAL: ("sotsiaaltransport", "social transport"),
            Service.PERSONAL_ASSISTANT: ("isiklik abistaja", "personal assistant"),
            Service.SUPPORT_PERSON: ("tugiisik", "support person"),
        }
    )
)
ACTIVITIES: Final = choices(
    Words(
        {
            Activity.SHOPPING: ("ostud", "shopping", "toiduained"),
            Activity.ERRANDS: ("asjaajamine", "errands"),
            Activity.HEATING: ("küte", "heating"),
            Activity.SAFETY: ("turvalisus", "safety"),
            Activity.TIDYING: ("koristamine", "tidying"),
            Activity.OTHER_HOUSEHOLD: ("muu koduabi", "other household help"),
            Activity.HYGIENE: ("hügieen", "hygiene"),
            Activity.NUTRITION: ("toit", "nutrition", "söömine"),
            Activity.DRESSING: ("riietumine", "dressing"),
            Activity.BED: ("voodi ja pesu", "bed and laundry", "pesupesemine"),
            Activity.MEDICATION: ("ravimid", "medication"),
            Activity.MONITORING: ("toimetuleku jälgimine", "monitoring ability"),
            Activity.NETWORK: ("võrgustik", "network"),
            Activity.MENTAL: ("vaimne tugi", "mental support"),
            Activity.ASSISTIVE: ("abivahendid", "assistive technology"),
            Activity.OTHER_PERSONAL: ("muu isikuabi", "other personal care"),
        }
    )
)
RETURN: Final = choice(
    Words(
        {
            Return.NONE: ("ei", "none", "no"),
            Return.AT: ("kellaajal", "at"),
            Return.CALL: ("helistab", "call"),
        }
    )
)
WAITING: Final = choice(
    Words(
        {
            Waiting.FREE: ("vaba", "free"),
            Waiting.NEARBY: ("läheduses", "nearby"),
            Waiting.STAYS: ("jääb", "stays", "jääb juurde"),
        }
    )
)
