"""Sums that people name of their wage: before or after deductions, parts that are added, and two that cannot both be it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.facts.reading import read_facts
from backend.contracts.facts import Certainty

TODAY = date(2026, 11, 28)
SUMS = st.integers(500, 20000)


def wages(text: str) -> dict[str, str]:
    """The sums read, by fact."""
    return {told.fact: told.least for told in read_facts(text, TODAY) if told.fact in {"wage", "wage_net"}}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("到手3500，应发4200", {"wage_net": "3500", "wage": "4200"}),
        ("税前6000税后5100", {"wage": "6000", "wage_net": "5100"}),
        ("每月到手三千八", {"wage_net": "3800"}),
        ("底薪3000加提成2000", {"wage": "5000"}),
        ("底薪两千五另外提成一千", {"wage": "3500"}),
        ("工资3000，加上奖金2000", {"wage": "5000"}),
        ("底薪2000，提成3000，一共5000", {"wage": "5000"}),
        ("加起来一个月4800", {"wage": "4800"}),
        ("不是3500，工资是4200", {"wage": "4200"}),
        ("以前工资3000，现在涨到4000", {"wage": "4000"}),
        ("月薪到手4700，底薪2300", {"wage_net": "4700"}),
        ("工资3000，加上奖金差不多5000", {}),
        ("底薪3000加提成", {}),
        ("工资3000，工资4000", {}),
        ("欠我工资8000", {}),
        ("补偿金3000", {}),
        ("底薪3000加奖金50", {"wage": "3050"}),
        ("底薪3000加奖金49", {}),
        ("底薪3000，提成2000", {"wage": "5000"}),
        ("工资300", {"wage": "300"}),
        ("工资299", {}),
        ("我工资3500，老板说工资是2000", {"wage": "3500"}),
        ("老板说我工资2000", {}),
    ],
)
def test_what_a_wage_is_read_as(text: str, read: dict[str, str]) -> None:
    """Nothing where it is open which sum it is: then it is asked."""
    assert wages(text) == read


def test_each_has_their_own_wage() -> None:
    """Two people's sums are not two of one."""
    read = {
        (told.holder, told.least) for told in read_facts("我工资3500，我老婆工资4200", TODAY) if told.fact == "wage"
    }
    assert read == {("me", "3500"), ("wife", "4200")}


@given(SUMS, SUMS)
def test_before_and_after_deductions_are_never_mixed(net: int, gross: int) -> None:
    """In either order."""
    assert wages(f"到手{net}，应发{gross}") == {"wage": str(gross), "wage_net": str(net)}
    assert wages(f"应发{gross}，到手{net}") == {"wage": str(gross), "wage_net": str(net)}


@given(SUMS, SUMS, st.sampled_from(["加提成", "，另外奖金", "，还有补贴", "，加上绩效"]))
def test_parts_are_added_where_it_is_said(base: int, more: int, joined: str) -> None:
    """Whatever the part is called."""
    assert wages(f"底薪{base}{joined}{more}") == {"wage": str(base + more)}


@given(SUMS, SUMS)
def test_two_wages_that_differ_are_no_wage(one: int, other: int) -> None:
    """The same sum twice is one."""
    assert wages(f"工资{one}，月薪{other}") == ({"wage": str(one)} if one == other else {})


@given(SUMS)
def test_one_wage_is_read_as_it_is_told(wage: int) -> None:
    """As every day."""
    assert wages(f"一个月工资{wage}") == {"wage": str(wage)}
    assert wages(f"底薪{wage}加提成") == {}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("底薪3000加提成2000", Certainty.STATED),
        ("底薪大概3000加提成2000", Certainty.HEDGED),
        ("底薪3000加提成大概2000", Certainty.HEDGED),
        ("底薪3000，提成2000左右", Certainty.HEDGED),
    ],
)
def test_a_sum_of_parts_is_as_sure_as_its_least_sure_part(text: str, certainty: Certainty) -> None:
    """One 大概 is enough."""
    assert [told.certainty for told in read_facts(text, TODAY) if told.fact == "wage"] == [certainty]
