"""Every type that crosses a stage: Source -> Fetched -> FeedEntry -> Article -> Report -> Incident.

All are frozen; all moments are aware UTC datetimes and say in their name which moment they are; dates
without a time are local dates (Asia/Baghdad). This module imports nothing of ours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["wire", "official", "local", "regional", "world", "aggregator", "monitor"]
MomentStatus = Literal["found", "not_stated", "naive", "implausible", "inferred"]
DatePrecision = Literal["day", "range", "month", "unknown"]
PlacePrecision = Literal["site", "city", "province", "country"]
Country = Literal["Iraq", "Syria", "Jordan"]
TargetKind = Literal[
    "embassy", "consulate", "base", "outpost", "convoy", "oil_field", "airport", "personnel", "other"
]
Weapon = Literal[
    "rocket", "drone", "ballistic_missile", "cruise_missile", "mortar", "ied", "small_arms", "mixed",
    "unknown",
]  # fmt: skip
Intercepted = Literal["all", "some", "none"]
Damage = Literal["none", "minor", "major", "unspecified"]
Confirmer = Literal["us", "coalition", "host_government", "security_source", "none"]
IncidentStatus = Literal["confirmed", "corroborated", "single_source", "claimed", "disputed", "dismissed"]
FailureReason = Literal[
    "timeout", "network", "protocol", "too_large", "decode", "parse", "not_a_feed", "empty", "http_4xx",
    "http_5xx", "rate_limited", "gone", "auth", "too_many_redirects", "bad_redirect", "blocked_address",
    "blocked_scheme", "robots",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet's feed. `family` is the publisher family: the voice that corroboration counts."""

    source_id: str
    url: str
    outlet: str
    family: str
    language: str
    kind: Kind
    every: dt.timedelta | None = None  # least time between two polls; None: the schedule's own
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One HTTP answer. `body` is decoded of its content encoding; empty where `not_modified`."""

    url_asked: str
    url: str
    status: int
    body: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...]
    etag: str | None
    last_modified: str | None
    not_modified: bool
    moved_to: str | None  # the address that permanent redirects alone lead to
    fetched_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """Why there is no answer. `temporary` says whether trying again later may help."""

    url: str
    reason: FailureReason
    detail: str
    temporary: bool
    status: int | None
    retry_after_at: dt.datetime | None
    failed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One feed item, before its page is fetched."""

    entry_id: str  # stable over polls: of source and guid, or canonical URL
    source_id: str
    url: str  # canonical; empty where the item has no web address: read it from headline and summary
    guid: str | None
    title: str
    summary: str
    published_at: dt.datetime | None
    published_status: MomentStatus
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One page as text. Evidence offsets count in `document`, in Unicode code points."""

    article_id: str  # of the canonical URL
    url: str
    title: str
    text: str
    language: str | None
    outlet: str
    family: str
    kind: Kind | None
    published_at: dt.datetime | None
    published_status: MomentStatus
    modified_at: dt.datetime | None
    seen_at: dt.datetime | None  # when we first met it
    text_hash: str
    fingerprint: str  # near-duplicate sketch of the text, by extract.voices
    extractor: str  # who read the text out of the page, with version

    @property
    def document(self) -> str:
        """What evidence offsets point into."""
        return f"{self.title}\n\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words a value stands on: document[start:end] == quote."""

    field: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of an attack, by one article or by all of them: the fields of DESIGN.md §4, and those that
    tell attacks at one site on one day apart. None: nobody says."""

    date: dt.date | None
    date_earliest: dt.date | None
    date_latest: dt.date | None
    date_precision: DatePrecision
    clock: str | None  # local "HH:MM" where the text gives one
    day_part: str | None  # night | dawn | morning | noon | afternoon | evening
    country: Country | None
    site_id: str | None
    site: str | None
    lat: float | None
    lon: float | None
    place_precision: PlacePrecision | None
    target_kind: TargetKind
    weapon: Weapon
    munitions_min: int | None
    munitions_max: int | None
    intercepted: Intercepted | None
    killed: int | None
    wounded: int | None
    us_killed: int | None
    us_wounded: int | None
    damage: Damage | None
    claimed_by: str | None
    attributed_to: str | None
    confirmed_by: Confirmer
    denied_by: Confirmer  # an official body says that it did not happen; "none" where nobody does
    current: bool
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Facts):
    """What one article says of one attack (DESIGN.md §4). None: the article does not say."""

    report_id: str  # article id, then the attack's place in the article's order
    article_id: str
    correction: bool  # the article says that it corrects what was reported before
    evidence: tuple[Evidence, ...]
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTally:
    """A running count that an article quotes; never an incident."""

    article_id: str
    total: int | None
    iraq: int | None
    syria: int | None
    jordan: int | None
    since: dt.date | None
    as_of: dt.date | None
    speaker: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The reader's whole answer on one article. `reason` is a slug, given for yes and for no."""

    article_id: str
    relevant: bool
    reason: str
    reports: tuple[Report, ...]
    stated_tallies: tuple[StatedTally, ...]
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report with what resolution needs to know of its article."""

    report: Report
    outlet: str
    family: str
    kind: Kind | None
    url: str
    published_at: dt.datetime | None
    seen_at: dt.datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedValue:
    """How one field of an incident was merged: the rule's name, and what other reports said instead."""

    field: str
    value: str | None  # as JSON
    rule: str
    report_ids: tuple[str, ...]  # those that say the value
    others: tuple[tuple[str, tuple[str, ...]], ...]  # (another value as JSON, the reports that say it)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Facts):
    """Reports judged to be one attack.

    `current` is False where only background tells of it, or only a report that may mean any of several known
    attacks (flag "ambiguous_report"): no alert, not in the tallies.
    """

    incident_id: str
    summary: str
    status: IncidentStatus
    report_ids: tuple[str, ...]
    article_ids: tuple[str, ...]
    publishers: int  # independent voices
    voices: tuple[str, ...]  # their names
    first_reported_at: dt.datetime | None
    merged: tuple[MergedValue, ...]
    flags: tuple[str, ...]  # for review, such as "site_not_in_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An analyst's decision, kept for good. It names reports, not only ids, so that it survives a rebuild."""

    review_id: str
    action: Literal["confirm", "dismiss", "merge", "split", "correct", "undo"]
    incident_id: str
    report_ids: tuple[str, ...]  # the incident's reports when the decision was made; for split: those to part
    other_report_ids: tuple[str, ...]  # for merge: the other incident's reports
    field: str | None  # for correct
    value: str | None  # for correct, as JSON
    undoes: str | None  # for undo: the review taken back
    author: str
    reason: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """The end of an entry or article that went no further."""

    subject: str
    stage: Literal["feed", "filter", "fetch", "scrape", "read"]
    reason: str
    detail: str
