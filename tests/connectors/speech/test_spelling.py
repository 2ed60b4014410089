"""The normaliser: what is written is said as a clerk would say it, and never a sign that an engine reads in English."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.digits import by_figure
from connectors.speech.text.spelling import spell

SAID = re.compile(r"[\u4e00-\u9fff，。？！]*")

HOTLINES = {
    "请打12333问一下": "请打幺二三三三问一下",
    "医保的事打12393": "医保的事打幺二三九三",
    "投诉请打12345。": "投诉请打幺二三四五。",
    "有危险马上打110，有人受伤打120": "有危险马上打幺幺零，有人受伤打幺二零",
    "120元": "一百二十元",
    "掌上12333 App": "掌上幺二三三三应用",
    "12333个人": "一万二千三百三十三个人",
}
NUMBERS_OF_THINGS = {
    "13800000001": "幺三八，零零零零，零零零幺",
    "138 0000 0001": "幺三八，零零零零，零零零幺",
    "0888-5123456": "零八八八，五幺二三四五六",
    "400-123-4567": "四零零，幺二三，四五六七",
    "530799199003070018": "五三零七九九，幺九九零零三零七，零零幺八",
    "11010519491231002X": "幺幺零幺零五，幺九四九幺二三幺，零零二艾克斯",
    "138****0001": "尾号零零零幺",
    "530799********0018": "尾号零零幺八",
    "6222021234567890123": "六二二二，零二幺二，三四五六，七八九零，幺二三",
    "受理编号是1261 1230 0015": "受理编号是幺二六幺，幺二三零，零零幺五",
    "91530799MA00T0013R": "九幺，五三零七九九，艾姆诶零零踢零零幺三阿",
    "LJ-SY-001": "艾勒杰艾斯歪零零幺",
    "A023号": "诶零二三号",
    "验证码123456": "验证码幺二三四五六",
    "⟦id:7f3a0b12cd⟧已收好": "您的身份证号码已收好",
}
MONEY = {
    "1,234.50元": "一千二百三十四元五角",
    "¥0.5": "五角",
    "0.05元": "五分",
    "10.05元": "十元零五分",
    "2元": "两元",
    "2000元": "两千元",
    "3000.00元": "三千元",
    "1.2万元": "一点二万元",
    "2万元": "两万元",
    "￥1.2万": "一点二万元",
    "5000元-8000元": "五千元到八千元",
    "每月200元": "每月二百元",
}
DATES = {
    "2026-11-23": "二零二六年十一月二十三日",
    "2026年11月2日": "二零二六年十一月二日",
    "2026/1/9": "二零二六年一月九日",
    "2026年1月1日-2026年12月31日": "二零二六年一月一日到二零二六年十二月三十一日",
    "8:30-12:00": "八点三十分到十二点",
    "14:05": "十四点零五分",
    "2:00": "两点",
    "2年": "两年",
    "2月": "二月",
    "2个月": "两个月",
    "满15年": "满十五年",
}
AMOUNTS = {
    "3-5个工作日": "三到五个工作日",
    "2天": "两天",
    "2级工": "二级工",
    "2楼203室": "二楼二零三室",
    "3号窗口": "三号窗口",
    "8%": "百分之八",
    "0.5%-2%": "百分之零点五到百分之二",
    "1/3": "三分之一",
    "60㎡": "六十平方米",
    "5km": "五公里",
    "-5℃": "负五摄氏度",
    "第45条": "第四十五条",
    "（国务院令第258号）": "国务院令第二百五十八号",
    "10500": "一万零五百",
    "100,000,000": "一亿",
    "3.14": "三点一四",
    "007": "零零七",
    "1.0.2": "一点零点二",
}
SIGNS = {
    "《失业保险条例》第十四条": "失业保险条例第十四条",
    "单位/个人": "单位或个人",
    "姓名、住址；电话": "姓名，住址，电话",
    "免费！！": "免费！",
    "si.12333.gov.cn": "艾斯爱点幺二三三三点政府点西恩",
    "A4纸2张": "诶四纸两张",
    "要办吗?": "要办吗？",
    "**重要** 😀": "重要",
    "": "",
    "——": "",
}
LISTS = {
    "第1、2项": "第一，第二项",
    "第1,2和3项": "第一，第二，第三项",
    "请打12306": "请打幺二三零六",
    "12306是铁路电话": "幺二三零六是铁路电话",
    "¥3,500.50元": "三千五百元五角",
    "￥3万元": "三万元",
    "电话0888-5123456、5123457": "电话零八八八，五幺二三四五六，五幺二三四五七",
    "电话5123456、5123457": "电话五幺二三四五六，五幺二三四五七",
    "请王𬱖到3号窗口": "请王读不出的字到三号窗口",
    "Привет您好": "读不出的字您好",
}
"""Members of a list are read as its first; what has no reading is said to have none."""
TABLE = LISTS | HOTLINES | NUMBERS_OF_THINGS | MONEY | DATES | AMOUNTS | SIGNS


@pytest.mark.parametrize(("written", "said"), TABLE.items(), ids=list(TABLE))
def test_it_is_said_as_a_clerk_would_say_it(written: str, said: str) -> None:
    assert spell(written) == said


@pytest.mark.parametrize("said", sorted(set(TABLE.values())))
def test_what_is_already_spelt_stays_as_it_is(said: str) -> None:
    assert spell(said) == said


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("0123456789.,:-/%元年月日号万XLJ ¥*×", max_size=40))
def test_no_sign_is_left_that_an_engine_would_read_in_another_language(text: str) -> None:
    assert SAID.fullmatch(spell(text))


def test_figures_are_dictated_one_by_one() -> None:
    assert by_figure("1021", one="幺") == "幺零二幺"
