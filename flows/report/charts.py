"""Charts as plain SVG: pure functions from numbers to markup; the style sheet colours their classes.

A chart is drawn at the size at which a phone shows it (360 wide), so that its letters need no scaling; a wide
one has a wide and a narrow drawing, of which the style sheet shows one. A table with the same numbers stands
beside each in the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A count that somebody stated, at the day up to which it counts."""

    day: dt.date
    value: int
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the drawing, and its scales. Days on x, counts on y."""

    width: int
    height: int
    first: dt.date
    last: dt.date
    top_value: int
    left: int = 30
    right: int = 12
    top: int = 12
    bottom: int = 24

    def x(self, day: dt.date) -> float:
        """The place of a day, which begins there."""
        days = max((self.last - self.first).days, 1)
        return self.left + (self.width - self.left - self.right) * (day - self.first).days / days

    def y(self, value: float) -> float:
        """The place of a count."""
        floor = self.height - self.bottom
        return floor - (floor - self.top) * value / max(self.top_value, 1)


def tag(name: str, content: str | Markup = "", **attributes: object) -> Markup:
    """An element. Names of attributes: an underscore at the end is dropped, others become hyphens."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), short(value))
        for key, value in attributes.items()
    )
    if not content:
        return Markup("<{}{}/>").format(Markup(name), written)  # noqa: S704  (names are ours)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, content)  # noqa: S704


def short(value: object) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def together(parts: Iterable[Markup]) -> Markup:
    """Elements side by side."""
    return Markup("").join(parts)


def svg(
    frame_width: int,
    frame_height: int,
    name: str,
    description: str,
    content: Markup,
    kind: str,
    role: str = "img",
) -> Markup:
    """The drawing with its name, for people who do not see it; `name` is unique within the page."""
    head = tag("title", description, id=f"{name}-title")
    return tag(
        "svg", head + content, viewBox=f"0 0 {frame_width} {frame_height}", role=role,
        class_=f"chart {kind}", aria_labelledby=f"{name}-title", preserveAspectRatio="xMidYMid meet",
    )  # fmt: skip


