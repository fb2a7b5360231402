"""English words for who says something, and for saying it."""

from __future__ import annotations

import re

from extract.sought import sought

_DAY = r"(?:(?:on|late|early|earlier|this|last) ){0,2}(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?"
_IN_WRITING = (
    r"(?:in|on|at|via|through|during|to|from|by) (?:an?|the|his|her|its|their)? ?(?:[\w-]+ ){0,3}?"
    r"(?:statement|tweets?|posts?|briefing|interview|message|conference|twitter|x|telegram|facebook|e-?mail|release|channel|reporters|media|call)\b"
)
_ROLE = (
    r"officials?|sources?|officers?|spokes(?:man|woman|person|people)|secretary|minister|ministry|president|ambassador|"
    r"general|colonel|major|lieutenant|captain|brigadier|commander|command|military|army|police|government|authorities|"
    r"statement|directorate|service|department|council|embassy|consulate|mission|pentagon|centcom|cell|coalition|"
    r"premier|governor|mayor|administration|forces|agency|intelligence|office|task force|chief|adviser|advisor|"
    r"senator|envoy|troops|soldiers|diplomats?|white house|command|chairman|inspector|operations"
)

_PATTERNS = {
    "gate": r"said|say|told|tell|announc|confirm|stat(?:ed|es|ing)|report|according|reveal|tweet|wrote|writ|add(?:ed|s|ing)\b|post(?:ed|s)\b|"
    r"not(?:ed|es)\b|disclos|describ|acknowledg|quot|cit(?:ed|ing|es)|identif|statement|condemn|denounc|deplor|investigat|inquiry|probe|"
    r"call(?:ed|s)\b|insist|explain|counted|blam|claim|put |gave |credit|assess|brief|testif|:|\(| - |source",
    "verb": r"\b(?:(?P<says>sa(?:id|ys?|ying)|told|tells|announc(?:ed|es|ing)|confirm(?:ed|s|ing)|stated|report(?:ed|s)|revealed|reveals|tweeted|tweets|"
    r"wrote|writes|added|adds|posted|noted|notes|disclosed|acknowledged|acknowledges|identified|explained|insisted|counted|statement read|read|"
    r"inform|informed|began|claim(?:ed|s)|put|gave|testified|briefed|credited|assess(?:ed|es))"
    r"|(?P<acts>condemn(?:ed|s)|denounc(?:ed|es)|deplor(?:ed|es)|(?:(?:ordered|opened|launched|began|started|announced) (?:an?|the) (?:\w+ )?(?:investigation|inquiry|probe))"
    r"|(?:is|are|was|were) investigating|(?:called|described) (?:the|this|it|as)\b))\b",
    "by": r"\b(?:according to|(?:confirmed|announced|reported|stated|said|disclosed) (?:\w+ ){0,4}?(?:from|by)|as per|told by|confirmed by|announced by|reported by|cit(?:ed|ing|es)|quot(?:ed|ing|es)|statement (?:by|from|of|issued by)|source:|"
    r"condemnation (?:from|by)|condemned by|denounced by)[ ]{1,2}",
    # "has not said", "declined to say", "would not confirm"
    "unsaid": r"\b(?:not|n't|never|nor|without|declined to|refused to|yet to|unable to|asked to|cannot|may have|would|if|whether|is|as|can neither)[ ]{1,2}(?:\w+[ ]{1,2}){0,2}\Z|\b(?:to|not been|yet been)[ ]{1,2}\Z",
    # words between the speaker and the verb, and the end of all that
    "adverbs": rf"(?:[ ,]+(?:has|have|had|also|later|previously|earlier|then|already|meanwhile|separately|reportedly|publicly|officially|strongly|quickly|swiftly|immediately|"
    rf"subsequently|initially|at first|first|only|exclusively|since|again|for (?:his|her|its|their) part|{_DAY}|today|yesterday|{_IN_WRITING}|and))*[ ]*\Z",
    "aside": rf"\b(?:{_ROLE}|person|people)(?P<aside>,? (?:who|that|which|speaking|on (?:the )?condition|requesting|under|citing|asking|familiar|briefed|with knowledge|not authori[sz]ed|"
    r"cited|quoted|close to|present)\b(?:[^;:,\"]|, (?=who\b))*)\Z",
    "breaks": r"[\";:()\[\],]|--| - |/|\b(?:that|but|while|when|as|after|before|because|since|although|though|which|where|whether|was|were|is|are|been|had|has|have|"
    r"hit|struck|targeted|attacked|landed|fell|fired|exploded|killed|wounded|injured|reported|said|early)\b",
    "name_after": r"[ ]{0,2}+(?P<words>(?!that\b|it\b|there\b|no\b|he\b|she\b|they\b|in\b|on\b|at\b|a (?:drone|rocket)|two (?:drones|rockets))[^,;:()\"\n]{2,140}?(?:, (?:(?:an?|the) )?(?:[\w'.-]+ ){0,5}?(?:spokes\w+|chief|head|deputy|who|official|officer|secretary|commander|minister|general|adviser|director|member)\b[^,;:()\"\n]{0,100}?){0,2})"
    r"(?=[,;:()\"\n]|\.?\Z| as saying| that | who | - | said\b| has | have | had | says\b)",
    # what follows where the words said came before: "..., officials said on Friday."
    "ends": rf"(?:[ ,]+(?:{_DAY}|today|yesterday|earlier|later|{_IN_WRITING}|(?:the )?(?:[\w.'-]+ ){{0,3}}?(?:news|agency|reuters|afp|ap|cnn|nbc|abc|fox|shafaq|press|tv|times|post|reporters|journalists|television)(?: news| agency)?|on condition of anonymity))*[ ]*(?:[.,;\"\n)]|\Z|-|adding|as |without |but |while |and )",
    "told_whom": r"[ ](?:(?:the )?[\w.'-]+[ ]?){1,5}?(?= on | by | in |[ ]?[.,;\"\n)]|\Z)",
    "dateline": r"\b(?:(?P<us>washington)|(?P<host>baghdad|erbil|irbil|arbil))\b[^\n.]{0,40}?(?:\)| -|--)",
    "heads": r"\A(?:[\w: |-]{0,14}[|] ?)?(?P<words>(?:the )?[^:,\"|]{3,70}): ",
    "tails": r"(?: -|:|--|,)[ ]{1,2}(?P<words>[^:,\"-]{3,50})\s*\Z",
    "bracketed": r"\((?P<words>[^()]{3,50})\)",
    "head": rf"\b(?:{_ROLE})\b",
    "role": r"\b(?:officials?|officers?|spokes(?:man|woman|person|people)|secretary|minister|ministry|ambassador|general|colonel|major|commander|security source|security sources|"
    r"military sources?|police sources?|media cell|media office|press office|government sources?)\b",
    "pronoun": r"\A\s*(?:and )?(?:he|she|they|it|who|the (?:\w+ )?(?:statement|source|sources|official|officials|spokes\w+|message))\s*\Z",
    "bare": r"\b(?:officials?|military|army|forces|command)\b",
    "no_name": r"(?:the|two|three|one|an?|and|iraqi?s?|iran\w*|syrian?|kurd\w*|american|united|states|baghdad|erbil|general|maj|gen|col|lt|brig|major|colonel|captain|"
    r"military|army|security|media|cell|defen[cs]e|ministry|minister|prime|president|secretary|pentagon|press|command|central|spokes\w+|official|officials|"
    r"coalition|embassy|state|department|white|house|national|council|news|agency|officer|forces|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"statement|government|joint|operations|operation|task|force|inherent|resolve|police|directorate|counter|terrorism|in|on|at|of|for)",
    # which sort
    "backed": r"\b(?:u\.s\.|us|american|washington|kurdish)[ -](?:backed|allied|trained|supported|aligned|led (?!(?:\w+ ){0,3}?coalition))(?: and)?",
    "led": r"\b(?:u\.s\.|us|american|washington)[ -]led(?: (?:\w+ ){0,3}?coalition)?|\b(?:u\.s\.|us|american) (?:military )?coalition",
    "led_written": r"(?:U\.S\.|US|American)[ -](?:led|backed|allied|trained|supported|aligned|based)|(?:U\.S\.|US|American) (?:military )?coalition",
    "us_written": r"\bUS\b(?! media| news| broadcaster| television| network| newspaper| outlet| channel)|\bU\.S\b(?! media|\. media|\. news|\. broadcaster|\. network)",
    "us": r"\bu\.s\.|\bamericans?\b(?! media| news| broadcaster| television| network| newspaper| outlet| channel)|\bamerica's|united states|pentagon|centcom|central command|"
    r"white house|state department|national security (?:council|advis[eo]r)|department of (?:defen[cs]e|state|war)|(?:defen[cs]e|war) department|\bwashington(?! (?:post|times|examiner|institute))|"
    r"(?<!'s )\b(?:defen[cs]e|war) secretary|secretary of (?:state|defen[cs]e|war)|\bthe air force\b|national guard|(?:^|an? |senior |two |the |another )defen[cs]e officials?|administration official|joint chiefs|"
    r"(?<!british )(?<!iranian )(?<!turkish )(?<!iraqi )\b(?:embassy|consulate)\b|african?om|us army|\bpress secretary\b",
    "of_coalition": r"\bspokes\w+|\bfor (?:the )?(?:coalition|combined|operation)|\bof (?:the )?coalition",
    "coalition": r"coalition|inherent resolve|cjtf|combined joint task force|\boir\b",
    "others": r"\b(?:iran|iranian|iran's|tehran|turkey|turkish|turkiye|ankara|israel\w*|russia\w*|moscow|british|britain|uk|french|france|german|syria|syrian|syria's|damascus|"
    r"qatar\w*|saudi|china|chinese|u\.n\.|un|united nations|european|eu|nato|lebanese|hezbollah|houthis?|danish|australian|canadian|sdf|syrian democratic forces|peshmerga)\b",
    "host": r"\b(?:iraq|iraqi|iraq's|iraqis|kurdish|kurdistan|kurdistan's|krg|baghdad|baghdad's|erbil|erbil's|jordan|jordanian|jordan's|anbar|basra|sulaymaniyah)\b",
    "host_body": r"\b(?:media cell|joint operations|counter[ -]?terror\w*|prime minister|premier|interior ministry|ministry of (?:interior|defen[cs]e|peshmerga|foreign affairs)|defen[cs]e ministry|foreign ministry|"
    r"police|commander-in-chief|commander in chief|provincial council|governor|popular mobili[sz]ation forces|asayish)\b",
    "security": r"\b(?:security|police|military|army|intelligence|counter[ -]?terrorism|defen[cs]e|interior)\b",
    "unnamed": r"\b(?:(?:security|police|military|army|intelligence|interior ministry|defen[cs]e|militia|medical|peshmerga|government)(?: and \w+)? (?:forces )?(?:officials?|sources?|officers?|figures?|personnel)|"
    r"(?:an?|two|three|another) (?:[\w-]+ ){0,3}?(?:officers?|colonel|captain|lieutenant|policem[ae]n|insider)\b(?! [a-z]+ [a-z]+,))",
    "nobody": r"\b(?:media|television|tv|news|agency|channels?|outlets?|reporters?|correspondents?|newspaper|monitor(?:s|ing)?|observatory|residents?|witness(?:es)?|eyewitnesses|locals?|analysts?|"
    r"observers?|experts?|reuters|afp|cnn|sana|activists?|website|reports?|neighbou?rs|villagers|network|broadcaster|journalists?|airport|lawyers?|family|think tank|institute|"
    r"local sources?|judges?|shafaq|rudaw|sputnik|kurdistan ?24|mayadeen|asharq|telegram|social media)\b",
    "sources": r"\bsources?\b",
    "apposed": r"\s*(?:an?|the|who|which|speaking|known|better|citing|quoting|also|head|chief|deputy|commander|spokes\w+|whose|formerly|\w{3,}(?:ed|ing))\b",
    "attackers": r"\b(?:armed groups?|armed factions?|(?:iraqi|shiite|shia|little-known|obscure|so-called) groups?|resistance|kata'?ib|kataib|hezbollah|militias?|militants?|faction|factions|saraya|harakat|asa'?ib|nujaba|guards|irgc|the group|brigades?|fighters|isis|islamic state|houthis?|umbrella)\b",
}  # fmt: skip

