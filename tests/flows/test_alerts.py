"""Delivery of alerts: real HTTP and SMTP on loopback, receivers that fail, and processes that are killed."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows import alerts, channels
from flows.settings import AlertsSection, load_settings
from tests.flows.newsite import ROOT
from tests.warehouse import making
from warehouse.connection import open_writer
from warehouse.load import load_readings
from warehouse.outbox import retry_failed
from warehouse.resolution import resolve_dirty
from warehouse.reviews import add_review

NOW = making.NOW
SITES = tuple(making.SITES)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def on(self, **by: float) -> None:
        """Move on."""
        self.now += dt.timedelta(**by)


class Desk:
    """An outbox in a real warehouse, and what its channels were told."""

    def __init__(self, folder: Path, server: HTTPServer) -> None:
        self.db, self.server, self.clock = folder / "basewatch.duckdb", server, Clock()
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.asked = Counter[str]()

    def writer(self) -> Any:
        """The warehouse."""
        return open_writer(self.db)

    def channel(self, name: str, *answers: int) -> str:
        """The Apprise URL of a receiver that answers so (then 200 for ever), and notes what it has taken."""
        script, told = list(answers), self.told.setdefault(name, [])

        def answer(request: Request) -> Response:
            self.asked[name] += 1
            status = script.pop(0) if script else 200
            if status == 200:
                told.append(json.loads(request.data))
            return Response("", status=status)

        self.server.expect_request(f"/{name}").respond_with_handler(answer)
        return f"json://{self.server.host}:{self.server.port}/{name}"

    def attack(self, name: str, **changed: Any) -> None:
        """One incident becomes known, or is told of again."""
        self.attacks({name: changed})

    def attacks(self, reports: dict[str, dict[str, Any]]) -> None:
        """Several at once."""
        with self.writer() as con:
            results = [
                making.result(name, making.report(name, **changed)) for name, changed in reports.items()
            ]
            load_readings(con, "run", results, self.clock())
            resolve_dirty(con, making.resolve, None, "run", self.clock(), halo_days=3)

    def deliver(self, *urls: str, **settings: Any) -> dict[str, int]:
        """One run of the stage."""
        return alerts.deliver_due(self.writer, AlertsSection(urls=urls, **settings), self.clock)

    def states(self) -> list[tuple[Any, ...]]:
        """(kind, state) of every row of the outbox."""
        with self.writer() as con:
            return con.execute("SELECT kind, state FROM alerts ORDER BY created_at, alert_id").fetchall()

    def titles(self, name: str) -> list[str]:
        """What a channel was told."""
        return [told["title"] for told in self.told[name]]


@pytest.fixture
def desk(tmp_path: Path, httpserver: HTTPServer) -> Desk:
    """An empty outbox and a server to receive."""
    return Desk(tmp_path, httpserver)


def days(count: int) -> dict[str, dict[str, Any]]:
    """So many attacks, each on a day of its own."""
    return {f"a{n:02}": {"date": making.DAY - dt.timedelta(days=n)} for n in range(count)}


# --- once, and at last ---


def test_each_alert_is_told_once_and_a_later_run_tells_nothing(desk: Desk) -> None:
    """The plain case."""
    url = desk.channel("a")
    desk.attacks(days(3))
    assert desk.deliver(url) == {"sent": 3}
    desk.clock.on(days=1)
    assert desk.deliver(url) == {}
    assert len(desk.told["a"]) == 3
    assert all(told["title"].startswith("New incident: ") for told in desk.told["a"])


@pytest.mark.parametrize("answers", [(500, 500, 429), (404,), (429, 200, 503)], ids=str)
def test_a_channel_that_fails_for_a_while_gets_all_and_the_other_none_twice(
    desk: Desk, answers: tuple[int, ...]
) -> None:
    """Retries with back-off; each channel by itself."""
    good, bad = desk.channel("good"), desk.channel("bad", *answers)
    desk.attacks(days(3))
    for _ in range(8):
        desk.deliver(good, bad)
        desk.clock.on(minutes=30)
    assert sorted(desk.titles("good")) == sorted(desk.titles("bad"))
    assert len(set(desk.titles("good"))) == len(desk.titles("good")) == 3
    assert desk.asked["bad"] == 3 + sum(1 for a in answers if a != 200)
    assert {state for _, state in desk.states()} == {"sent"}


def test_nothing_is_tried_again_before_its_time(desk: Desk) -> None:
    """The waits grow."""
    url = desk.channel("a", *[500] * 20)
    desk.attack("one")
    tries = []
    for _ in range(23):
        before = desk.asked["a"]
        desk.deliver(url)
        tries.append(desk.asked["a"] - before)
        desk.clock.on(minutes=1)
    assert [minute for minute, tried in enumerate(tries) if tried] == [0, 1, 6, 21]


def test_a_channel_that_hangs_costs_its_limit_and_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer within the limit is a failure, told as such; the others are told meanwhile."""
    released, asked = threading.Event(), []

    def hang(request: Request) -> Response:
        asked.append(request.path)
        released.wait(60)
        return Response("")

    with HTTPServer(host="127.0.0.1", threaded=True) as stuck:
        stuck.expect_request("/slow").respond_with_handler(hang)
        monkeypatch.setattr(channels, "SEND_SECONDS", 4.0)
        good, slow = desk.channel("good"), f"json://{stuck.host}:{stuck.port}/slow"
        desk.attack("one")
        assert desk.deliver(slow, good) == {"failed": 1}  # returns though the channel still hangs
        assert asked == ["/slow"]
        assert len(desk.told["good"]) == 1
        released.set()
        desk.clock.on(minutes=2)
        assert desk.deliver(slow, good) == {"sent": 1}
    assert asked == ["/slow", "/slow"]
    assert len(desk.told["good"]) == 1


