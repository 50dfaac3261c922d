"""Markdown to blocks: nesting, lists, boxes, roles, tables, links; origins and ids that do not depend on data."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compose.tokens import Blocks, TemplateFaultError, told
from generator.model.document import (
    Callout,
    Emphasis,
    Link,
    ListBlock,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from generator.model.walks import children_of, plain, walk
from tests.compose.small import SLUG, Page, blocks_of, compose, edit, words

# --- shape -----------------------------------------------------------------------------------------------------------


def test_headings_nest_by_level(page: Page) -> None:
    source = "Pembuka.\n\n## A {: #a }\n\nIsi.\n\n### A1 {: #a1 }\n\n#### A11 {: #a11 }\n\n## B {: #b }\n\nIsi.\n"
    blocks = page.read(source)
    assert [type(block) for block in blocks] == [Paragraph, Section, Section]
    first = blocks[1]
    assert isinstance(first, Section)
    assert [(block.id, block.level) for block in walk(blocks) if isinstance(block, Section)] == [
        ("page/a", 2),
        ("page/a1", 3),
        ("page/a11", 4),
        ("page/b", 2),
    ]
    assert [block.id for block in children_of(first)] == ["page/a/p1", "page/a1"]


def test_a_heading_of_level_one_becomes_a_section(page: Page) -> None:
    (section,) = page.read("# Judul {: #judul }\n")
    assert isinstance(section, Section)
    assert section.level == 2


def test_a_heading_without_id_is_named_by_its_words(page: Page) -> None:
    (section,) = page.read("## Mutu Data & Isian\n")
    assert section.id == "page/mutu-data-isian"


def test_headings_of_the_same_name_get_different_ids(page: Page) -> None:
    assert [block.id for block in page.read("## A {: #a }\n\n## A {: #a }\n")] == ["page/a", "page/a-2"]


def test_the_id_of_a_heading_may_be_a_value(page: Page) -> None:
    (section,) = page.read("## {{ name }} {: #{{ id }} }\n", {"name": told("Loket"), "id": "counter"})
    assert (section.id, words(section)) == ("page/counter", "Loket")


def test_lists_keep_order_kind_start_and_nesting(page: Page) -> None:
    blocks = page.read("- satu\n- dua\n\n    anak\n\nAntara.\n\n3. tiga\n4. empat\n")
    bullets, _, numbers = blocks
    assert isinstance(bullets, ListBlock)
    assert isinstance(numbers, ListBlock)
    assert (bullets.ordered, numbers.ordered, numbers.start) == (False, True, 3)
    assert [plain(item.content) for item in bullets.items] == ["satu", "dua"]
    assert [words(child) for child in bullets.items[1].children] == ["anak"]
    assert [plain(item.content) for item in numbers.items] == ["tiga", "empat"]


def test_lists_nest_lists(page: Page) -> None:
    (outer,) = page.read("- luar\n    - dalam\n    - dalam lagi\n")
    assert isinstance(outer, ListBlock)
    (inner,) = outer.items[0].children
    assert isinstance(inner, ListBlock)
    assert [plain(item.content) for item in inner.items] == ["dalam", "dalam lagi"]
    assert plain(outer.items[0].content) == "luar"


@pytest.mark.parametrize("kind", ["temuan", "keputusan", "catatan"])
def test_boxes_have_a_kind_a_title_and_blocks(page: Page, kind: str) -> None:
    source = f'!!! {kind} "Pokok {{{{ name }}}}"\n    Kalimat.\n\n    - satu {{{{ name }}}}\n'
    (box,) = page.read(source, {"name": told("Contoh", "fact:name")})
    assert isinstance(box, Callout)
    assert (box.kind, box.title, box.because) == (kind, "Pokok Contoh", ("fact:name",))
    assert [type(child) for child in box.children] == [Paragraph, ListBlock]


def test_an_unknown_kind_of_box_is_a_fault(page: Page) -> None:
    with pytest.raises(TemplateFaultError, match="callout"):
        page.read('!!! danger "x"\n    y\n')


@pytest.mark.parametrize("role", ["lead", "source", "law", "law-center", "signature"])
def test_paragraphs_have_roles(page: Page, role: str) -> None:
    plain_one, with_end, strong = page.read(f"Biasa.\n\nKalimat. {{: .{role} }}\n\nAkhir **tebal** {{: .{role} }}\n")
    assert isinstance(plain_one, Paragraph)
    assert isinstance(with_end, Paragraph)
    assert isinstance(strong, Paragraph)
    assert (plain_one.role, with_end.role, strong.role) == ("body", role, role)
    assert (words(with_end), words(strong)) == ("Kalimat.", "Akhir tebal")


def test_an_unknown_role_is_a_fault_with_the_known_ones(page: Page) -> None:
    with pytest.raises(TemplateFaultError, match="role 'big'") as caught:
        page.read("Kalimat. {: .big }\n")
    assert "lead" in str(caught.value.hint)


def test_tables_in_text_keep_alignment(page: Page) -> None:
    (table,) = page.read("| a | b | c |\n|---|--:|:-:|\n| 1 | {{ x }} | 3 |\n", {"x": "dua"})
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["left", "right", "center"]
    assert [plain(cell.paragraphs[0]) for cell in table.body[0].cells] == ["1", "dua", "3"]


def test_a_rule_breaks_the_page(page: Page) -> None:
    assert [type(block) for block in page.read("Satu.\n\n---\n\nDua.\n")] == [Paragraph, PageBreak, Paragraph]


def test_weight_italics_and_safe_links(page: Page) -> None:
    (block,) = page.read("**a** *b* [c](https://contoh.id/x) [d](javascript:alert) [e](mailto:a@contoh.id)")
    assert isinstance(block, Paragraph)
    kinds = [type(run) for run in block.content if not isinstance(run, Text)]
    assert kinds == [Strong, Emphasis, Link, Link]
    assert [run.url for run in block.content if isinstance(run, Link)] == ["https://contoh.id/x", "mailto:a@contoh.id"]
    assert words(block) == "a b c d e"


@pytest.mark.parametrize("source", ["<b>x</b>", "a &amp; b", "![x](y.png)", "<script>x</script>", "<!-- x -->"])
def test_html_and_pictures_of_templates_stay_text(page: Page, source: str) -> None:
    (block,) = page.read(f"Awal {source} akhir.")
    assert words(block) == f"Awal {source} akhir."


def test_lines_of_a_paragraph_are_joined(page: Page) -> None:
    (block,) = page.read("satu\n  dua\n{% if yes %}tiga{% endif %}\nempat\n", {"yes": True})
    assert words(block) == "satu dua tiga empat"


def test_a_condition_on_a_line_of_its_own_leaves_no_empty_paragraph(page: Page) -> None:
    assert page.read("{% if no %}\nTeks.\n{% endif %}\n", {"no": False}) == ()


def test_tables_made_by_code_stand_where_they_are_asked_for(page: Page) -> None:
    table = Table(id="tbl-x", columns=(), header=(), body=())
    blocks = page.read("Awal.\n\n{{ a }}\n\n{{ b }}\n\nAkhir.\n", {"a": Blocks((table,)), "b": Blocks(())})
    assert [block.id for block in blocks] == ["page/p1", "tbl-x", "page/p4"]
    assert blocks[1].origin == Origin("templates/page.md.j2", 3)


# --- origins and ids -------------------------------------------------------------------------------------------------


def test_every_block_knows_its_line(page: Page) -> None:
    source = "Satu.\n\n## A {: #a }\n\nDua\nbaris.\n\n- butir\n- butir\n\n{% if yes %}\nTiga.\n{% endif %}\n"
    lines = {block.id: block.origin.line for block in walk(page.read(source, {"yes": True})) if block.origin}
    assert lines == {"page/p1": 1, "page/a": 3, "page/a/p1": 5, "page/a/l2": 8, "page/a/p4": 12}


def test_blocks_of_an_included_template_name_their_own_file(page: Page) -> None:
    page.write("Isi bersama.\n", "part.md.j2")
    first, second = page.read('Awal.\n\n{% include "part.md.j2" %}\n')
    assert first.origin == Origin("templates/page.md.j2", 1)
    assert second.origin == Origin("templates/part.md.j2", 1)


def test_ids_do_not_depend_on_what_is_shown_before_in_the_section(page: Page) -> None:
    source = "## A {: #a }\n\n{% if yes %}\nKadang.\n\n{% endif %}\nSelalu.\n\n- butir\n"
    with_it = {block.id for block in walk(page.read(source, {"yes": True}))}
    without = {block.id for block in walk(page.read(source, {"yes": False}))}
    assert without < with_it
    assert with_it - without == {"page/a/p1"}


def test_ids_do_not_depend_on_values(page: Page) -> None:
    source = "Ini {{ x }}.\n\n## A {{ x }} {: #a }\n\n- {{ x }}\n"
    assert [b.id for b in walk(page.read(source, {"x": "a"}))] == [b.id for b in walk(page.read(source, {"x": "## b"}))]


def test_ids_do_not_depend_on_other_sections_of_the_source(page: Page) -> None:
    after = "## B {: #b }\n\nSatu.\n\n- dua\n\nTiga.\n"
    short = [block.id for block in walk(page.read("## A {: #a }\n\nX.\n\n" + after)) if "/b" in block.id]
    longer = [block.id for block in walk(page.read("## A {: #a }\n\nX.\n\nY.\n\n- z\n\n" + after)) if "/b" in block.id]
    assert short == longer


def test_repeated_blocks_are_counted_in_their_order(page: Page) -> None:
    source = "{% for x in xs %}\nKalimat {{ x }}.\n\n{% endfor %}\n"
    assert [block.id for block in page.read(source, {"xs": ["a", "b", "c"]})] == ["page/p1", "page/p1-2", "page/p1-3"]


def test_new_answers_in_one_dimension_leave_the_ids_of_the_others(workspace: Path) -> None:
    before = blocks_of(compose(workspace))
    edit(workspace, f"cities/{SLUG}/assessment.yaml", "tra-1: {level: 3", "tra-1: {level: 0")
    after = blocks_of(compose(workspace))

    def below(found: dict[str, object], *names: str) -> set[str]:
        return {key for key in found if key.startswith(names)}

    for section in (
        "state/service",
        "state/territory",
        "state/residents",
        "state/counter",
        "state/streets",
        "foreword",
    ):
        assert below(dict(before), section) == below(dict(after), section) != set()
    assert below(dict(before), "state/markets", "tbl-") != below(dict(after), "state/markets", "tbl-")


def test_ids_are_unique_in_the_book(workspace: Path) -> None:
    assert len(blocks_of(compose(workspace))) > 60
