"""Values on their way through templates: whatever a city writes arrives as plain text and stays it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import Draft, prepare
from generator.compose.environment import TemplateFailedError
from generator.compose.tokens import Blocks, TemplateFaultError, Told, clean, told
from generator.model.diagnostics import Severity
from generator.model.document import Emphasis, ListBlock, Paragraph, Section, Strong, Table, Text
from generator.model.walks import plain, walk
from tests.compose.small import SLUG, Page, blocks_of, compose, edit, words

MARKUP = [
    "**tebal** *miring* _garis_ `kode`",
    "# Judul\n\n## Lagi",
    "- butir\n- butir",
    "1. satu",
    "[tautan](https://contoh.id) ![gambar](x.png) <https://contoh.id>",
    "<script>alert(1)</script><b>x</b><!-- y -->",
    "&amp; &lt; &#35;",
    "{{ 7 }} {% if x %} {# y #}",
    "{: #id } {: .lead }",
    '#set text(red) $x^2$ @cite <label> #import "x"',
    "| a | b |\n|---|---|",
    '!!! temuan "x"',
    "> kutip",
    "\\* \\\\ \\_",
    "\ue0000\ue001 \ue0020:1:0\ue003",
    "\x02klzzwxh:0001\x03",
    "a\u2028b\tc\r\nd",
    '5 km "kutip" 12%',
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MARKUP), min_size=1, max_size=3).map(" ".join))
SOURCE = """\
Awal {{ value }} akhir. **Tebal {{ value }}.**

{{ value }}

## Judul {{ value }} {: #judul }

- {{ value }}
- butir {{ value }}

!!! catatan "Catatan"
    Isi {{ value }}.

| Kepala | {{ value }} |
|---|---|
| {{ value }} | isi |
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return Page(tmp_path_factory.mktemp("values"))


@given(text=TEXTS.filter(clean))
def test_a_value_in_prose_is_exactly_its_clean_text(shared: Page, text: str) -> None:
    blocks = list(walk(shared.read(SOURCE, {"value": text})))
    expected = clean(text)
    around = f"Awal {expected} akhir. Tebal {expected}."
    paragraphs = [words(block) for block in blocks if isinstance(block, Paragraph)]
    assert paragraphs[0] == around
    assert f"Isi {expected}." in paragraphs
    assert expected in paragraphs
    (section,) = (block for block in blocks if isinstance(block, Section))
    assert words(section) == f"Judul {expected}"
    (items,) = (block.items for block in blocks if isinstance(block, ListBlock))
    assert [plain(item.content) for item in items] == [expected, f"butir {expected}"]
    (table,) = (block for block in blocks if isinstance(block, Table))
    cells = [plain(cell.paragraphs[0]) for row in (*table.header, *table.body) for cell in row.cells]
    assert cells == ["Kepala", expected, expected, "isi"]


@given(text=TEXTS.filter(clean))
def test_no_value_opens_a_block_or_a_run_of_its_own(shared: Page, text: str) -> None:
    with_value = [type(block) for block in walk(shared.read(SOURCE, {"value": text}))]
    harmless = [type(block) for block in walk(shared.read(SOURCE, {"value": "x"}))]
    assert with_value == harmless


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u2028"])
def test_an_empty_value_prints_nothing(shared: Page, text: str) -> None:
    assert words(shared.read("Awal {{ value }} akhir.", {"value": text})[0]) == "Awal akhir."
    assert shared.read("{{ value }}", {"value": text}) == ()


@given(text=st.text(max_size=80))
def test_clean_text_has_no_private_marks_and_stays_as_it_is(text: str) -> None:
    assert not set(clean(text)) & set("\ue000\ue001\ue002\ue003\n\r")
    assert clean(clean(text)) == clean(text)


def quoted(text: str) -> str:
    """Return a YAML string in double quotes."""
    return '"' + text.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'


