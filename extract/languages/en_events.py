"""English words for attacks: who, what, at what, and how it is said."""

from __future__ import annotations

import re

from extract.languages.events import EventRules


def _split(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip())


_WORDS = {
    "us": _split("US, american, america, united states, U.S., USA, american occupation, us occupation, "
                 "american led, occupation, occupying, occupiers, purple heart, purple hearts, national guard, army national guard"),
    "coalition": _split(
        "coalition, us led coalition, american led coalition, global coalition, international coalition, "
        "anti isis coalition, anti is coalition, anti isil coalition, anti daesh coalition, us led, "
        "us led international coalition, us led global coalition, us led anti isis coalition, "
        "us led anti daesh coalition, american led military coalition, us led military coalition, "
        "international anti jihadist coalition, intl coalition, int l coalition, coalition against isis, "
        "multinational coalition, cjtf oir, nato"),
    "force": _split(
        "forces, troops, troop, soldiers, soldier, personnel, service members, service member, servicemen, "
        "servicemembers, servicemember, contractors, contractor, advisers, advisors, adviser, advisor, diplomats, "
        "diplomat, military, marines, citizens, interests, targets, target, positions, presence, army, staff, "
        "military personnel, military forces, military advisers, military advisors, special forces, "
        "occupation forces, occupation troops, forces and personnel, partner forces, partners, experts, "
        "warplanes, fighter jets, jets, aircraft, fighter aircraft, helicopters, air force, "
        "military experts, members, representatives, service personnel, interpreter, interpreters, translator, translators"),
    "people": _split("airmen, guardsmen, national guardsmen, sailors, american soldier, american contractor, foreign troops, western troops, foreign soldiers, foreign forces, western forces, allied troops, americans, coalition members, coalition force"),
    "host": _split(
        "housing, hosting, houses, hosts, housed, hosted, home to, used by, where, includes, including, stationed, "
        "run by, manned by, occupied by, belonging to, deployed, host, house, of the, serving, used to house, "
        "shared by, shared with, operated by, accommodates, accommodating, with, owned by, containing, carrying, hauling, transporting, "
        "bringing, for the, loaded with, that carried, supporting, supplying, of, working for, for, used"),
    "attacker": _split(
        "gunman, bomber, suicide bomber, attacker, assailant, militia, militias, militants, militant, fighters, gunmen, armed group, armed groups, factions, faction, "
        "resistance fighters, mujahideen, attackers, assailants, insurgents, armed factions, iraqi resistance, "
        "resistance groups, paramilitary, paramilitaries, proxies, iran backed militias, iran backed groups, "
        "iran backed, iran aligned, iranian backed, pro iran, pro iranian, iranian, tehran, iran, terrorists, "
        "unknown gunmen, islamist, resistance, group, groups, jihadists, proxy forces"),
    "other_state": _split(
        "israel, israeli, israelis, turkey, turkish, turkiye, russia, russian, russians, zionist, idf, syrian army, "
        "syrian government, jordanian air force, azerbaijan, pakistan"),
    "other_place": _split(
        "red sea, bab el mandeb, bab al mandab, gulf of aden, yemen, yemeni, sanaa, hodeidah, gaza, gaza strip, "
        "lebanon, beirut, tel aviv, haifa, eilat, jerusalem, golan, golan heights, west bank, afghanistan, kabul, "
        "kandahar, libya, benghazi, tripoli, somalia, niger, ukraine, kyiv, crimea, pakistan, saudi arabia, "
        "riyadh, abu dhabi, dubai, uae, united arab emirates, qatar, al udeid, bahrain, kuwait, isfahan, "
        "natanz, fordow, ship, ships, vessel, vessels, tanker, tankers, shipping, commercial ships, uss, "
        "destroyer, destroyers, warship, warships, aircraft carrier, carrier, strait of hormuz, persian gulf, arabian sea, indian ocean, khartoum, sudan, oman"),
    "hit": _split("attacked, targeted, struck, hit, shelled, bombed, rocketed, pounded, bombarded, ambushed, "
                  "shot at, missed, reached, set ablaze, set on fire, set alight, torched, blasted, rattled, rock, hammered, peppered, pelted, plastered, raked, pummelled, pummeled, assaulted, battered, stormed, mortared, shook, rocked, shakes, clobbered, lashed out, strafed, damaged, went for, gone for, going for, went after, took aim at, taken aim at, pelted, pummeled, pummelled, raked, "
                  "sprayed, swooped on, zeroed in on, showered"),
    "hits": _split("target, targets, hits, shells, rocks, pounds, strikes at, attacks target"),
    "hitting": _split("targeting, attacking, hitting, striking, aimed at, bound for, meant for, intended for, destined for, aimed for, aiming at, aiming for, directed at, shelling, bombing, "
                      "impacting, that targets"),
    "launch": _split("fired, launched, lobbed, launching, firing, carried out, conducted, opened fire, "
                     "was used, were used, sent, dispatched, let loose, loosed, fires, dropped, drops, dropping, drop, carrying out, staged, directed, unleashed, mounted, carry out, launches"),
    "land": _split(
        "landed, fell, collided, crashed, exploded, detonated, impacted, slammed, came down, rained down, lands, land, falls, "
        "falling, crashes, went off, blew up, blown up, blow up, explodes, landing, exploding, detonating, crashing, fall, rained, "
        "fallen, came near, came close, smashed, ploughed, plowed, slams, slammed, "
        "crashed, tore, smashed, ploughed, made for, headed for, rain down, rains down, rain on, made its way, "
        "came in, streaked, came at, coming at, came towards, neared, nears, drifted, flew towards, flew near, was heading, heading towards, heading for, ripped through, rolled over, approached, flew, impact, splashed, splashes, dived, dives, dove, diving, plunged, plunges, plunging, ploughing, plowing, burned out, burning out, burnt out, sailed, sailed in, came over, whistled, careered, thudded, pitched, slammed down, got through, gets through, get through, getting through"),
    "down": _split(
        "shot down, downed, intercepted, thwarted, repelled, foiled, neutralized, neutralised, diverted, "
        "brought down, shoots down, shoot down, intercepts, intercept, downs, destroyed, engaged, deflected, "
        "shooting down, intercepting, took down, taken down, repel, repels, deflect, disabled, defeated, fended off, "
        "thwart, thwarts, foils, shot out, destroying, countered, averted, stopped, stopping, swatted, swatted down, swats, batted away, batted down, swatted away, knocked down, knocked out, knocked out of the sky, taken out, brought to earth, confronted, repulsed, brings down, bring down, bringing down, knocked out, drove off, "
        "drove away, fought off"),
    "under": _split(
        "took indirect fire, taking indirect fire, took mortar fire, took small arms fire, took sporadic fire, drew fire, "
        "took direct fire, came under, come under, coming under, comes under, under, subjected to, target of, faced, suffered, "
        "the scene of, took fire, took rocket fire, taking fire, taking rocket fire, takes fire, took incoming, sustained, received, was the target, were the target, rocked by, the site of, has come under, suffers, absorbed, absorbs, absorbing, weathered, dealt with, endured, withstood, took indirect fire, took rockets, took drones, took hits, took a hit"),
    "be": _split("was, were, been, being, is, are, be, got, gets, wasn t, weren t, has been, have been"),
    "by": ("by",),
    "at": _split(
        "east of, west of, north of, south of, northeast of, southwest of, northwest of, southeast of, not far from, at, on, against, toward, towards, near, in, into, inside, over, around, onto, outside, close to, within, "
        "vicinity of, in the vicinity of, nearby, to, adjacent to, next to, beside, above, at or near, upon, known as, also known as, better known as, dubbed"),
    "from": _split("from, originating from, out of"),
    "not": _split("none, no, not, never, didn t, wasn t, without, false, untrue, weren t, did not, neither, nor"),
    "deny": _split("denied, denies, deny, denying, dismissed, refuted, rejected claims, rejected reports, "
                   "no truth, debunked, denial, refutes, baseless"),
    "maybe": _split(
        "could, would, may, might, will, if, threatened, threatens, threaten, threatening, plans to, planning, "
        "planned, plan, plans, plotted, plotting, plot, vowed, vows, warned of, warns of, prevent, preventing, "
        "deter, deterring, should, future, preparing, prepared, prepares, drill, drills, exercise, exercises, "
        "simulated, simulation, rehearsal, training, threat, threats, promised, pledge to, further attacks, any, "
        "fears, fear, imminent, next, intends, intended, capable of, ability to, risk of, hypothetical, halt, stop, "
        "suspend, suspended, suspending, cease, calls for, called for, potential, scenario, whether, unless, ready to, "
        "warning against, fearing, brace, bracing, braced, pause, freeze, scheduled, were to be, was to be, due to be, set to be, meant to be, about to be, likely to, continue to, ending"),
    "many": _split(
        "series, dozens, repeated, repeatedly, frequent, frequently, near daily, nearly daily, almost daily, regular, "
        "regularly, wave, spate, numerous, a number of, recent attacks, such attacks, previous attacks, scores, hundreds, "
        "uncommon, commonplace, common, flurry, string, campaign, increase, often, uptick, escalation, multiple attacks, surge, several attacks, "
        "these attacks, those attacks, routinely, occasional, past attacks, similar attacks, near-daily, daily, "
        "rash, most attacks, many attacks, all attacks, more attacks, each attack, every attack, any attack, "
        "have been launching, have been firing, have been attacking, have been targeting, intermittent, habitually, most of the attacks, rise, attacks of this kind, attack of this kind, previously, "
        "earlier attacks, bouts, slew, most of these attacks, attacks like this, ongoing attacks, rocket attacks of this kind"),
    "times": _split("times, separate times, occasions, in recent weeks, in recent months, over the past month, "
                    "in recent years, since october, in the past month, over the past, recent months, recent weeks, recent days, "
                    "over recent, past year, past few months, over the years, th attack, nd attack, "
                    "for months, for weeks, last few months"),
    "and": _split("and, or, as well as, &, also, along with, plus, both, two, three, another, separate, nearby"),
    "which": _split("which, that, who"),
    "because": _split(
        "when, after, before, while, as, since, because, following, amid, despite, in response to, response to, "
        "in retaliation for, retaliation for, retaliating, revenge for, days after, hours after, as part of, during, "
        "in retaliation, retaliatory, followed, follows, came after, comes after, but, although, though, until, "
        "in reaction to, in the wake of, responsible for, behind, used to, blamed for, accused of, aftermath of"),
    "harm": _split(
        "killed, wounded, injured, kills, wounds, injures, injuring, wounding, killing, injuries, casualties, "
        "assassination, assassinating, assassinated, martyrdom, dead, hurt, died, deaths, harmed, fatalities, casualty, injury, losses, brain injuries, concussion, shot dead, gunned down, lives"),
    "official": _split("officials, official, spokesman, spokesperson, spokeswoman, secretary, ambassador, president, "
                       "commander, administration, government, senator, lawmakers, congress, state department"),
    "say": _split("said, says, reported, announced, confirmed, told, stated, according to, reports, report, added, "
                  "previously reported, earlier reported, statement, reportedly, confirms, saying, reporting, confirm, tweeted, wrote"),
    "had": _split("had, has, have"),
    "neutral": _split("in support of gaza, support for gaza, in solidarity with gaza, in defence of gaza, war in gaza, "
                     "war on gaza, gaza war, over gaza, in support of the people of gaza, conflict in gaza, "
                     "group of, groups of, hit list, strike group, carrier strike group, target list, fire brigade, on target, under way, "
                      "under investigation, under control, under the umbrella, under the banner, under the name, hit song, "
                      "general strike, fire department, set fire to, set fire, setting fire to, under fire from, opened fire in the air, fire station, fire truck, fire trucks, fire engine, fire engines, fire crews, civil defense, under pressure, on strike, hunger strike, strike force, under way"),
    "local": _split("iraqi army, iraqi forces, iraqi security forces, iraqi soldiers, peshmerga, sdf, "
                    "syrian democratic forces, kurdish forces, popular mobilization forces, hashd al shaabi, pmf, pmu, "
                    "isis, islamic state, daesh, isil, hamas, hezbollah, civilians, peshmerga forces, "
                    "iraqi police, houthi, houthis, kurdish opposition, pkk, ypg, syrian democratic force"),
}  # fmt: skip

