"""Everything of a month's statements that is printed or opened elsewhere: the one entry for command line and web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from api.book_tables import BookTable, amount_text, lines_table, overview_table, service_word
from api.printing.typeset import typeset
from api.printing.workbook import workbook
from api.wording.spelling import spelling
from maps.files import file_stems
from routing.books.months import Month
from routing.books.statement import Statement, StatementLine
from routing.records.model import Client, Records
from routing.wording import say
from routing.wording.format import clock, day, euros, month

_WORDS = ("day", "service", "said", "amount", "basis", "client", "lines", "total", "unsettled", "open")


@dataclass(frozen=True, kw_only=True)
class StatementPrint:
    """The statements of a month about to be printed in `lang`, dated `printed_at` (aware).

    `mark` is what they are until their month is closed, in words: a draft, say. It stands on every sheet.
    """

    statements: Sequence[Statement]
    month: Month
    records: Records
    lang: str
    printed_at: datetime
    mark: str = ""

    def files(self) -> dict[str, str | bytes]:
        """Return everything by file name, for `maps.files.write_files`."""
        contents: dict[str, str | bytes] = {
            "overview.pdf": self.overview_pdf(),
            "statements.xlsx": self.xlsx(),
            "overview.csv": self.overview.csv(self.lang),
            "lines.csv": self.lines.csv(self.lang),
        }
        stems = file_stems(made.client for made in self.statements)
        for made in self.by_name:
            contents[f"statement-{stems[made.client]}.pdf"] = self.pdf(made)
        return contents

    def pdf(self, statement: Statement) -> bytes:
        """Return the statement of one client."""
        return typeset("statement", self.statement_data(statement), printed_at=self.printed_at)

    def overview_pdf(self) -> bytes:
        """Return the list of all statements, for the desk."""
        return typeset("statements", self.overview_data(), printed_at=self.printed_at)

    def xlsx(self) -> bytes:
        """Return overview and lines as a workbook."""
        sheets = (("overview-title", self.overview), ("statement-title", self.lines))
        tables = ((say(f"ledger.{key}", self.lang), table.header, table.rows) for key, table in sheets)
        return workbook(tables, printed_at=self.printed_at)

    @cached_property
    def by_name(self) -> Sequence[Statement]:
        """Return the statements in the order of their clients' names, as a clerk looks them up."""
        names = {name: client.name for name, client in self._clients.items()}
        return sorted(self.statements, key=lambda made: spelling(names.get(made.client, made.client)))

    @cached_property
    def lines(self) -> BookTable:
        """Return all lines as a table."""
        return lines_table(self.by_name, self.lang)

    @cached_property
    def overview(self) -> BookTable:
        """Return all statements as a table."""
        return overview_table(self.by_name, {client.id: client.name for client in self.records.clients}, self.lang)

    def statement_data(self, statement: Statement) -> dict[str, object]:
        """Return what the template `statement` is filled with."""
        lang, client = self.lang, self._clients.get(statement.client)
        bases = {line.legal_basis for line in statement.lines}
        open_entries = len(statement.open_entries)
        return {
            **self._common("statement-title"),
            "heading": client.name if client else statement.client,
            "figures": [*(part for part in _address(client) if part), f"[{statement.client}]"],
            "lines": [self._line(line, with_basis=len(bases) > 1) for line in statement.lines],
            "basis": bases.pop() if len(bases) == 1 else "",
            "total": total_text(statement, lang),
            "open": say("ledger.statement-open", lang, n=open_entries) if open_entries else "",
        }

    def overview_data(self) -> dict[str, object]:
        """Return what the template `statements` is filled with."""
        lang = self.lang
        rows = [
            [
                client.name if (client := self._clients.get(made.client)) else made.client,
                made.client,
                str(len(made.lines)),
                str(len(made.unsettled) or ""),
                str(len(made.open_entries) or ""),
                amount_text(made.total, lang),
            ]
            for made in self.by_name
        ]
        known = euros(sum((made.known for made in self.statements), Decimal("0.00")), lang)
        to_ask = any(made.unsettled for made in self.statements)
        return {
            **self._common("overview-title"),
            "heading": say("ledger.overview-title", lang),
            "rows": rows,
            "total": _sum_text(known, lang, to_ask=to_ask),
        }

    @cached_property
    def _clients(self) -> Mapping[str, Client]:
        return {client.id: client for client in self.records.clients}

    def _line(self, line: StatementLine, *, with_basis: bool) -> dict[str, object]:
        lang = self.lang
        about = [*(note[lang] for note in line.notes), line.reason, line.legal_basis if with_basis else ""]
        return {
            "day": day(line.day, lang),
            "service": service_word(line.service, lang),
            "said": line.said[lang],
            "about": [text for text in about if text],
            "entries": ", ".join(line.entries),
            "amount": amount_text(line.amount, lang),
        }

    def _common(self, title: str) -> dict[str, object]:
        lang, when, name = self.lang, self.printed_at, self.records.municipality.name
        at = clock(when.hour * 3600 + when.minute * 60)
        of = month(self.month.first, lang)
        return {
            "lang": lang,
            "mark": self.mark,
            "title": say("ledger.title", lang, what=say(f"ledger.{title}", lang), municipality=name, of=of),
            "author": name,
            "over": say("ledger.title", lang, what=say(f"ledger.{title}", lang), municipality=name, of=of),
            "printed": say("printing.printed", lang, day=day(when.date(), lang), time=at),
            "care": say("ledger.statement-advice", lang),
            "words": {
                "page": say("printing.page", lang),
                **{word: say(f"ledger.column-{word}", lang) for word in _WORDS},
            },
        }


def total_text(statement: Statement, lang: str) -> str:
    """Return what a statement comes to in words, or that a price has to be asked."""
    return _sum_text(euros(statement.known, lang), lang, to_ask=statement.total is None)


def _sum_text(known: str, lang: str, *, to_ask: bool) -> str:
    if to_ask:
        return say("ledger.statement-ask", lang, known=known)
    return say("ledger.statement-total", lang, total=known)


def _address(client: Client | None) -> tuple[str, ...]:
    return (client.address, client.settlement) if client else ()
