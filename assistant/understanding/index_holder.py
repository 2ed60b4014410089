"""Where the current item index is kept: swapped whole by the follower, read by the linker, started from a snapshot."""

from __future__ import annotations

import os
from pathlib import Path

import structlog

from assistant.understanding.item_index import ItemIndex
from assistant.understanding.repair import Repair
from backend.contracts.catalogue import CatalogueIndex

log = structlog.get_logger(__name__)
SNAPSHOT = "catalogue_index.json"
_EMPTY = CatalogueIndex(version=0, items=(), topics=())


class IndexHolder:
    """Holds one immutable index at a time."""

    def __init__(self) -> None:
        self._current = ItemIndex(_EMPTY)
        self._repair: Repair | None = None

    @property
    def current(self) -> ItemIndex:
        """The index in force."""
        return self._current

    @property
    def repair(self) -> Repair:
        """Repair of recognised speech over the index in force."""
        if self._repair is None:
            self._repair = Repair.over(self._current)
        return self._repair

    def swap(self, index: CatalogueIndex) -> None:
        """Put a new index in force; sentences being linked finish with the old one."""
        self.restore(ItemIndex(index))
        log.info("item_index.swapped", version=index.version, items=len(index.items))

    def restore(self, index: ItemIndex) -> None:
        """Put an index in force that was in force before."""
        self._repair = None
        self._current = index

    def load_snapshot(self, data: Path) -> None:
        """Start from the last index seen, if there is one: the backend may be down."""
        path = data / SNAPSHOT
        if path.exists():
            self.swap(CatalogueIndex.model_validate_json(path.read_bytes()))

    @staticmethod
    def save_snapshot(data: Path, index: CatalogueIndex) -> None:
        """Keep the index for the next start; written whole or not at all."""
        path = data / SNAPSHOT
        draft = path.with_suffix(".new")
        draft.write_text(index.model_dump_json(), "utf-8")
        draft.replace(path)


HOLDER = IndexHolder()


def data_folder() -> Path:
    """The data folder of this process."""
    return Path(os.environ.get("DAOBAN_DATA", "var"))
