"""Keyed hashes of personal numbers.

A dbt-duckdb plugin: it hands the key to every connection as two variables, the padded keys of HMAC-SHA256 (RFC 2104),
so that the models can hash without the key standing in any compiled file or log.
"""

import hashlib
import os

from dbt.adapters.duckdb.plugins import BasePlugin

DEMO_KEY = "bankmart-demo-key"
BLOCK_SIZE = 64


def key_of_numbers() -> str:
    """The key that personal numbers are hashed with."""
    return os.environ.get("BANKMART_PII_KEY") or DEMO_KEY


def padded_keys() -> tuple[bytes, bytes]:
    """The inner and the outer padded key of HMAC-SHA256."""
    key = key_of_numbers().encode()
    if len(key) > BLOCK_SIZE:
        key = hashlib.sha256(key).digest()
    key = key.ljust(BLOCK_SIZE, b"\0")
    return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)


def key_digest() -> str:
    """A digest that tells keys apart and from which none can be read: the keyed hash of no number."""
    inner, outer = padded_keys()
    return hashlib.sha256(outer + hashlib.sha256(inner).digest()).hexdigest()


class Plugin(BasePlugin):
    """Sets `pii_inner_key` and `pii_outer_key` on every cursor; `keyed_hash` in the models uses them."""

    def configure_cursor(self, cursor) -> None:
        """Called by dbt-duckdb for every new cursor, which does not inherit variables."""
        inner, outer = padded_keys()
        cursor.execute("set variable pii_inner_key = ?::blob", [inner])
        cursor.execute("set variable pii_outer_key = ?::blob", [outer])
