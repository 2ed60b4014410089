"""Base of our trained Rasa components: a model made in training, kept in Rasa's storage of models, read when that is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

FILE = "model.npz"


class Keepable(Protocol):
    """A model that can be kept in a file."""

    def to_bytes(self) -> bytes:
        """As kept."""

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what ``to_bytes`` gave."""


Model = TypeVar("Model", bound=Keepable)


class TrainedComponent(GraphComponent, Generic[Model]):  # type: ignore[misc]  # rasa is not typed
    """Holds a model of the class named in ``model_class``; none before training."""

    model_class: ClassVar[type[Keepable]]

    def __init__(self, storage: ModelStorage, resource: Resource, model: Model | None) -> None:
        self._storage = storage
        self._resource = resource
        self.model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        """An untrained one."""
        return cls(model_storage, resource, None)

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
            model = cls.model_class.from_bytes((Path(folder) / FILE).read_bytes())
        return cls(model_storage, resource, model)  # type: ignore[arg-type]  # model_class is the class of Model

    def keep(self, model: Model) -> Resource:
        """Hold the model just trained, and write it to Rasa's storage."""
        self.model = model
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / FILE).write_bytes(model.to_bytes())
        return self._resource
