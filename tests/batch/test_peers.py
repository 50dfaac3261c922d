"""What a city is compared with, as one hash: it follows from all others and from nothing else."""

from __future__ import annotations

from dataclasses import replace

from generator.model.scorecard import Peer
from generator.peers import PeerGroup

PEERS = {
    slug: Peer(slug=slug, name=slug.title(), type="kota", size="large", scores={"overall": at / 10, "a": None})
    for at, slug in enumerate(("kota-a", "kota-b", "kota-c"))
}
DIGEST = PeerGroup(PEERS, {}).digest("kota-a")


def test_every_trait_of_another_city_counts() -> None:
    other = PEERS["kota-c"]
    changed = (
        replace(other, name="Lain"),
        replace(other, type="kabupaten"),
        replace(other, size="small"),
        replace(other, scores={**other.scores, "a": 1.0}),
        replace(other, slug="kota-d"),
    )
    digests = {PeerGroup({**PEERS, "kota-c": peer}, {}).digest("kota-a") for peer in changed}
    assert len(digests) == len(changed)
    assert DIGEST not in digests
    assert PeerGroup({slug: PEERS[slug] for slug in ("kota-a", "kota-b")}, {}).digest("kota-a") != DIGEST


def test_the_city_itself_and_the_order_count_not() -> None:
    own = replace(PEERS["kota-a"], scores={"overall": 4.0})
    backwards = dict(reversed([*{**PEERS, "kota-a": own}.items()]))
    assert PeerGroup(backwards, {}).digest("kota-a") == DIGEST