def test_given_up_loudly_and_tried_again_on_demand(desk: Desk) -> None:
    """After more than a day of failures; `alerts retry`."""
    url = desk.channel("a", *[500] * 10)
    desk.attack("one")
    for _ in range(10):
        desk.deliver(url)
        desk.clock.on(hours=17)
    assert ("new", "failed") in desk.states()
    with desk.writer() as con:
        assert retry_failed(con, desk.clock()) == 1
    assert desk.deliver(url)["sent"] == 1
    assert len(desk.told["a"]) == 1


def test_without_a_channel_nothing_waits_and_nothing_floods_later(desk: Desk) -> None:
    """The outbox is emptied all the same."""
    desk.attacks(days(4))
    assert desk.deliver() == {"filtered": 4}
    desk.clock.on(days=2)
    url = desk.channel("a")
    assert desk.deliver(url) == {}
    assert desk.told["a"] == []


def test_one_alert_that_is_always_refused_does_not_hold_up_the_others(desk: Desk) -> None:
    """The row that failed comes last in its turn."""
    told: list[str] = []

    def picky(request: Request) -> Response:
        title = json.loads(request.data)["title"]
        if "2023-11-09" in json.loads(request.data)["message"]:
            return Response("", status=400)
        told.append(title)
        return Response("")

    desk.server.expect_request("/picky").respond_with_handler(picky)
    desk.attacks(days(5))
    desk.deliver(f"json://{desk.server.host}:{desk.server.port}/picky")
    assert len(told) == 4


# --- killed ---


def test_killed_in_the_middle_of_delivery_and_run_again_nothing_is_lost(desk: Desk) -> None:
    """SIGKILL by the receiver itself, while it is being told of the third attack."""
    taken = Counter[str]()
    child: list[int] = []

    def answer(request: Request) -> Response:
        taken[json.loads(request.data)["title"] + json.loads(request.data)["message"]] += 1
        if len(taken) == 3 and child:
            os.kill(child.pop(), signal.SIGKILL)
        return Response("")

    desk.server.expect_request("/killer").respond_with_handler(answer)
    url = f"json://{desk.server.host}:{desk.server.port}/killer"
    desk.attacks(days(6))
    code = (
        "import sys, datetime as dt; from pathlib import Path; from flows import alerts\n"
        "from flows.settings import AlertsSection; from warehouse.connection import open_writer\n"
        "sys.stdin.readline()\n"
        "alerts.deliver_due(lambda: open_writer(Path(sys.argv[1])), AlertsSection(urls=(sys.argv[2],)),\n"
        "                   lambda: dt.datetime.fromisoformat(sys.argv[3]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(desk.db), url, NOW.isoformat()], cwd=ROOT, stdin=subprocess.PIPE
    ) as process:
        child.append(process.pid)
        process.communicate(b"\n", timeout=180)
    assert process.returncode == -signal.SIGKILL
    assert len(taken) == 3
    desk.deliver(url)
    assert len(taken) == 6
    assert sorted(taken.values()) == [1, 1, 1, 1, 1, 2], "only what was being told then is told twice"
    assert {state for _, state in desk.states()} == {"sent"}


# --- who is told what ---


def section(url: str, **more: Any) -> AlertsSection:
    """One named channel with filters of its own."""
    return AlertsSection.model_validate({"channel": [{"name": "desk", "url": url, **more}]})


FILTERS: dict[str, tuple[dict[str, Any], int]] = {
    "no filter": ({}, 2),
    "by country": ({"countries": "Syria"}, 1),
    "by site": ({"sites": "al_tanf"}, 1),
    "by status": ({"statuses": "claimed"}, 0),
    "by confidence": ({"min_confidence": 0.99}, 0),
    "by casualties": ({"min_casualties": 3}, 1),
    "the digest alone": ({"mode": "digest"}, 0),
}


