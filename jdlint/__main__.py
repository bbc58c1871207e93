"""``python -m jdlint`` and the ``jdlint`` command."""


def main() -> None:
    """Run the command line."""
    from jdlint.cli import cli

    cli()


if __name__ == "__main__":
    main()
