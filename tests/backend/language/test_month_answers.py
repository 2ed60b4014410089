"""A month told as an answer."""

from __future__ import annotations

from datetime import date

from backend.language.month_answers import read_month_told

TODAY = date(2026, 11, 23)
TOLD = {
    "2026-12": ["2026年12月", "下个月", "12月", "2026.12", "202612", "十二月", "下个月1号", "从下个月开始交", "就下个月嘛", "26年12月"],
    "2026-11": ["这个月", "这个月就开始嘛", "本月", "11月"],
    "2027-01": ["明年一月份开始", "二〇二七年一月", "27年1月", "1月"],
    "2027-03": ["想从明年3月交起", "3月"],
    "2036-01": ["2036年1月"],
}  # fmt: skip
NO_MONTH = [
    "一个月一交",
    "三千五",
    "对",
    "要得",
    "随便哪个月",
    "2026年13月",
    "最低的一档",
    "三个月",
    "12个月",
    "几月份好",
    "0月",
    "2026年",
    "腊月",
]


def test_a_month_is_a_month() -> None:
    """Without a year the next one; whatever is left over stops the reading."""
    read = {said: str(read_month_told(said, TODAY)) for texts in TOLD.values() for said in texts}
    assert read == {said: month for month, texts in TOLD.items() for said in texts}
    assert [said for said in NO_MONTH if read_month_told(said, TODAY) is not None] == []
