"""Days and months as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunardate import LunarDate

from backend.language.dates import read_date, two_readings
from backend.language.digits import by_figure
from backend.language.months import Month, add_months, read_month, whole_months
from backend.language.numerals import counted

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026年10月31日", "2026-10-31"),
        ("2026-10-31", "2026-10-31"),
        ("2026.10.31", "2026-10-31"),
        ("20261031", "2026-10-31"),
        ("二〇二六年十月三十一日", "2026-10-31"),
        ("26年10月31号", "2026-10-31"),
        ("10月31号走的", "2026-10-31"),
        ("12月1号", "2025-12-01"),
        ("去年12月1日", "2025-12-01"),
        ("上个月15号", "2026-10-15"),
        ("前天", "2026-11-21"),
        ("2026年2月30日", None),
        ("很久以前", None),
    ],
)
def test_days_as_people_write_them(said: str, day: str | None) -> None:
    """Without a year the latest such day is meant; an impossible day is not guessed."""
    assert read_date(said, TODAY) == (date.fromisoformat(day) if day else None)


@given(DAYS)
def test_a_whole_date_is_read_in_every_writing(day: date) -> None:
    """Figures or characters, 日 or 号, with points or none."""
    characters = f"{by_figure(str(day.year))}年{counted(day.month)}月{counted(day.day)}号"
    for said in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
        characters,
    ):
        assert read_date(said, TODAY) == day
        assert read_month(said, TODAY) == Month.of(day)


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1965年3月", Month(1965, 3)), ("1965-03", Month(1965, 3)), ("1965.3", Month(1965, 3)), ("196503", Month(1965, 3)),
        ("65年3月", Month(1965, 3)), ("一九六五年三月", Month(1965, 3)), ("六五年十二月", Month(1965, 12)),
        ("1965年3月7日", Month(1965, 3)), ("19650307", Month(1965, 3)), ("05年3月", Month(2005, 3)),
        ("1965年13月", None), ("1965", None), ("三月", None),
    ],
)  # fmt: skip
def test_months_as_people_say_them(said: str, month: Month | None) -> None:
    """A year of two digits is the latest such year; without a year nothing is guessed."""
    assert read_month(said, TODAY) == month


@given(DAYS, st.integers(0, 600))
def test_months_added_are_months_gone_by(day: date, count: int) -> None:
    """《民法典》第二百零二条: the last day of the month where there is no such day."""
    later = add_months(day, count)
    assert Month.of(later).since(Month.of(day)) == count
    assert whole_months(day, later) == count


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("90年3月7号", "1990-03-07"), ("90-3-7", "1990-03-07"), ("65年3月7日", "1965-03-07"), ("99年1月1日", "1999-01-01"), ("27年3月1日", "2027-03-01"),
        ("一九九〇年三月七日", "1990-03-07"), ("2026 10 31", "2026-10-31"), ("２０２６年１０月３１日", "2026-10-31"), ("2026、10、31", "2026-10-31"),
        ("今年3月1日", "2026-03-01"), ("今年12月1日", "2026-12-01"), ("去年12月1日", "2025-12-01"), ("前年3月1日", "2024-03-01"), ("明年1月1日", "2027-01-01"),
        ("去年今天", "2025-11-23"), ("上个月15号", "2026-10-15"), ("上个月底", "2026-10-31"), ("上上个月1号", "2026-09-01"), ("本月1号", "2026-11-01"),
        ("这个月最后一天", "2026-11-30"), ("下个月1号", "2026-12-01"), ("3月底", "2026-03-31"), ("大前天", "2026-11-20"), ("前天", "2026-11-21"),
        ("昨天", "2026-11-22"), ("今天", "2026-11-23"), ("明天", "2026-11-24"), ("后天", "2026-11-25"), ("大后天", "2026-11-26"), ("上周五", "2026-11-20"),
        ("上上周三", "2026-11-11"), ("这周一", "2026-11-23"), ("下星期天", "2026-12-06"), ("上个礼拜六", "2026-11-21"), ("三天前", "2026-11-20"),
        ("3天以前", "2026-11-20"), ("两周前", "2026-11-09"), ("半个月前", "2026-11-08"), ("一个月前", "2026-10-23"), ("半年前", "2026-05-23"),
        ("两年前", "2024-11-23"), ("三个月以后", "2027-02-23"), ("昨天下午3点", "2026-11-22"), ("农历八月十五", "2026-09-25"), ("阴历正月初一", "2026-02-17"),
        ("腊月廿三", "2026-02-10"), ("1990年农历三月初七", "1990-04-02"), ("农历九零年三月初七", "1990-04-02"), ("阴历闰四月初一", "2020-05-23"),
        ("我昨天离职的", "2026-11-22"), ("生日是1990年3月7日", "1990-03-07"),
        ("国庆节", "2026-10-01"), ("去年国庆", "2025-10-01"), ("五一", "2026-05-01"), ("元旦", "2026-01-01"), ("圣诞节", "2025-12-25"), ("春节", "2026-02-17"),
        ("去年春节", "2025-01-29"), ("2024年端午", "2024-06-10"), ("二〇二五年中秋节", "2025-10-06"), ("除夕", "2026-02-16"), ("2025年除夕", "2025-01-28"),
        ("去年年底", "2025-12-31"), ("2025年底", "2025-12-31"), ("本月底", "2026-11-30"), ("上个月末", "2026-10-31"), ("10月31日后来就没去", "2026-10-31"),
    ],
)  # fmt: skip
def test_spoken_dates(said: str, day: str) -> None:
    """A Monday, 23 November 2026: each as people say it, and it means one day."""
    assert read_date(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    [
        "2月30号", "2026年2月30日", "今年2月29日", "13月1日", "农历八月三十一", "2026年10月31日到11月5日", "昨天和前天", "10月31号或者11月1号", "周五", "3天",
        "2026年10月", "民国79年3月7日", "10月", "年底", "这几天", "很久以前", "2026年10月31日，2025年10月31日", "还没定", "",
        "月底", "月初", "上个月初", "10月初", "10月中旬", "上个季度", "2026年第三季度", "上半年", "清明节", "过年", "国庆节前", "春节以后", "国庆期间",
        "五一放假",
        "五一二", "国庆第二天",
        "10月31日前", "10月31日以后", "13/13/1990", "31/2/1990",
    ],
)  # fmt: skip
def test_what_is_not_one_day_is_asked_again(said: str) -> None:
    """No such day, two days, part of a date: nothing is guessed and nothing fails."""
    assert read_date(said, TODAY) is None


@given(st.text(st.sampled_from("0123456789年月日号上下个周今昨前后大农历初廿正腊闰底末一二三十〇半 -/."), max_size=14))
def test_no_text_of_date_signs_fails(said: str) -> None:
    """It is a day or it is none."""
    assert read_date(said, TODAY) is None or isinstance(read_date(said, TODAY), date)


@given(st.dates(date(1930, 1, 1), TODAY))
def test_a_lunar_day_is_its_solar_day(day: date) -> None:
    """With the year of the lunar calendar, leap months too."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    leap = "闰" if lunar.isLeapMonth else ""
    spoken = f"初{counted(lunar.day)}" if lunar.day <= 10 else counted(lunar.day)
    assert read_date(f"农历{lunar.year}年{leap}{lunar.month}月{spoken}", TODAY) == day


