"""``python -m jdlint`` and the ``jdlint`` command."""


def main() -> None:
    """Run the command line; 128 and the number of the signal if one ends it (130 for Ctrl-C)."""
    import gc
    import signal

    signals = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    heard = [s for s in signals if s and signal.getsignal(s) is not signal.SIG_IGN]
    for each in heard:
        signal.signal(each, _stop)
    # Values are plain and seldom form cycles; looking for them all the time costs a sixth.
    gc.set_threshold(100_000, 20, 50)
    try:
        from jdlint.cli import cli

        cli()
    finally:
        for each in heard:  # all is told and tidied up
            signal.signal(each, signal.SIG_IGN)
        gc.freeze()  # Python need not look for cycles once more: the process ends


def _stop(number: int, frame: object) -> None:
    """End the run as an exit does, which tidies up, and say so once."""
    import os
    import signal
    from contextlib import suppress

    signal.signal(number, _leave)
    with suppress(OSError):
        os.write(2, b"jdlint: interrupted; what was not finished was not written.\n")
    _leave(number, frame)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
