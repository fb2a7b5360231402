"""Reading whole articles: relevance with its reason, the attacks told, and the words they stand on."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.knowledge import load_knowledge
from extract.reading import READ_AT_MOST, read_article
from tests.extract.reading_builders import article, read


@pytest.mark.parametrize(
    ("sentence", "site"),
    [
        ("Two drones targeted Ain al-Asad air base on Friday.", "ain_al_asad"),
        ("Ain al-Asad air base was targeted by two drones on Friday.", "ain_al_asad"),
        ("Rockets were fired at the US embassy in Baghdad on Friday.", "us_embassy_baghdad"),
        ("A rocket attack on al-Tanf on Friday caused no casualties.", "al_tanf"),
        ("The Green Village base came under rocket fire on Friday.", "green_village"),
        ("Three armed drones were shot down on Friday over Harir air base.", "harir"),
        ("Several rockets landed near the Conoco base on Friday.", "mss_euphrates"),
    ],
)
def test_an_attack_is_found_however_its_direction_is_told(sentence: str, site: str) -> None:
    reading = read("Attack", sentence)
    assert [report.site_id for report in reading.reports] == [site]
    assert reading.reports[0].date == dt.date(2023, 12, 8)
    assert reading.reason == "attack_current"


@pytest.mark.parametrize(
    "sentence",
    [
        "US forces struck three militia sites in Iraq on Friday after weeks of attacks on American troops.",
        "Israeli warplanes struck targets near Damascus, Syria, on Friday.",
        "The Houthis fired missiles at a US destroyer in the Red Sea on Friday, as talks went on in Iraq.",
        "Militias threatened to attack US bases in Iraq if the war goes on.",
        "US bases in Iraq and Syria have been attacked repeatedly since October.",
        "Islamic State gunmen attacked an Iraqi army checkpoint near Kirkuk on Friday.",
    ],
)
def test_what_is_no_attack_on_us_is_not_relevant(sentence: str) -> None:
    assert not read("News", sentence).relevant


@pytest.mark.parametrize("text", ["", "x" * 100_000, "\u202e\x00\ufeff" * 50, "Iraq attack U.S. " * 2000])
def test_no_text_breaks_the_reader(text: str) -> None:
    read("", text)


BRIEFING = """
The U.S. embassy in Baghdad was attacked early on Friday, with 14 Katyusha rockets fired at the compound, \
some landing near its gates and others in the river, an Iraqi security official said.

A multi-rocket attack was launched at U.S. and coalition forces in the vicinity of the embassy complex and the \
Union III base in two salvos at about 4:15 a.m., an embassy spokesperson said. There was minor damage and there \
were no casualties.

No group has claimed responsibility, but early indications are that Iran-aligned militias carried out the attack, the \
spokesperson said.

The Islamic Resistance in Iraq, an umbrella group, said it had attacked the Ain al-Asad air base in western Iraq \
on Friday. It also said that it had attacked a base at the Conoco gas field in eastern Syria on Friday.

U.S. forces have been attacked at least 78 times since Oct. 17, 37 times in Iraq and 41 in Syria, a defense official \
said. There are 2,500 U.S. troops in Iraq and 900 in Syria.

The United States has carried out three strikes in Syria since Oct. 17, and struck several sites in Iraq last month \
after a militia fired short-range ballistic missiles at U.S. forces at Ain al-Asad.
"""


def test_a_long_wire_story_comes_out_whole() -> None:
    reading = read("Rockets fired at U.S. embassy in Baghdad", BRIEFING)
    embassy, asad, conoco, background = reading.reports
    assert (embassy.site_id, embassy.date, embassy.weapon) == (
        "us_embassy_baghdad", dt.date(2023, 12, 8), "rocket",
    )  # fmt: skip
    assert (embassy.munitions_min, embassy.munitions_max, embassy.damage) == (14, 14, "minor")
    assert (embassy.killed, embassy.wounded, embassy.claimed_by) == (0, 0, None)
    assert (embassy.attributed_to, embassy.confirmed_by) == ("iran_backed_militias", "us")
    for claim, site in ((asad, "ain_al_asad"), (conoco, "mss_euphrates")):
        assert (claim.site_id, claim.claimed_by, claim.confirmed_by, claim.current) == (
            site, "islamic_resistance_in_iraq", "none", True,
        )  # fmt: skip
    assert (background.site_id, background.weapon, background.current) == (
        "ain_al_asad", "ballistic_missile", False,
    )  # fmt: skip
    assert background.date_precision == "month"
    assert [(tally.total, tally.iraq, tally.syria) for tally in reading.stated_tallies] == [(78, 37, 41)]


WORDS = st.sampled_from(
    [
        "US",
        "troops",
        "base",
        "in",
        "Iraq",
        "al-Tanf",
        "rockets",
        "drone",
        "attacked",
        "hit",
        "on",
        "Friday",
        "no",
        ",",
        ".",
        ";",
        ":",
        "and",
        "which",
        "after",
        "Jan.",
        "5",
        "2020",
        "were",
        "was",
        "by",
        "the",
        "militia",
        "said",
        "claimed",
        "three",
        "at",
        "Conoco",
        "killed",
        "shot",
        "down",
        "\u202e",
        "\x00",
        "ا",
        "\n\n",
        "14",
        "«",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=120).map(" ".join), st.lists(WORDS, max_size=12).map(" ".join))
def test_any_order_of_words_is_read_without_an_error(text: str, title: str) -> None:
    read(title, text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read("Rockets hit US base in Iraq " + text, text)


def test_an_unknown_publication_time_and_language_are_no_obstacle() -> None:
    reading = read("Drone hits Harir air base", "A US official said so.", published=None)
    assert [(r.site_id, r.date, r.date_precision) for r in reading.reports] == [("harir", None, "unknown")]


def test_another_language_is_named_and_not_guessed_at() -> None:
    for language in ("fa", "tr", None):
        persian = article("حمله پهپادی به پایگاه آمریکا در عراق", "این حمله تلفاتی نداشت.", language=language)
        assert read_article(persian, load_knowledge()).reason == "language_not_read"


def test_reading_time_grows_with_the_length_and_no_faster() -> None:
    """Eight times the text may take at most about eight times as long (three times that, for a busy machine)."""
    story = BRIEFING.replace("\\\n", "")

    def seconds(times: int) -> float:
        item = article("Rockets", story * times)
        started = time.process_time()
        read_article(item, load_knowledge())
        return time.process_time() - started

    seconds(1)
    short = min(seconds(4) for _ in range(3))
    assert seconds(32) < short * 8 * 3


def test_of_a_text_without_end_the_beginning_is_read() -> None:
    """Two megabytes cost what READ_AT_MOST characters cost, and give the same."""
    sentence = "Rockets were fired at the US embassy in Baghdad on Friday, a US official said. "
    long = article("Rockets", sentence * (2_000_000 // len(sentence)))
    cut = article("Rockets", long.text[:READ_AT_MOST])
    assert read_article(long, load_knowledge()).reports == read_article(cut, load_knowledge()).reports
