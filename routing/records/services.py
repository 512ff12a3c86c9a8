"""The services that decisions grant, and what is done on a visit."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Service(StrEnum):
    """The services a decision grants. Escorted rides belong to home care, social transport does not."""

    HOME_CARE = "home_care"
    ESCORTED = "escorted"
    SOCIAL = "social"
    PERSONAL_ASSISTANT = "personal_assistant"
    SUPPORT_PERSON = "support_person"


RIDES: Final = frozenset({Service.ESCORTED, Service.SOCIAL})
"""The services that are rides."""


class Activity(StrEnum):
    """What is done on a visit: six groups of koduabi, then ten of isikuabi (minister's regulation 29.06.2023 nr 40)."""

    SHOPPING = "shopping"
    ERRANDS = "errands"
    HEATING = "heating"
    SAFETY = "safety"
    TIDYING = "tidying"
    OTHER_HOUSEHOLD = "other_household"
    HYGIENE = "hygiene"
    NUTRITION = "nutrition"
    DRESSING = "dressing"
    BED = "bed"
    MEDICATION = "medication"
    MONITORING = "monitoring"
    NETWORK = "network"
    MENTAL = "mental"
    ASSISTIVE = "assistive"
    OTHER_PERSONAL = "other_personal"
