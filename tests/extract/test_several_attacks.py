"""Short pieces that tell of several attacks, as reporters put them: which are told, where, and on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.reading_builders import read

FRI, THU, WED, TUE = (dt.date(2023, 12, day) for day in (8, 7, 6, 5))

PIECES = [
    pytest.param(
        "Attacks on US troops continue",
        "American forces were attacked three times in 24 hours, the Pentagon said on Friday. On Thursday afternoon "
        "two one-way drones were engaged near Ain al-Asad. A few hours later rockets were launched at Mission "
        "Support Site Euphrates in Syria. And on Friday morning a drone detonated short of the perimeter at Harir.",
        [("ain_al_asad", THU), ("mss_euphrates", THU), ("harir", FRI)],
        id="a count and then its parts, in prose",
    ),
    pytest.param(
        "Islamic Resistance in Iraq claims three operations",
        "The Islamic Resistance in Iraq said on Thursday that its fighters had sent a drone against the American "
        "base of Kharab al-Jir and, in a separate operation, had hit the occupation's base at al-Tanf with rockets. "
        "A third statement spoke of a barrage at Green Village the same day.",
        [("rumalyn", THU), ("al_tanf", THU), ("green_village", THU)],
        id="a second site in one clause, and a third statement",
    ),
    pytest.param(
        "Two US bases in Syria come under fire",
        "Two bases that house American troops in eastern Syria came under fire on Thursday, monitors said. "
        "Missiles fell inside the Conoco gas field, setting a store alight, while the base at al-Omar oil field "
        "was shelled half an hour later.",
        [("mss_euphrates", THU), ("green_village", THU)],
        id="a lede that sums up, and its sites",
    ),
    pytest.param(
        "What was attacked this week",
        "US positions in Iraq and Syria have been attacked daily. The latest incidents:\n\n"
        "- Dec. 5: al-Shaddadi, 15 rockets\n\n- Dec. 6: Ain al-Asad, several drones, one soldier hurt\n\n"
        "- Dec. 6: al-Tanf, a drone, shot down\n\n- Dec. 7: Erbil air base, a drone, no damage",
        [("shaddadi", TUE), ("ain_al_asad", WED), ("al_tanf", WED), ("erbil_air_base", THU)],
        id="bullets that begin with their day",
    ),
    pytest.param(
        "Drones over Iraq",
        "Ain al-Asad, the large air base in Anbar, was the target of a drone on Thursday morning; nobody was hurt. "
        "In the evening the base was attacked again, this time with rockets, a security source said.",
        [("ain_al_asad", THU), ("ain_al_asad", THU)],
        id="the same base again on the same day",
    ),
    pytest.param(
        "US jets strike depots in Syria",
        "American jets struck two depots near Mayadin on Thursday night, the Pentagon said. The strikes answered "
        "a drone attack on Tuesday that wounded a contractor at Rumalyn Landing Zone, and rocket fire at Conoco "
        "a day later, officials said. Washington says Iran arms those who attack its troops.",
        [("rumalyn", TUE), ("mss_euphrates", WED)],
        id="two attacks named as what was answered",
    ),
    pytest.param(
        "Convoys hit in the south",
        "Roadside bombs went off beside trucks that carried supplies for the US-led coalition in Diwaniyah, Babylon "
        "and Dhi Qar on Thursday, police said. Another convoy was hit in Samawah on Wednesday.",
        [("diwaniyah_convoy_route", THU), ("babylon_convoy_route", THU), ("dhi_qar_convoy_route", THU),
         ("samawah_convoy_route", WED)],
        id="convoys by province",
    ),
    pytest.param(
        "Baghdad embassy and an Anbar base fired on",
        "Katyushas came down by the US embassy in Baghdad early on Friday. It was the second time in a week: on "
        "Tuesday a rocket had exploded in the river behind the mission. Hours after the Friday salvo, officials "
        "said, the Victoria base near Baghdad airport was targeted too, with mortar rounds.",
        [("us_embassy_baghdad", FRI), ("us_embassy_baghdad", TUE), ("camp_victory", FRI)],
        id="a second time in a week, told after a colon",
    ),
    pytest.param(
        "Pentagon press secretary on the attacks",
        "Q: Could you walk us through the attacks since yesterday?\n\nA: Sure. So yesterday, at Harir, there was a "
        "one-way attack drone. No injuries, some damage. There was also one at al-Asad, multiple rockets, no "
        "damage. And then today at Green Village, a rocket attack. No injuries there either.",
        [("harir", THU), ("ain_al_asad", THU), ("green_village", FRI)],
        id="a briefing, without verbs of attacking",
    ),
    pytest.param(
        "Explosions at a US base in Hasakah countryside",
        "Explosions were heard on Thursday at the US base in Shaddadi, in the Hasakah countryside, after rockets "
        "were fired at it, the observatory said. The night before, suicide drones had gone for the base at "
        "Kharab al-Jir, the same source recalled, and one of them got through.",
        [("shaddadi", THU), ("rumalyn", WED)],
        id="the night before, with an uncommon verb",
    ),
    pytest.param(
        "Militias step up attacks",
        "In retaliation for American support of Israel, the militias say, they attack US bases. General threats "
        "aside, two cases stand out. One was Tuesday's drone strike on Harir, which left three soldiers hurt. The "
        "other came on Thursday, when five rockets landed at the edge of al-Tanf.",
        [("harir", TUE), ("al_tanf", THU)],
        id="one was, the other came when",
    ),
    pytest.param(
        "Drone downed in Kurdistan",
        "Counter-terrorism forces of the Kurdistan Region said a drone was brought down over Erbil airport, where "
        "coalition troops are based, at 1 a.m. on Friday, and a second one shortly afterwards at Harir. The base "
        "at the airport had already been the target of an attack on Wednesday.",
        [("erbil_air_base", FRI), ("harir", FRI), ("erbil_air_base", WED)],
        id="a second one at, and had already been the target",
    ),
    pytest.param(
        "Israel, Turkey and the Americans: a night of strikes",
        "Israel bombed targets near Damascus on Thursday and Turkish drones hit positions of Kurdish fighters in "
        "Hasakah. Houthi missiles flew at ships in the Red Sea. Among all this a base used by American troops at "
        "Tall Baydar was also hit, by three rockets, on Thursday evening.",
        [("tall_baydar", THU)],
        id="attacks of others around one on ours",
    ),
    pytest.param(
        "Rockets and drones against coalition",
        "A defence official confirmed attacks on Thursday at al-Asad, at Erbil Air Base and at MSS Euphrates. "
        "Drones were used at the first two, rockets at the third. None caused harm.",
        [("ain_al_asad", THU), ("erbil_air_base", THU), ("mss_euphrates", THU)],
        id="attacks at a list of sites",
    ),
    pytest.param(
        "US outpost on Jordan border struck, base in Syria too",
        "A drone struck Tower 22 in Jordan early on Thursday, injuring several Americans. Rumalyn was struck the "
        "same day. So was, according to residents, the base in the Conoco field, where smoke rose after dark.",
        [("tower_22", THU), ("rumalyn", THU), ("mss_euphrates", THU)],
        id="so was",
    ),
    pytest.param(
        "Iraqi factions say they hit four bases",
        "Factions say they have struck four American bases since Wednesday: Ain al-Asad in Anbar with two drones "
        "on Wednesday, Harir near Erbil with a drone on Thursday, al-Tanf with rockets on Thursday and al-Omar "
        "oil field with rockets on Friday.",
        [("ain_al_asad", WED), ("harir", THU), ("al_tanf", THU), ("green_village", FRI)],
        id="four bases after a colon, each with its day",
    ),
    pytest.param(
        "Iraqi government condemns attacks",
        "Baghdad condemned attacks on bases of the coalition and said that they harm Iraq. It promised to find those "
        "behind the rockets fired at Ain al-Asad on Wednesday and at the consulate in Erbil on Thursday.",
        [("ain_al_asad", WED), ("us_consulate_erbil", THU)],
        id="fired at one on one day and at another on the next",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), PIECES)
def test_every_attack_of_a_piece_is_found_and_placed(
    title: str, text: str, expected: list[tuple[str, dt.date]]
) -> None:
    reports = read(title, text).reports
    assert sorted((report.site_id, report.date) for report in reports) == sorted(expected)