@pytest.mark.parametrize("hostile", [text for text in MARKUP if not set(text) & set("\ue000\x02")])
def test_the_text_of_a_city_is_plain_in_every_place_of_its_book(workspace: Path, draft: Draft, hostile: str) -> None:
    name = "office: Kantor Layanan Kota Contoh"
    edit(workspace, f"cities/{SLUG}/city.yaml", name, f"office: {quoted(hostile)}")
    found = blocks_of(compose(workspace))
    assert f"[Isi: lama antrean — {clean(hostile)}]" in words(found["state/p1"])
    assert {name: type(block) for name, block in found.items()} == {
        name: type(block) for name, block in blocks_of(draft).items()
    }


@pytest.mark.parametrize("hostile", [text for text in MARKUP if set(text) & set("\ue000\x02")])
def test_characters_that_have_a_meaning_inside_do_not_come_in(workspace: Path, hostile: str) -> None:
    name = "office: Kantor Layanan Kota Contoh"
    edit(workspace, f"cities/{SLUG}/city.yaml", name, f"office: {quoted(hostile)}")
    draft, diagnostics = prepare(workspace, SLUG)
    assert draft is None
    assert [item.code for item in diagnostics if item.severity is Severity.ERROR] == ["MP006"]


def test_a_value_tells_what_it_states(page: Page) -> None:
    (block,) = page.read(
        "{{ a }}, {{ b }}, dan {{ a }} lagi.", {"a": told("x", "fact:x"), "b": told("y", "score:y", "fact:x")}
    )
    assert block.because == ("fact:x", "score:y")


def test_runs_of_a_value_keep_their_kind(page: Page) -> None:
    value = Told((Strong((Text("berat"),)), Text(" dan "), Emphasis((Text("miring"),))), (), "x")
    (block,) = page.read("Ini {{ value }}.", {"value": value})
    assert isinstance(block, Paragraph)
    assert [type(run) for run in block.content] == [Text, Strong, Text, Emphasis, Text]


@pytest.mark.parametrize(("value", "shown"), [(1234, "1.234"), (2.5, "2,5"), (1234567.891, "1.234.567,89")])
def test_numbers_print_as_indonesian(page: Page, value: float, shown: str) -> None:
    assert words(page.read("{{ value }} orang", {"value": value})[0]) == f"{shown} orang"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "not known"),
        (True, "yes/no"),
        ([1], "a list"),
        ({"a": 1}, "a dict"),
        (("a",), "a tuple"),
        (print, "no words"),
    ],
)
def test_values_without_words_are_faults(page: Page, value: object, message: str) -> None:
    with pytest.raises(TemplateFailedError) as caught:
        page.read("Baris satu.\n\nBaris {{ value }}.\n", {"value": value})
    assert message in caught.value.diagnostic.message
    assert (caught.value.diagnostic.code, caught.value.diagnostic.place.line) == ("MP403", 3)


@pytest.mark.parametrize("hostile", MARKUP)
def test_a_value_joined_to_text_is_still_only_text(page: Page, hostile: str) -> None:
    (block,) = page.read('Lihat {{ "a " ~ value }}.', {"value": told(clean(hostile))})
    assert words(block) == f"Lihat a {clean(hostile)}."


def test_blocks_inside_a_sentence_are_refused(page: Page) -> None:
    with pytest.raises(TemplateFaultError, match="middle of a sentence") as caught:
        page.read("Lihat {{ value }} di sini.", {"value": Blocks(())})
    assert caught.value.hint == "give it a line of its own"


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (told("x"), True),
        (told("", raw=0), True),
        (told("", raw=False), False),
        (Told((), (), None), False),
        (told(""), False),
    ],
)
def test_a_value_is_true_when_it_is_known(value: Told, truth: bool) -> None:
    assert bool(value) is truth


def test_values_compare_by_what_they_hold() -> None:
    assert told("dua", raw=2) == told("2", raw=2)
    assert told("dua", raw=2) == 2
    assert told("dua", raw=2) != 3
