"""One line that says what happened: what, where, when, with what outcome, and who says so."""

from __future__ import annotations

from collections.abc import Mapping

from extract.records import Incident

_WEAPONS = {
    "rocket": ("Rocket attack", "rocket", "rockets"),
    "drone": ("Drone attack", "drone", "drones"),
    "ballistic_missile": ("Ballistic missile attack", "ballistic missile", "ballistic missiles"),
    "cruise_missile": ("Cruise missile attack", "cruise missile", "cruise missiles"),
    "mortar": ("Mortar attack", "mortar round", "mortar rounds"),
    "ied": ("Bomb attack", "bomb", "bombs"),
    "small_arms": ("Gun attack", "shooter", "shooters"),
    "mixed": ("Attack with several weapons", "munition", "munitions"),
    "unknown": ("Attack", "munition", "munitions"),
}
_PARTS = {
    "night": "at night", "dawn": "at dawn", "morning": "in the morning", "noon": "at noon",
    "afternoon": "in the afternoon", "evening": "in the evening",
}  # fmt: skip
_INTERCEPTED = {"all": "intercepted", "some": "partly intercepted"}
_STATUS = {
    "confirmed": "confirmed", "corroborated": "reported by several outlets",
    "single_source": "reported by one outlet", "claimed": "claimed by the attackers only",
    "disputed": "denied by officials", "dismissed": "dismissed on review",
}  # fmt: skip


def summarise(incident: Incident, actor_names: Mapping[str, str]) -> str:
    """The incident in one line of English. What is not known is left out, never guessed."""
    head = f"{_what(incident)} {_where(incident)}{_when(incident)}"
    details = [_outcome(incident), *_toll(incident), _who(incident, actor_names), _STATUS[incident.status]]
    return "; ".join([head, *(detail for detail in details if detail)])


def _what(incident: Incident) -> str:
    title, one, many = _WEAPONS[incident.weapon]
    low, high = incident.munitions_min, incident.munitions_max
    if low is None and high is None:
        return title
    noun = one if (low, high) in ((1, 1), (1, None), (None, 1)) else many
    return f"{title} ({_range(low, high)} {noun})"


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"


def _where(incident: Incident) -> str:
    place = incident.site or incident.country
    if place is None:
        return "at an unnamed place"
    where = "on" if incident.place_precision == "site" else "in"
    return f"{where} {place}" + (f", {incident.country}" if incident.country not in (None, place) else "")


def _when(incident: Incident) -> str:
    first, last = incident.date_earliest, incident.date_latest
    if incident.date is not None:
        at = f" at {incident.clock}" if incident.clock else ""
        part = f" {_PARTS[incident.day_part]}" if not at and incident.day_part in _PARTS else ""
        return f", {incident.date.isoformat()}{at}{part}"
    if first is None or last is None:
        return ", date not stated"
    return (
        f", {first.isoformat()}" if first == last else f", between {first.isoformat()} and {last.isoformat()}"
    )


def _outcome(incident: Incident) -> str:
    damage = {"minor": "minor damage", "major": "major damage", "unspecified": "damage", "none": "no damage"}
    said = [_INTERCEPTED.get(incident.intercepted or "", ""), damage.get(incident.damage or "", "")]
    return ", ".join(part for part in said if part)


def _toll(incident: Incident) -> list[str]:
    """'No casualties' only where both are stated as nought."""
    if incident.killed == 0 and incident.wounded == 0:
        return ["no casualties"]
    return [
        part
        for part in (
            _number(incident.killed, "killed", incident.us_killed),
            _number(incident.wounded, "wounded", incident.us_wounded),
        )
        if part
    ]


def _number(everyone: int | None, what: str, americans: int | None) -> str:
    if everyone is None:
        return f"{americans} US {what}" if americans else ""
    number = f"{everyone} {what}" if everyone else f"none {what}"
    return f"{number} ({americans} US)" if americans else number


def _who(incident: Incident, names: Mapping[str, str]) -> str:
    claimed, blamed = incident.claimed_by, incident.attributed_to
    said = [f"claimed by {names.get(claimed, claimed)}"] if claimed else []
    if blamed and blamed != claimed:
        said.append(f"blamed on {names.get(blamed, blamed)}")
    return ", ".join(said)