_VALUES = {
    "base": {
        "embassy": "embassy, embassy compound, embassy complex, chancery",
        "consulate": "consulate, consulate general, consulate building",
        "base": "base, bases, air base, airbase, military base, air bases, military bases, airbases, camp, airfield, "
                "installation, installations, headquarters, military facility, military installation, barracks, "
                "military headquarters, compound, facility, facilities, patrol base, military site, strongholds, airstrip, runway, perimeter, grounds, "
                "military facilities, sites, site, military compound, military complex, complex, military installations",
        "outpost": "outpost, garrison, mission support site, patrol, outposts, landing zone, military outpost",
        "convoy": "convoy, convoys, supply convoy, logistics convoy, logistical convoy, military convoy, "
                  "supply trucks, logistics trucks, supplies, logistics vehicles, supply vehicles, logistic convoy, trucks, truck, lorry, lorries, supply column, fuel tankers",
        "oil_field": "oil field, oilfield, gas field, gas plant, oilfields, oil fields",
        "airport": "airport, international airport",
        "other": "support center, support centre, logistics center, logistics centre, diplomatic facility, "
                 "diplomatic center, diplomatic support center, diplomatic compound, mission, diplomatic mission, "
                 "logistics support center, same area, same place, same location, same spot",
    },
    "weapon": {
        "rocket": "rocket, rockets, katyusha, katyushas, katyusha rocket, katyusha rockets, multi rocket, grad, "
                  "grad rockets, rocket fire, rocket barrage, 107mm rockets, rocket salvo, "
                  "107 mm rockets, 122mm rockets, katyusha missiles, katyusha missile, multiple rocket, grad missiles, "
                  "107mm rocket, 122mm rocket, rocket rounds",
        "drone": "drone, drones, bomb laden drone, bomb laden drones, bomb carrying drone, bomb carrying drones, explosives packed drone, explosives packed drones, weaponized drone, weaponized drones, exploding drone, exploding drones, bomb laden unmanned aircraft, uav, uavs, uas, suicide drone, suicide drones, one way attack drone, "
                 "one way attack drones, attack drone, attack drones, armed drone, armed drones, explosive drone, "
                 "explosive drones, explosive laden drone, explosive laden drones, booby trapped drone, kamikaze drone, "
                 "booby trapped drones, kamikaze drones, unmanned aerial vehicle, unmanned aerial vehicles, "
                 "unmanned aircraft, one way drone, one way drones, quadcopter, loitering munition, unmanned aerial, "
                 "unmanned aerial system, unmanned aerial systems, loitering munitions, fpv drone, fpv drones, "
                 "one way uas, owa uas, multi drone, unmanned drone, one way attack unmanned aerial system, one way uavs, "
                 "explosives laden drone, explosives laden drones, quadcopters, shahed, one way attack uas, "
                 "one way attack uav",
        "ballistic_missile": "ballistic missile, ballistic missiles, short range ballistic missile, "
                             "short range ballistic missiles, close range ballistic missile, "
                             "close range ballistic missiles, ballistic, fateh 110, qiam, zolfaghar, "
                             "close range ballistic",
        "cruise_missile": "cruise missile, cruise missiles, land attack cruise missile, land attack cruise missiles",
        "missile": "missile, missiles, shells, shell, munitions, ordnance",
        "mortar": "mortar, mortars, mortar rounds, mortar shells, mortar fire, mortar round, artillery shells, "
                  "mortar shell, mortar bombs",
        "ied": "ied, ieds, roadside bomb, roadside bombs, improvised explosive device, improvised explosive devices, "
               "explosive device, explosive devices, bomb, bombs, car bomb, planted bomb, roadside explosion, "
               "roadside explosive, explosive charge, landmine, landmines, land mine, land mines, a mine, "
               "explosively formed penetrator, "
               "explosively formed penetrators, explosively formed projectile, explosively formed projectiles",
        "small_arms": "small arms, small arms fire, gunfire, machine gun, insider attack, machine guns, automatic weapons, "
                      "rifle fire, sniper",
        "": "explosives, explosive material, tnt, explosive charges, projectile, projectiles, rounds, volley, volleys, indirect fire, aerial object, unidentified objects, air defense system, device, devices, craft, aircraft rigged, incoming, mines",
    },
    "attack": {
        "attack": "barrage, barrages, salvo, salvos, salvoes, bombardment, shelling, volley of rockets, hits on, "
                  "rocketing, targeting of, incoming fire, attack, attacks, assault, assaults, ambush, operation, operations, incident, incidents, "
                  "terrorist attack, attempted attack, attempted attacks, suspected attack, counterattack, "
                  "blew himself up, blew herself up, blew themselves up",
        "strike": "strike, strikes, raid, raids",
        "fire": "fire",
        "blast": "blast, blasts, explosion, explosions, bombing, bombings, impacts, detonation, sirens, alarms",
    },
    "air_strike": {
        "strike": "airstrike, airstrikes, air strike, air strikes, air raid, air raids, airstrikes on, "
                  "retaliatory strikes, retaliatory strike, precision strikes, self defense strikes, "
                  "precision airstrikes, counterstrike, counter strike, reprisal strikes, artillery strikes, "
                  "self defense strike, precision strike",
    },
}  # fmt: skip


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_DOWNED = "shot down|downed|intercepted|destroyed|repelled|neutrali[sz]ed|brought down|thwarted"
_PATTERNS = {
    # who says it
    "claims": _any(
        r"claim(?:ed|s|ing)?\b[^.;]{0,60}\b(?:responsib|attack|strike|operation|target|hit|to have|it |that |credit|bomb|blast|explosion|ambush|this one)",
        r"claim(?:ed|s|ing)?\b[^.;]{0,40}\b(?:rocket|drone)",
        r"(?:took|taken|takes|assumed|accepted)\s(?:credit|responsib)",
        r"\b(?:said|says|announced|announces|stated|added|declared|reported|statement|asserted|boasted|wrote|posted"
        r"|affirm\w+)\b[^.;]{0,120}?"
        r"\b(?:it|its|they|his|their)\s(?:(?!the\b|that\b)\w+\s){0,4}?(?:attack|target|struck|hit|launch|carried|fired|shell|bomb|strik|used (?:an? |\w+ )?(?:drone|rocket|missile)|sent )",
        r"\b(?:announced|said|reported)\b[^.;]{0,30}\b(?:targeting|attacking|an attack on|responsib|it was behind|attacks? on|strikes? on)",
        r"\bcommuniqu",
        r"\b(?:said|says|announced|declared|added)\b (?:that )?(?:it|they|(?:its|their) \w+) (?:was|were|had been|is) (?:behind|responsible for)\b",
        r"\bresponsibility (?:for|was claimed)",
        r"\bclaim(?:ed|s) (?:all|both|each|the (?:two|three|four))\b",
        r"\b(?:issued|released|published) (?:a|the|its) (?:\w+ )?statement",
        r"\bannounc\w+ (?:\w+ ){0,3}that",
        r"\bstatement (?:of|by|from|issued by) the (?:\w+ ){0,2}(?:resistance|group|faction)",
        r"\b(?:resistance|group|factions?)\b[^.;]{0,40}\bin a statement",
    ),
    "unclaimed": _any(
        r"\bno (?:group|one|party|side|faction|militant|immediate|known|organi[sz]ation|armed|claim|individual|entity"
        r"|militia)\w*\b[^.;]{0,60}(?:claim|responsib|credit)",
        r"not (?:yet |immediately )?(?:been )?claimed",
        r"unclaimed",
        r"\bden(?:ied|ies) (?:announcing|claiming|any|having|responsib|involve|it )",
        r"nobody (?:has )?claim",
        r"no groups? (?:or individuals? )?(?:has|have)",
    ),
    "blames": _any(
        r"\bblam",
        r"\battribut",
        r"\bcarried out by",
        r"\blaunched by",
        r"\bfired by",
        r"\binitiated by",
        r"\bbelieved to",
        r"\bsuspected",
        r"\baccus",
        r"\bindications",
        r"\bbehind\b",
        r"\bpoint(?:ed|s|ing) to",
        r"\bresponsible",
        r"\bconducted by",
        r"\bheld\b",
        r"\b(?:footprints?|hallmarks?|fingerprints?)\b",
        r"\bsigns",
    ),
    "blamed": _any(r"\bblamed\b", r"\bbehind\b", r"\bresponsible\b", r"\bto blame\b", r"\bcarried out\b"),
    "in_general": _any(
        r"\bdozens of",
        r"\brepeated",
        r"\bseries of",
        r"\bprevious",
        r"\bsuch attacks",
        r"\bthe attacks\b",
        r"(?<!\bto )\bhave been\b",
        r"\bcampaign\b",
        r"\bmost of",
        r"\b(?:accuses?|blames?|accuse|blame)\b[^.;]{0,70}\b(?:attacks|fire|strikes)\b",
        r"\bsimilar attacks",
        r"\b(?:regular|recurring|recent) (?:\w+ )?attacks",
        r"\bin the past\b",
        r"\bnot (?:yet |directly )?(?:blame|attribut|identif|name|accus)",
        r"\b(?:stopped short|without (?:naming|blaming)|declined to (?:blame|name))",
        r"\b(?:would|will) hold\b",
        r"\b(?:weeks|months) of\b",
        r"\bkilled in the (?:american|u\.s\.|us) (?:response|strikes?)",
        r"\bcontinue to\b",
    ),
    "accused": _any(
        r"(?:blam\w+|accus\w+|belong\w+ to|against|killed|strikes? on|targets? of|linked to|affiliated with|ties to)"
        r"\s[^.]{0,20}$",
    ),
    "backed_group": re.compile(
        r"\b(?:(?:iran|iranian|tehran)[ -](?:backed|aligned|linked|supported|affiliated|allied|sponsored)|pro-iran(?:ian)?)(?: [\w-]+){0,3}? (?:militias?|groups?|factions?|militants?|fighters|forces|proxies|cells?|militiamen|gunmen)\b"
    ),
    "linked": re.compile(r"[ -](?:backed|linked|aligned|affiliated|supported|allied|sponsored)\b"),
    "made_of": re.compile(
        r"\b(?:umbrella|coalition|network|alliance|group|front|name|part|members?|faction)(?: \w+)? (?:of|for)\s(?:[\w-]+\s){0,3}\Z"
    ),
    "named_next": _any(
        r"\bthe (?:\w+ )?(?:group|militia|faction|organi[sz]ation|outfit)\b",
        r"\bcalling itself\b",
        r"\bknown as\b",
        r"\bcalls itself\b",
    ),
    "no_agent": _any(
        r"\b(?:against|fight(?:ing)?|defeat(?:ing)?|counter(?:ing)?|(?:controlled|held|run|used|operated|supported) by|from areas|between)\s(?:\w+\s){0,3}\Z"
    ),
    "claims_some": _any(
        r"\bclaim(?:ed|s|ing)\b[^.;]{0,40}\b(?:most|some|many|several|dozens) of\b",
        r"\bclaim(?:ed|s|ing)\b[^.;]{0,80}\b(?:recent|recurring|previous|such|numerous|dozens of) (?:\w+ )?attacks",
    ),
    "claims_all": _any(
        r"\bclaim(?:ed|s) (?:responsibility for )?(?:all|both|each|the (?:two|three|four|five))\b(?! of the attacks)"
    ),
    "backed_by": _any(r"\b(?:backed|supported|aligned|linked) (?:by|with|to)\s\Z"),
    "denies": _any(
        r"\bden(?:y|ied|ies|ying)\b",
        r"\bdismiss(?:ed|es)\b",
        r"\brefut",
        r"\bno truth\b",
        r"\bdebunk",
        r"\bbaseless\b",
        r"\bno such attack",
        r"\bfalse\b",
        r"\buntrue\b",
        r"\bno (?:such )?attacks? (?:took|had taken|occurred|happened)",
        r"\bwas not (?:hit|attacked|targeted)",
    ),
    "neither": _any(r"confirm\w* (?:or|nor) den"),
    "zoned": _any(r"\b(?:et|est|edt|eastern|gmt|utc)\b"),
    "transcript": re.compile(
        r"^(?:q[:.]\s|(?:brig|maj|gen|lt|adm|secretary|deputy|press|mr|ms|mrs|under|spokes\w+|general|staff)[\w. '-]{2,60}:\s)",
        re.MULTILINE,
    ),
    "pronoun": _any(
        r"\b(?:it|they|its|their|the (?:group|resistance|factions?|fighters|militia|militants|alliance|outfit|umbrella|coalition of factions|movement|statement))\b"
    ),
    # when
    "said_on": re.compile(
        r"\b(?:said|told|announced|reported|confirmed|stated|statement|according to|says|saying|added|tweeted|revealed"
        r"|claimed|claiming|condemned|blamed|acknowledged|disclosed|wrote|posted|published|warned|denied|statements?)\s"
        r"(?:(?!(?:that|an?|it|they)\b)[\w.'-]+\s){0,4}?(?:on\s|late\s|early\s)?\Z"
    ),
    "then_said": re.compile(
        r",?\s(?:[\w.'-]+\s){1,6}?(?:said|reported|announced|confirmed|revealed|stated|acknowledged)\b[^.;]{0,120}\bhad\b"
    ),
    "then_says": re.compile(
        r",?\s(?:[\w.'-]+\s){1,6}?(?:said|says|reported|announced|confirmed|revealed|claimed)\b"
    ),
    "passing": re.compile(
        r"\b(?:after(?! (?:midnight|noon|dawn|dusk|\d))|during|following|in response to|response to|in retaliation for|retaliation for|days after|hours after"
        r"|follow(?:s|ed)|came after|in the wake of|because of|similar to|since(?! (?:dawn|the (?:morning|night|evening)|midnight|noon|early|late|yesterday|\w+day\b|[\d:]+))|like the|responsible for"
        r"|in retaliation to|avenge|retaliated for|retaliate for|held responsible for|over an?|reaction to|accused of"
        r"|suspects (?:in|over)|connection (?:with|to)|role in|involved in|involvement in|perpetrators of"
        r"|blamed for|citing|follow|previously|earlier this (?:week|month|year)|last (?:month|year))\b[^,;.]{0,60}\Z"
        r"|\b(?:follows?|followed|following|in response to|after)\b[^;.]{0,80}\b(?:notably|including|such as)\b[^,;.]{0,60}\Z"
    ),
    "cause": re.compile(
        r"\b(?:in (?:response|retaliation|reaction|reprisal) (?:to|for)|response to|retaliation (?:for|to)|because of|responsible for|avenge"
        r"|retaliat\w+ (?:for|against)|over (?:an?|\w+day['s]{0,2}|last|this)|discuss\w*|talks (?:on|about)|accused of|suspects? (?:in|over|of)|connection (?:with|to)|role in|involved in"
        r"|involvement in|perpetrators of|blamed for|behind|responsible|(?:arrest|detain|charg|sentenc|convict|jail|hunt|manhunt|trial)\w*\b[^,;.]{0,40}\b(?:over|for|after)|(?:militias?|militants?|groups?|factions?|fighters|gunmen"
        r"|suspects?|those|commanders?|leaders?|people|network|men|cell) (?:that|who|which))\b[^,;.]{0,60}\Z"
    ),
    "corrects": _any(
        r"\bcorrection\b", r"\bcorrects\b", r"\(corrects", r"\bcorrected (?:to|version)", r"earlier version"
    ),
    "proved_false": re.compile(
        r"\b(?:proved|proven|turned out to be|was|were) (?:false|untrue|unfounded|a false alarm|false alarms)\b"
        r"|\b(?:did not|didn't|had not|never) (?:actually |in fact )?(?:take|taken|took) place\b"
        r"|\b(?:did not|didn't|had not|never) (?:actually |in fact )?(?:happen|occur)(?:ed|red)?\b"
    ),
    "counted": re.compile(
        r"\b(?:\d+|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|several)\s(?:[\w-]+\s){0,2}\Z"
    ),
    "our_convoys": re.compile(
        r"\bcoalition[^.;\n]{0,60}?\b(?:convoys?|trucks|suppl|logistic)|\b(?:convoys?|trucks|suppl|logistic)[^.;\n]{0,80}?\bcoalition\b"
        r"|\b(?:us|u\.s\.|american)\s(?:[\w-]+\s){0,3}?convoys?\b"
    ),
    "recalls": re.compile(
        r"\W{0,4}(?:it|this|that|the (?:\w+ )?(?:attack|strike|incident|assault))(?:'s)?\s(?:was|is|marks|marked|came as|would be)"
        r"\s(?:\w+\s){0,4}?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|last"
        r"|deadliest|worst|largest|biggest|only|most)\b"
    ),
    "count_line": re.compile(
        r"\W{0,4}(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s(?:[\w-]+\s){0,2}attacks?\s(?:on|against)\b"
    ),
    "air_base": re.compile(r"\bair ?(?:base|field)"),
    "new_clause": re.compile(r"[,;.]|\b(?:and|but|while|after|before|when|since)\b"),
    "attack_of": re.compile(
        r"\b(?:the|that|this)\s(?:[\w-]+\s){0,2}(?:attack|incident|assault|blast|explosion|barrage|bombing|strike|salvo)\s"
        r"(?:(?:took place|happened|occurred|came|was carried out|was launched)\s)?(?:(?:late|early|on|of|at)\s){0,3}\Z"
    ),
    "on_day_attack": re.compile(r"(?:'s)?\s(?:[\w-]+\s){0,2}?(?:attack|incident|assault|bombing|barrage)\b"),
    "and_on": re.compile(
        r"[\s,]*(?:and|then|as well as|also|again|once more)[\s,]+(?:(?:then|also|again|once more|on|at|around|about|early|late)[\s,]+){0,4}"
    ),
    "again_on": re.compile(
        r"\b(?:again|once more|another|a second time)[\s,]+(?:(?:on|early|late|at|in)\s){0,2}\Z"
    ),
    "when": re.compile(r"[\s,]{1,3}when\b"),
    "by_means": re.compile(r"\b(?:with|using|by)\s(?:[\w-]+\s){0,4}\Z"),
    "fiction": _any(
        r"\bvideo ?games?\b",
        r"\bwar ?games?\b",
        r"\b(?:his|her|new|first|debut|the|spy) novel\b",
        r"\bfictional\b",
        r"\bscreenplay\b",
        r"\btabletop\b",
        r"\bgamers?\b",
        r"\bthriller\b",
        r"\bscenarios?\b",
        r"\bdlc\b",
        r"\bdifficulty\b",
        r"\bco-op\b",
        r"\bxbox\b",
        r"\bplaystation\b",
        r"\bgameplay\b",
    ),
    "of_all": _any(
        r"\b(?:all|each|both|either|any|every|none)\b(?: of)? (?:the |these |those )?(?:two|three|four|five|six|attacks?|cases?|incidents?|them)\b",
    ),
    "release": _any(
        r"official website of the united states government",
        r"holds an? (?:[\w-]+ )?press briefing",
        r"for immediate release",
        r"\bpress release\b",
        r"\brelease (?:number|no)\b",
    ),
    "allied": _any(
        r"inherent resolve",
        r"\bcjtf\b",
        r"\A(?!.*(?:central command|centcom|department of defen[cs]e))[^.]*\bcoalition forces\b",
    ),
    "roundup": _any(
        r"\bweekly\b", r"\bdigest\b", r"\bround-?up\b", r"\bthis week\b", r"\bweek in\b", r"\bof the week\b"
    ),
    "refers": _any(
        r"\b(?:the|this|that)\s(?:(?:\w+\s){0,2}(?:attacks?|assault|incident|explosions?|blasts?|rockets?|drones?"
        r"|missiles?|strikes?|bombing|salvo|shelling))\b|^(?:it|this) (?:came|comes|happened|followed)\b(?![^.;]{0,30}\b(?:on|against) (?:israel|gaza))",
    ),
    "another": _any(
        r"\b(?:second|third|fourth|fifth|another|separate|further|additional|other|subsequent)\s(?:[\w-]+\s){0,3}?(?:attacks?|strikes?|assault|salvo|barrage|volley|bombardment|operation|incident"
        r"|shelling|wave|round of|bombing|blast|explosion|ambush)\b",
        r"\b(?:separately|(?<!once )again(?!st)|as well(?! as))\b",
        r"\bhours? (?:later|earlier|after(?:wards)?)\b",
        r"\b(?:second|third) time\b",
        r"\bearlier (?:in the day|that day|on the same day)\b",
        r"\bonce more\b",
    ),
    "another_base": re.compile(
        r"\b(?:another|a (?:second|third|separate|different))\s(?:[\w.-]+\s){0,4}?"
        r"(?:base|site|facility|installation|outpost|camp|convoy|position|compound)s?\b"
    ),
    "rumour": _any(
        r"\bchannels\b",
        r"\bsocial media\b",
        r"\brumou?rs?\b",
        r"\breports (?:that|of)\b",
        r"\bmedia outlets\b",
        r"\bcirculat",
        r"\bclaims that",
    ),
    "explained": _any(
        r"\bdrills?\b",
        r"\b(?:military|training) exercises?\b",
        r"\bcontrolled\b",
        r"\brul(?:es|ed) out\b",
        r"\bdemolition",
        r"\bsonic boom",
        r"\bnot caused by\b",
        r"\bdefus",
        r"\bdismantl",
        r"\bdisposal\b",
        r"\bblowing up\b",
        r"\bfalse alarm",
        r"\btest(?:ing|s)? of\b",
        r"\bgas (?:leak|cylinder)",
        r"\bfireworks",
        r"\blive ammunition\b",
        r"\btook apart\b",
    ),
    # what officials speak of
    "of_it": _any(
        r"\b(?:damage|casualt|injur|attack|incident|rocket|drone|hit|impact|targeted|hurt|wounded|launch|intercept|perpetrat|terrorist|critical|under fire|assault|shelling|blast|explosion)",
    ),
    "not_of_it": _any(
        r"\b(?:air ?strikes?|retaliat\w+|our strikes|the strikes|strikes (?:on|against|in|hit|were|killed)|such attacks|previous attacks|attacks since|times since|attacks? by (?:the )?(?:u\.s|us|american|israel\w*)|would hold|referred (?:\w+ )?questions|withdraw\w*)\b",
    ),
    # what it did
    # interception
    "all_down": _any(
        rf"\b(?:all|both|each) (?:of (?:them|the \w+) )?(?:\w+ ){{0,6}}(?:{_DOWNED}|engaged)",
        rf"(?:{_DOWNED}) (?:all|both)\b",
        r"prior to reaching",
        r"before (?:it|they|reaching)",
    ),
    "some_down": _any(
        rf"\b(?:one|some|most|several|two|three|four|part|many|\d+) of (?:the|them|those|which)\b[^.;]{{0,60}}"
        rf"(?:{_DOWNED}|diverted|deflected)",
        rf"(?:{_DOWNED}|diverted|deflected) (?:one|some|most|several|two|three|many|\d+) of",
        rf"\bmost (?:of (?:them|the \w+) )?(?:were|was) (?:{_DOWNED})",
    ),
    "got_through": _any(
        rf"(?:{_DOWNED})\b[^.]{{0,60}}\b(?:the other|another|the rest|others|(?:a|the) (?:second|third|fourth|fifth|sixth)"
        r"|\w+ others)\b[^.;]{0,25}\b(?:hit|struck|landed|fell|crashed|exploded|blew up|reached|impacted|got through)",
        rf"(?:{_DOWNED})\b[^.]{{0,60}}\bone\b[^.;]{{0,25}}\b(?:hit|struck|exploded|blew up|reached|impacted|got through)",
    ),
    "of_them": _any(
        r"\b(?:it|they|of them|one|two|three|four|five|six|most|both)\b[^.;]{0,20}\b"
        rf"(?:{_DOWNED})",
        rf"(?:{_DOWNED})\b[^.;]{{0,12}}\b(?:them|it|both|most|all)\b",
    ),
    "down_open": _any(r"\bwhether\b", r"\bunclear\b", r"\bnot (?:\w+ )?clear\b"),
    "defences": _any(r"intercept", r"\bdefen[cs]es?\b", r"\bc-ram\b", r"\bengage"),
    "none_down": _any(
        r"\b(?:failed to|did not|didn't|not|unable to|without being|unsuccessful\w*)\s(?:\w+\s){0,3}"
        r"(?:intercept|divert|stop (?:the|any)|engage\b|activat|respond to the (?:drone|rocket|threat))",
        r"not (?:been )?intercepted",
        r"(?:shot|brought|took) none of (?:them|the \w+) down|(?:shot|brought|took) down none",
        r"attempted to intercept[^.]{0,30}unsuccessful",
    ),
    # how many
    "since": re.compile(r"\bsince\b"),
    "next_one": re.compile(
        r"\b(?:the|a) (?P<ordinal>third|fourth|fifth|sixth)(?: one)?,? (?:hit|struck|fell|landed|crashed|was|in|at|on|exploded|missed|got|came|made|reached|damaged|near|inside|outside|into|impacted|slammed)\b"
    ),
    "summed": re.compile(
        r"\b(?:months|weeks|series|waves?|spate|dozens|scores|string|flurry|history|hundreds|campaign) of (?:[\w-]+ )?\Z"
    ),
    "definite": re.compile(r"\b(?:the|this|that)\s(?:[\w-]+\s)?\Z"),
    "counter": re.compile(
        r"\b(?:counter|anti)[ -](?:(?:rockets?|drones?|missiles?|uavs?|uas|artillery|and|air)(?:, | |-)?(?:and )?)*\Z"
    ),
    "unused_before": re.compile(
        r"\b(?:fired back|returned fire|responded|answered|retaliated)\b[^.;]{0,30}\Z"
        r"|\b(?:found|discovered|seized|recovered|dismantled|defused|confiscated) (?:[\w-]+ ){0,3}\Z|\bsince (?:the |[\w-]+ )?\Z"
    ),
    "unused": re.compile(
        r" (?:that |which )?(?:had |were |was |have )(?:not|n't|never|failed|been readied|been set up|been found|been prepared)\b| (?:left|remaining|ready) (?:on|to)\b"
    ),
    "not_counting": re.compile(r"[/:;]|\b(?:an?|the) "),
    "part": _any(
        r"\b(?:of (?:the|them|those|these|its|his)|the|second|third|last|other|another|more|further|additional|remaining)\b",
    ),
    "single": re.compile(r"\b(?:an?|one|another)\s(?:[\w.'-]+\s){0,5}\Z"),
}

