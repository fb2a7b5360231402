"""What every reader of articles shares: the version of the rules, and the reasons that a reading may give."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import Article, Reading, Report, StatedTally

RULES_VERSION = "2026.11.4"

REASONS = {
    "attack_current": "tells of an attack in Iraq or Syria that is its news",
    "attack_background": "tells of attacks in Iraq or Syria only as background",
    "tally_only": "states how often there were attacks and tells of none",
    "next_door": "tells of an attack on US forces outside Iraq and Syria (Jordan)",
    "us_strike": "the attackers are US, coalition, Israeli or Turkish forces",
    "not_us_target": "what is attacked is not ours",
    "other_theatre": "the attack is elsewhere (Red Sea, Gaza, Gulf states)",
    "threat_only": "threats, plans and drills, no attack",
    "denied": "an attack is only denied",
    "general": "speaks of attacks in general",
    "no_attack": "no attack",
    "language_not_read": "written in a language that is not read yet",
    "empty": "no text",
}


def reading_of(
    article: Article, reason: str, reports: Sequence[Report], tallies: Sequence[StatedTally]
) -> Reading:
    """The reading of an article; relevant where the reason is an attack."""
    return Reading(
        article_id=article.article_id,
        relevant=reason in ("attack_current", "attack_background"),
        reason=reason,
        reports=tuple(reports),
        stated_tallies=tuple(tallies),
        rules_version=RULES_VERSION,
    )
