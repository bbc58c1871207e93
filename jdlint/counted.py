"""How many of what, in words."""


def counted(number: int, noun: str, many: str = "") -> str:
    """*number* and *noun*, of which *many* is the plural where that has more than an -s."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"
