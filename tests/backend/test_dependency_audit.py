"""Dependencies: anything known that has no reasoned exception fails; what could not be checked is not called checked."""

from __future__ import annotations

from datetime import date

import pytest

from backend.operate.dependency_audit import (
    LOCK,
    Excepted,
    NotChecked,
    Reported,
    audit,
    exceptions,
    judge,
    read_report,
)

TODAY = date(2026, 11, 23)
WHY = "没有哪个接口接收这样的东西，碰不到我们，等新版再换。"
ANSWER = """{"dependencies": [
 {"name": "aiohttp", "version": "3.14.5", "vulns": []},
 {"name": "sanic", "version": "21.12.2", "vulns": [
   {"id": "PYSEC-2099-1", "fix_versions": ["22.0"], "aliases": ["CVE-2099-0001"], "description": "x"}]}], "fixes": []}"""
"""As pip-audit 2.10.1 writes it."""


def excepted(until: date = TODAY, package: str = "sanic") -> Excepted:
    return Excepted(id="CVE-2099-0001", package=package, why=WHY, until=until)


def test_what_has_no_exception_fails_and_is_named() -> None:
    """With the version that mends it."""
    outcome = judge(read_report(ANSWER), [], TODAY)
    assert not outcome.good
    assert outcome.lines[0] == "sanic 21.12.2：CVE-2099-0001、PYSEC-2099-1，22.0 修好了。"


def test_a_reasoned_exception_lets_it_pass_until_its_day() -> None:
    """Whatever of its ids the service uses; for that package only; not a day longer."""
    assert judge(read_report(ANSWER), [excepted()], TODAY).good
    assert not judge(read_report(ANSWER), [excepted(package="aiohttp")], TODAY).good
    late = judge(read_report(ANSWER), [excepted(until=date(2026, 11, 22))], TODAY)
    assert not late.good
    assert "例外已于 2026-11-22 到期" in late.lines[0]


def test_an_exception_that_nothing_needs_is_told() -> None:
    """The list does not grow for ever."""
    outcome = judge(Reported(dependencies=()), [excepted()], TODAY)
    assert outcome.good
    assert "用不着了" in outcome.lines[0]


@pytest.mark.parametrize(
    "text", ["", "Traceback …", '{"dependencies": [{"name": "sanic", "skip_reason": "not found"}]}']
)
def test_no_answer_is_never_called_a_check(text: str) -> None:
    """Service away, or an index that knows no vulnerabilities and skips every package."""

    def ask() -> Reported:
        return read_report(text)

    status, lines = audit(TODAY, ask, strict=False)
    assert status == 0
    assert "这次没有核对" in lines[0]
    assert "核对好了" not in "".join(lines)
    assert audit(TODAY, ask, strict=True)[0] == 2


def test_the_delivered_exceptions_are_about_locked_packages() -> None:
    """Each with its reason; none for a package that is not there."""
    locked = {line.partition("==")[0] for line in LOCK.read_text("utf-8").splitlines() if "==" in line}
    assert {one.package for one in exceptions()} <= locked
    assert len({one.id for one in exceptions()}) == len(exceptions())


def test_a_slow_answer_is_cut_off() -> None:
    """CI waits for nobody."""

    def ask() -> Reported:
        raise NotChecked("30秒里没有核对完")

    assert "30秒里没有核对完" in audit(TODAY, ask, strict=False)[1][0]
