"""How Arabic outlets put it, class by class: each text is ours, and says what the outlets say in other words.

Published on Friday, 8 December 2023, at noon UTC. A case names the text, and of each report that must come of it
the site (or the country) and the values that the class is about; no report where the list is empty.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extract.records import Report
from tests.extract.reading_builders import read

D7, D8 = dt.date(2023, 12, 7), dt.date(2023, 12, 8)
US_TWO = {"wounded": 2, "us_wounded": 2}
NONE = {"killed": 0, "wounded": 0, "us_killed": 0, "us_wounded": 0}


def told(title: str, text: str) -> list[Report]:
    return sorted(
        read(title, text).reports,
        key=lambda report: (str(report.date_earliest), report.site_id or report.country or ""),
    )


def check(title: str, text: str, *expected: dict[str, Any]) -> None:
    """Every report expected is there with its values, and no other."""
    reports = told(title, text)
    wanted = sorted(expected, key=lambda values: str(sorted(values.items(), key=str)))
    assert sorted(r.site_id or r.country or "" for r in reports) == sorted(v["at"] for v in wanted)
    left = list(reports)
    for values in wanted:
        own = {name: value for name, value in values.items() if name != "at"}
        near = [r for r in left if (r.site_id or r.country) == values["at"]]
        assert near
        match = next((r for r in near if all(getattr(r, n) == v for n, v in own.items())), None)
        assert match is not None, [{n: getattr(r, n) for n in own} for r in near]
        left.remove(match)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("أدى الهجوم إلى إصابة جنديين أمريكيين بجروح طفيفة.", US_TWO, id="a dual with its nation"),
        pytest.param("وأصيب جنديان أميركيان في القصف.", US_TWO, id="a dual subject after the verb"),
        pytest.param("وقال مسؤول إن عسكريين أمريكيين اثنين أصيبا.", US_TWO, id="a dual said to be two"),
        pytest.param(
            "وأسفر القصف عن مقتل متعاقد أمريكي وإصابة متعاقد آخر ومعه خمسة جنود أمريكيين.",
            {"killed": 1, "us_killed": 1, "wounded": 6}, id="another one, and with him five",
        ),
        pytest.param(
            "مما أدى إلى إصابة ضابط وثلاثة من منتسبي القوة الجوية.", {"wounded": 4, "us_wounded": None},
            id="an officer and three of the staff",
        ),
        pytest.param("وأسفر الهجوم عن جرح اثنين من عناصر القاعدة.", {"wounded": 2}, id="two of"),
        pytest.param("وأفاد المصدر بسقوط جريحين.", {"wounded": 2}, id="the fall of two hurt"),
        pytest.param(
            "ولم يقتل أو يصب أي جندي أميركي لأنهم أجلوا قبل ساعات.", {"us_killed": 0, "us_wounded": 0, "killed": None},
            id="no American was killed or hurt",
        ),
        pytest.param(
            "وأعلن التحالف مقتل ثلاثة من أفراده هم جنديان أمريكيان ومجندة بريطانية.", {"killed": 3, "us_killed": 2},
            id="three of its people, two of them American",
        ),
        pytest.param("ولم يبلغ عن وقوع إصابات.", {"wounded": 0, "killed": 0}, id="none was told of"),
        pytest.param("ولم يسفر الهجوم عن خسائر في الأرواح.", {"killed": 0}, id="no loss of lives"),
        pytest.param("ولم ترد أنباء عن خسائر بشرية.", {"killed": None, "wounded": None}, id="no news of losses"),
        pytest.param(
            "ولم يوضح المصدر ما إذا سقط قتلى أو جرحى في صفوف القوات الأمريكية.",
            {"killed": None, "us_killed": None, "us_wounded": None}, id="did not say whether",
        ),
        pytest.param("ولم يكن على علم بوقوع قتلى أو جرحى.", {"killed": None}, id="knew of none"),
        pytest.param(
            "وسبق أن أصيب ثلاثة جنود أمريكيين في هجوم على قاعدة التنف قبل شهرين.", {"wounded": None},
            id="not those of an older attack",
        ),
    ],
)  # fmt: skip
def test_who_came_to_harm(text: str, values: dict[str, Any]) -> None:
    title = "هجوم صاروخي على قاعدة عين الأسد"
    lede = f"تعرضت قاعدة عين الأسد في العراق فجر اليوم الجمعة لقصف بصاروخين. {text}"
    (report,) = [r for r in read(title, lede).reports if r.site_id == "ain_al_asad"]
    assert {name: getattr(report, name) for name in values} == values


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param(
            "استهداف رتلين للتحالف الدولي خلال يوم واحد",
            "قال مصدر أمني إن انفجارين أصابا شاحنات تحمل معدات للتحالف الدولي، وقع الأول مساء أمس الخميس في محافظة"
            " بابل والثاني صباح اليوم الجمعة في محافظة ذي قار.",
            [{"at": "babylon_convoy_route", "date": D7}, {"at": "dhi_qar_convoy_route", "date": D8}],
            id="two blasts, the first and the second",
        ),
        pytest.param(
            "هجومان على القوات الأمريكية في العراق",
            "أعلن مسؤول أمريكي وقوع هجومين على القوات الأمريكية في العراق، استهدف الأول قاعدة عين الأسد بطائرة مسيرة"
            " فيما استهدف الثاني قاعدة حرير بصاروخ.",
            [{"at": "ain_al_asad", "weapon": "drone"}, {"at": "harir", "weapon": "rocket"}],
            id="the first hit one base, the second another",
        ),
        pytest.param(
            "مسيّرات على قواعد في العراق",
            "أضاف المسؤول الأمريكي أن طائرات مسيرة هاجمت موقعين في العراق يستضيفان قوات أمريكية وهما قاعدة حرير"
            " الجوية وقاعدة عين الأسد.",
            [{"at": "harir"}, {"at": "ain_al_asad"}], id="two places, namely",
        ),
        pytest.param(
            "المقاومة الإسلامية تهاجم أربع قواعد",
            "أعلنت المقاومة الإسلامية في العراق أنها هاجمت فجر اليوم بالطيران المسيّر أربع قواعد، ثلاث منها في سوريا"
            " وهي #الشدادي و #الركبان و #التنف، والرابعة داخل الأراضي المحتلة.",
            [{"at": place, "date": D8, "weapon": "drone", "current": True}
             for place in ("shaddadi", "rukban", "al_tanf")],
            id="a list of bases with hashtags, and one elsewhere",
        ),
        pytest.param(
            "قصف على قاعدة كونيكو",
            "تعرضت قاعدة حقل كونيكو فجر اليوم لقصف صاروخي، وذلك بعد ساعات من هجوم مماثل بطائرة مسيرة على قاعدة"
            " الشدادي.",
            [{"at": "mss_euphrates", "weapon": "rocket", "current": True}, {"at": "shaddadi", "current": False}],
            id="hours after a similar one elsewhere",
        ),
        pytest.param(
            "صاروخ على قاعدة بلد",
            "سقط صاروخ اليوم على قاعدة بلد الجوية التي تضم متعاقدين أمريكيين. ويأتي الهجوم غداة سقوط ثلاثة صواريخ على قاعدة عين الأسد.",
            [{"at": "balad_air_base", "date": D8, "current": True},
             {"at": "ain_al_asad", "date": D7, "current": False}],
            id="on the morrow of another",
        ),
        pytest.param(
            "طائرة مسيّرة تستهدف قاعدة فيكتوريا",
            "أفاد مصدر أمني، يوم الجمعة، بأن طائرة مسيرة استهدفت قاعدة فيكتوريا في مطار بغداد.\n\n"
            "وليل الأحد - الاثنين تمكنت الدفاعات الجوية في القاعدة من التصدي لطائرة مسيرة وإسقاطها.",
            [{"at": "camp_victory", "date": D8, "intercepted": None},
             {"at": "camp_victory", "date_earliest": dt.date(2023, 12, 3), "intercepted": "all"}],
            id="today's, and that of five nights ago",
        ),
        pytest.param(
            "قصف مطار بغداد",
            "سقطت صواريخ فجر اليوم قرب مركز الدعم الدبلوماسي الأمريكي في مطار بغداد.\n\n"
            "وكانت قاعدة فيكتوريا في المطار قد تعرضت يوم الاثنين لهجوم بطائرتين مسيرتين.",
            [{"at": "bdsc", "date": D8, "weapon": "rocket"},
             {"at": "camp_victory", "date": dt.date(2023, 12, 4), "weapon": "drone"}],
            id="two places side by side on two days",
        ),
        pytest.param(
            "مسيّرات تستهدف قاعدتين",
            "استهدفت مسيرات مجهولة قاعدتين للقوات الأمريكية في دير الزور وحمص.\n\nوتعرضت قاعدة حقل العمر في دير الزور"
            " لهجوم بمسيرات.\n\nكما تعرضت القاعدة الأمريكية في التنف بريف حمص لهجوم مشابه.",
            [{"at": "green_village"}, {"at": "al_tanf"}], id="provinces first, then the bases in them",
        ),
        pytest.param(
            "قاعدة عين الأسد تتعرض لقصف",
            "أوضحت مصادر أن صاروخين سقطا في محيط قاعدة عين الأسد. وقالت إن القوات الأمنية أغلقت ناحية البغدادي بحثا عن"
            " مطلقي الصواريخ التي سقطت على القاعدة.",
            [{"at": "ain_al_asad", "munitions_min": 2}], id="a town only searched",
        ),
    ],
)  # fmt: skip
def test_one_text_with_several_attacks(title: str, text: str, expected: list[dict[str, Any]]) -> None:
    check(title, text, *expected)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "وقالت جماعة تطلق على نفسها اسم \"المقاومة الإسلامية في العراق\" إنها أطلقت الطائرة المسيرة.",
            {"claimed_by": "islamic_resistance_in_iraq", "attributed_to": None}, id="calls itself, launched it",
        ),
        pytest.param(
            "وسارعت جماعة \"سرايا أولياء الدم\" إلى إعلان مسؤوليتها عن العملية.",
            {"claimed_by": "saraya_awliya_al_dam"}, id="hastened to claim",
        ),
        pytest.param(
            "وتبنت فصائل عراقية تطلق على نفسها اسم \"المقاومة الإسلامية - سرايا أولياء الدم\" الهجوم.",
            {"claimed_by": "saraya_awliya_al_dam"}, id="factions that call themselves",
        ),
        pytest.param(
            "ولم تتبن أي جهة المسؤولية، لكن واشنطن تتهم كتائب حزب الله بالوقوف وراء الهجوم.",
            {"claimed_by": None, "attributed_to": "kataib_hezbollah"}, id="nobody claims, one is blamed",
        ),
        pytest.param(
            "وألقت وزارة الدفاع الأمريكية باللوم على ميليشيات موالية لإيران في الهجوم على القاعدة.",
            {"claimed_by": None, "attributed_to": "iran_backed_militias"}, id="laid the blame on",
        ),
        pytest.param(
            "وقال المرصد السوري إن الفصائل التابعة لإيران استهدفت القاعدة.",
            {"attributed_to": "iran_backed_militias"}, id="factions that belong to Iran",
        ),
        pytest.param(
            "ونفت كتائب حزب الله أي صلة لها بالهجوم.", {"claimed_by": None, "attributed_to": None, "denied_by": "none"},
            id="a group disowns it",
        ),
        pytest.param(
            "وأشادت حركة النجباء بالعملية.", {"claimed_by": None, "attributed_to": None}, id="a group only praises it"
        ),
    ],
)  # fmt: skip
def test_who_did_it(text: str, values: dict[str, Any]) -> None:
    lede = f"تعرضت قاعدة حرير في أربيل فجر اليوم الجمعة لهجوم بطائرة مسيرة. {text}"
    (report,) = read("هجوم بطائرة مسيرة على قاعدة حرير", lede).reports
    assert {name: getattr(report, name) for name in values} == values


@pytest.mark.parametrize(
    ("title", "text", "values"),
    [
        pytest.param(
            "تصحيح: صاروخ وليس مسيّرة على قاعدة حرير",
            "ذكرنا أن مسيّرة استهدفت قاعدة حرير اليوم، والصحيح أن صاروخا سقط على القاعدة، بحسب المصدر الأمني.",
            {"site_id": "harir", "weapon": "rocket", "correction": True, "confirmed_by": "security_source"},
            id="a correction of the weapon",
        ),
        pytest.param(
            "مسيّرة على قاعدة حرير",
            "استهدفت مسيّرة اليوم قاعدة حرير في أربيل.\n\nوتبنت المقاومة الإسلامية في العراق الهجوم، وقالت إنها ستواصل"
            " عملياتها.",
            {"claimed_by": "islamic_resistance_in_iraq"}, id="claimed it, and will go on",
        ),
        pytest.param(
            "مسيّرة على قاعدة حرير",
            "استهدفت مسيّرة اليوم قاعدة حرير في أربيل.\n\nوسبق للمقاومة الإسلامية في العراق أن تبنت عشرات الهجمات على القوات"
            " الأمريكية.",
            {"claimed_by": None}, id="has claimed dozens before",
        ),
        pytest.param(
            "مقتل جنديين أمريكيين في كمين بسوريا",
            "أعلن الجيش الأمريكي اليوم مقتل اثنين من جنوده ومترجم مدني في كمين قرب مدينة تدمر في سوريا.",
            {"country": "Syria", "date": D8, "killed": 3, "us_killed": 2}, id="the dead tell whose attack it was",
        ),
        pytest.param(
            "قصف قاعدة كونيكو",
            "قصفت قاعدة كونيكو في سوريا صباح اليوم بخمسة صواريخ.\n\nوعلى مدى الأيام الماضية تعرضت المنطقة لهجمات"
            " بمسيرات أسقطت غالبيتها وأصيب فيها ثلاثة جنود أمريكيين.",
            {"weapon": "rocket", "intercepted": None, "us_wounded": None}, id="what the past days brought",
        ),
        pytest.param(
            "مسيّرات على قاعدة التنف",
            "هاجمت مسيرات انتحارية فجر اليوم قاعدة التنف، وتمكنت الدفاعات من إسقاط مسيرة واحدة على الأقل.",
            {"munitions_min": None, "intercepted": "some"}, id="at least one of several",
        ),
        pytest.param(
            "أول هجوم على التنف",
            "استهدفت مسيّرة اليوم قاعدة التنف. وهذا الهجوم على القاعدة هو الثالث منذ اغتيال القائد في 3 كانون الأول.",
            {"date": D8}, id="the third since a day",
        ),
    ],
)  # fmt: skip
def test_what_belongs_to_the_attack_told(title: str, text: str, values: dict[str, Any]) -> None:
    (report,) = read(title, text).reports
    assert {name: getattr(report, name) for name in values} == values


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param(
            "قصف قاعدة بلد العراقية", "سقطت أربعة صواريخ على قاعدة بلد الجوية العراقية في صلاح الدين دون خسائر.",
            id="an Iraqi base without a word of Americans",
        ),
        pytest.param(
            "التحالف ينفي تعرض قاعدة التنف لهجوم",
            "سُمع دوي انفجارات في قاعدة التنف. ونفى التحالف الدولي تعرضها لأي هجوم، وقال: كان هناك تفجير متحكم فيه"
            " لإزالة القذائف غير المنفجرة.",
            id="a controlled detonation",
        ),
        pytest.param(
            "مكافحة الإرهاب: قاعدة حرير لم تتعرض لأي هجوم",
            "أكد جهاز مكافحة الإرهاب عدم تعرض قاعدة حرير لأي هجوم أمس. ومنذ بدء الهجمات ضد القوات الأمريكية تعرضت"
            " القاعدة لعدة هجمات بالمسيرات.",
            id="denied, with near-daily attacks behind it",
        ),
        pytest.param(
            "البرج الأطول في بغداد", "شهدت قاعدة البرج الجديد في بلد مجاور انفجار أنبوب غاز أصاب عاملين أمريكيين.",
            id="a tower, a country and a base of none",
        ),
        pytest.param(
            "في بلد القاعدة الأمريكية",
            "قال الكاتب إن العراق بلد تعرض لعشرات الهجمات منذ سنوات وإن القاعدة الشعبية للحزب تآكلت.",
            id="a popular base",
        ),
        pytest.param(
            "القوات الأمريكية تستهدف مواقع",
            "استهدفت القوات الأمريكية من قاعدتها في حقل العمر قرى خشام والجفرة التي تنتشر فيها مجموعات مدعومة من"
            " إيران.",
            id="fire from the base",
        ),
        pytest.param(
            "المقاومة: قصفنا إيلات", "أعلنت المقاومة الإسلامية في العراق أنها استهدفت بالطيران المسير هدفا حيويا في"
            " إيلات، رداً على المجازر في غزة، واستمراراً بنهجنا في مقاومة الاحتلال.",
            id="a statement on Eilat",
        ),
        pytest.param(
            "التحالف يدرب على صد المسيرات", "أجرت قوات التحالف في قاعدة حقل العمر تدريبات بالذخيرة الحية على التصدي"
            " للطائرات المسيرة.",
            id="an exercise in shooting down",
        ),
        pytest.param(
            "حصيلة المرصد",
            "وثق المرصد السوري تعرض القواعد الأمريكية في سوريا منذ تاريخ 19 تشرين الأول لـ 101 هجوما: 23 منها على"
            " قاعدة حقل العمر، و15 على قاعدة الشدادي، وعمليتان على قاعدة تل بيدر.",
            id="a count by bases",
        ),
    ],
)  # fmt: skip
def test_what_only_sounds_like_an_attack(title: str, text: str) -> None:
    assert read(title, text).reports == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "تعرضت القوات الأمريكية في العراق وسوريا للهجوم 73 مرة منذ 17 تشرين الأول، 37 منها في العراق و36 في سوريا،"
            " بحسب البنتاغون.",
            {"total": 73, "iraq": 37, "syria": 36, "since": dt.date(2023, 10, 17)}, id="attacked so many times",
        ),
        pytest.param(
            "وأشار المرصد السوري إلى تعرض القواعد الأمريكية داخل الأراضي السورية منذ تاريخ 19 تشرين الأول لـ 88 هجوما.",
            {"total": 88, "iraq": None, "syria": 88, "since": dt.date(2023, 10, 19)}, id="since the date of",
        ),
        pytest.param(
            "تعرضت القواعد الأمريكية في سوريا منذ التاسع عشر من تشرين الأول إلى مئة وتسعة وأربعين هجوما من قبل"
            " الفصائل التابعة لإيران.",
            {"total": 149, "syria": 149, "since": dt.date(2023, 10, 19)}, id="in words",
        ),
        pytest.param(
            "خلال الفترة من 17 إلى 30 تشرين الأول تعرضت القوات الأمريكية للهجمات ما لا يقل عن 14 مرة في العراق و9 مرات"
            " في سوريا.",
            {"total": 23, "iraq": 14, "syria": 9, "since": dt.date(2023, 10, 17)}, id="only by countries",
        ),
        pytest.param(
            "تتعرض قواعد الاحتلال الأميركي على الأراضي العراقية والسورية لما يزيد على 100 هجوم منذ الـ17 من تشرين"
            " الأول/أكتوبر الماضي.",
            {"total": 100, "iraq": None, "syria": None, "since": dt.date(2023, 10, 17)}, id="both by their adjectives",
        ),
        pytest.param(
            "ارتفع عدد الهجمات على القوات الأمريكية إلى 78 هجوما منذ 17 تشرين الأول، توزعت بين 36 في العراق و42 في"
            " سوريا.",
            {"total": 78, "iraq": 36, "syria": 42}, id="risen to",
        ),
    ],
)  # fmt: skip
def test_running_counts(text: str, values: dict[str, Any]) -> None:
    (tally,) = read("البنتاغون يحصي الهجمات", text).stated_tallies
    assert {name: getattr(tally, name) for name in values} == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "وهذا الهجوم هو السابع من نوعه على القواعد الأمريكية خلال نحو شهر.", id="an ordinal alone"
        ),
        pytest.param("وأصيب 56 جنديا أمريكيا منذ 17 تشرين الأول.", id="the wounded"),
        pytest.param(
            "ونفذت القوات الأمريكية 12 غارة على الفصائل في العراق منذ 17 تشرين الأول.", id="US strikes"
        ),
        pytest.param("وشن الحوثيون 23 هجوما على السفن الأمريكية منذ 19 تشرين الثاني.", id="ships"),
    ],
)
def test_what_is_no_running_count(text: str) -> None:
    assert read("تقرير عن العراق", text).stated_tallies == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "بثلاث طائرات مسيرة أسقطت الدفاعات اثنتين منها فيما أصابت الثالثة القاعدة.",
            {"intercepted": "some", "munitions_min": 3}, id="two of three",
        ),
        pytest.param("بست مسيرات أصابت إحداها القاعدة بينما تم إسقاط الخمس الأخرى.", {"intercepted": "some"},
                     id="the other five"),
        pytest.param("بصاروخين جرى صد الأول بمنظومة سيرام أما الثاني فسقط قرب الساحة.", {"intercepted": "some"},
                     id="the first was repelled"),
        pytest.param("بمسيرة وأخفقت منظومة الدفاع الجوي في اعتراضها.", {"intercepted": "none"}, id="failed to"),
        pytest.param("بمسيرتين تم إسقاطهما قبل وصولهما.", {"intercepted": "all", "munitions_min": 2}, id="both"),
        pytest.param(
            "بصاروخين دون أن يسفر ذلك عن ضحايا أو أضرار.", {"damage": "none", **NONE}, id="without victims or damage"
        ),
        pytest.param("بصاروخين مما تسبب بأضرار مادية جسيمة.", {"damage": "major"}, id="heavy damage"),
        pytest.param("بصاروخ واقتصرت الأضرار على الماديات.", {"damage": "unspecified"}, id="only material damage"),
    ],
)  # fmt: skip
def test_what_became_of_it(text: str, values: dict[str, Any]) -> None:
    (report,) = read("استهداف قاعدة حرير", f"استهدفت قاعدة حرير فجر اليوم الجمعة {text}").reports
    assert {name: getattr(report, name) for name in values} == values


@pytest.mark.parametrize(
    ("words", "first", "last", "clock"),
    [
        pytest.param("بعد منتصف ليل الخميس - الجمعة", D8, D8, None, id="after midnight between two days"),
        pytest.param("ليل الخميس/الجمعة", D7, D8, None, id="the night between two days"),
        pytest.param("يوم الجمعة (8 كانون الأول 2023)", D8, D8, None, id="the day in brackets"),
        pytest.param("مساء أمس الخميس", D7, D7, None, id="last evening"),
        pytest.param("يوم الخميس الساعة الخامسة مساء بتوقيت شرق الولايات المتحدة", D8, D8, "01:00", id="US time"),
        pytest.param("عند الساعة 16:45 من مساء الخميس", D7, D7, "16:45", id="by the clock"),
        pytest.param("قرابة الساعة 6:30 مساء بتوقيت بغداد أمس", D7, D7, "18:30", id="Baghdad time"),
        pytest.param("في 19 تشرين الأول من العام الماضي", dt.date(2022, 10, 19), dt.date(2022, 10, 19), None,
                     id="of the year before"),
    ],
)  # fmt: skip
def test_when(words: str, first: dt.date, last: dt.date, clock: str | None) -> None:
    (report,) = read("", f"استهدفت طائرة مسيرة قاعدة حرير في أربيل {words}.").reports
    assert (report.date_earliest, report.date_latest, report.clock) == (first, last, clock)


def test_the_page_around_a_story_is_not_its_lede() -> None:
    """Menus and bylines above the text, and headlines of other stories under it."""
    title = "صاروخان يستهدفان قاعدة عين الأسد"
    text = (
        "أخبار العراق\nأمن\nصاروخان يستهدفان قاعدة عين الأسد\n2023-12-08\nوكالة الخبر - بغداد\n\n"
        "أفاد مصدر أمني يوم الجمعة بسقوط صاروخين على قاعدة عين الأسد غربي العراق دون إصابات.\n\nمقالات ذات صلة\n"
        "افتتاح مستشفى في الموصل\nاترك تعليقا"
    )
    check(title, text, {"at": "ain_al_asad", "date": D8, "munitions_min": 2, **NONE})
