-- Reports judged to be one attack, what became of them, and what people decided about them.

CREATE TABLE incidents (
    incident_id VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    day DATE,
    date DATE,
    date_earliest DATE,
    date_latest DATE,
    date_precision VARCHAR NOT NULL,
    clock VARCHAR,
    day_part VARCHAR,
    country VARCHAR,
    site_id VARCHAR,
    site VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    place_precision VARCHAR,
    target_kind VARCHAR NOT NULL,
    weapon VARCHAR NOT NULL,
    munitions_min INTEGER,
    munitions_max INTEGER,
    intercepted VARCHAR,
    killed INTEGER,
    wounded INTEGER,
    us_killed INTEGER,
    us_wounded INTEGER,
    damage VARCHAR,
    claimed_by VARCHAR,
    attributed_to VARCHAR,
    confirmed_by VARCHAR NOT NULL,
    denied_by VARCHAR NOT NULL,
    current BOOLEAN NOT NULL,
    confidence DOUBLE NOT NULL,
    reports INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    voices VARCHAR[] NOT NULL,
    first_reported_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL,
    flags VARCHAR[] NOT NULL,
    origin VARCHAR NOT NULL,
    source_url VARCHAR,
    content_hash VARCHAR NOT NULL
);
COMMENT ON TABLE incidents IS 'Reports judged to be one attack, with merged values. To count, use tally(since, until) and the tally_by_ views: not every row counts.';
COMMENT ON COLUMN incidents.incident_id IS 'Stable id; ids that were merged away lead on through incident_redirects.';
COMMENT ON COLUMN incidents.summary IS 'The attack in one line.';
COMMENT ON COLUMN incidents.status IS 'confirmed (an official body says so), corroborated (two or more independent publishers), single_source, claimed (only the attackers say so), disputed (an official denial stands) or dismissed (by an analyst).';
COMMENT ON COLUMN incidents.day IS 'The local day it is counted on: date, else date_earliest, else date_latest, else the day of the first report.';
COMMENT ON COLUMN incidents.date IS 'Local day (Asia/Baghdad) of the attack; null where only a range is known or nothing.';
COMMENT ON COLUMN incidents.date_earliest IS 'First local day it can have been; null where not stated.';
COMMENT ON COLUMN incidents.date_latest IS 'Last local day it can have been; null where not stated.';
COMMENT ON COLUMN incidents.date_precision IS 'day, range, month or unknown.';
COMMENT ON COLUMN incidents.clock IS 'Local time HH:MM; null where not stated.';
COMMENT ON COLUMN incidents.day_part IS 'night, dawn, morning, noon, afternoon or evening; null where not stated.';
COMMENT ON COLUMN incidents.country IS 'Iraq, Syria or Jordan; null where not stated.';
COMMENT ON COLUMN incidents.site_id IS 'Id in the gazetteer; null where the place is not named or not known.';
COMMENT ON COLUMN incidents.site IS 'Name of the place in the gazetteer.';
COMMENT ON COLUMN incidents.lat IS 'Latitude in degrees, as exact as place_precision.';
COMMENT ON COLUMN incidents.lon IS 'Longitude in degrees, as exact as place_precision.';
COMMENT ON COLUMN incidents.place_precision IS 'site, city, province or country; null without a place.';
COMMENT ON COLUMN incidents.target_kind IS 'embassy, consulate, base, outpost, convoy, oil_field, airport, personnel or other.';
COMMENT ON COLUMN incidents.weapon IS 'rocket, drone, ballistic_missile, cruise_missile, mortar, ied, small_arms, mixed or unknown.';
COMMENT ON COLUMN incidents.munitions_min IS 'Least number of munitions stated; null where not stated or only "several".';
COMMENT ON COLUMN incidents.munitions_max IS 'Greatest number of munitions stated; null as munitions_min.';
COMMENT ON COLUMN incidents.intercepted IS 'all, some or none of them shot down; null where not stated.';
COMMENT ON COLUMN incidents.killed IS 'People killed; 0 only where a text says none; null where none says.';
COMMENT ON COLUMN incidents.wounded IS 'People wounded; 0 and null as in killed.';
COMMENT ON COLUMN incidents.us_killed IS 'US personnel killed; 0 and null as in killed.';
COMMENT ON COLUMN incidents.us_wounded IS 'US personnel wounded; 0 and null as in killed.';
COMMENT ON COLUMN incidents.damage IS 'none, minor, major or unspecified; null where not stated.';
COMMENT ON COLUMN incidents.claimed_by IS 'Actor id of the group that claims it; null where nobody does.';
COMMENT ON COLUMN incidents.attributed_to IS 'Actor id of the group that is blamed; null where nobody is.';
COMMENT ON COLUMN incidents.confirmed_by IS 'us, coalition, host_government, security_source or none.';
COMMENT ON COLUMN incidents.denied_by IS 'Who says that it did not happen, as in confirmed_by; none where nobody does.';
COMMENT ON COLUMN incidents.current IS 'False where only background tells of it: then it is in no tally and raises no alert.';
COMMENT ON COLUMN incidents.confidence IS 'From 0 to 1: how likely the incident is right.';
COMMENT ON COLUMN incidents.reports IS 'Number of reports.';
COMMENT ON COLUMN incidents.articles IS 'Number of articles that report it.';
COMMENT ON COLUMN incidents.publishers IS 'Number of independent voices; copies of one text and outlets of one family count once.';
COMMENT ON COLUMN incidents.voices IS 'Their names.';
COMMENT ON COLUMN incidents.first_reported_at IS 'When the first report was published, as far as we know.';
COMMENT ON COLUMN incidents.updated_at IS 'When the row last changed.';
COMMENT ON COLUMN incidents.flags IS 'What a person should look at, such as site_not_in_use.';
COMMENT ON COLUMN incidents.origin IS 'live, or seed for documented history that came with the program. Seeds are in no tally but for the column seeded.';
COMMENT ON COLUMN incidents.source_url IS 'Where a seeded incident is documented; null for live ones, see their reports.';
COMMENT ON COLUMN incidents.content_hash IS 'Hash of all that was resolved, to write only what has changed.';

