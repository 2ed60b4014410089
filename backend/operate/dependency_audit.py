"""Known vulnerabilities of the locked packages: pip-audit asks, exceptions are reasoned data, anything else fails.

pip-audit runs in an environment of its own (``uv tool run``): it needs newer releases of packages that Rasa holds.
Where the vulnerability service or pip-audit cannot be reached the check was not done, and that is what is said.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
EXCEPTIONS = Path(__file__).parent / "data" / "vulnerability_exceptions.yaml"
PIP_AUDIT = "pip-audit==2.10.1"
LONGEST = 30.0
"""Seconds: CI must not wait longer for somebody else's service."""
MAX_SKIPPED = 0.05
"""Share of the packages that may be unknown to the service; with more it did not really answer."""


class NotChecked(Exception):
    """The check could not be done; the reason is a sentence."""


class Vulnerability(BaseModel):
    """What the service knows of a version."""

    model_config = ConfigDict(frozen=True)

    id: str
    aliases: tuple[str, ...] = ()
    fix_versions: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every id it goes by."""
        return frozenset({self.id, *self.aliases})


class Dependency(BaseModel):
    """A locked package as pip-audit tells of it."""

    model_config = ConfigDict(frozen=True)

    name: str
    version: str = ""
    vulns: tuple[Vulnerability, ...] = ()
    skip_reason: str = ""


class Reported(BaseModel):
    """pip-audit's JSON."""

    dependencies: tuple[Dependency, ...]


class Excepted(BaseModel):
    """A vulnerability that does not reach us: why, and until when that was thought through."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    package: str
    why: str = Field(min_length=20)
    until: date


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Lines for people, and whether everything found is excepted."""

    good: bool
    lines: tuple[str, ...]


def exceptions() -> list[Excepted]:
    """The reasoned list."""
    return TypeAdapter(list[Excepted]).validate_python(yaml.safe_load(EXCEPTIONS.read_text("utf-8")))


def judge(reported: Reported, excepted: Sequence[Excepted], today: date) -> AuditResult:
    """Hold what was found against the list. Raises NotChecked when the service did not really answer."""
    known = [dependency for dependency in reported.dependencies if not dependency.skip_reason]
    count = len(reported.dependencies)
    if count - len(known) > count * MAX_SKIPPED:
        raise NotChecked(f"{count}个包里有{count - len(known)}个漏洞库没有答复")
    lines: list[str] = []
    used: set[str] = set()
    for dependency in known:
        for vulnerability in dependency.vulns:
            allowed = _exception_for(dependency, vulnerability, excepted)
            used |= {allowed.id} if allowed is not None else set()
            if allowed is None or allowed.until < today:
                lines.append(_complaint(dependency, vulnerability, allowed))
    good = not lines
    lines += [f"例外 {one.id}（{one.package}）现在用不着了，可以删去。" for one in excepted if one.id not in used]
    verdict = "没有例外以外的漏洞" if good else "有例外以外的漏洞"
    return AuditResult(good, (*lines, f"依赖核对好了：{count}个包，{verdict}，例外用到{len(used)}条。"))


def _exception_for(
    dependency: Dependency, vulnerability: Vulnerability, excepted: Sequence[Excepted]
) -> Excepted | None:
    return next((one for one in excepted if one.package == dependency.name and one.id in vulnerability.names), None)


def _complaint(dependency: Dependency, vulnerability: Vulnerability, allowed: Excepted | None) -> str:
    names = "、".join(sorted(vulnerability.names))
    fixed = f"，{'、'.join(vulnerability.fix_versions)} 修好了" if vulnerability.fix_versions else ""
    late = f"，例外已于 {allowed.until} 到期" if allowed is not None else ""
    return f"{dependency.name} {dependency.version}：{names}{fixed}{late}。"


def ask_pip_audit(lock: Path = LOCK, *, service: str = "", seconds: float = LONGEST) -> Reported:
    """Run pip-audit over the lock. ``service``: address of another OSV service. Raises NotChecked."""
    brought = ROOT / ".tools" / "bin" / "uv"
    uv = shutil.which("uv") or (str(brought) if brought.exists() else None)
    if uv is None:
        raise NotChecked("这台机器上没有 uv")
    command = [
        uv, "tool", "run", "--quiet", "--from", PIP_AUDIT, "pip-audit", "--requirement", str(lock), "--no-deps",
        "--disable-pip", "--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off",
        "--timeout", "5", *(["--osv-url", service] if service else []),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)  # noqa: S603  # our own arguments
    except subprocess.TimeoutExpired as error:
        raise NotChecked(f"{seconds:.0f}秒里没有核对完") from error
    return read_report(done.stdout)


def read_report(text: str) -> Reported:
    """pip-audit's JSON. Raises NotChecked when it wrote none: it or the service could not be reached."""
    try:
        return Reported.model_validate(json.loads(text))
    except (ValueError, ValidationError) as error:
        raise NotChecked("连不上漏洞库，或者取不到 pip-audit") from error


def audit(today: date, ask: Callable[[], Reported], *, strict: bool) -> tuple[int, tuple[str, ...]]:
    """(exit status, lines). Not checked is no failure unless ``strict``."""
    try:
        outcome = judge(ask(), exceptions(), today)
    except NotChecked as reason:
        return (2 if strict else 0), (
            f"依赖的漏洞这次没有核对：{reason}。联网的机器上请再运行 ./daoban audit dependencies。",
        )
    return (0 if outcome.good else 1), outcome.lines
