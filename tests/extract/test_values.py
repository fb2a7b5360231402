"""The values of one attack, told in the many ways of English."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.reading_builders import only, read

ATTACK = "A drone hit Harir air base on Friday. "
ROCKETS = "Six rockets were fired at Ain al-Asad on Friday. "

WHO = {
    "the military, after its nation": (
        "The US military said it shot down two drones near al-Tanf on Friday.", "us"),
    "a directorate": (ROCKETS + "The Kurdish counter-terrorism service said that nobody was hurt.", "host_government"),
    "a directorate by its short name": (
        "A drone fell near Harir air base on Friday, the Directorate General of Counter Terrorism said.",
        "host_government"),
    "a named officer and his office": (
        ROCKETS + "The rockets landed far from any troops, said Major Jane Roe, a spokesperson for Central Command.",
        "us"),
    "a named officer of the coalition": (
        ROCKETS + "Colonel John Doe, the coalition's spokesman, tweeted that there was no damage.", "coalition"),
    "officials whom the text names elsewhere": (
        ROCKETS + "Two officials said there were no injuries. A third rocket missed, a US official said.", "us"),
    "officials of nowhere": (ROCKETS + "Two officials who asked not to be named said nobody was hurt.", "none"),
    "two US officials": ("Two US officials told reporters that a drone struck Harir air base on Friday.", "us"),
    "the defence secretary": (ROCKETS + "Defense Secretary Richard Roe told reporters the attack caused no casualties.", "us"),
    "the White House": (ROCKETS + "The White House confirmed the attack.", "us"),
    "the department": (ROCKETS + "State Department spokesman Richard Roe condemned the attack.", "us"),
    "the embassy condemns": (ROCKETS + "The US Embassy in Baghdad condemned the attack in the strongest terms.", "us"),
    "the prime minister orders an inquiry": (
        ROCKETS + "Iraq's prime minister ordered an investigation into the attack.", "host_government"),
    "a statement of the army": (
        "Six rockets landed at Balad air base, which houses US contractors, on Friday, an Iraqi military statement said.",
        "host_government"),
    "Iraqi military officials": (
        ROCKETS + "Iraqi military officials said the rockets came from the east.", "security_source"),
    "an army officer, unnamed": (ROCKETS + "An Iraqi army officer said the rockets came from a truck.", "security_source"),
    "police sources": (ROCKETS + "Police sources said a truck with a launcher was found.", "security_source"),
    "a ministry": (ROCKETS + "The Interior Ministry said the launcher was found.", "host_government"),
    "residents only": (ROCKETS + "Residents said they heard blasts.", "none"),
    "a monitor only": (
        "A drone hit the US base at the Conoco field in Syria on Friday, the Syrian Observatory for Human Rights reported.",
        "none"),
    "state television only": ("Rockets hit the US base at al-Omar in Syria on Friday, Iranian state television reported.", "none"),
    "not yet": (ATTACK + "The Pentagon did not immediately respond to a request for comment.", "none"),
    "declined": (ATTACK + "A US defense official declined to comment.", "none"),
    "hits back only": (
        ATTACK + "The Islamic Resistance in Iraq claimed it. The United States vowed to respond to any threat.", "none"),
    "speaks of something else": (
        "A drone hit Harir air base on Friday. The Pentagon said last month that 900 troops were in Syria.", "none"),
    "the media cell": (ROCKETS + "The Security Media Cell said the rockets caused no losses.", "host_government"),
    "a governor": ("Rockets fell near Erbil airport, where US troops are based, on Friday, the governor of Erbil said.",
                   "host_government"),
    "quoted without a verb": (
        ROCKETS + '"We can confirm that rockets landed near the base," a US official wrote in an email.', "us"),
    "the same voice goes on": (
        "Speaking in Washington, a Pentagon spokesman gave details. Six rockets were fired at Ain al-Asad on Friday, he said.",
        "us"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "who"), WHO.values(), ids=WHO.keys())
def test_who_confirms(text: str, who: str) -> None:
    """The strongest official voice that tells of this attack."""
    assert only("Attack", text).confirmed_by == who


VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "nobody of the Americans": (
        ROCKETS + "There were US soldiers at the base; none of them was hurt.",
        {"weapon": "rocket", "munitions_min": 6, "munitions_max": 6, "wounded": None, "us_wounded": 0, "us_killed": 0}),
    "nobody, Americans or others": (
        ROCKETS + "No one was hurt.", {"killed": 0, "wounded": 0, "us_killed": 0, "us_wounded": 0}),
    "no losses and no damage": (
        ROCKETS + "No casualties or damage were reported.",
        {"killed": 0, "wounded": 0, "damage": "none"}),
    "only Americans hurt": (
        ROCKETS + "Two US troops were wounded.",
        {"wounded": 2, "us_wounded": 2, "killed": None, "us_killed": None}),
    "a contractor with nation": (
        ROCKETS + "An American civilian contractor was killed and several troops were hurt.",
        {"killed": 1, "us_killed": 1, "wounded": None}),
    "a foreign contractor": (
        ROCKETS + "A Filipino contractor died.", {"killed": 1, "us_killed": None}),
    "none yet": (ROCKETS + "No casualties have been reported yet.", {"killed": None, "us_wounded": None}),
    "no reports at all": (ROCKETS + "There were no reports of casualties.", {"killed": 0, "us_wounded": 0}),
    "none of them, named the sentence before": (
        ROCKETS + "US troops were in shelters. None of them was injured.", {"wounded": None, "us_wounded": 0}),
    "the coalition's own": (
        ROCKETS + "The coalition suffered no casualties.", {"killed": None, "us_killed": 0, "us_wounded": 0}),
    "members of another force": (
        ROCKETS + "They wounded four service members of the Iraqi air force.", {"wounded": 4, "us_wounded": None}),
    "nations in an aside": (
        ROCKETS + "Three members of the coalition, two of them American and one British, were killed.",
        {"killed": 3, "us_killed": 2}),
    "a name before the people": (
        ROCKETS + "Two Ohio soldiers were wounded.", {"wounded": 2}),
    "a man's age": (ROCKETS + "A man of 60 was hurt.", {"wounded": None}),
    "another contractor": (
        ROCKETS + "A US contractor and another contractor were wounded.", {"wounded": 2, "us_wounded": 2}),
    "rising toll": (
        ROCKETS + "Twenty-five troops were hurt at first count, a US official said, and the figure has since climbed to 34.",
        {"wounded": 34}),
    "a toll of all attacks": (
        ROCKETS + "Some 60 American troops have been wounded in attacks since October.",
        {"wounded": None, "us_wounded": None}),
    "minor injuries": (
        ROCKETS + "One service member suffered a minor head injury and has returned to duty.",
        {"wounded": 1, "us_wounded": 1}),
    "the attackers' dead": (
        ROCKETS + "American jets later bombed a militia depot, killing four fighters.",
        {"killed": None, "wounded": None}),
    "no reports yet": (
        ROCKETS + "There was no immediate word on casualties or damage.",
        {"killed": None, "wounded": None, "damage": None}),
    "smoke inhalation": (
        ATTACK + "Three Iraqi guards were treated for smoke inhalation.", {"wounded": 3, "us_wounded": None}),
    "killed and hurt": (
        ATTACK + "It killed one civilian and injured eight others, five of them American contractors.",
        {"killed": 1, "wounded": 8, "us_wounded": 5}),
    "nobody killed": (ATTACK + "Nobody was killed.", {"killed": 0, "us_killed": 0, "wounded": None}),
    "all accounted for": (
        ATTACK + "All personnel were accounted for and no injuries have been reported.",
        {"wounded": 0, "us_wounded": 0, "killed": None}),
    "no damage to the base, but to a house": (
        ROCKETS + "There was no damage to US facilities, but a rocket did significant damage to a house.", {"damage": "none"}),
    "little damage without casualties": (ROCKETS + "They caused no casualties and little damage.", {"damage": "minor"}),
    "damage that may be": (ROCKETS + "The extent of the damage is being assessed.", {"damage": None}),
    "a fire in grass": (ROCKETS + "One set dry grass on fire.", {"damage": None}),
    "slight damage": (ATTACK + "A hangar suffered slight damage.", {"damage": "minor"}),
    "a building destroyed": (ATTACK + "The blast destroyed a storage building.", {"damage": "major"}),
    "damage of no degree": (ATTACK + "It caused material damage.", {"damage": "unspecified"}),
    "no damage to the base": (ATTACK + "There was no damage to the base.", {"damage": "none"}),
    "cosmetic damage": (ATTACK + "Damage to the runway was minimal.", {"damage": "minor"}),
    "drones shot down": (
        "Air defences shot down three drones over Ain al-Asad air base on Friday.",
        {"weapon": "drone", "munitions_min": 3, "munitions_max": 3, "intercepted": "all"}),
    "one of two": (
        "Two drones attacked al-Tanf on Friday. One was shot down; the other hit the camp.",
        {"munitions_min": 2, "munitions_max": 2, "intercepted": "some"}),
    "counter-rocket system": (
        "Rockets were launched at the US embassy in Baghdad on Friday. The C-RAM system brought down one of them.",
        {"weapon": "rocket", "munitions_min": None, "intercepted": "some"}),
    "failed to stop": (
        "Rockets hit Ain al-Asad on Friday. The air defences did not engage.", {"intercepted": "none"}),
    "a boast of direct hits": (
        "The Islamic Resistance in Iraq said it struck al-Tanf with two drones on Friday, hitting its targets directly.",
        {"munitions_min": 2, "intercepted": None, "claimed_by": "islamic_resistance_in_iraq"}),
    "crashed by itself": ("A drone crashed near Harir air base on Friday.", {"munitions_max": 1, "intercepted": None}),
    "a count of attacks": (
        "Three rocket attacks shook the region. In one, five rockets hit Ain al-Asad on Friday.", {"munitions_min": 5}),
    "a defence against rockets": (
        ATTACK + "The counter-rocket, artillery and mortar system was set off.", {"weapon": "drone", "munitions_max": 1}),
    "and a third": (
        "Two rockets fell inside Ain al-Asad on Friday and a third landed in a field.", {"munitions_min": 3, "munitions_max": 3}),
    "a second attack's drone": (
        "A drone hit Harir air base on Friday. A second drone was seen near Koya.", {"munitions_min": 1, "munitions_max": 1}),
    "the one drone": ("The drone that struck Harir air base on Friday came from the south.", {"munitions_min": 1}),
    "a drone laden with a bomb": ("A bomb-laden drone hit Harir air base on Friday.", {"weapon": "drone"}),
    "fire taken": ("Harir air base took rocket fire on Friday.", {"weapon": "rocket", "munitions_min": None}),
    "one weapon for two": (
        "The Islamic Resistance in Iraq attacked Harir air base with drones on Friday.", {"weapon": "drone"}),
    "fired back": (
        "Eight rockets hit Green Village in Syria on Friday. Coalition troops fired back with six rockets.", {"munitions_min": 8}),
    "mixed": (
        "Militias attacked al-Tanf with rockets and a drone on Friday.", {"weapon": "mixed", "munitions_min": None}),
    "a roadside bomb": (
        "A roadside bomb went off beside a US-led coalition supply convoy in Babil on Friday.",
        {"weapon": "ied", "munitions_min": 1, "munitions_max": 1}),
    "two or three": (
        "Two or three mortar rounds landed at the Green Zone near the US embassy on Friday.",
        {"weapon": "mortar", "munitions_min": 2, "munitions_max": 3}),
    "up to": ("Up to ten rockets hit Balad air base, home to US contractors, on Friday.",
              {"munitions_min": None, "munitions_max": 10}),
    "rockets in a barrage": ("A barrage of 15 rockets struck Ain al-Asad on Friday.", {"munitions_min": 15}),
    "left on the launcher": (
        "Five rockets hit Ain al-Asad on Friday. Troops found a truck with seven more rockets that had failed to fire.",
        {"munitions_min": 5, "munitions_max": 5}),
    "bare missiles": ("Several missiles hit the US base at Conoco in Syria on Friday.", {"weapon": "unknown", "munitions_min": None}),
    "ballistic missiles": (
        "Iran fired more than a dozen ballistic missiles at Ain al-Asad on Friday.",
        {"weapon": "ballistic_missile", "munitions_min": 12, "munitions_max": None}),
    "blamed by an official": (
        ATTACK + "A US official blamed Iran-backed militias for the attack.",
        {"attributed_to": "iran_backed_militias", "claimed_by": None}),
    "suspected by the article": (
        "Suspected Iran-backed militants fired rockets at Ain al-Asad on Friday.",
        {"attributed_to": "iran_backed_militias"}),
    "groups in other words": (
        "Iranian-backed terrorist cells fired rockets at Ain al-Asad on Friday.", {"attributed_to": "iran_backed_militias"}),
    "believed to have been": (
        ATTACK + "It was believed to have been carried out by Iran-aligned groups.", {"attributed_to": "iran_backed_militias"}),
    "those the base is there to fight": (
        "A base used by US troops in a campaign against the Islamic State group was attacked by drones in Hasakah on Friday.",
        {"attributed_to": None, "claimed_by": None}),
    "claim and blame apart": (
        ATTACK + "The Islamic Resistance in Iraq claimed it, but the Pentagon said it bore the footprints of Kataib Hezbollah.",
        {"claimed_by": "islamic_resistance_in_iraq"}),
    "named in the next sentence": (
        ATTACK + "An Iraqi militia claimed the attack. The group, Saraya Awliya al-Dam, emerged last year.",
        {"claimed_by": "saraya_awliya_al_dam"}),
    "a claim of most": (ATTACK + "Ashab al-Kahf has claimed most of the recent attacks on bases.", {"claimed_by": None}),
    "blame in general": (
        ATTACK + "Washington blames Iran-backed groups for such attacks.", {"attributed_to": None}),
    "blamed before": (
        ATTACK + "No group claimed it. The US has blamed Kataib Hezbollah for previous attacks.",
        {"claimed_by": None, "attributed_to": None}),
    "a claim disowned": (
        ATTACK + "Kataib Hezbollah denied any role in the attack.", {"claimed_by": None, "attributed_to": None}),
    "a claim in a statement": (
        ATTACK + "In a statement on Telegram, Ashab al-Kahf said its fighters were behind the attack.",
        {"claimed_by": "ashab_al_kahf"}),
    "claimed with a banner": (
        ATTACK + "The Islamic Resistance in Iraq, an umbrella of Iran-backed groups, took responsibility.",
        {"claimed_by": "islamic_resistance_in_iraq", "attributed_to": None}),
    "a group that calls itself": (
        ATTACK + "A little-known group calling itself Saraya Awliya al-Dam claimed the attack.",
        {"claimed_by": "saraya_awliya_al_dam"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES.values(), ids=VALUES.keys())
def test_values_are_read_as_stated(text: str, expected: dict[str, Any]) -> None:
    """What the text says, no more and no less."""
    report = only("Attack", text)
    assert {name: getattr(report, name) for name in expected} == expected


Figures = tuple[int | None, int | None, int | None]
COUNTS: dict[str, tuple[str, list[Figures]]] = {
    "a briefer": (ATTACK + "There have been 151 attacks on our forces since Oct. 17, she said.", [(151, None, None)]),
    "in words": (ATTACK + "US forces have been targeted some sixty times since mid-October.", [(60, None, None)]),
    "the count of a day": (ATTACK + "It was the third attack on American troops on Friday.", []),
    "rockets are no attacks": (ATTACK + "About 90 rockets have been fired at US bases since October.", []),
    "wounded are no attacks": (ATTACK + "Some 70 US troops have been wounded in the attacks since October.", []),
    "answers are no attacks": (ATTACK + "The US has carried out four strikes on militias since October.", []),
    "on ships": (ATTACK + "The Houthis have attacked ships 30 times since November.", []),
    "an ordinal": (ATTACK + "It was the 19th attack on US interests in Iraq since late October.", [(19, 19, None)]),
    "two counters": (
        ATTACK + "US troops in Iraq and Syria have been attacked at least 82 times since Oct. 17.", [(82, None, None)]),
    "both split": (
        ATTACK + "Since Oct. 17, American forces have come under attack 84 times: 38 in Iraq and 46 in Syria.",
        [(84, 38, 46)]),
    "dozens": (ATTACK + "US forces were attacked dozens of times since October.", []),
    "launched against": (
        ATTACK + "Iran-backed groups have launched more than 140 attacks against US troops in the region since October.",
        [(140, None, None)]),
    "the group counts": (
        ATTACK + "The Islamic Resistance in Iraq says it has carried out 103 operations against US bases since Oct. 17.",
        [(103, None, None)]),
    "the country first": (
        ATTACK + "American camps in Iraq have been hit more than 50 times since October and those in Syria more than 70 times.",
        [(120, 50, 70)]),
    "a part told later": (
        ATTACK + "US troops were attacked 60 times since Oct. 17. Twenty-eight of the attacks on US troops were in Syria.",
        [(60, None, 28)]),
    "the first since": (
        ATTACK + "Two attacks on US forces were reported on Friday, the first on U.S. forces since early October.", []),
    "one place": (ATTACK + "Militias carried out 22 attacks on the Conoco base.", []),
    "convoys": (
        ATTACK + "At least 14 supply convoys of the US-led coalition have come under attack in Iraq so far this month.", [(14, 14, None)]),
    "an ordinal without its noun": (
        ATTACK + "It is the fourth on US diplomats in Iraq since early November.", [(4, 4, None)]),
    "by whom, after the target": (
        ATTACK + "It was among 44 attacks carried out on U.S. forces by Iran-backed militias in recent weeks.",
        [(44, None, None)]),
    "how often it was answered": (
        ATTACK + "Washington answered few of the 90 times its troops have come under fire since October.", [(90, None, None)]),
    "the 70th time": (
        ATTACK + "It was the 70th time since the president took office that US troops have been attacked.", [(70, None, None)]),
    "in two days": (ATTACK + "Four attacks on American bases were reported in the past two days.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTS.values(), ids=COUNTS.keys())
def test_counts_of_attacks(text: str, expected: list[Figures]) -> None:
    """Running counts, and what only looks like one."""
    tallies = read("Attack", text).stated_tallies
    assert [(tally.total, tally.iraq, tally.syria) for tally in tallies] == expected


def test_a_number_in_an_outlets_name_counts_nobody() -> None:
    report = only(
        "Harir", "A drone hit Harir air base on Friday. The service told Channel 24 that nobody was hurt."
    )
    assert (report.killed, report.wounded) == (0, 0)


def test_what_the_campaign_cost_is_not_what_the_attack_cost() -> None:
    report = only(
        "Rocket at Ain al-Asad",
        "A rocket was fired at Ain al-Asad on Friday. US forces have been attacked 102 times since October 17, an "
        "official said. Sixty-six service members have been hurt, nearly all of them lightly.",
    )
    assert (report.wounded, report.us_wounded) == (None, None)


def test_those_killed_at_another_base_on_another_day_are_not_this_attacks() -> None:
    reading = read(
        "Drones stopped near the Conoco gas field",
        "Six drones sent at a coalition base beside the Conoco gas field in Syria were shot down on Friday. Nobody "
        "claimed it.\n\nSix days earlier, on December 2, a drone killed six members of the Syrian Democratic Forces "
        "at the base in the al-Omar field.",
    )
    (conoco,) = [report for report in reading.reports if report.site_id == "mss_euphrates"]
    assert conoco.killed is None