def nice_top(value: int) -> tuple[int, int]:
    """(greatest value of the axis, step) so that three to five round steps reach above the value."""
    value = max(value, 1)
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 50000, 100000):
        if value <= step * 4:
            return step * -(-value // step), step
    return value, value


def value_axis(frame: Frame, step: int) -> Markup:
    """Faint lines with their values."""
    return together(
        tag("line", class_="rule" if value else "floor", x1=frame.left, x2=frame.width - frame.right,
            y1=frame.y(value), y2=frame.y(value))
        + tag("text", f"{value:,}", class_="tick", x=frame.left - 5, y=frame.y(value) + 3.5,
              text_anchor="end")
        for value in range(0, frame.top_value + 1, step)
    )  # fmt: skip


def month_ticks(frame: Frame, room: int = 44) -> Markup:
    """Names of months (of years on long axes), as many as there is room for."""
    parts: list[Markup] = []
    last_x = -1000.0
    for day in month_starts(frame.first, frame.last):
        x = frame.x(day)
        if x - last_x < room or x > frame.width - 14:
            continue
        years = (frame.last - frame.first).days > 900
        label = f"{day.year}" if years else f"{day:%b}" if day.month > 1 and parts else f"{day:%b %Y}"
        if years and day.month > 1:
            continue
        last_x = x + (12 if len(label) > 4 else 0)
        floor = frame.height - frame.bottom
        parts.append(
            tag("line", class_="tickmark", x1=x, x2=x, y1=floor, y2=floor + 4)
            + tag("text", label, class_="tick", x=x, y=floor + 16)
        )
    return together(parts)


def month_starts(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    """The first of each month from `first` to `last`."""
    day = first if first.day == 1 else (first.replace(day=1) + 32 * DAY).replace(day=1)
    while day <= last:
        yield day
        day = (day + 32 * DAY).replace(day=1)


def steps(frame: Frame, daily: Mapping[dt.date, int]) -> str:
    """The path of a running sum that rises on its days and stays level between."""
    total, path = 0, [f"M{short(frame.x(frame.first))} {short(frame.y(0))}"]
    for day in sorted(daily):
        if daily[day] and frame.first <= day <= frame.last:
            total += daily[day]
            path.append(f"H{short(frame.x(day))}V{short(frame.y(total))}")
    return "".join([*path, f"H{short(frame.x(frame.last))}"])


def cumulative(
    name: str,
    title: str,
    attacks: Mapping[dt.date, int],
    confirmed: Mapping[dt.date, int],
    stated: Sequence[Point],
    window: tuple[dt.date, dt.date],
    greatest: int,
) -> Markup:
    """Running sums of attacks and of confirmed ones, with stated counts as points."""
    top, step = nice_top(greatest)
    frame = Frame(360, 230, *window, top, right=64)
    inside = [p for p in stated if window[0] <= p.day <= window[1]]
    lines = [value_axis(frame, step), month_ticks(frame)]
    area = f"{steps(frame, attacks)}V{short(frame.y(0))}Z"
    lines += [
        tag("path", class_="area", d=area),
        tag("path", class_="line attacks", d=steps(frame, attacks)),
        tag("path", class_="line confirmed", d=steps(frame, confirmed)),
        *(diamond(frame, point) for point in inside),
        end_labels(frame, in_window(attacks, window), in_window(confirmed, window), inside),
    ]
    return svg(frame.width, frame.height, name, title, together(lines), "cumulative")


def in_window(daily: Mapping[dt.date, int], window: tuple[dt.date, dt.date]) -> int:
    """The sum over the days of the window, both ends in."""
    return sum(n for day, n in daily.items() if window[0] <= day <= window[1])


def diamond(frame: Frame, point: Point) -> Markup:
    """A stated count; says who, when and how many."""
    x, y, r = frame.x(point.day), frame.y(point.value), 4
    path = f"M{short(x)} {short(y - r)}l{r} {r}l-{r} {r}l-{r}-{r}Z"
    return tag("path", tag("title", point.label), class_="stated", d=path)


def end_labels(frame: Frame, attacks: int, confirmed: int, stated: Sequence[Point]) -> Markup:
    """The last values written at the ends of their lines, moved apart where they would touch."""
    wanted = [
        (frame.y(attacks), "label attacks", attacks, "counted"),
        (frame.y(confirmed), "label confirmed", confirmed, "confirmed"),
    ]
    parts: list[Markup] = []
    x = frame.x(frame.last) + 4
    if stated:
        last = stated[-1]
        beside = frame.x(last.day) + 7
        parts += two_lines(last.value, "stated", "label stated-label", beside, frame.y(last.value))
        if last.day > frame.last - (frame.last - frame.first) // 3:
            below = frame.y(last.value) + 28
            wanted = [(max(y, below), kind, count, word) for y, kind, count, word in wanted]
    floor, lowest = float(frame.top), frame.height - frame.bottom - 14 - 26 * (len(wanted) - 1)
    for y, kind, count, word in sorted(wanted):
        y, lowest = max(min(y, lowest), floor), lowest + 26
        floor = y + 26
        parts += two_lines(count, word, kind, x, y)
    return together(parts)


def two_lines(count: int, word: str, kind: str, x: float, y: float) -> list[Markup]:
    """A number and below it what it is of."""
    return [
        tag("text", f"{count:,}", class_=kind, x=x, y=y + 3.5),
        tag("text", word, class_=f"{kind} small", x=x, y=y + 14),
    ]


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: what begins on a day, and its parts by class name, from the floor up."""

    day: dt.date
    parts: tuple[tuple[str, int], ...]
    label: str


def stacked(
    name: str, title: str, bars: Sequence[Stack], span: dt.timedelta, *, width: int, height: int, kind: str
) -> Markup:
    """Stacked bars over time, each `span` long. `bars` may leave gaps where nothing happened."""
    if not bars:
        return Markup("")
    top, step = nice_top(max(sum(n for _, n in bar.parts) for bar in bars))
    last = max(bar.day for bar in bars) + span
    frame = Frame(width, height, min(bar.day for bar in bars), last, top, right=8)
    whole = frame.x(frame.first + span) - frame.x(frame.first)
    gap = 2.0 if whole > 8 else 1.0 if whole > 3 else 0.0
    parts = [value_axis(frame, step), month_ticks(frame)]
    for bar in bars:
        parts.append(one_bar(frame, bar, frame.x(bar.day) + gap / 2, max(whole - gap, 1.0)))
    return svg(width, height, name, title, together(parts), kind)


def one_bar(frame: Frame, bar: Stack, x: float, width: float) -> Markup:
    """The parts of one bar, from the floor up, under one name."""
    total, parts = 0, [tag("title", bar.label)]
    for kind, count in bar.parts:
        if not count:
            continue
        y, floor = frame.y(total + count), frame.y(total)
        total += count
        parts.append(
            tag(
                "rect",
                class_=f"w-{kind}",
                x=x,
                y=y,
                width=width,
                height=max(floor - y - (0.8 if total > count else 0), 0.5),
            )
        )
    return tag("g", together(parts), class_="bar") if total else Markup("")


def sparkline(name: str, title: str, counts: Sequence[int], *, width: int = 300, height: int = 46) -> Markup:
    """Bars without axes, for a site's page; the greatest is as high as the drawing."""
    if not counts:
        return Markup("")
    greatest, whole = max(*counts, 1), width / len(counts)
    bars = together(
        tag("rect", class_="spark", x=i * whole + 0.5, width=max(whole - 1.5, 1.0),
            y=height - (height - 2) * n / greatest, height=(height - 2) * n / greatest)
        for i, n in enumerate(counts)
        if n
    )  # fmt: skip
    floor = tag("line", class_="floor", x1=0, x2=width, y1=height - 0.5, y2=height - 0.5)
    return svg(width, height, name, title, bars + floor, "sparkline")
