"""Base of our trained Rasa components: linear models made in training, kept in the model's storage, read when it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from assistant.nlu.linear import LinearModel


class TrainedComponent(GraphComponent):  # type: ignore[misc]  # rasa is not typed
    """Holds the linear models named in ``kept``, a file each; none before training."""

    kept: ClassVar[tuple[str, ...]]

    def __init__(self, storage: ModelStorage, resource: Resource, models: Mapping[str, LinearModel]) -> None:
        self._storage = storage
        self._resource = resource
        self.models = models

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        """An untrained one."""
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> Self:
        """The trained one."""
        with model_storage.read_from(resource) as folder:
            models = {name: LinearModel.from_bytes(_file(folder, name).read_bytes()) for name in cls.kept}
        return cls(model_storage, resource, models)

    def keep(self, models: Mapping[str, LinearModel]) -> Resource:
        """Hold the models just trained, and write them to the model's storage."""
        self.models = models
        with self._storage.write_to(self._resource) as folder:
            for name, model in models.items():
                _file(folder, name).write_bytes(model.to_bytes())
        return self._resource


def _file(folder: Path | str, name: str) -> Path:
    return Path(folder) / f"{name}.npz"
