"""The shell: the frame of every page, the design, the small JS library."""

from __future__ import annotations

from backend.platform.features import Feature, House
from backend.platform.middleware import ERROR_PAGE
from backend.shell.rendering import PAGES, Pages


def build(house: House) -> None:
    """Find every feature's templates and navigation."""
    folders = {feature.name: feature.folder for feature in house.features}
    entries = [entry for feature in house.features for entry in feature.navigation]
    house[PAGES] = pages = Pages(folders, entries)
    house[ERROR_PAGE] = pages.error


FEATURE = Feature(package="backend.shell", title="页面框架", build=build)
