"""``python -m jdlint`` and the ``jdlint`` command."""


def main() -> None:
    """Run the command line; exit with 3 if jdlint fails, with 128 and its number after a signal."""
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
    except Exception as fault:
        _own_failure(fault)
    finally:
        for each in heard:  # all is told and tidied up
            signal.signal(each, signal.SIG_IGN)
        gc.freeze()  # Python need not look for cycles once more: the process ends


def _own_failure(fault: Exception) -> None:
    """Tell where in our code *fault* arose, and nothing of what it says: that may be a posting."""
    import sys
    import traceback

    where = "".join(traceback.format_tb(fault.__traceback__))
    sys.stderr.write(f"{where}jdlint failed: {type(fault).__name__}; please report these lines.\n")
    raise SystemExit(3)


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
