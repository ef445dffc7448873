"""The calendar of the reference, in which every fourth year is a leap year; days are numbers (20191231)."""

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_days(day: int, count: int) -> int:
    """The day so many days later.

    >>> add_days(20191230, 6), add_days(19000228, 1)
    (20200105, 19000229)
    """
    year, month, date = day // 10_000, day // 100 % 100, day % 100
    date += count
    while date > (length := days_in(year, month)):
        date -= length
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004
    return year * 10_000 + month * 100 + date


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    return 29 if month == 2 and year % 4 == 0 else DAYS[month - 1]  # noqa: PLR2004
