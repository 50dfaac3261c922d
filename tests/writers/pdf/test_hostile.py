"""City text is text: markup, links, paths and templates in it arrive as visible letters, and nothing is fetched."""

from __future__ import annotations

import dataclasses
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.document import Chart, Cover, Document, Figure, Paragraph, Series, Source, Text
from generator.model.walks import walk
from generator.writers import pdf
from generator.writers.html import render
from tests.writers.pdf.conftest import ENGINES, Write
from tests.writers.pdf.reading import flow, needs_poppler, reader, squeeze
from tests.writers.sample_document import lay_workspace, sample_document

PAYLOADS = (
    '<script>alert("x")</script><img src="{url}/a.png" onerror=1>',
    '</style></title></svg><link rel=stylesheet href="{url}/b.css">&amp;&#60;',
    "}} body{{background:url({url}/c.png)}} @import '{url}/d.css';",
    '#import "@preview/x:1.0.0" #image("/etc/passwd") #read("/etc/passwd") $x^2$ *tebal* _miring_ `kode` <l> @ref \\n',
    "{{{{ cycler.__init__ }}}} {{% include '/etc/passwd' %}} ${{7*7}} #{{7*7}}",
    "file:///etc/passwd {url}/e javascript:alert(1) = Judul - butir + nomor / istilah: // komentar /* x */",
    "]]><!-- --> ' \" \\ \\u{{41}} \\# #(1 + 1) ~ -- --- ...",
)
# Fields that are keys, places or closed choices and not text that is read.
_KEYS = {"id", "file_name", "key", "tone", "target", "source", "path", "emblem", "file", "url", "kind", "look", "role"}
_KEYS |= {"align", "style", "lists", "number", "language", "date", "build_id", "origin", "because", "palette", "where"}


def poisoned(value: Any, payload: str) -> Any:
    """Return the book with every text in it replaced by `payload`."""
    if isinstance(value, str):
        return payload
    if isinstance(value, tuple):
        return tuple(poisoned(item, payload) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: poisoned(getattr(value, field.name), payload)
            for field in dataclasses.fields(value)
            if field.name not in _KEYS or (field.name == "source" and not isinstance(value.source, str))
        }
        return dataclasses.replace(value, **changes)
    return value


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address and the requests that reached it."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Refuse every connection of this process and remember the tries."""
    tries: list[object] = []

    def refuse(self: socket.socket, address: object) -> None:
        tries.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **_: refuse(None, args))  # type: ignore[arg-type]
    return tries


@needs_poppler
@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_printed_as_it_is(
    payload: str,
    write: Write,
    shared_workspace: Path,
    listener: tuple[str, list[str]],
    no_sockets: list[object],
) -> None:
    url, seen = listener
    text = payload.format(url=url)
    book = poisoned(sample_document(), text)
    result = write(book, shared_workspace)
    printed = flow(result.data)
    assert printed.count(squeeze(text)) >= 60
    assert "root:x:0:0" not in printed
    assert reader(result.data).metadata.title == text  # type: ignore[union-attr]
    assert seen == []
    assert no_sockets == []


def test_html_holds_no_markup_of_the_city(shared_workspace: Path) -> None:
    page = render(poisoned(sample_document(), PAYLOADS[0].format(url="http://x")), shared_workspace)
    assert "<script" not in page
    assert "<img src=&quot;" not in page
    assert page.count("<link") == 1