ENGLISH_EVENTS = EventRules(
    words=_WORDS,
    values=_VALUES,
    patterns=_PATTERNS,
    gate_countries=(
        "iraq", "syria", "baghdad", "erbil", "irbil", "arbil", "tanf", "asad", "assad", "tower 22",
        "harir", "kurdistan", "conoco", "koniko", "coniko", "deir", "jordanian", "in jordan", "of jordan",
        "jordan base", "jordan border",
    ),
    gate_towns=(
        "hasak", "shaddadi", "green village", "rumalyn", "rmeilan", "rumaylan", "rumeilan", "anbar", "taji",
        "balad", "kirkuk", "basra", "victoria base", "omar oil", "omar field", "omar base",
        "diwani", "nasiri", "dhi qar", "samawa", "muthanna", "babil", "hillah", "samarra",
        "green zone", "al omar", "koneko", "malikiy", "sinjar", "shadad", "salahuddin", "salahaddin", "salahudin", "mosul",
        "nineveh", "najaf", "qamishli", "raqqa", "manbij", "kobani", "euphrates", "kharab", "baydar", "beydar", "qasrak",
        "kasrak", "qaim", "sulaym", "duhok", "dohuk", "victory base", "camp speicher", "union iii",
    ),
    gate_attack=(
        "attack", "rocket", "drone", "missile", "mortar", "shell", "struck", "target", "fire", "blast", "explo",
        "bomb", "strik", "projectile", "uav", "hit", "katyusha", "detonat", "ambush", "gunm", " ied ", " ieds ", "shot d",
        "salvo", "volley",
    ),
    gate_us=(
        "u.s.", "us ", "america", "coalition", "united states", "embassy", "consulate", "tanf", "asad", "assad",
        "conoco", "koniko", "coniko", "harir", "victoria", "victory", "pentagon", "centcom", "mission support", "washington", "u.s",
        "us-", "us'", "us’", "foreign troops", "green village", "shaddadi", "rumalyn", "rmeilan", "rumaylan",
        "rumeilan", "kharab al", "tower 22", "taji", "omar", "erbil air", "union iii", "baydar", "beydar", "qasrak",
        "kasrak", "occupation", "foreign", "western forces", "us.", "us,",
    ),
    gate_whole=True,
    nearness=frozenset(
        ("near", "close to", "outside", "not far from", "next to", "beside", "adjacent to", "south of", "north of",
         "east of", "west of", "southeast of", "southwest of", "northeast of", "northwest of")
    ),
    stands_for_weapon=frozenset(
        ("one", "two", "three", "four", "five", "another", "other", "others", "second", "third", "fourth", "some",
         "most", "several", "more", "both", "rest", "first", "last")
    ),
    stands_for_place=frozenset(("it", "there", "them")),
)  # fmt: skip
