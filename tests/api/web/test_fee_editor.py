"""A price list is written beside its worked cases: tried as typed, and kept without touching what is priced already."""

import re

from api.desk.fee_trials import cases_document
from api.security.roles import Role
from api.store.books import Month
from tests.api.web.test_document_pages import FEES, text_in
from tests.web import Served

NAME = "fees/tartu_vald.toml"
TRY, CASES, BEGIN = f"/fees/try/{NAME}", f"/fees/cases/{NAME}", f"/fees/begin/{NAME}"
SOON = """
[[schedules]]
id = "tartu-vald-social-2027"
service = "social"
valid_from = 2027-01-01
legal_basis = "a draft"
source = "a draft"
rounding = { step = 0.01, mode = "half_up" }
components = [{ kind = "flat", name = "ride", amount = 9 }]
"""


def rows(page: str) -> dict[str, str]:
    """Return the class of each row of the trial by the name of its case."""
    found = re.findall(r'<tr class="([^"]+)">\s*<th scope="row">([^<]+)<', page)
    return {name: kind for kind, name in found}


def test_cases_come_with_the_list(demo: Served):
    """The cases that lie beside a list are taken along and all come out as expected."""
    page = demo.signed_in(roles=(Role.CLERK,)).get(FEES).text

    assert len(rows(page)) >= 15
    assert set(rows(page).values()) == {"agrees"}


def test_draft_is_tried_as_typed(demo: Served):
    """The part beside the text marks what comes out otherwise, with the findings; nothing is kept."""
    clerk = demo.signed_in(roles=(Role.CLERK,))
    text = text_in(clerk.get(FEES).text)

    part = clerk.post(
        TRY, data={"text": text.replace("amount = 3\n", "amount = 4\n"), "seen": "1"}, headers={"X-Part": "trial"}
    ).text

    assert "<html" not in part
    assert rows(part)["sotsiaaltransport vallas, üks suund"] == "differs moved"
    assert rows(part)["saatjaga, 80 km"] == "agrees"
    assert "4,00" in part
    assert 'name="anyway"' in part
    broken = clerk.post(TRY, data={"text": text.replace("amount = 3\n", "amount = x\n"), "seen": "1"}).text
    assert "data-line=" in broken
    assert text_in(clerk.get(FEES).text) == text


def test_list_in_force_is_not_changed_in_passing(demo: Served):
    """What may have priced something already changes only when said so; a new dated list needs no such word."""
    clerk = demo.signed_in(roles=(Role.CLERK,))
    text = text_in(clerk.get(FEES).text)
    dearer = text.replace("amount = 3\n", "amount = 4\n")

    asked = clerk.post(FEES, data={"text": dearer, "seen": "1"})
    assert asked.status_code == 422
    assert "tartu-vald-social" in asked.text
    assert text_in(asked.text) == dearer
    assert text_in(clerk.get(FEES).text) == text

    with demo.store.transaction("test") as session:
        session.add_all(
            Month(month=month, state="closed", by="test", at=demo.clock()) for month in ("2025-11", "2026-06")
        )
    assert "2026-06" in clerk.post(FEES, data={"text": dearer, "seen": "1"}).text
    assert "2025-11" not in clerk.post(FEES, data={"text": dearer, "seen": "1"}).text

    assert clerk.post(FEES, data={"text": text + SOON, "seen": "1"}).status_code == 303
    assert clerk.post(FEES, data={"text": dearer, "seen": "2", "anyway": "yes"}).status_code == 303


def test_cases_are_text_too(demo: Served):
    """The clerk changes the cases; a fault is shown with its line, others may not."""
    clerk, coordinator = demo.signed_in("hille", roles=(Role.CLERK,)), demo.signed_in()
    text = text_in(clerk.get(CASES).text)

    faulty = text.replace('total = "5.00"', "total = 5", 1)
    assert clerk.post(CASES, data={"text": faulty, "seen": "1"}).status_code == 422
    assert clerk.post(CASES, data={"text": text.replace('"5.00"', '"6.00"', 1), "seen": "1"}).status_code == 303
    assert "differs" in rows(clerk.get(FEES).text).values()
    assert coordinator.get(CASES).status_code == 403
    assert coordinator.post(TRY, data={"text": text, "seen": "1"}).status_code == 403


def test_cases_begin_with_one(demo: Served):
    """A list without cases begins with one to change, which is read without a fault."""
    clerk = demo.signed_in(roles=(Role.CLERK,))
    with demo.store.transaction("test") as session:
        session.delete(cases_document(session, NAME))

    assert clerk.get(CASES).status_code == 404
    assert clerk.post(BEGIN).status_code == 303
    assert clerk.post(BEGIN).status_code == 303
    page = clerk.get(CASES).text
    assert "[[cases]]" in text_in(page)
    assert "data-line=" not in page
    assert len(rows(clerk.get(FEES).text)) == 1
