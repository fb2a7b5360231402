"""An incident as a card, and the state of the job, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.output import isolated, safe, shown

# The order in which a reader asks. What is not here follows in the order of the alphabet.
FIELDS = (
    "date", "clock", "day_part", "country", "site", "target_kind", "weapon", "munitions_min", "munitions_max",
    "intercepted", "killed", "wounded", "us_killed", "us_wounded", "damage", "claimed_by", "attributed_to",
    "confirmed_by", "denied_by",
)  # fmt: skip
UNSAID = (None, "none", "unknown")
ROW = Mapping[str, Any]


def print_card(card: Mapping[str, Any]) -> None:
    """One incident: what is known, on which words, who disagrees, and how it came to be known."""
    console = Console(highlight=False)
    incident = card["incident"]
    console.print()
    if card["redirected_from"]:
        console.print(
            Text(f"{card['redirected_from']} was merged into {incident['incident_id']}.", style="dim")
        )
    console.print(Text(safe(incident["summary"]), style="bold"))
    console.print(Text(headline(incident), style="dim"))
    print_values(console, card)
    print_reports(console, card["reports"])
    print_history(console, card["history"], {r["report_id"]: r["outlet"] for r in card["reports"]})
    for review in card["reviews"]:
        console.print(
            Text(f"review: {review['action']} by {safe(review['author'])}: {safe(review['reason'])}")
        )
    console.print()


def headline(incident: ROW) -> str:
    """Id, status, voices, confidence."""
    voices = safe(", ".join(incident["voices"]))
    flags = f"  flags: {', '.join(incident['flags'])}" if incident["flags"] else ""
    return (
        f"{incident['incident_id']}  {incident['status']}  {incident['publishers']} independent "
        f"publisher(s): {voices}  confidence {incident['confidence']:.2f}{flags}"
    )


def print_values(console: Console, card: Mapping[str, Any]) -> None:
    """The fields that somebody states, each with its rule and what others say."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("field", "value", "by rule", "others say"):
        table.add_column(column, overflow="fold")
    values = {value["field"]: value for value in card["values"]}
    known = [name for name in FIELDS if card["incident"].get(name) not in UNSAID]
    for name in known:
        value = values.get(name, {"rule": "", "others": []})
        table.add_row(
            name.replace("_", " "),
            Text(shown(card["incident"][name]), style="bold"),
            Text(value["rule"].replace("_", " "), style="dim"),
            Text(disagreement(value["others"])),
        )
    console.print()
    console.print(table)
    told = {item["field"] for report in card["reports"] for item in report["evidence"]}
    vague = [name for name in FIELDS if name not in known and name in told]
    unsaid = [name for name in FIELDS if name not in known and name not in told]
    for label, names in (("told without a value", vague), ("nobody states", unsaid)):
        if names:
            console.print(Text(f"{label}: {', '.join(names).replace('_', ' ')}", style="dim"))


def disagreement(others: Sequence[ROW]) -> str:
    """'7 (2 reports)'."""
    return "; ".join(f"{shown(o['value'])} ({len(o['report_ids'])} report(s))" for o in others)


def print_reports(console: Console, reports: Sequence[ROW]) -> None:
    """Each report with its article and the words it stands on."""
    for report in reports:
        kind = "" if report["current"] else "  (told as background)"
        console.print()
        line = Text(f"{safe(report['outlet'])}", style="bold")
        console.print(
            line + Text(f"  {shown(report['published_at'])}  {safe(report['url'])}{kind}", style="dim")
        )
        for quote, fields in by_quote(report["evidence"]):
            words = Text(f"“{isolated(safe(quote))}”") + Text(f"  {', '.join(fields)}", style="dim")
            console.print(Padding(words, (0, 0, 0, 2)))


def by_quote(evidence: Iterable[ROW]) -> list[tuple[str, list[str]]]:
    """Each quote once, with the fields that stand on it, in the order of the text."""
    fields: dict[tuple[int, int, str], list[str]] = {}
    for item in evidence:
        key = (item["start"], item["end"], item["quote"])
        fields.setdefault(key, []).append(item["field"].replace("_", " "))
    return [(quote, names) for (_, _, quote), names in sorted(fields.items())]


def print_history(console: Console, history: Sequence[ROW], outlets: Mapping[str, str]) -> None:
    """What changed, when, and whose report or which review did it."""
    if not history:
        return
    console.print()
    console.print(Text("History", style="bold"))
    for row in history:
        what = row["change"].replace("_", " ")
        if row["field"]:
            what = f"{row['field'].replace('_', ' ')}: {shown(row['old_value'])} -> {shown(row['new_value'])}"
        cause = safe(outlets.get(row["report_id"], "")) or row["report_id"] or row["review_id"] or ""
        console.print(Text(f"  {shown(row['changed_at'])}  {safe(what)}") + Text(f"  {cause}", style="dim"))


def print_status(state: Mapping[str, Any], feeds: Sequence[ROW], channels: Sequence[ROW]) -> None:
    """Entries, reasons, runs, and the feeds and channels in trouble."""
    console = Console(highlight=False)
    entries = state["entries"]
    ends = ("loaded", "rejected", "failed", "due", "given_up")
    console.print()
    console.print(Text(f"{entries['seen']} entries seen", style="bold"))
    console.print("  " + "  ".join(f"{entries[end]} {end.replace('_', ' ')}" for end in ends))
    if state["rejected"]:
        console.print(Text("\nRejected", style="bold"))
        for row in state["rejected"]:
            *words, number = row.values()
            console.print(f"  {number:>6}  " + "  ".join(safe(str(word)) for word in words))
    print_feeds(console, feeds)
    print_channels(console, channels)
    print_runs(console, state["runs"])


def print_feeds(console: Console, feeds: Sequence[ROW]) -> None:
    """How many feeds are well, and each that is not."""
    troubled = [f for f in feeds if f["status"] in ("error", "degraded") or not f["well"]]
    console.print(Text(f"\n{len(feeds)} feeds, {len(troubled)} in trouble", style="bold"))
    for feed in troubled:
        line = Text(f"  {feed['source_id']}  {feed['verdict']}", style="dim" if feed["well"] else "red")
        console.print(line + Text(f"  {safe(feed['reason'])}", style="dim"))


def print_channels(console: Console, channels: Sequence[ROW]) -> None:
    """Each channel that does not take alerts."""
    troubled = [c for c in channels if c["failures"]]
    if channels:
        console.print(Text(f"\n{len(channels)} channels, {len(troubled)} in trouble", style="bold"))
    for channel in troubled:
        last = f"{channel['failures']} in a row, last delivery {shown(channel['last_sent_at']) or 'never'}"
        line = Text(f"  {channel['channel']}  {channel['detail']}", style="red")
        console.print(line + Text(f"  {last}", style="dim"))


def print_runs(console: Console, runs: Sequence[ROW]) -> None:
    """The last runs."""
    console.print(Text("\nLast runs", style="bold"))
    for run in runs[:5]:
        ended = run["outcome"] or "did not finish"
        console.print(f"  {shown(run['started_at'])}  {run['kind']}  {ended}")
    console.print()
