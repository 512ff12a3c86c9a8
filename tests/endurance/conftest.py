"""Stores on both databases."""

from tests.stores import backend, empty_url, store, store_url, template_urls

__all__ = ["backend", "empty_url", "store", "store_url", "template_urls"]
