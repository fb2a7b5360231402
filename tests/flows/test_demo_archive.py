"""The demo's archive keeps its own promises, and its server shows over HTTP what the archive holds."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup

from extract.records import IncidentStatus, Weapon
from flows.demo.bundle import ARCHIVE, Archive, DemoArticle, load_archive
from flows.demo.server import DemoServer, end_of

KNOWLEDGE = Path("extract/data")
CAMPAIGN = (dt.date(2023, 10, 17), dt.date(2024, 2, 10))
AFTERWARDS = dt.timedelta(days=3)  # what happened on the last day is told on the days after it
ATTACK_STATUS = {"confirmed", "corroborated", "single_source"}
NUMBER_WORDS = {41: "forty-one", 60: "sixty", 78: "seventy-eight"}
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load_archive()


@pytest.fixture(scope="module")
def facts() -> Facts:
    return tomllib.loads((ARCHIVE / "facts.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server(archive: Archive) -> Iterator[DemoServer]:
    with DemoServer(archive) as running:
        yield running


@pytest.fixture(scope="module")
def web() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture
def at_the_end(server: DemoServer) -> DemoServer:
    server.moment = end_of(server.days()[-1])
    return server


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_stem(archive: Archive) -> dict[str, DemoArticle]:
    return {article.stem: article for article in archive.articles}


def reporting(facts: Facts) -> set[str]:
    return {stem for incident in facts["incident"] for stem in incident["articles"]}


def stems_of(facts: Facts, table: str) -> list[str]:
    return [row["article"] for row in facts.get(table, [])]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def shown_text(answer: httpx.Response) -> str:
    return squeezed(BeautifulSoup(answer.text, "lxml").get_text())


def moment_of(entry: Any) -> dt.datetime:
    """feedparser files a Dublin Core date under "updated"."""
    parsed = entry.get("published_parsed") or entry["updated_parsed"]
    return dt.datetime(*parsed[:6], tzinfo=dt.UTC)


class TestFacts:
    def test_every_article_is_in_exactly_one_class(self, archive: Archive, facts: Facts) -> None:
        classes = Counter([*reporting(facts), *stems_of(facts, "rejected")])
        assert set(classes) == set(by_stem(archive))
        assert max(classes.values()) == 1

    def test_incidents_are_told_in_both_languages(self, archive: Archive, facts: Facts) -> None:
        arabic = {article.stem for article in archive.articles if article.outlet.language == "ar"}
        both = [i for i in facts["incident"] if set(i["articles"]) & arabic and set(i["articles"]) - arabic]
        assert len(both) >= 8

    def test_incidents_lie_in_the_campaign_and_are_told_from_that_day_on(
        self, archive: Archive, facts: Facts
    ) -> None:
        articles = by_stem(archive)
        for incident in facts["incident"]:
            assert CAMPAIGN[0] <= incident["date"] <= CAMPAIGN[1], incident["id"]
            told = [articles[stem].published_at.date() for stem in incident["articles"]]
            # local dates run ahead of UTC: an attack after midnight in Iraq may be told "the day before"
            assert min(told) >= incident["date"] - dt.timedelta(days=1), incident["id"]

    def test_articles_lie_in_the_campaign(self, archive: Archive) -> None:
        days = archive.days()
        assert days[0] >= CAMPAIGN[0]
        assert days[-1] <= CAMPAIGN[1] + AFTERWARDS

    def test_sites_are_in_the_gazetteer_with_their_country(self, facts: Facts) -> None:
        country = {row["name"]: row["country"] for row in rows(KNOWLEDGE / "places.csv")}
        for incident in facts["incident"]:
            for site in (incident["site"], *incident.get("site_also", [])):
                assert country.get(site) == incident["country"], incident["id"]

    def test_claimants_are_known_actors(self, facts: Facts) -> None:
        known = {row["name"] for row in rows(KNOWLEDGE / "actors.csv")}
        named = {
            incident.get(key) for incident in facts["incident"] for key in ("claimed_by", "attributed_to")
        }
        assert named - {None} <= known

    def test_words_for_weapons_and_status_are_those_of_the_records(self, facts: Facts) -> None:
        for incident in facts["incident"]:
            assert {incident["weapon"], *incident.get("weapon_also", [])} <= set(get_args(Weapon))
            assert incident["status"] in get_args(IncidentStatus)

    def test_totals_are_the_sums_of_the_incidents(self, facts: Facts) -> None:
        for country, totals in facts["totals"].items():
            status = Counter(i["status"] for i in facts["incident"] if i["country"] == country)
            assert totals["incidents"] == status.total()
            assert totals["attacks"] == sum(status[name] for name in ATTACK_STATUS)
            assert totals["confirmed"] == status["confirmed"]
            assert totals["claimed_only"] == status["claimed"]
            assert totals["disputed"] == status["disputed"]
        assert set(facts["totals"]) == {incident["country"] for incident in facts["incident"]}

    def test_publishers_are_families_without_syndicated_copies(self, archive: Archive, facts: Facts) -> None:
        articles = by_stem(archive)
        original = {row["article"]: row["of"] for row in facts["copy"]}
        for incident in facts["incident"]:
            stems = [original.get(stem, stem) for stem in incident["articles"]]
            assert incident["publishers"] == len({articles[stem].outlet.family for stem in stems})
            assert incident.get("publishers_with_background", 99) > incident["publishers"]

    def test_status_agrees_with_the_number_of_voices(self, facts: Facts) -> None:
        for incident in facts["incident"]:
            if incident["status"] == "single_source":
                assert incident["publishers"] == 1, incident["id"]
            if incident["status"] == "corroborated":
                assert incident["publishers"] >= 2, incident["id"]

    def test_every_table_names_articles_and_incidents_that_exist(
        self, archive: Archive, facts: Facts
    ) -> None:
        articles, incidents = by_stem(archive), {incident["id"] for incident in facts["incident"]}
        for table in ("tally", "rejected", "copy", "history"):
            assert set(stems_of(facts, table)) <= set(articles), table
        for row in facts["rejected"]:
            assert set(row.get("background", [])) | set(row.get("incidents", [])) <= incidents

    def test_stated_totals_stand_in_their_articles(self, archive: Archive, facts: Facts) -> None:
        articles = by_stem(archive)
        for row in facts["tally"]:
            text = " ".join(f"{v.title} {v.body}" for v in articles[row["article"]].versions).lower()
            assert str(row["total"]) in text or NUMBER_WORDS.get(row["total"], "?") in text, row


class TestPromises:
    """What the archive is there to show."""

    def test_counts(self, archive: Archive, facts: Facts) -> None:
        assert len(archive.outlets) >= 9
        assert len(reporting(facts)) >= 66
        assert len(facts["incident"]) >= 28
        assert len(facts["rejected"]) >= 44

    def test_kinds_of_outlets_and_feeds(self, archive: Archive) -> None:
        kinds = {outlet.kind for outlet in archive.outlets}
        assert kinds >= {"wire", "official", "local", "regional", "world", "monitor"}
        assert {outlet.feed for outlet in archive.outlets} >= {"rss2", "atom", "rdf"}
        assert len({outlet.template for outlet in archive.outlets}) >= 4
        assert max(Counter(outlet.family for outlet in archive.outlets).values()) >= 2

    def test_hosts_are_invented(self, archive: Archive) -> None:
        assert all(outlet.host.endswith(".example") for outlet in archive.outlets)

    def test_the_hard_cases_are_there(self, archive: Archive, facts: Facts) -> None:
        incidents = facts["incident"]
        told = Counter(stem for incident in incidents for stem in incident["articles"])
        same_day = Counter((incident["date"], incident["site"]) for incident in incidents)
        assert max(len(incident["articles"]) for incident in incidents) >= 5
        assert max(told.values()) >= 3  # a roundup
        assert max(same_day.values()) == 2  # two attacks at one site on one day
        assert {i["status"] for i in incidents} >= {*ATTACK_STATUS, "claimed", "disputed"}
        assert facts["copy"]
        assert any(len(article.versions) > 1 for article in archive.articles)

    def test_lengths_are_those_of_news(self, archive: Archive) -> None:
        for article in archive.articles:
            assert 25 <= len(article.versions[-1].body.split()) <= 460, article.stem


class TestServer:
    def test_each_feed_reads_as_the_articles_published_so_far(
        self, web: httpx.Client, at_the_end: DemoServer
    ) -> None:
        for source in at_the_end.sources():
            outlet = at_the_end.archive.outlet(source["id"])
            assert outlet is not None
            parsed = feedparser.parse(web.get(source["url"]).content)
            public = at_the_end.archive.public(outlet, at_the_end.moment)[: outlet.items]
            assert not parsed.bozo, (source["id"], parsed.get("bozo_exception"))
            assert [entry.title for entry in parsed.entries] == [a.versions[-1].title for a in public]
            dates = [moment_of(entry) for entry in parsed.entries]
            assert dates == [article.published_at for article in public]
            assert all(entry.summary for entry in parsed.entries)
            assert len({entry.id for entry in parsed.entries}) == len(public)

    def test_every_link_of_a_feed_leads_to_a_page(self, web: httpx.Client, at_the_end: DemoServer) -> None:
        for source in at_the_end.sources():
            newest = feedparser.parse(web.get(source["url"]).content).entries[0]
            assert newest.title in shown_text(web.get(newest.link))

    def test_each_page_carries_its_whole_text(self, web: httpx.Client, at_the_end: DemoServer) -> None:
        for article in at_the_end.archive.articles:
            text = shown_text(web.get(at_the_end.page_url(article.stem)))
            version = article.versions[-1]
            missing = [p for p in (version.title, *version.paragraphs) if squeezed(p) not in text]
            assert not missing, article.stem

    def test_pages_show_headlines_of_other_stories(self, web: httpx.Client, at_the_end: DemoServer) -> None:
        stem = at_the_end.archive.articles[-1].stem
        page = BeautifulSoup(web.get(at_the_end.page_url(stem)).text, "lxml")
        others = {a.versions[-1].title for a in at_the_end.archive.articles if a.stem != stem}
        assert {link.get_text() for link in page.find_all("a")} & others

    def test_nothing_is_there_before_it_is_published(self, web: httpx.Client, server: DemoServer) -> None:
        article = server.archive.articles[len(server.archive.articles) // 2]
        url = server.page_url(article.stem)
        server.moment = article.published_at - dt.timedelta(seconds=1)
        assert web.get(url).status_code == 404
        feed = feedparser.parse(web.get(server.feed_url(article.outlet.outlet_id)).content)
        assert article.versions[0].title not in [entry.title for entry in feed.entries]
        server.moment = article.published_at
        assert web.get(url).status_code == 200

    def test_an_update_replaces_the_text_at_the_same_address(
        self, web: httpx.Client, server: DemoServer
    ) -> None:
        article = next(a for a in server.archive.articles if len(a.versions) > 1)
        first, last = article.versions[0], article.versions[-1]
        new = next(p for p in last.paragraphs if p not in first.paragraphs)
        url = server.page_url(article.stem)
        server.moment = first.public_at
        before = web.get(url)
        server.moment = last.public_at
        after = web.get(url, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert squeezed(new) not in shown_text(before)
        assert squeezed(new) in shown_text(after)

    @pytest.mark.parametrize(
        ("given", "asked"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
    )
    def test_a_feed_that_has_not_changed_is_304(
        self, web: httpx.Client, at_the_end: DemoServer, given: str, asked: str
    ) -> None:
        for source in at_the_end.sources():
            first = web.get(source["url"])
            again = web.get(source["url"], headers={asked: first.headers[given]})
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")

    def test_a_feed_before_its_first_article_is_empty_and_well_formed(
        self, web: httpx.Client, server: DemoServer
    ) -> None:
        server.moment = dt.datetime(2023, 10, 1, tzinfo=dt.UTC)
        for source in server.sources():
            parsed = feedparser.parse(web.get(source["url"]).content)
            assert (bool(parsed.version), parsed.bozo, parsed.entries) == (True, False, []), source["id"]

    def test_unknown_addresses_are_404_and_robots_is_served(
        self, web: httpx.Client, at_the_end: DemoServer
    ) -> None:
        base = at_the_end.base_url
        assert web.get(f"{base}/nobody/feed.xml").status_code == 404
        assert web.get(f"{base}/meridian-press/no-such-story").status_code == 404
        assert "User-agent" in web.get(f"{base}/robots.txt").text

    def test_a_moment_needs_a_time_zone(self, server: DemoServer) -> None:
        with pytest.raises(ValueError, match="time zone"):
            server.moment = dt.datetime(2023, 11, 1)
