"""The figures of a network add up."""

import json

import pytest

from routing.roads.summary import summary


def test_kilometres_add_up_and_are_json(square, archipelago):
    """By class, surface and zone the same roads, ice counted apart."""
    for network in (square, archipelago):
        figures = json.loads(json.dumps(summary(network)))
        assert sum(figures["km_by_class"].values()) == pytest.approx(figures["km"], abs=0.2)
        assert sum(figures["km_by_surface"].values()) == pytest.approx(figures["km"], abs=0.2)
        assert sum(figures["km_by_zone"]) + figures["km_ice"] == pytest.approx(figures["km"], abs=0.2)
    assert summary(square)["km_one_way"] == pytest.approx(1.2, abs=0.05)
    assert len(summary(archipelago)["km_by_zone"]) == 2
