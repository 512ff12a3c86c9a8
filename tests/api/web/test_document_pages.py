"""Price lists in words and as text, settings as text: judged before they are kept."""

import re
from html import unescape

from api.desk.fees import line_of
from api.security.roles import Role
from routing.findings import Finding
from tests.web import Served

FEES = "/fees/edit/fees/tartu_vald.toml"


def text_in(page: str) -> str:
    """Return what the editor holds."""
    return unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])


def test_price_lists_in_words(demo: Served):
    """Everybody who may see prices reads them in words; the clerk alone gets to the text."""
    clerk, coordinator = demo.signed_in("hille", roles=(Role.CLERK,)), demo.signed_in()

    page = coordinator.get("/fees").text

    assert "Kilomeetreid üle 80: igaüks 0,20" in page
    assert "kui sihtkoht on vallas" in page
    assert FEES not in page
    assert FEES in clerk.get("/fees").text
    assert coordinator.get(FEES).status_code == 403


def test_change_a_price(demo: Served):
    """The clerk changes a price; a stale page then shows both texts and keeps neither by itself."""
    clerk = demo.signed_in(roles=(Role.CLERK,))
    text = text_in(clerk.get(FEES).text)

    dearer = {"text": text.replace("amount = 3\n", "amount = 4\n"), "seen": "1", "anyway": "yes"}
    assert clerk.post(FEES, data=dearer).status_code == 303
    assert "4,00" in clerk.get("/fees").text
    stale = clerk.post(FEES, data={"text": text, "seen": "1"})

    assert stale.status_code == 412
    assert 'name="seen" value="2"' in stale.text


def test_findings_name_their_lines(demo: Served):
    """A fault in the text is shown with its line, the text stays as typed, the prices as they were."""
    clerk = demo.signed_in(roles=(Role.CLERK,))
    text = text_in(clerk.get(FEES).text).replace("amount = 3\n", 'amount = "free"\n')
    line = text[: text.index('amount = "free"')].count("\n") + 1

    answer = clerk.post(FEES, data={"text": text, "seen": "1"})

    assert answer.status_code == 422
    assert f'data-line="{line}"' in answer.text
    assert text_in(answer.text) == text
    assert "3,00" in clerk.get("/fees").text


def test_settings(demo: Served):
    """Settings are judged by the reader of the folder."""
    client = demo.signed_in()
    text = text_in(client.get("/settings").text)

    assert client.post("/settings", data={"text": text.replace("= 3", "= -3"), "seen": "1"}).status_code == 422
    assert client.post("/settings", data={"text": text.replace("= 3", "= 4"), "seen": "1"}).status_code == 303
    assert "notice_days = 4" in client.get("/settings").text
    assert client.post("/fees/edit/municipality.toml", data={"text": "", "seen": "2"}).status_code == 403


def test_lines_of_findings():
    """Rows are taken as they are; fields are found below their headings, or the heading stands for what is missing."""
    text = (
        'municipality = "x"\n[[schedules]]\nid = "a"\n[[schedules]]\nid = "b"\nrounding = { step = 1 }\n'
        "  [[schedules.components]]\n  kind = 1\n  [[schedules.components]]\n  kind = 2\n"
    )
    cases = {
        "municipality": 1,
        "schedules[2].id": 5,
        "schedules[2].rounding.step": 6,
        "schedules[2].components[2].kind": 10,
        "schedules[2].components[2].amount": 9,
        "schedules[1].service": 2,
        "schedules[3].id": None,
        "nothing": None,
    }
    assert {field: line_of(text, Finding(code="x", field=field)) for field in cases} == cases
    assert line_of(text, Finding(code="x", row=3)) == 3
    assert line_of(text, Finding(code="x")) is None
