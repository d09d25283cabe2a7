"""Who decides, when nobody says so."""

from __future__ import annotations

import getpass
import subprocess

from kg.errors import SettingError


def find_author() -> str:
    """Give the name that git knows the user by, else the name of the login; raise SettingError when there is none."""
    return _git_name() or _login() or _fail()


def _git_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(done.stdout.decode(errors="replace").split())


def _login() -> str:
    try:
        return " ".join(getpass.getuser().split())
    except (OSError, KeyError, ImportError):  # which of them is a matter of the platform and the version of Python
        return ""


def _fail() -> str:
    raise SettingError("nobody knows who decides this; say it, as in --by NAME")