@given(st.integers(1, 99), st.sampled_from(["天前", "天以前", "日之前"]))
def test_days_ago_are_counted(days: int, ago: str) -> None:
    """In figures and in characters."""
    assert read_date(f"{days}{ago}", TODAY) == read_date(f"{counted(days)}{ago}", TODAY) == TODAY - timedelta(days=days)


@given(
    st.dates(date(1928, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["{}年{}月{}日", "{}-{}-{}", "{}.{}.{}", "{}/{}/{}"]),
)
def test_a_year_of_two_digits_is_the_latest_such_year(day: date, written: str) -> None:
    """Up to the next one: who was born in 90 was not born in 2090."""
    assert read_date(written.format(f"{day.year % 100:02d}", day.month, day.day), TODAY) == day


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from("/-.、"), st.booleans(), st.booleans())
def test_figures_with_the_year_behind_are_one_day_or_asked(
    day: date, between: str, month_first: bool, padded: bool
) -> None:
    """「7/3/1990」 is two days, and both are named; where one part is no month, it is read."""
    parts = [f"{part:02d}" if padded else str(part) for part in (day.month, day.day)]
    said = between.join([*(parts if month_first else reversed(parts)), str(day.year)])
    if day.day > 12 or day.day == day.month:
        assert (read_date(said, TODAY), two_readings(said, TODAY)) == (day, None)
    else:
        assert read_date(said, TODAY) is None
        assert sorted(two_readings(said, TODAY) or ()) == sorted({day, date(day.year, day.day, day.month)})


@given(st.dates(date(1990, 1, 1), TODAY), st.sampled_from(["前", "以后", "之前", "期间", "前后", "之后"]))
def test_a_time_around_a_day_is_not_the_day(day: date, around: str) -> None:
    """「10月31日以后」 is asked again."""
    assert read_date(f"{day.year}年{day.month}月{day.day}日{around}", TODAY) is None
