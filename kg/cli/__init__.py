"""The command `kg`: thin commands over functions that return data."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from kg.garbage import NEW_OBJECTS

__all__ = ["main", "run"]


def main() -> None:
    """Run the command with the arguments of the process, and exit."""
    gc.set_threshold(NEW_OBJECTS)  # looking for garbage, while modules load and at the end, takes as long as a query
    from kg.cli.output import prepare_streams

    prepare_streams()
    code = run(sys.argv[1:])
    gc.freeze()
    raise SystemExit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command: 0 done, 1 something failed, 2 wrong usage."""
    from kg.cli.output import close_output, tell_error, tell_fault
    from kg.errors import KgError, SettingError

    try:
        code = _call(arguments)
        sys.stdout.flush()
        return code
    except KgError as error:
        tell_error(error)
        return 2 if isinstance(error, SettingError) else 1
    except BrokenPipeError:
        close_output()
    except Exception as error:  # whatever it is, a user gets one line that says what to do
        tell_fault(error)
    return 1


def _call(arguments: Sequence[str]) -> int:
    from kg.cli.app import UsageError, make_app
    from kg.cli.output import tell_usage

    try:
        code = make_app(arguments)(list(arguments), prog_name="kg", standalone_mode=False)
    except UsageError as error:
        tell_usage(error)
        return 2
    return code if isinstance(code, int) else 0
