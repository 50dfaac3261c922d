"""The sample book leaves no kind of the model out."""

from __future__ import annotations

import dataclasses
import typing

from generator.model import document as model
from generator.model import walks
from tests.writers.sample_document import sample_document


def test_every_block_and_inline_kind_and_every_literal_is_in_the_sample() -> None:
    book = sample_document()
    blocks = list(walks.walk((*book.front, *book.body)))
    inlines = [run for block in blocks for run in walks.walk_inlines(tuple(walks.inlines_of(block)))]
    assert {type(block) for block in blocks} == set(typing.get_args(model.Block))
    assert {type(run) for run in inlines} == set(typing.get_args(model.Inline))
    for kind in (
        model.Paragraph,
        model.Table,
        model.Chart,
        model.Callout,
        model.Contents,
        model.Annex,
        model.ListBlock,
    ):
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            if typing.get_origin(hints[field.name]) is typing.Literal:
                shown = {getattr(block, field.name) for block in blocks if type(block) is kind}
                assert shown == set(typing.get_args(hints[field.name])), f"{kind.__name__}.{field.name}"


def test_ids_are_unique_and_references_resolve() -> None:
    book = sample_document()
    blocks = list(walks.walk((*book.front, *book.body)))
    ids = [block.id for block in blocks]
    ids += [item.id for block in blocks if isinstance(block, model.ListBlock) for item in block.items]
    assert len(ids) == len(set(ids))
    targets = {
        run.target
        for block in blocks
        for run in walks.walk_inlines(tuple(walks.inlines_of(block)))
        if isinstance(run, model.Reference)
    }
    assert targets <= set(ids)
