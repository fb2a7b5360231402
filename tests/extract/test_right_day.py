"""On which day each attack was, and whether it is the news: short articles with what a reader would say."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.records import Report
from tests.extract.reading_builders import read

Expected = tuple[str, str, bool | None]  # site, days as written by `days`, current (None: either)

NOON = dt.datetime(2023, 12, 8, 12, 0, tzinfo=dt.UTC)  # a Friday
FILLER = (
    "The heads of the two largest blocs in parliament met for the third time without naming a speaker. "
    "The oil ministry meanwhile published its figures for the exports of the southern fields. "
)
CASES: dict[str, tuple[dt.datetime | None, str, str, list[Expected]]] = {
    "a day after, as the verb's complement": (
        NOON,
        "Drones shot down over Iraqi base",
        "Two drones were shot down near Ain al-Asad air base in western Iraq on Friday, a security source said. "
        "The attack came a day after rockets were fired at Harir air base, which hosts US troops.",
        [("ain_al_asad", "2023-12-08", True), ("harir", "2023-12-07", False)],
    ),
    "two days earlier opens a sentence": (
        NOON,
        "Embassy under fire",
        "Rockets were fired at the US embassy in Baghdad on Friday. "
        "Two days earlier a drone crashed inside Ain al-Asad air base.",
        [("us_embassy_baghdad", "2023-12-08", True), ("ain_al_asad", "2023-12-06", True)],
    ),
    "the following morning of a day long past": (
        dt.datetime(2024, 2, 20, 9, 0, tzinfo=dt.UTC),
        "Winter of drones",
        "American soldiers remember the winter well. On January 20 ballistic missiles fell on Ain al-Asad air base. "
        "The following morning a drone struck Harir air base.",
        [("ain_al_asad", "2024-01-20", None), ("harir", "2024-01-21", None)],
    ),
    "the statement has one day and the attack another": (
        dt.datetime(2023, 12, 5, 18, 0, tzinfo=dt.UTC),
        "Rockets fired at US troops",
        "The Pentagon said on Tuesday that rockets hit Ain al-Asad air base in Iraq on Sunday, causing no casualties.",
        [("ain_al_asad", "2023-12-03", True)],
    ),
    "the night before the statement": (
        dt.datetime(2023, 12, 6, 10, 0, tzinfo=dt.UTC),
        "Drone hits base in Syria",
        "A Pentagon spokesman told reporters on Tuesday that a drone had struck Green Village in Syria the night before.",
        [("green_village", "2023-12-04", True)],
    ),
    "a live blog's dated entry": (
        dt.datetime(2024, 1, 21, 8, 0, tzinfo=dt.UTC),
        "Middle East live",
        "Jan. 21, 9:15 a.m.\n\nThe foreign minister landed in Cairo for talks.\n\n"
        "Jan. 20, 11:40 p.m.\n\nRockets have been fired at Ain al-Asad air base, an Iraqi officer says.",
        [("ain_al_asad", "2024-01-20", True)],
    ),
    "American evening is Iraqi morning": (
        dt.datetime(2023, 12, 3, 15, 0, tzinfo=dt.UTC),
        "Garrison attacked",
        "Rockets hit the al-Tanf garrison in Syria at about 9 p.m. Eastern on Saturday, a US official said.",
        [("al_tanf", "2023-12-03", True)],
    ),
    "a briefer's clock": (
        dt.datetime(2023, 12, 6, 19, 0, tzinfo=dt.UTC),
        "Press briefing",
        "On December 5th at around 7 p.m. Eastern, US forces at Erbil air base in Iraq were attacked with a drone.",
        [("erbil_air_base", "2023-12-06", True)],
    ),
    "a dateline stands for the publication": (
        None,
        "Embassy attacked",
        "BAGHDAD, Dec. 8, 2023 (Agency) - Rockets hit the US embassy in Baghdad on Thursday, a security source said.",
        [("us_embassy_baghdad", "2023-12-07", True)],
    ),
    "a date above the article stands for the publication": (
        None,
        "US base in Iraq attacked",
        "Friday, December 8, 2023\n\nA drone hit Harir air base in northern Iraq yesterday, officials said.",
        [("harir", "2023-12-07", True)],
    ),
    "the following Tuesday of an older week": (
        NOON,
        "How the autumn went",
        "This is how the autumn went for the troops. On Oct. 18 a drone wounded soldiers at Ain al-Asad air base. "
        "The following Tuesday rockets hit the US base at the Conoco gas field in Syria.",
        [("ain_al_asad", "2023-10-18", False), ("mss_euphrates", "2023-10-24", False)],
    ),
    "last month is not the day told before": (
        NOON,
        "Rockets at the embassy",
        "The US embassy in Baghdad was hit by rockets on Friday. Damage was slight. "
        "Last month a drone crashed at Erbil air base in northern Iraq.",
        [("us_embassy_baghdad", "2023-12-08", True), ("erbil_air_base", "2023-11-01..2023-11-30", False)],
    ),
    "a correction is about the day of the attack": (
        NOON,
        "Correction: attack on Harir",
        "Correction: An earlier version of this story, published on Thursday, gave the wrong number of rockets "
        "fired at Harir air base in Iraq on Wednesday. There were four.",
        [("harir", "2023-12-06", True)],
    ),
    "each clause has its day": (
        NOON,
        "US jets strike in Syria",
        "US jets bombed militia depots in Syria on Friday after rockets hit the US base at the Conoco gas field on Thursday.",
        [("mss_euphrates", "2023-12-07", False)],
    ),
    "overnight": (
        NOON,
        "Drone at air base",
        "A drone was brought down overnight near Ain al-Asad air base in Iraq, two security sources said.",
        [("ain_al_asad", "2023-12-07..2023-12-08", True)],
    ),
    "the same day": (
        dt.datetime(2023, 12, 5, 12, 0, tzinfo=dt.UTC),
        "Two bases hit",
        "On Monday rockets were fired at the US base in the Conoco gas field in Syria. "
        "The same day drones were launched against Green Village.",
        [("mss_euphrates", "2023-12-04", True), ("green_village", "2023-12-04", True)],
    ),
    "hours later": (
        NOON,
        "Evening of attacks",
        "On Thursday evening rockets hit Ain al-Asad air base in Iraq. "
        "Hours later a drone exploded at Harir air base.",
        [("ain_al_asad", "2023-12-07", True), ("harir", "2023-12-07", True)],
    ),
    "a claim's day where no other is told": (
        NOON,
        "Claim of attack",
        "The Islamic Resistance in Iraq said in a statement on Friday that it attacked Green Village in Syria with drones.",
        [("green_village", "2023-12-08", True)],
    ),
    "news of an older attack": (
        NOON,
        "Contractor dies after attack in Iraq",
        "An American contractor has died of wounds suffered in a rocket attack on Ain al-Asad air base in Iraq, "
        "the Pentagon said on Friday. The attack took place on Dec. 4.",
        [("ain_al_asad", "2023-12-04", True)],
    ),
    "what an answer answers": (
        NOON,
        "Strikes in Iraq",
        "American aircraft struck three militia posts on Thursday. The strikes came in response to Monday's rocket "
        "attack on Ain al-Asad air base.",
        [("ain_al_asad", "2023-12-04", False)],
    ),
    "last Friday, told on a Friday": (
        NOON,
        "Inquiry opened",
        f"Iraq's government has opened an inquiry. {FILLER}Harir air base, which hosts US troops, was attacked with two drones last Friday.",
        [("harir", "2023-12-01", False)],
    ),
    "the sentence after the lede brings the day": (
        NOON,
        "Drone targets base in Iraq",
        "A drone targeted Harir air base, which hosts US troops, the counter-terrorism service said.\n\n"
        "The drone was shot down at 7 a.m. on Friday without causing damage, it said.",
        [("harir", "2023-12-08", True)],
    ),
    "after midnight in Baghdad": (
        dt.datetime(2023, 12, 8, 22, 30, tzinfo=dt.UTC),
        "Rockets at embassy",
        "Rockets hit the US embassy in Baghdad on Friday evening.",
        [("us_embassy_baghdad", "2023-12-08", True)],
    ),
    "last year's day without a year": (
        dt.datetime(2024, 1, 10, 12, 0, tzinfo=dt.UTC),
        "Troops to stay",
        f"American troops will stay in Iraq, the White House said. {FILLER}"
        "The Dec. 25 drone attack on Erbil air base wounded three of them.",
        [("erbil_air_base", "2023-12-25", False)],
    ),
    "a day of this or of last month": (
        NOON,
        "Quiet returns",
        f"Calm has returned to western Iraq. {FILLER}Rockets hit Ain al-Asad air base on the 3rd of this month, "
        "and a drone crashed at Harir air base on the 20th of last month.",
        [("ain_al_asad", "2023-12-03", False), ("harir", "2023-11-20", False)],
    ),
    "days after it was attacked": (
        NOON,
        "General visits base",
        "The general visited Ain al-Asad air base in Iraq on Thursday, two days after the base was attacked with rockets.",
        [("ain_al_asad", "2023-12-05", False)],
    ),
    "one attack and then again": (
        NOON,
        "The base in the east",
        f"Soldiers at Green Village in Syria have had a hard autumn. {FILLER}On October 26 the base was attacked with a drone, "
        "and again on November 3.",
        [("green_village", "2023-10-26", False), ("green_village", "2023-11-03", False)],
    ),
    "follows an attack of an earlier weekday": (
        NOON,
        "Rockets at Green Zone embassy",
        "Friday's rocket attack on the US embassy in Baghdad follows a drone strike on Harir air base on Wednesday.",
        [("us_embassy_baghdad", "2023-12-08", True), ("harir", "2023-12-06", False)],
    ),
    "an aside between the attack and its day": (
        NOON,
        "Two wounded in Iraq",
        "Two contractors were hurt when rockets struck Ain al-Asad, the air base visited by the minister last week, on Thursday.",
        [("ain_al_asad", "2023-12-07", True)],
    ),
}  # fmt: skip


def days(report: Report) -> str:
    """The report's day, or first and last day."""
    if report.date_earliest == report.date_latest:
        return str(report.date_earliest)
    return f"{report.date_earliest}..{report.date_latest}"


@pytest.mark.parametrize(("published", "title", "text", "expected"), CASES.values(), ids=CASES)
def test_each_attack_has_its_day(
    published: dt.datetime | None, title: str, text: str, expected: list[Expected]
) -> None:
    found = [(r.site_id or "", days(r), r.current) for r in read(title, text, published).reports]
    wanted = [(site, day, current) for site, day, current in expected]
    assert [f[:2] for f in sorted(found)] == [w[:2] for w in sorted(wanted, key=lambda w: w[:2])]
    for site, day, current in wanted:
        assert current is None or (site, day, current) in found