CREATE TABLE incident_values (
    incident_id VARCHAR NOT NULL,
    "field" VARCHAR NOT NULL,
    value JSON,
    rule VARCHAR NOT NULL,
    report_ids VARCHAR[] NOT NULL,
    others JSON NOT NULL
);
COMMENT ON TABLE incident_values IS 'How each field of an incident was merged.';
COMMENT ON COLUMN incident_values.incident_id IS 'The incident.';
COMMENT ON COLUMN incident_values."field" IS 'Name of the field of incidents.';
COMMENT ON COLUMN incident_values.value IS 'The value that stands, as JSON; null where nothing is known.';
COMMENT ON COLUMN incident_values.rule IS 'Name of the rule that chose it.';
COMMENT ON COLUMN incident_values.report_ids IS 'The reports that say it.';
COMMENT ON COLUMN incident_values.others IS 'Disagreement: list of {value, report_ids} for what other reports say.';

CREATE TABLE incident_history (
    incident_id VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    change VARCHAR NOT NULL,
    "field" VARCHAR,
    old_value JSON,
    new_value JSON,
    report_id VARCHAR,
    review_id VARCHAR,
    run_id VARCHAR
);
COMMENT ON TABLE incident_history IS 'What changed about an incident, when, and because of which report or review.';
COMMENT ON COLUMN incident_history.incident_id IS 'The incident, by the id it had then.';
COMMENT ON COLUMN incident_history.changed_at IS 'When we changed it.';
COMMENT ON COLUMN incident_history.change IS 'created, value, report_added, report_removed, merged (into another incident) or removed.';
COMMENT ON COLUMN incident_history."field" IS 'The field that changed, for change = value; null otherwise.';
COMMENT ON COLUMN incident_history.old_value IS 'What stood before, as JSON.';
COMMENT ON COLUMN incident_history.new_value IS 'What stands since, as JSON; for merged: the id it went to.';
COMMENT ON COLUMN incident_history.report_id IS 'The report because of which it changed; null where it was a review or a change of rules.';
COMMENT ON COLUMN incident_history.review_id IS 'The review because of which it changed; null otherwise.';
COMMENT ON COLUMN incident_history.run_id IS 'The run in which it changed.';

CREATE TABLE incident_redirects (
    old_id VARCHAR PRIMARY KEY,
    new_id VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE incident_redirects IS 'Where an incident went whose id is no longer in use. Always leads to an id in use in one step.';
COMMENT ON COLUMN incident_redirects.old_id IS 'The id that was.';
COMMENT ON COLUMN incident_redirects.new_id IS 'The id that is.';
COMMENT ON COLUMN incident_redirects.since IS 'Since when.';

CREATE TABLE reviews (
    review_id VARCHAR PRIMARY KEY,
    action VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    report_ids VARCHAR[] NOT NULL,
    other_report_ids VARCHAR[] NOT NULL,
    "field" VARCHAR,
    value VARCHAR,
    undoes VARCHAR,
    author VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE reviews IS 'Analysts'' decisions, kept for good; applied last whenever incidents are resolved, and undone only by another review.';
COMMENT ON COLUMN reviews.review_id IS 'Id of the decision.';
COMMENT ON COLUMN reviews.action IS 'confirm, dismiss, merge, split, correct or undo.';
COMMENT ON COLUMN reviews.incident_id IS 'The incident as it was called when the decision was made.';
COMMENT ON COLUMN reviews.report_ids IS 'The incident''s reports at that moment; for split: those that part.';
COMMENT ON COLUMN reviews.other_report_ids IS 'For merge: the other incident''s reports.';
COMMENT ON COLUMN reviews."field" IS 'For correct: the field.';
COMMENT ON COLUMN reviews.value IS 'For correct: the value, as JSON.';
COMMENT ON COLUMN reviews.undoes IS 'For undo: the review that is taken back.';
COMMENT ON COLUMN reviews.author IS 'Who decided.';
COMMENT ON COLUMN reviews.reason IS 'Why.';
COMMENT ON COLUMN reviews.made_at IS 'When.';