ENGLISH_SPEECH: dict[str, re.Pattern[str]] = {
    name: sought(re.compile(text)) for name, text in _PATTERNS.items()
}

_DAMAGE = {
    "word": r"(?P<none>\bundamaged\b|\bunscathed\b|\bnothing (?:[\w']+ ){0,6}?(?:damaged|hit)\b|\bno (?:human |financial |personnel )?(?:or|nor|and) material (?:losses|casualties|damages?)\b|\bneither (?:human|casualties) nor material\b)"
    r"|(?P<noun>\bdamages?(?! (?:a|an|the|one|two|three|several|some|his|her|its|their|windows?|houses?|cars?|vehicles?|buildings?)\b)(?<!damage assessment)\b|\bmaterial (?:losses|casualties)\b)"
    r"|(?P<damaged>\bdamag(?:ed|ing|es?)\b)"
    r"|(?P<destroyed>\bdestroy(?:ed|s|ing)\b)"
    r"|(?P<fire>\b(?:started|caused|causing|sparked|sparking|ignited|set off|setting off|made|triggered|triggering|starting) (?:an?|the|several|some|small|large) (?:[\w-]+ ){0,3}?(?:fires?|blaze) (?:of|in|at|on|inside) (?:(?:an?|the|some|several) )?(?:[\w-]+ ){0,2}?(?:vehicles?|buildings?|hangar|depot|warehouse|tents?|trucks?|barracks|dormitor\w+|houses?|compound)\b|\bcaught fire\b"
    r"|\bset(?:ting)? (?:[\w-]+ ){1,6}?(?:on fire|ablaze|alight)\b|\bburn(?:ed|t) out\b|\b(?:shatter|smash|blew out|blow)\w* (?:[\w'-]+ ){0,4}?windows?\b|\bwindows? (?:were |was )?(?:broken|shattered|smashed|blown)|\btore open\b|\bleft (?:a )?(?:holes?|craters?)\b|\binto a fireball\b)",
    "breaks": r"(?:.*(?:[;:(]|\b(?:but|though|although|except|only|and there was|while|which|that|and(?= (?:the|an?|some|minor|slight|little|limited|light|only|caused|causing)\b)|, (?:causing|damaging))\b))?",
    "open": r"\bwhether\b|\bif\b|\bunclear\b|\bnot (?:immediately )?(?:clear|known)\b|\bpossible\b|\bpotential\b|\bassess\w*\b(?! (?:that|no))|\bextent of\b|\bdetails?\b[^.;]{0,40}|\binformation\b[^.;]{0,40}|\bawaiting\b[^.;]{0,60}|"
    r"\bno (?:immediate |initial |early |confirmed |official |further |additional )(?:reports?|word|news|details|information)\b[^.;]{0,60}|\bno (?:word|details?|information|indication|news)\b[^.;]{0,60}|\b(?:may|might|could|would)(?! \d)(?: have)? (?:[\w-]+ ){0,3}\Z|\b(?:inspect|repair|evaluat|investigat|regarding|assess)\w* (?:[\w-]+ ){0,3}\Z"
    r"|\bto (?:cause|inflict|do|avoid|limit|prevent|minimi[sz]e|repair|assess) (?:[\w-]+ ){0,3}\Z",
    "open_after": r",? (?:assessments?\b|,? if any|was (?:still )?(?:being|unclear|not)|is (?:still )?(?:being|unclear)|were not|remains|(?:or casualties )?(?:was|were) not (?:clear|known)|control)",
    "not_thing": r"\b(?:grass|fields?|farmland|brush|tyres?|tires?|wheat)(?: [\w-]+){0,2} \Z|\b(?:drones?|rockets?|missiles?|uavs?|aircraft|the other|one|another)(?:, [^,;]{2,40},)? (?:was|were|had been|is|got) (?:also )?(?:\w+ )?\Z",
    "wild": r"\b(?:grass|fields?|farmland|brush|wheat|tyres?|tires?)\b",
    "aside": r"[,;]| but ",
    "built": r" (?:(?:an?|the|some|several|two|three|one|at least|parts of|part of) )?(?:[\w'-]+ ){0,3}?(?:buildings?|hangars?|facilit\w+|depots?|warehouses?|barracks|tents?|houses?|homes?|trucks?|lorry|lorries|vehicles?|radars?|systems?|containers?|storage|section|offices?)\b",
    "built_before": r"\b(?:buildings?|hangars?|facility|depot|warehouses?|barracks|houses?|homes?|trucks?|lorry|lorries|vehicles?|radars?|site|base|structures?)(?:[^.;,]{0,30})? (?:was|were|been|is) (?:\w+ )?\Z",
    "negated": r"\b(?:no|not|without|nor|neither|never|n't|zero|nothing|avoided|free of|fail\w* to)\b[^.;]{0,80}\Z|n't\b[^.;]{0,60}\Z",
    "negated_after": r",?(?: or (?:casualties|injuries))? (?:was|were|has been|have been) (?:not|n't)(?! (?:clear|known))|: (?:none|no)\b",
    "minor": r"\b(?:minor|slight|slightly|limited|light|lightly|minimal|little|superficial|small|cosmetic|negligible|minimum) (?:(?!injur|wound|casualt)[\w-]+,? ){0,3}\Z",
    "minor_after": r"[^.;,]{0,40}\b(?:was|were|is|as|described as) (?:said to be )?(?:minor|slight|limited|light|minimal|small|superficial)\b",
    "major": r"\b(?:major|significant|significantly|extensive|extensively|severe|severely|heavy|heavily|badly|serious|seriously|considerable|massive|substantial|great|huge|widespread) (?:(?!injur|wound|casualt|fortified)[\w-]+ ){0,3}\Z",
    "major_after": r"[^.;,]{0,40}\b(?:was|were|is|as|described as) (?:said to be )?(?:major|significant|extensive|severe|heavy|serious|considerable)\b",
    "ours": r"[^.;]{0,8}\b(?:to|at|on|of|inside|in|within)\b (?:(?:the|its|their|our|any|some|a|an) )?(?:[\w'-]+ ){0,2}?(?:base|u\.s\.|us|american|coalition|embassy|facilit\w+|compound|installations?|infrastructure|equipment|consulate|camp|airfield|runway)(?!\w)",
    "theirs": r"\b(?:civilian|houses?|homes?|mosque|cars?|villages?|residential|school|shops?|neighbou?rhood|flats)\b",
}  # fmt: skip

ENGLISH_DAMAGE: dict[str, re.Pattern[str]] = {
    name: sought(re.compile(text)) for name, text in _DAMAGE.items()
}
