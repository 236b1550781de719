"""Text inside SQL."""


def quoted(text: object) -> str:
    """Text inside a SQL literal."""
    return str(text).replace("'", "''")
