"""``python -m jdlint`` and the ``jdlint`` command."""


def main() -> None:
    """Run the command line."""
    import gc

    # Values are plain and seldom form cycles; looking for them all the time costs a sixth.
    gc.set_threshold(100_000, 20, 50)
    from jdlint.cli import cli

    cli()


if __name__ == "__main__":
    main()
