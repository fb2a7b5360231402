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
    "earlier in the day of the statement": (
        dt.datetime(2023, 12, 7, 12, 0, tzinfo=dt.UTC),
        "US base in Syria attacked",
        "A US official told reporters late Wednesday that the base at the Conoco gas field had "
        "come under rocket fire earlier in the day.",
        [("mss_euphrates", "2023-12-06", True)],
    ),
    "the same evening": (
        NOON,
        "Two attacks in a day",
        "Al-Tanf was attacked by drones on Thursday, the coalition said. Green Village came under "
        "rocket fire the same evening.",
        [("al_tanf", "2023-12-07", True), ("green_village", "2023-12-07", True)],
    ),
    "last Saturday in an aside on the week": (
        NOON,
        "Rockets hit Asad",
        "Rockets landed at Ain al-Asad air base on Friday, the military said. It was the second "
        "such incident in a week: last Saturday a drone was shot down over the base.",
        [("ain_al_asad", "2023-12-08", True), ("ain_al_asad", "2023-12-02", False)],
    ),
    "comes three days after": (
        NOON,
        "Embassy hit",
        "Rockets hit the US embassy in Baghdad early Friday. The attack comes three days after "
        "drones struck Harir air base in the Kurdistan Region.",
        [("us_embassy_baghdad", "2023-12-08", True), ("harir", "2023-12-05", False)],
    ),
    "a day with its date in brackets": (
        NOON,
        "Base in Iraq attacked",
        "A drone struck Ain al-Asad air base on Wednesday (December 6), according to a security source.",
        [("ain_al_asad", "2023-12-06", True)],
    ),
    "yesterday evening, reported today": (
        NOON,
        "Base attacked",
        "Rockets struck Harir air base yesterday evening, local media reported today.",
        [("harir", "2023-12-07", True)],
    ),
    "a list of dated lines": (
        NOON,
        "Timeline of attacks on US forces",
        "- Dec. 3: Rockets were fired at Green Village in Syria.\n- Dec. 5: A drone was shot down "
        "near Harir air base in Iraq.\n- Dec. 6: Ain al-Asad air base in Iraq was hit by rockets.",
        [
            ("green_village", "2023-12-03", None),
            ("harir", "2023-12-05", None),
            ("ain_al_asad", "2023-12-06", None),
        ],
    ),
    "Wednesday night, said Thursday": (
        NOON,
        "Drones downed",
        "Two drones were downed Wednesday night near Ain al-Asad, the Iraqi military said Thursday.",
        [("ain_al_asad", "2023-12-06", True)],
    ),
    "a weekday's attack, praised on another": (
        NOON,
        "Militia praises attack",
        "A militia on Friday praised Wednesday's drone attack on Harir air base. It did not claim it.",
        [("harir", "2023-12-06", None)],
    ),
    "a third of a month and a day": (
        NOON,
        "Troops under fire",
        FILLER
        + (
            "In mid-November rockets hit Green Village in Syria, and on Nov. 29 a drone crashed at "
            "Erbil air base."
        ),
        [("green_village", "2023-11-11..2023-11-20", False), ("erbil_air_base", "2023-11-29", False)],
    ),
    "years ago today": (
        dt.datetime(2024, 1, 8, 12, 0, tzinfo=dt.UTC),
        "Four years on",
        "Four years ago today Iran fired ballistic missiles at Ain al-Asad air base in Iraq.",
        [("ain_al_asad", "2020-01-08", False)],
    ),
    "a clock in the next sentence": (
        dt.datetime(2024, 1, 29, 20, 0, tzinfo=dt.UTC),
        "Three US soldiers killed in Jordan",
        "Three American soldiers were killed and 34 were wounded when a drone hit Tower 22 in "
        "Jordan on Sunday, officials said. The drone struck at about 5:30 a.m. local time while "
        "troops slept.",
        [("tower_22", "2024-01-28", True)],
    ),
    "local time beside an American weekday": (
        dt.datetime(2023, 12, 8, 4, 0, tzinfo=dt.UTC),
        "Embassy in Baghdad attacked",
        "The US embassy in Baghdad was attacked with rockets at about 4:15 a.m. on Friday local "
        "time, a US official said Thursday night.",
        [("us_embassy_baghdad", "2023-12-08", True)],
    ),
    "a statement's day and those it tells of": (
        NOON,
        "Claims",
        "In statements on Telegram on Friday, the Islamic Resistance in Iraq said it had attacked "
        "Ain al-Asad on Thursday and Harir air base a day earlier.",
        [("ain_al_asad", "2023-12-07", None), ("harir", "2023-12-06", None)],
    ),
    "the answer's day and that of what it answers": (
        NOON,
        "US strikes in Iraq",
        "US aircraft bombed a militia camp south of Baghdad on Friday in response to a drone "
        "attack on Erbil air base on Tuesday that wounded three soldiers.",
        [("erbil_air_base", "2023-12-05", False)],
    ),
    "on both days": (
        NOON,
        "Attacks",
        "Rockets were launched at the al-Asad base on both Tuesday and Thursday, the Pentagon "
        "said on Friday.",
        [("ain_al_asad", "2023-12-05", None), ("ain_al_asad", "2023-12-07", None)],
    ),
    "late on one day or early on the next": (
        NOON,
        "Rockets",
        "Rockets were fired at Green Village in Syria late Thursday or early Friday, the monitor said.",
        [("green_village", "2023-12-07..2023-12-08", True)],
    ),
    "the night from one day to the next": (
        NOON,
        "Drone",
        "On the night from Wednesday to Thursday a drone exploded at Harir air base.",
        [("harir", "2023-12-06..2023-12-07", True)],
    ),
    "overnight Monday into Tuesday": (
        dt.datetime(2023, 12, 5, 15, 0, tzinfo=dt.UTC),
        "Rockets",
        "Rockets were fired at Ain al-Asad air base overnight Monday into Tuesday.",
        [("ain_al_asad", "2023-12-04..2023-12-05", True)],
    ),
    "earlier in the day": (
        NOON,
        "Second attack",
        "A drone was shot down near Ain al-Asad air base on Friday afternoon. Earlier in the day "
        "rockets had landed at Harir air base.",
        [("ain_al_asad", "2023-12-08", True), ("harir", "2023-12-08", True)],
    ),
    "no day but that of a later statement": (
        NOON,
        "Rockets land near base",
        "Five rockets landed near Ain al-Asad air base in western Iraq. There were no "
        "injuries.\n\nThe Iraqi military said on Friday that the launcher had been found.",
        [("ain_al_asad", "2023-12-07..2023-12-08", True)],
    ),
    "the first since": (
        NOON,
        "First attack since",
        "The rocket attack on the US embassy in Baghdad on Friday was the first since rockets "
        "were fired at the embassy on Dec. 1.",
        [("us_embassy_baghdad", "2023-12-08", True), ("us_embassy_baghdad", "2023-12-01", False)],
    ),
    "a month of that year": (
        NOON,
        "Base history",
        FILLER
        + (
            "On January 8, 2020, Iran fired missiles at Ain al-Asad air base. In March of that year "
            "rockets hit Camp Taji, where coalition troops were based."
        ),
        [("ain_al_asad", "2020-01-08", False), ("camp_taji", "2020-03-01..2020-03-31", False)],
    ),
    "later that month": (
        NOON,
        "Base history",
        FILLER
        + (
            "In October 2021 drones struck al-Tanf in Syria. Later that month rockets hit Green "
            "Village in Syria."
        ),
        [("al_tanf", "2021-10-01..2021-10-31", False), ("green_village", "2021-10-01..2021-10-31", False)],
    ),
    "a day without a year in a story of the past": (
        NOON,
        "Base history",
        FILLER
        + (
            "On Feb. 20, 2021 rockets hit Ain al-Asad air base, and on April 4 two drones crashed at "
            "Harir air base."
        ),
        [("ain_al_asad", "2021-02-20", False), ("harir", "2021-04-04", False)],
    ),
    "the day of a meeting about the attack": (
        NOON,
        "Ministers meet",
        "The prime minister met the US ambassador on Thursday to discuss the drone attack on Ain "
        "al-Asad air base.",
        [("ain_al_asad", "None", False)],
    ),
    "condemned on one day, launched on another": (
        NOON,
        "Baghdad condemns attack",
        "Iraq's government condemned on Thursday the rocket attack that hit Harir air base on Tuesday.",
        [("harir", "2023-12-05", None)],
    ),
    "a statement in the next sentence": (
        NOON,
        "Rockets fired at base",
        "Rockets were fired at Green Village in Syria. The coalition said in a statement on "
        "Friday that no one was hurt.",
        [("green_village", "2023-12-07..2023-12-08", True)],
    ),
    "arrests over an earlier attack": (
        NOON,
        "Arrests over embassy attack",
        "Police arrested two men on Friday over Monday's rocket attack on the US embassy in Baghdad.",
        [("us_embassy_baghdad", "2023-12-04", False)],
    ),
    "earlier in the week": (
        NOON,
        "US strikes militia sites",
        "The United States carried out airstrikes on Thursday night against sites in eastern "
        "Syria. The strikes followed a drone attack on Green Village earlier in the week that "
        "wounded two soldiers.",
        [("green_village", "2023-12-04..2023-12-08", False)],
    ),
    "a toll revised later": (
        NOON,
        "More troops hurt than thought",
        "The Pentagon said on Friday that 12 more troops had been diagnosed with brain injuries "
        "after the ballistic missile attack on Ain al-Asad air base on November 21.",
        [("ain_al_asad", "2023-11-21", True)],
    ),
    "another one on the next day": (
        NOON,
        "Drones over Iraq",
        "A drone was shot down near Harir air base on Thursday, the counter-terrorism service "
        "said. On Friday morning another struck Ain al-Asad air base.",
        [("harir", "2023-12-07", True), ("ain_al_asad", "2023-12-08", True)],
    ),
    "two weeks ago": (
        NOON,
        "Rocket attack in Syria",
        "Rockets hit Green Village in Syria on Friday. Two weeks ago drones hit the same base, "
        "wounding one soldier.",
        [("green_village", "2023-12-08", True), ("green_village", "2023-11-21..2023-11-27", False)],
    ),
    "several times in recent days": (
        NOON,
        "Base attacked again",
        "Ain al-Asad air base was attacked with rockets on Friday. Officials said US forces had "
        "been attacked several times in recent days.",
        [("ain_al_asad", "2023-12-08", True)],
    ),
    "the day runs on to the next paragraph": (
        NOON,
        "Attacks on US bases",
        "Rockets struck the Conoco base in Syria on Thursday evening, local sources "
        "said.\n\nSeparately, a drone targeted Harir air base in northern Iraq, causing no damage.",
        [("mss_euphrates", "2023-12-07", True), ("harir", "2023-12-07", True)],
    ),
    "an older attack in between": (
        NOON,
        "Rockets land near embassy",
        "Rockets landed near the US embassy in Baghdad on Friday.\n\nThe attack is the latest since "
        "October. In one of them, on Oct. 26, a drone crashed into a barracks at Erbil air base "
        "without exploding.\n\nNo group claimed the attack on the embassy.",
        [("us_embassy_baghdad", "2023-12-08", True), ("erbil_air_base", "2023-10-26", False)],
    ),
    "a dateline and today": (
        dt.datetime(2023, 12, 8, 16, 0, tzinfo=dt.UTC),
        "Base attacked",
        "ERBIL, Dec 8 (Agency) - A drone attacked Erbil air base today, the counter-terrorism service said.",
        [("erbil_air_base", "2023-12-08", True)],
    ),
    "late evening GMT": (
        dt.datetime(2023, 12, 8, 2, 0, tzinfo=dt.UTC),
        "Rockets",
        "Rockets struck Ain al-Asad air base at 22:30 GMT on Thursday, the coalition said.",
        [("ain_al_asad", "2023-12-08", True)],
    ),
    "two clocks of two zones": (
        dt.datetime(2023, 12, 8, 4, 0, tzinfo=dt.UTC),
        "Rockets",
        "The attack on Ain al-Asad air base took place at 1:30 a.m. Friday local time (5:30 p.m. "
        "Thursday ET), officials said.",
        [("ain_al_asad", "2023-12-08", True)],
    ),
    "previously on two days": (
        NOON,
        "Attack on base",
        "A drone struck Harir air base on Friday. The base had previously been attacked on "
        "December 2 and November 28.",
        [("harir", "2023-12-08", True), ("harir", "2023-12-02", False), ("harir", "2023-11-28", False)],
    ),
    "over the weekend": (
        dt.datetime(2023, 12, 11, 12, 0, tzinfo=dt.UTC),
        "Weekend attacks",
        "US forces at al-Tanf in Syria were attacked by drones over the weekend, officials said on Monday.",
        [("al_tanf", "2023-12-08..2023-12-10", True)],
    ),
    "earlier this week, as somebody boasts": (
        NOON,
        "Threat",
        "A militia leader said US troops must go. Earlier this week his men fired rockets at Ain "
        "al-Asad air base, he said.",
        [("ain_al_asad", "2023-12-04..2023-12-08", None)],
    ),
    "on the eve of a day": (
        NOON,
        "Attack before visit",
        "On the eve of the minister's visit on Friday, rockets hit the US embassy in Baghdad.",
        [("us_embassy_baghdad", "2023-12-07", True)],
    ),
    "only a month and a year": (
        NOON,
        "Report on attacks",
        FILLER + "The report lists attacks such as a rocket attack on Harir air base in August 2023.",
        [("harir", "2023-08-01..2023-08-31", False)],
    ),
    "the attack of a day": (
        NOON,
        "Inquiry",
        "The inquiry into the attack of Dec. 5 on Ain al-Asad air base is over, the command said on Friday.",
        [("ain_al_asad", "2023-12-05", None)],
    ),
    "two hours later on the night of": (
        NOON,
        "Night of rockets",
        "On the night of December 6, rockets were fired at Green Village; two hours later drones "
        "attacked Conoco base in Syria.",
        [("green_village", "2023-12-06", True), ("mss_euphrates", "2023-12-06", True)],
    ),
    "the morning's attack and a pronoun": (
        NOON,
        "Base repaired",
        "Soldiers cleared rubble at Ain al-Asad after Tuesday morning's rocket attack. It was hit "
        "by at least five rockets.",
        [("ain_al_asad", "2023-12-05", None)],
    ),
    "for the second day in a row": (
        NOON,
        "Second day of attacks",
        "For the second day in a row, drones attacked Harir air base on Friday.",
        [("harir", "2023-12-08", True)],
    ),
    "a second consecutive day": (
        NOON,
        "Attacks",
        "Ain al-Asad air base was attacked on Friday for a second consecutive day. On Thursday "
        "three rockets fell near it.",
        [("ain_al_asad", "2023-12-08", True), ("ain_al_asad", "2023-12-07", True)],
    ),
    "a video posted on another day": (
        NOON,
        "Video shows attack",
        "A video posted on Friday shows rockets being fired at Green Village on Wednesday.",
        [("green_village", "2023-12-06", None)],
    ),
    "two days after claiming": (
        NOON,
        "Claim",
        "Two days after claiming a drone attack on Harir air base, the group said on Friday it "
        "had attacked Ain al-Asad.",
        [("harir", "2023-12-06", False), ("ain_al_asad", "2023-12-08", True)],
    ),
    "a day after something else on a named day": (
        NOON,
        "Rockets after strike",
        "Rockets were fired at Ain al-Asad air base, a day after a US drone killed a militia "
        "leader in Baghdad on Wednesday.",
        [("ain_al_asad", "2023-12-07", True)],
    ),
    "hours after something without a day": (
        dt.datetime(2023, 12, 8, 18, 0, tzinfo=dt.UTC),
        "Rockets after strike",
        "Rockets were fired at Conoco base in Syria on Thursday, hours after US jets struck "
        "militia depots nearby.",
        [("mss_euphrates", "2023-12-07", True)],
    ),
    "the sources' day for a second attack": (
        NOON,
        "Drones intercepted in Kurdistan",
        "Air defences intercepted drones near the US consulate in Erbil, security sources said on "
        "Friday.\n\nTwo more drones were shot down on their way to Harir air base, the sources "
        "added.",
        [("us_consulate_erbil", "2023-12-08", True), ("harir", "2023-12-08", True)],
    ),
    "a briefer's list": (
        dt.datetime(2023, 11, 13, 21, 0, tzinfo=dt.UTC),
        "Pentagon briefing",
        "At the Pentagon on Monday a spokeswoman listed attacks since Friday. On Nov. 11 a drone "
        "was launched at Ain al-Asad air base in Iraq. On Nov. 12 rockets were fired at Green "
        "Village, and on the same day rockets were fired at Mission Support Site Euphrates.",
        [
            ("ain_al_asad", "2023-11-11", True),
            ("green_village", "2023-11-12", True),
            ("mss_euphrates", "2023-11-12", True),
        ],
    ),
    "a correction with no other day than the article's": (
        NOON,
        "Correction",
        "An article published on Thursday about the drone attack on Harir air base in Iraq gave "
        "the wrong number of drones. There were two.",
        [("harir", "2023-12-07", True)],
    ),
    "the month of an older attack": (
        dt.datetime(2024, 7, 26, 12, 0, tzinfo=dt.UTC),
        "Rockets at base in Iraq",
        "Two rockets were launched at Ain al-Asad air base in Iraq late on Thursday, officials "
        "said. The attacks had largely stopped after a drone killed three American soldiers at "
        "Tower 22 in Jordan in January.",
        [("ain_al_asad", "2024-07-25", True), ("tower_22", "2024-01-01..2024-01-31", False)],
    ),
    "a weekday of last week": (
        dt.datetime(2023, 10, 23, 20, 0, tzinfo=dt.UTC),
        "Drones shot down",
        "US forces shot down two drones near al-Tanf in Syria, a US official said on Monday. "
        "There were no injuries.\n\nThe incident follows attacks on US forces last week. On "
        "Wednesday drones targeted Ain al-Asad air base, wounding several.",
        [("al_tanf", "2023-10-23", True), ("ain_al_asad", "2023-10-18", False)],
    ),
    "revealed days later": (
        dt.datetime(2023, 12, 4, 12, 0, tzinfo=dt.UTC),
        "Base",
        "A drone crashed at Harir air base on Wednesday, wounding two, officials revealed on Monday.",
        [("harir", "2023-11-29", True)],
    ),
    "honoured for an older attack": (
        dt.datetime(2024, 3, 1, 12, 0, tzinfo=dt.UTC),
        "Soldier honoured",
        "The soldier was honoured on Friday for his bravery during the attack on Tower 22 in "
        "Jordan on Jan. 28.",
        [("tower_22", "2024-01-28", False)],
    ),
    "wounded on one day, dead on another": (
        NOON,
        "Contractor dies",
        "A contractor wounded on Monday when rockets struck Ain al-Asad air base died on Thursday.",
        [("ain_al_asad", "2023-12-04", True)],
    ),
    "local time with GMT in brackets": (
        NOON,
        "Rockets",
        "Rockets hit the US embassy in Baghdad at around 4:15 a.m. (0115 GMT) on Friday, an official said.",
        [("us_embassy_baghdad", "2023-12-08", True)],
    ),
    "shortly after midnight": (
        dt.datetime(2023, 12, 9, 8, 0, tzinfo=dt.UTC),
        "Rockets",
        "Shortly after midnight on Saturday rockets landed at Ain al-Asad air base.",
        [("ain_al_asad", "2023-12-09", True)],
    ),
    "late at night, hours before something else": (
        dt.datetime(2023, 12, 9, 8, 0, tzinfo=dt.UTC),
        "Rockets",
        "Rockets landed at Ain al-Asad air base late on Friday night, hours before the minister "
        "was due to arrive in Baghdad.",
        [("ain_al_asad", "2023-12-08", True)],
    ),
    "three days in a row": (
        NOON,
        "Attacks",
        "Rockets hit Ain al-Asad air base on Wednesday, Thursday and Friday.",
        [
            ("ain_al_asad", "2023-12-06", True),
            ("ain_al_asad", "2023-12-07", True),
            ("ain_al_asad", "2023-12-08", True),
        ],
    ),
    "a night with two dates": (
        NOON,
        "Attacks",
        "On the night of December 5-6 drones attacked Harir air base.",
        [("harir", "2023-12-05..2023-12-06", True)],
    ),
    "earlier on the day by name": (
        NOON,
        "Attacks",
        "A drone was shot down over Erbil air base on Thursday evening. Earlier on Thursday a "
        "drone had crashed near Harir air base.",
        [("erbil_air_base", "2023-12-07", True), ("harir", "2023-12-07", True)],
    ),
    "last Sunday, disclosed later": (
        NOON,
        "Attack disclosed",
        "Rockets hit Green Village in Syria last Sunday, the Pentagon disclosed on Thursday.",
        [("green_village", "2023-12-03", True)],
    ),
    "day before yesterday": (
        NOON,
        "Attack",
        "The day before yesterday a drone exploded at Harir air base, a resident said.",
        [("harir", "2023-12-06", True)],
    ),
    "one week after a day": (
        dt.datetime(2023, 12, 15, 12, 0, tzinfo=dt.UTC),
        "Embassy",
        "One week after rockets hit the US embassy in Baghdad on December 8, eight men have been arrested.",
        [("us_embassy_baghdad", "2023-12-08", False)],
    ),
    "arrests over an older attack": (
        dt.datetime(2023, 12, 15, 12, 0, tzinfo=dt.UTC),
        "Thirteen arrested over embassy attack",
        "Iraq has arrested thirteen men over the rocket attack on the US embassy in Baghdad on "
        "December 8, the prime minister's office said on Thursday.",
        [("us_embassy_baghdad", "2023-12-08", False)],
    ),
    "those behind an attack": (
        dt.datetime(2023, 12, 9, 12, 0, tzinfo=dt.UTC),
        "PM vows to find attackers",
        "Iraq's prime minister vowed on Saturday to find those behind Friday's rocket attack on "
        "the US embassy in Baghdad.",
        [("us_embassy_baghdad", "2023-12-08", False)],
    ),
    "Monday night, told Tuesday": (
        dt.datetime(2023, 11, 21, 23, 0, tzinfo=dt.UTC),
        "Missile hits base",
        "Militants fired a close-range ballistic missile at Ain al-Asad air base on Monday night, "
        "two officials told reporters Tuesday.",
        [("ain_al_asad", "2023-11-20", True)],
    ),
    "two years since": (
        dt.datetime(2022, 1, 8, 12, 0, tzinfo=dt.UTC),
        "Two years on",
        "It is two years since Iran fired missiles at Ain al-Asad air base on January 8, 2020, "
        "wounding more than a hundred.",
        [("ain_al_asad", "2020-01-08", False)],
    ),
    "the first and the second": (
        NOON,
        "Two attacks",
        "Two attacks were carried out on Thursday. The first targeted Ain al-Asad air base with "
        "drones; the second hit Harir air base with rockets.",
        [("ain_al_asad", "2023-12-07", True), ("harir", "2023-12-07", True)],
    ),
    "days as headings": (
        NOON,
        "Log of incidents",
        "December 6\n\nA drone was shot down near Harir air base in northern Iraq.\n\nRockets landed "
        "at Ain al-Asad air base in Iraq.\n\nDecember 7\n\nRockets were fired at Green Village in "
        "Syria.",
        [
            ("harir", "2023-12-06", True),
            ("ain_al_asad", "2023-12-06", True),
            ("green_village", "2023-12-07", True),
        ],
    ),
    "two places on an earlier weekday": (
        NOON,
        "Rocket attack",
        "Rockets hit Green Village in Syria on Thursday. On Monday, drones had struck Ain al-Asad "
        "air base and Harir air base in Iraq.",
        [
            ("green_village", "2023-12-07", True),
            ("ain_al_asad", "2023-12-04", False),
            ("harir", "2023-12-04", False),
        ],
    ),
}


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
