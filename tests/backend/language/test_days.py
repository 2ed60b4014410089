"""Days and months as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunardate import LunarDate

from backend.language.dates import read_date, two_digit_year, two_readings
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
        ("1965年13月", None), ("3/7/90", None), ("7.3.1990", None), ("1990/3/7", Month(1990, 3)), ("1965", None), ("三月", None),
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
        ("今年3月1日", "2026-03-01"), ("今年12月1日", "2026-12-01"), ("去年12月1日", "2025-12-01"), ("前年3月1日", "2024-03-01"),
        ("明年1月1日", "2027-01-01"),
        ("去年今天", "2025-11-23"), ("上个月15号", "2026-10-15"), ("上个月底", "2026-10-31"), ("上上个月1号", "2026-09-01"), ("本月1号", "2026-11-01"),
        ("这个月最后一天", "2026-11-30"), ("下个月1号", "2026-12-01"), ("3月底", "2026-03-31"), ("大前天", "2026-11-20"), ("前天", "2026-11-21"),
        ("昨天", "2026-11-22"), ("今天", "2026-11-23"), ("明天", "2026-11-24"), ("后天", "2026-11-25"), ("大后天", "2026-11-26"), ("上周五", "2026-11-20"),
        ("上上周三", "2026-11-11"), ("这周一", "2026-11-23"), ("下星期天", "2026-12-06"), ("上个礼拜六", "2026-11-21"), ("三天前", "2026-11-20"),
        ("3天以前", "2026-11-20"), ("两周前", "2026-11-09"), ("半个月前", "2026-11-08"), ("一个月前", "2026-10-23"), ("半年前", "2026-05-23"),
        ("两年前", "2024-11-23"), ("三个月以后", "2027-02-23"), ("昨天下午3点", "2026-11-22"), ("农历八月十五", "2026-09-25"), ("阴历正月初一", "2026-02-17"),
        ("腊月廿三", "2026-02-10"), ("1990年农历三月初七", "1990-04-02"), ("农历九零年三月初七", "1990-04-02"), ("阴历闰四月初一", "2020-05-23"),
        ("我昨天离职的", "2026-11-22"), ("生日是1990年3月7日", "1990-03-07"),
        ("国庆节", "2026-10-01"), ("去年国庆", "2025-10-01"), ("五一", "2026-05-01"), ("元旦", "2026-01-01"), ("圣诞节", "2025-12-25"), ("春节", "2026-02-17"),
        ("去年春节", "2025-01-29"), ("2024年端午", "2024-06-10"), ("二〇二五年中秋节", "2025-10-06"), ("二五年中秋节", "2025-10-06"),
        ("除夕", "2026-02-16"), ("2025年除夕", "2025-01-28"),
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


THURSDAY = date(2026, 3, 5)
"""In the middle of a week, so that weeks are counted from their Monday."""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("上周一", "2026-02-23"), ("上周二", "2026-02-24"), ("上周三", "2026-02-25"), ("上周四", "2026-02-26"), ("上周五", "2026-02-27"),
        ("上周六", "2026-02-28"), ("上周日", "2026-03-01"), ("上周天", "2026-03-01"), ("上周末", "2026-03-01"), ("上周1", "2026-02-23"),
        ("上周2", "2026-02-24"), ("上周6", "2026-02-28"), ("这周一", "2026-03-02"), ("这周日", "2026-03-08"), ("本周三", "2026-03-04"),
        ("下周一", "2026-03-09"), ("下下周二", "2026-03-17"), ("上上个星期四", "2026-02-19"), ("上个礼拜3", "2026-02-25"),
        ("两个礼拜前", "2026-02-19"), ("2个星期以前", "2026-02-19"), ("一周后", "2026-03-12"), ("5日前", "2026-02-28"), ("三个月之前", "2025-12-05"),
        ("10年前", "2016-03-05"), ("半年后", "2026-09-05"), ("半个月后", "2026-03-20"),
    ],
)  # fmt: skip
def test_weeks_and_lengths_are_counted_from_a_thursday(said: str, day: str) -> None:
    """A week begins on Monday; every day of it, in every writing."""
    assert read_date(said, THURSDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3月5日", "2026-03-05"), ("3月6日", "2025-03-06"), ("3月4日", "2026-03-04"), ("2月底", "2026-02-28"), ("3月末", "2025-03-31"),
        ("12月最后一天", "2025-12-31"), ("上个月28号", "2026-02-28"), ("上上个月31日", "2026-01-31"), ("这个月5号", "2026-03-05"),
        ("下下个月30号", "2026-05-30"), ("去年今日", "2025-03-05"), ("明年的这一天", "2027-03-05"), ("2000年2月29日", "2000-02-29"),
        ("2026 1 5", "2026-01-05"), ("26 1 5", "2026-01-05"), ("20000101", "2000-01-01"), ("今年的1月的5号", "2026-01-05"), ("去年3月份的5号", "2025-03-05"),
        ("昨天晚上十一点半", "2026-03-04"), ("昨天12点30分", "2026-03-04"), ("前天下午3:05", "2026-03-03"), ("昨天上午9点多", "2026-03-04"),
        ("昨天两点钟", "2026-03-04"), ("昨天凌晨3点5", "2026-03-04"), ("2025年12月31日 18:30", "2025-12-31"),
    ],
)  # fmt: skip
def test_days_around_today_and_at_the_end_of_months(said: str, day: str) -> None:
    """Without a year today counts and tomorrow does not yet; the time of day says nothing about the day."""
    assert read_date(said, THURSDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    [
        "2月30号", "上个月30号", "下个月31号", "上个月的29号", "2月29日", "1999年2月29日", "2026年0月1日", "2026年1月0日", "2026年1月32日",
        "2026-13-1", "20261301",
        "18991231", "3/5", "3.5", "前天的前天", "半天前", "半周前", "前年闰二月初一", "农历13月1日", "农历八月三十五", "12026年1月5日",
        "2026年1月55日", "2026年1月5日6",
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_asked_again(said: str) -> None:
    """February of a common year, a month without a 31st, digits too many."""
    assert read_date(said, THURSDAY) is None


def test_the_29th_of_february_is_there_in_leap_years_only() -> None:
    """In one it may be today; a year later there is no such day, and a year of months ends on the 28th."""
    leap_day = date(2024, 2, 29)
    assert read_date("2月29日", leap_day) == leap_day
    assert read_date("2月29日", date(2024, 2, 28)) is None
    assert read_date("去年今天", leap_day) is None
    assert read_date("一年前", leap_day) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("三月初五", "2025-04-02"), ("二月初二", "2025-03-01"), ("正月十五", "2026-03-03"), ("冬月廿", "2026-01-08"), ("腊月卅", "2024-02-09"),
        ("腊月三十", "2024-02-09"), ("农历2025年八月十五", "2025-10-06"), ("2025年农历八月十五", "2025-10-06"), ("去年农历八月十五", "2025-10-06"),
        ("去年的农历八月15", "2025-10-06"), ("农历去年八月十五", "2025-10-06"), ("二五年农历八月十五", "2025-10-06"), ("阴历的八月十五日", "2025-10-06"),
        ("九〇年阴历八月廿一", "1990-10-09"), ("27年正月初一", "2027-02-06"), ("28年正月初一", "1928-01-23"), ("闰六月初一", "2025-07-25"),
        ("闰六月十五", "2025-08-08"), ("去年闰六月廿九", "2025-08-22"), ("今年正月初一", "2026-02-17"), ("农历10月10日", "2025-11-29"),
        ("农历2025年一月十五", "2025-02-12"), ("农历2025年十一月初一", "2025-12-20"), ("九九年农历八月十五", "1999-09-24"),
    ],
)  # fmt: skip
def test_lunar_days_as_people_say_them(said: str, day: str) -> None:
    """「农历」 before or after the year, a leap month, 廿 and 卅; without a year the latest such day."""
    assert read_date(said, THURSDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "day"), [("2020-01-30", "2012-05-21"), ("2020-05-22", "2012-05-21"), ("2020-05-23", "2020-05-23")]
)
def test_a_leap_month_is_the_latest_that_was(today: str, day: str) -> None:
    """On its very day it is this year's."""
    assert read_date("闰四月初一", date.fromisoformat(today)) == date.fromisoformat(day)


