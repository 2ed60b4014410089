"""Settings from the environment: one declared class a process, checked when it starts, a wrong one refused by its name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

START_REFUSED = 3
"""Exit status of a process that must not start as things are."""
MODEL_UNUSABLE = 4
"""Exit status of an assistant whose model is damaged or gone: it has to be trained again."""
_FILE = Path(__file__).parent / "data" / "wrong_settings.yaml"

Port = Annotated[int, Field(ge=1, le=65_535)]
HttpUrl = Annotated[str, Field(pattern=r"^https?://[^/]+", examples=["http://127.0.0.1:8700"])]
RedisUrl = Annotated[str, Field(pattern="^$|^rediss?://", examples=["redis://…"])]
Folder = Annotated[Path, AfterValidator(Path.resolve)]


class WrongSettingError(RuntimeError):
    """A variable is wrong; the message names it and says what it has to be, without its value: that may be secret."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Marks a field whose variable is not prefix and field name. ``name`` empty: no variable, whoever reads gives it."""

    name: str = ""


class EnvironmentSettings(BaseSettings):
    """Settings whose variables are prefix and field name, or what ``Variable`` says. Built directly it reads nothing."""

    model_config = SettingsConfigDict(
        env_prefix="DAOBAN_", frozen=True, extra="forbid", validate_default=True, protected_namespaces=()
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the interface
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What ``from_environment`` hands in is all there is: tests and several settings side by side stay apart."""
        return (init_settings,)

    @classmethod
    def variables(cls) -> dict[str, str]:
        """Variable -> field."""
        named = {_variable(cls.model_config.get("env_prefix", ""), *field): field[0] for field in _fields(cls)}
        return {variable: field for variable, field in named.items() if variable}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Read the variables; an empty one counts as not set. ``given``: other fields, and defaults only known here.

        Raises WrongSettingError.
        """
        env = os.environ if environ is None else environ
        values = {field: env[variable] for variable, field in cls.variables().items() if env.get(variable)}
        try:
            return cls(**{**given, **values})  # type: ignore[arg-type]  # checked by what is called
        except ValidationError as error:
            names = {field: variable for variable, field in cls.variables().items()}
            raise WrongSettingError(_sentence(error.errors()[0], names, cls.model_fields)) from error


class ProcessSettings(EnvironmentSettings):
    """Settings of every process: where data lies and how to log."""

    data: Folder = Path("var")
    """Folder of everything the product writes."""
    log: Literal["console", "json"] = "console"
    """How log lines are written."""
    log_level: Literal["debug", "info", "warning", "error"] | None = None
    """Least level that is logged; None: info, for commands that talk with a person warning."""

    @property
    def json_logs(self) -> bool:
        """Whether log lines are JSON."""
        return self.log == "json"

    @property
    def secrets(self) -> Path:
        """Folder of keys and tokens, mode 700."""
        return self.data / "secrets"


def _fields(settings: type[EnvironmentSettings]) -> list[tuple[str, FieldInfo]]:
    return list(settings.model_fields.items())


def _variable(prefix: str, name: str, field: FieldInfo) -> str:
    marked = next((mark for mark in field.metadata if isinstance(mark, Variable)), None)
    return f"{prefix}{name}".upper() if marked is None else marked.name


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    return TypeAdapter(dict[str, str]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


def _sentence(error: ErrorDetails, variables: Mapping[str, str], fields: Mapping[str, FieldInfo]) -> str:
    name = str(error["loc"][0])
    text = _texts().get(error["type"], _texts()["string_pattern_mismatch"])
    wanted = text.format(**error.get("ctx", {})).replace("'", "").replace(" or ", "、").replace(", ", "、")
    examples = fields[name].examples
    shown = f"，例如 {examples[0]}" if examples else ""
    return f"设置 {variables.get(name, name)} 不对：{wanted}{shown}。改好再启动；有哪些设置写在 OPERATIONS.md。"
