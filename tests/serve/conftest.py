"""A small graph of invented people to serve, and servers that run: in this process, and as one of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.serve import Limits, make_app

from .served import make_folder, running


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(folder), base_url="http://localhost") as made:
        yield made


@pytest.fixture(scope="session")
def serve_folder(folder: Path) -> Callable[[Limits], object]:
    return lambda limits: running(folder, limits)