@pytest.mark.parametrize(
    "path", ["../secret.png", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x.png", "a\0b", "out.png"]
)
def test_pictures_outside_the_workspace_are_not_read(
    path: str, write: Write, tmp_path: Path, no_sockets: list[object]
) -> None:
    workspace = lay_workspace(tmp_path / "workspace")
    (tmp_path / "secret.png").write_bytes((workspace / "cities/kota-contoh/lambang.png").read_bytes())
    (workspace / "out.png").symlink_to(tmp_path / "secret.png")
    figure = Figure(id="f", path=path, alt="Peta rahasia.")
    book = dataclasses.replace(sample_document(emblem=path), body=(figure,))
    result = write(book, workspace)
    pages = [page.extract_text() for page in reader(result.data).pages]
    assert "belum tersedia" in pages[0]
    assert any("Gambar belum tersedia: Peta rahasia." in " ".join(page.split()) for page in pages)
    assert no_sockets == []


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x89PNG\r\n\x1a\n broken", b"%PDF-1.4", b"\xff\xd8\xff\xe0 cut"])
@pytest.mark.parametrize("name", ["p.png", "p.svg", "p.jpg"])
def test_a_damaged_picture_costs_a_frame_and_not_the_book(
    content: bytes, name: str, write: Write, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    book = dataclasses.replace(
        sample_document(emblem=name), front=(), sources=(), body=(Figure(id="f", path=name, alt="Peta."),)
    )
    pages = [page.extract_text() for page in reader(write(book, tmp_path).data).pages]
    assert "belum tersedia" in pages[0]
    assert "Gambar belum tersedia: Peta." in pages[-1]


def test_a_picture_is_known_by_its_content(write: Write, tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path)
    (workspace / "salah.jpg").write_bytes((workspace / "cities/kota-contoh/peta.png").read_bytes())
    book = dataclasses.replace(sample_document(), body=(Figure(id="f", path="salah.jpg", alt="Peta."),))
    assert "belum tersedia" not in "".join(page.extract_text() for page in reader(write(book, workspace).data).pages)


def test_an_svg_of_the_city_fetches_nothing(write: Write, tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    url, seen = listener
    workspace = lay_workspace(tmp_path)
    (workspace / "peta.svg").write_text(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
        f'<style>@import "{url}/style.css"; rect {{ fill: url({url}/fill.svg#x) }}</style><rect width="5" height="5"/>'
        f'<image href="{url}/a.png" width="5" height="5"/><image xlink:href="file:///etc/passwd" width="5" height="5"/>'
        f'<use xlink:href="{url}/b.svg#x"/><text>aman</text></svg>'
    )
    book = dataclasses.replace(sample_document(), body=(Figure(id="f", path="peta.svg", alt="Peta."),))
    result = write(book, workspace)
    assert "root:x" not in "".join(page.extract_text() for page in reader(result.data).pages)
    assert seen == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://x/",
        "data:text/css,a{}",
        "ftp://x/y",
        "file://host/etc/passwd",
        "file:///etc/passwd",
    ],
)
def test_the_fetcher_answers_only_for_files_inside(url: str, shared_workspace: Path) -> None:
    with pytest.raises(PermissionError):
        pdf.allowed_file(url, shared_workspace)


def test_the_fetcher_finds_the_package_file_where_the_workspace_has_none(tmp_path: Path) -> None:
    asked = (tmp_path / "templates/print.css").as_uri()
    assert pdf.allowed_file(asked, tmp_path).name == "print.css"
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates/print.css"
    own.write_text("p { color: red }")
    assert pdf.allowed_file(asked, tmp_path) == own
    with pytest.raises(PermissionError):
        pdf.allowed_file((tmp_path / "templates/../../x").as_uri(), tmp_path)


def small(text: str) -> Document:
    """Return a book whose every field of text is `text`."""
    chart = Chart(id="c", kind="bars", categories=(text,), series=(Series(text, (1.0,)),), alt=text or "-")
    book = sample_document(emblem=None)
    return dataclasses.replace(
        book,
        title=text,
        author=text,
        mark=text,
        keywords=(text,),
        cover=Cover(text, text, text, text, text, (text,)),
        front=(),
        body=(
            Paragraph(id="p", content=(Text(text),)),
            *(block for block in walk(book.body) if block.id == "daftar-butir"),
            chart,
        ),
        sources=(Source("s", text, text),),
    )


@pytest.mark.parametrize("name", sorted(ENGINES))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_makes_a_pdf(name: str, shared_workspace: Path, text: str) -> None:
    if name == "weasyprint" and pdf.missing_library():
        pytest.skip("needs Pango")
    assert ENGINES[name](small(text), shared_workspace).page_count >= 2
