"""Wrong usage is refused in the language that was asked for, whatever stands in the place of a number."""

from collections.abc import Iterator

import click
import pytest

from api.cli.click_words import _KEYS
from api.cli.main import main
from api.cli.numbers import NumberType
from api.wording import LANGUAGES
from tests.api.command import run

USAGE = {"et": "Kasutus: hoolering", "en": "Usage: hoolering", "ru": "Использование: hoolering"}


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with its names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield (*names, name), command


def numeric() -> list[tuple[str, ...]]:
    """Return every option of every command that takes a number, behind the command's names."""
    return [
        (*names, parameter.opts[0])
        for names, command in commands(main)
        for parameter in command.params
        if isinstance(parameter.type, NumberType | click.types.IntParamType | click.types.FloatParamType)
    ]


@pytest.mark.parametrize("option", numeric(), ids=" ".join)
def test_what_is_no_number_is_wrong_usage(option: tuple[str, ...]) -> None:
    """Not a number, a negative one, one without end, one beyond all bounds, and a word."""
    for number, text in enumerate(("NaN", "-5", "1e400", "9" * 40, "x")):
        lang = LANGUAGES[number % 3]
        result = run(*option[:-1], "vald", option[-1], text, "--lang", lang)
        assert result.exit_code == 2, text
        assert (USAGE[lang] in result.stderr, option[-1] in result.stderr) == (True, True)
        assert "(" not in result.stderr.replace(option[-1], "").partition("\n")[2].partition("hoolering")[0]


def test_the_options_with_numbers_are_found() -> None:
    """The walk over the commands meets those that once let everything through."""
    assert {("price", "ride", "--km"), ("plan", "--seconds"), ("week", "--iterations")} <= set(numeric())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("price", "vald", "--colour", "red"), "Нет параметра «--colour»."),
        (("sing",), "Нет команды «sing»."),
        (("statements", "vald", "--log", "x", "--month", "June"), "не месяц"),
        (("plan", "vald", "--date", "soon"), "не дата"),
        (("plan", "vald"), "Не указан параметр '--date'"),
        (("price", "vald", "--service", "moon"), "ни одно из"),
        (("price", "vald", "--service", "social"), "Укажите либо"),
    ],
)
def test_click_speaks_russian(arguments: tuple[str, ...], said: str) -> None:
    """Its own sentences and ours, with the language before the command or behind it."""
    for lang in (("--lang", "ru"), ("--lang=ru",)):
        result = run(*lang, *arguments)
        assert (result.exit_code, said in result.stderr) == (2, True)
    assert "Error" in run(*arguments, "--lang", "en").stderr


def test_every_sentence_is_one_that_click_says() -> None:
    """A new version of click that says something else is noticed."""
    from importlib.util import find_spec  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    spec = find_spec("click")
    assert spec
    assert spec.origin
    code = "".join(path.read_text("utf-8") for path in Path(spec.origin).parent.glob("*.py"))
    plain = code.replace('"\n', "").replace("\\n", "\n").replace("\\t", "\t")
    assert [text for text in _KEYS if text not in plain] == []