@pytest.mark.parametrize(("filters", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_a_channel_gets_what_passes_its_own_filters(
    desk: Desk, filters: dict[str, Any], expected: int
) -> None:
    """Two attacks: at Ain al-Asad, and at al-Tanf with three wounded."""
    url = desk.channel("a")
    desk.attacks({"one": {}, "two": {"site_id": "al_tanf", "country": "Syria", "wounded": 3}})
    alerts.deliver_due(desk.writer, section(url, **filters), desk.clock)
    assert len(desk.told["a"]) == expected
    assert all(state in ("sent", "filtered") for _, state in desk.states())


def dismiss(desk: Desk, name: str) -> None:
    """An analyst dismisses the incident."""
    with desk.writer() as con:
        ((key, reports),) = con.execute(
            "SELECT incident_id, list(report_id) FROM reports WHERE article_id = $1 GROUP BY 1", [f"a-{name}"]
        ).fetchall()
        add_review(con, making.review("r1", "dismiss", key, *reports))
        resolve_dirty(con, making.resolve, None, "run", desk.clock(), halo_days=3)


def test_news_taken_back_is_told_to_those_who_had_it_and_to_nobody_else(desk: Desk) -> None:
    """Whatever the filter says of dismissed incidents."""
    had, not_had = desk.channel("had"), desk.channel("not-had")
    wanted = {
        "channel": [
            {"name": "had", "url": had, "statuses": "confirmed corroborated single_source"},
            {"name": "not-had", "url": not_had, "countries": "Syria"},
        ]
    }
    settings = AlertsSection.model_validate(wanted)
    desk.attack("one")
    alerts.deliver_due(desk.writer, settings, desk.clock)
    desk.clock.on(hours=1)
    dismiss(desk, "one")
    alerts.deliver_due(desk.writer, settings, desk.clock)
    assert [t.split(":")[0] for t in desk.titles("had")] == ["New incident", "Taken back"]
    assert desk.told["not-had"] == []


def test_what_is_taken_back_before_a_channel_had_it_is_never_told(desk: Desk) -> None:
    """The channel was down in between."""
    url = desk.channel("a", 500)
    desk.attack("one")
    assert desk.deliver(url) == {"failed": 1}
    desk.clock.on(hours=1)
    dismiss(desk, "one")
    desk.deliver(url)
    assert desk.told["a"] == []
    assert {state for _, state in desk.states()} == {"filtered"}


def test_a_storm_is_one_message_and_each_alert_counts_as_told(desk: Desk) -> None:
    """More than `storm` at once."""
    url = desk.channel("a")
    desk.attacks(days(7))
    assert desk.deliver(url, storm=5) == {"sent": 7}
    (told,) = desk.told["a"]
    assert told["title"] == "7 alerts at once"
    assert told["message"].count("show bw") == 7


def test_a_channel_that_stays_dead_is_told_of_through_the_others_once_a_day(desk: Desk) -> None:
    """And not through itself."""
    good, dead = desk.channel("good"), desk.channel("dead", *[500] * 99)
    desk.attack("one")
    for _ in range(6):
        desk.deliver(good, dead)
        desk.clock.on(minutes=30)
    notices = [t for t in desk.titles("good") if "does not take alerts" in t]
    assert notices == [f"Channel {channels.key_of(dead)} does not take alerts"]
    desk.clock.on(days=1)
    desk.deliver(good, dead)
    assert sum("does not take alerts" in t for t in desk.titles("good")) == 2
    with desk.writer() as con:
        from warehouse.deliveries import channel_health

        health = {row["channel"]: row for row in channel_health(con, desk.clock())}
    assert health[channels.key_of(dead)]["failures"] >= alerts.DEAD_AFTER
    assert health[channels.key_of(dead)]["detail"] == "answered 500"
    assert health[channels.key_of(good)]["failures"] == 0


def test_the_digest_comes_once_a_day_at_its_hour_with_the_tally(desk: Desk) -> None:
    """Local time: 08:00 in Baghdad is 05:00 UTC."""
    url = desk.channel("a")
    desk.clock.now = NOW.replace(hour=4)
    desk.attacks(days(2))
    desk.deliver(url, digest_at="08:00")
    assert not any("Digest" in t for t in desk.titles("a"))
    for _ in range(5):
        desk.clock.on(hours=1)
        desk.deliver(url, digest_at="08:00")
    (digest,) = [t for t in desk.told["a"] if "Digest" in t["title"]]
    assert digest["title"] == "Digest of 2023-11-10: 2 new incidents"
    assert "all since 2023-01-01: 2 attacks" in digest["message"]
    desk.clock.on(days=1)
    desk.deliver(url, digest_at="08:00")
    assert desk.titles("a")[-1] == "Digest of 2023-11-11: no new incident"


# --- mail ---


class Mailbox:
    """Keeps what it is given; refuses the first so many."""

    def __init__(self, refuse: int = 0) -> None:
        self.mails: list[bytes] = []
        self.refuse = refuse

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """One mail."""
        if self.refuse:
            self.refuse -= 1
            return "451 try again later"
        self.mails.append(envelope.content)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """An SMTP server on loopback and its Apprise URL."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox(refuse=1)
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, f"mailto://127.0.0.1:{port}/?from=bot@example.org&to=ops@example.org&mode=insecure"
    server.stop()


def test_mail_arrives_in_the_end_and_once(desk: Desk, mailbox: tuple[Mailbox, str]) -> None:
    """Refused at first; markup of outside text is text in it, and its headers are ours alone."""
    box, url = mailbox
    desk.attack("one", site="<img src=x>\r\nBcc: everybody@example.org")
    for _ in range(3):
        desk.deliver(url)
        desk.clock.on(minutes=5)
    (mail,) = box.mails
    import email
    from email.policy import default

    message = email.message_from_bytes(mail, policy=default)
    assert message["Bcc"] is None
    assert message["To"] == "ops@example.org"
    html = message.get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "&lt;img" in html.get_content()


# --- secrets ---

SECRET = "s3cr3t-t0k3n-0123456789abcdef"  # noqa: S105  (planted to be looked for)


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """What a root handler gets when all loggers tell all; the test server's own log is not ours."""
    out, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    handler.addFilter(lambda record: record.name != "werkzeug")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_secret_of_the_configuration_is_found_in_no_log_table_or_error(
    desk: Desk, everything_logged: io.StringIO, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Channels that fail in every way, with everything logged that can be."""
    host = f"{desk.server.host}:{desk.server.port}"
    desk.server.expect_request(f"/{SECRET}").respond_with_data("no", status=500)
    urls = [
        f"json://user:{SECRET}@{host}/{SECRET}",
        f"nosuchservice://{SECRET}@host/x",
        f"json://127.0.0.1:9/{SECRET}?+X-Token={SECRET}",
        f"mailto://user:{SECRET}@127.0.0.1:9/?from=a@example.org&to=b@example.org&mode=insecure",
        f"slack://T1JJ3T3L2/A1BRTD4JD/{SECRET}/#x",
    ]
    desk.attack("one")
    config = tmp_path / "basewatch.toml"
    config.write_text("[alerts]\nstorm = 3\n")
    settings = load_settings(config, env={})
    settings = settings.model_copy(update={"alerts": AlertsSection(urls=urls)})
    for _ in range(4):
        alerts.deliver_due(desk.writer, settings.alerts, desk.clock)
        desk.clock.on(hours=2)
    logged = everything_logged.getvalue()
    seen = [logged, *capfd.readouterr(), repr(settings), str(settings.alerts.model_dump(mode="json"))]
    seen += [repr(channels.open_channels(settings.alerts))]
    with desk.writer() as con:
        for (table,) in con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        ).fetchall():
            seen.append(str(con.execute(f"FROM {table}").fetchall()))
    assert "channel json-" in logged
    assert not [text for text in seen if SECRET in text]


def test_a_wrong_channel_block_names_its_key_and_not_its_secret(tmp_path: Path) -> None:
    """What pydantic was given is not repeated."""
    from flows.errors import ConfigError

    config = tmp_path / "basewatch.toml"
    config.write_text(f'[[alerts.channel]]\nname = "desk"\nurl = "json://{SECRET}"\ncountry = "Iraq"\n')
    with pytest.raises(ConfigError) as caught:
        load_settings(config, env={})
    assert "country" in str(caught.value) and "countries" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_prefect_block_holds_the_url(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """prefect://name; a block that cannot be read costs only its own channel."""
    url, good = desk.channel("block"), desk.channel("good")
    blocks: dict[str, str] = {"desk": url}
    monkeypatch.setattr(channels, "from_block", lambda name: blocks[name])
    desk.attack("one")
    assert desk.deliver("prefect://desk", "prefect://missing", good) == {"failed": 1}
    assert len(desk.told["block"]) == len(desk.told["good"]) == 1
    blocks["missing"] = desk.channel("late")
    desk.clock.on(minutes=2)
    assert desk.deliver("prefect://desk", "prefect://missing", good) == {"sent": 1}
    assert [len(desk.told[n]) for n in ("block", "good", "late")] == [1, 1, 1]