def test_a_year_of_three_figures_is_no_lunar_year() -> None:
    """Nobody says it of the twentieth century's years."""
    assert read_date("一〇〇年农历八月十五", THURSDAY) is None


def test_a_leap_month_is_looked_for_nineteen_years_back() -> None:
    """The cycle of Meton: 闰七月 of 2006 and of 2025."""
    assert read_date("闰六月初一", date(2036, 6, 30)) == date(2025, 7, 25)
    assert read_date("闰七月初一", date(2025, 6, 30)) == date(2006, 8, 24)


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1965年出生", None), ("二〇二六五年三月", None), ("一九六五年一十二月", Month(1965, 12)), ("一九六五年十月", Month(1965, 10)),
        ("一九六五年二十三月", None), ("65年3", Month(1965, 3)), ("2026/3", Month(2026, 3)), ("2026.12", Month(2026, 12)), ("2026-13", None),
        ("2026-0", None), ("1899年12月", None), ("1900年1月", Month(1900, 1)), ("26年4月", Month(2026, 4)), ("27年1月", Month(1927, 1)),
        ("99年12月", Month(1999, 12)),
        ("19650", None), ("196513", None), ("196500", None), ("19651231", Month(1965, 12)), ("119650307", None), ("1965 年 3 月", Month(1965, 3)),
        ("65年123", None),
        ("201210", Month(2012, 10)),
    ],
)  # fmt: skip
def test_months_at_their_edges(said: str, month: Month | None) -> None:
    """The first year is 1900; digits too many are no month, and nothing fails."""
    assert read_month(said, THURSDAY) == month


