"""What workers share: made ready once, and never served when it no longer holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import warm
from generator.batch import Order, run_batch
from generator.build import build_city
from tests.batch import workers
from tests.compose.small import SLUG, edit

Lay = Callable[[int], Path]
pytestmark = pytest.mark.skipif(not warm.FORKS, reason="this system has no fork server")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "_runs", {})


def order(workspace: Path, count: int, out: str = "output") -> Order:
    slugs = [SLUG, *(f"{SLUG}-{number}" for number in range(1, count))]
    return Order(workspace=workspace, out=workspace / out, formats=("docx",), workers=1, slugs=slugs)


def test_each_city_has_a_process_of_its_own(lay_cities: Lay) -> None:
    asked = order(lay_cities(3), 3)
    assert run_batch(asked, lambda _: None, build=workers.quick).counts == {"built": 3}
    assert len({workers.pid_of(asked.out, slug) for slug in asked.slugs}) == 3


def test_a_second_batch_takes_what_changed_since_the_fork_server_began(lay_cities: Lay, tmp_path: Path) -> None:
    workspace = lay_cities(2)
    assert run_batch(order(workspace, 2), lambda _: None).counts == {"built": 2}
    edit(workspace, f"cities/{SLUG}/city.yaml", "value: 80000", "value: 91000")
    template = next((workspace / "templates").rglob("*.md.j2"))
    template.write_text(template.read_text(encoding="utf-8") + "\nKalimat yang baru ditambahkan.\n", encoding="utf-8")
    assert run_batch(order(workspace, 2), lambda _: None).counts == {"built": 2}
    build_city(workspace, SLUG, tmp_path, formats=("docx",))
    for made in (workspace / "output" / SLUG).glob("*.docx"):
        assert made.read_bytes() == (tmp_path / SLUG / made.name).read_bytes()


def test_what_lies_ready_serves_only_its_own_workspace(lay_cities: Lay, tmp_path: Path) -> None:
    workspace = lay_cities(2)
    ready = warm.run_of("first", workspace, tmp_path)
    content = ready.loaded[0]
    assert content is not None
    assert warm.run_of("first", workspace, tmp_path) is ready
    later = warm.run_of("second", workspace, tmp_path)
    assert later is not ready
    assert later.loaded[0] is content
    assert warm.run_of("third", tmp_path, tmp_path).workspace == tmp_path


def test_changed_content_is_read_anew(lay_cities: Lay, tmp_path: Path) -> None:
    workspace = lay_cities(2)
    content = warm.run_of("first", workspace, tmp_path).loaded[0]
    rules = next((workspace / "content").rglob("*.yaml"))
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert warm.run_of("second", workspace, tmp_path).loaded[0] is not content


def test_making_ready_thinks_the_named_city_through(
    lay_cities: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = lay_cities(2)
    monkeypatch.setenv(warm.ORDER, "")
    warm.announce("batch", workspace, tmp_path, SLUG)
    frozen: list[bool] = []
    monkeypatch.setattr("gc.freeze", lambda: frozen.append(True))
    warm.make_ready()
    assert frozen == [True]
    ready = warm.run_of("batch", workspace, tmp_path)
    assert "loaded" in vars(ready)
    assert "cohort" in vars(ready)