@pytest.mark.parametrize(
    ("begins", "after", "months"),
    [
        ("2026-01-31", "2026-02-27", 0), ("2026-01-31", "2026-02-28", 1), ("2026-01-15", "2026-02-14", 0), ("2026-01-15", "2026-02-15", 1),
        ("2026-01-15", "2027-01-14", 11), ("2026-01-15", "2027-01-15", 12), ("2026-01-15", "2026-01-15", 0), ("2026-01-15", "2025-01-15", 0),
        ("2026-01-15", "2026-01-14", 0),
    ],
)  # fmt: skip
def test_whole_months_between_two_days(begins: str, after: str, months: int) -> None:
    """A month is full on its corresponding day; backwards there are none."""
    assert whole_months(date.fromisoformat(begins), date.fromisoformat(after)) == months


def test_a_month_is_written_and_reckoned_with() -> None:
    """Over the turn of the year, both ways."""
    assert str(Month(2026, 3)) == "2026-03"
    assert [Month(2026, 11).plus(months) for months in (1, 2, -11, 14, -23)] == [
        Month(2026, 12), Month(2027, 1), Month(2025, 12), Month(2028, 1), Month(2024, 12),
    ]  # fmt: skip
    assert Month(2026, 3).since(Month(2024, 12)) == 15
    assert [add_months(date(2024, 1, 31), count) for count in (1, 13, -2)] == [
        date(2024, 2, 29), date(2025, 2, 28), date(2023, 11, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "meant"), [(26, 2026), (27, 2027), (28, 1928), (0, 2000), (99, 1999), (100, 100), (1990, 1990)]
)
def test_a_year_of_two_digits(year: int, meant: int) -> None:
    """The latest up to the next one; three digits and more are as they are."""
    assert two_digit_year(year, THURSDAY) == meant


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
