// Search, filters and order of the table of all incidents. What is chosen stands in the address, so that it can
// be sent to somebody. Without this script the page shows the newest incidents and leads to the months' pages.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const body = document.querySelector("#table tbody");
  const answer = document.getElementById("answer");
  const more = document.getElementById("more");
  const strip = document.getElementById("strip");
  const names = ["q", "from", "to", "country", "site", "weapon", "status", "sort"];
  const STEP = 100;
  const [ID, DAY, COUNTRY, SITE, WEAPON, STATUS, TITLE, TOLL, VOICES, CLAIMANT] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const counted = new Set(["confirmed", "corroborated", "single_source"]);
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  let found = [], shown = 0;

  // Spelling is made plain for searching: case, accents, and the Arabic letters that are often exchanged.
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "")
    .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/\u0629/g, "\u0647").replace(/\u0649/g, "\u064a").replace(/[-_]/g, " ");
  const long = (day) => day ? `${+day.slice(8)} ${months[day.slice(5, 7) - 1]} ${day.slice(0, 4)}` : "\u2013";
  const texts = data.rows.map((row) => plain([
    row[ID], row[DAY], long(row[DAY]), data.countries[row[COUNTRY]], data.sites[row[SITE]].slice(1).join(" "),
    data.weapons[row[WEAPON]][0], data.statuses[row[STATUS]][0], row[TITLE], row[TOLL], data.claimants[row[CLAIMANT]][1],
  ].join(" ")));

  const node = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  function options(id, pairs) {
    const select = document.getElementById(id);
    for (const [value, text] of pairs) select.append(node("option", text, { value }));
  }

  function fillForm() {
    const used = (place) => new Set(data.rows.map((row) => row[place]));
    options("country", data.countries.filter(Boolean).map((c) => [c, c]));
    const sites = data.sites.filter((s) => s[0]).sort((a, b) => a[1].localeCompare(b[1]));
    options("site", sites.map((s) => [s[0], s[1]]));
    options("weapon", [...used(WEAPON)].map((w) => [w, data.weapons[w][0]]));
    options("status", [...used(STATUS)].map((s) => [s, data.statuses[s][0]]));
    if (used(STATUS).has("seeded")) options("status", [["any", "All, and documented history"]]);
  }

  const fields = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));

  function readAddress() {
    const given = new URLSearchParams(location.search);
    for (const name of names) form.elements[name].value = given.get(name) || "";
  }

  function writeAddress(chosen) {
    const kept = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
    const query = kept.toString() ? `?${kept}` : location.pathname;
    try { history.replaceState(null, "", query); } catch { /* some browsers refuse on files; filters work all the same */ }
  }

  function matches(chosen) {
    const words = plain(chosen.q).split(/\s+/).filter(Boolean);
    return (row, at) =>
      (!chosen.from || row[DAY] >= chosen.from) && (!chosen.to || (row[DAY] && row[DAY] <= chosen.to)) &&
      (!chosen.country || data.countries[row[COUNTRY]] === chosen.country) &&
      (!chosen.site || data.sites[row[SITE]][0] === chosen.site) &&
      (!chosen.weapon || row[WEAPON] === chosen.weapon) &&
      (chosen.status ? chosen.status === "any" || row[STATUS] === chosen.status ||
        (chosen.status === "counted" && counted.has(row[STATUS])) : row[STATUS] !== "seeded") &&
      words.every((word) => texts[at].includes(word));
  }

  function line(row) {
    const made = node("tr", "", { role: "row" });
    const site = data.sites[row[SITE]];
    const country = data.countries[row[COUNTRY]];
    const [status, mark] = data.statuses[row[STATUS]];
    const what = node("th", "", { scope: "row", role: "rowheader" });
    what.append(node("a", row[TITLE], { href: `incidents/${row[ID]}.html` }));
    const where = node("td", "", { role: "cell", class: "where" });
    const name = node("bdi", site[1]);
    if (site[0]) {
      const link = node("a", "", { href: `sites/${site[0]}.html` });
      link.append(name);
      where.append(link);
    } else where.append(site[1] ? name : node("span", "place not stated", { class: "unsaid" }));
    if (country && country !== site[1]) where.append(`, ${country}`);
    const said = node("span", "", { class: `status s-${row[STATUS]}` });
    said.append(node("span", mark, { class: "mark", "aria-hidden": "true" }), ` ${status}`);
    const cell = node("td", "", { role: "cell", class: "state" });
    cell.append(said);
    made.append(node("td", long(row[DAY]), { role: "cell", class: "day" }), what, where,
      node("td", row[TOLL] || "\u2013", { role: "cell", class: row[TOLL] ? "toll" : "toll none" }), cell,
      node("td", String(row[VOICES] || "\u2013"), { role: "cell", class: ["n one", "n"][+(row[VOICES] > 1)] + (row[VOICES] ? "" : " none") }));
    return made;
  }

  function showMore() {
    const part = document.createDocumentFragment();
    for (const at of found.slice(shown, shown + STEP)) part.append(line(data.rows[at]));
    body.append(part);
    shown = Math.min(shown + STEP, found.length);
    more.hidden = shown >= found.length;
    more.textContent = `Show more (${(found.length - shown).toLocaleString("en")} left)`;
  }

  // A small picture of when: what was found, by month.
  function drawStrip() {
    const days = found.map((at) => data.rows[at][DAY]).filter(Boolean);
    strip.replaceChildren();
    strip.hidden = days.length < 2;
    if (strip.hidden) return;
    const number = (day) => day.slice(0, 4) * 12 + +day.slice(5, 7);
    const [first, last] = days.reduce(([a, b], d) => [d < a ? d : a, d > b ? d : b], [days[0], days[0]]);
    const counts = new Array(number(last) - number(first) + 1).fill(0);
    for (const day of days) counts[number(day) - number(first)] += 1;
    const top = Math.max(...counts), width = 1000 / counts.length, bar = Math.min(Math.max(width * 0.86, 0.8), 40);
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const set = (made, values) => { for (const key in values) made.setAttribute(key, values[key]); return made; };
    set(svg, { viewBox: "0 0 1000 50", preserveAspectRatio: "none", role: "img",
      "aria-label": `By month, ${long(first)} to ${long(last)}; at most ${top} in a month` });
    counts.forEach((count, at) => {
      if (!count) return;
      const height = 48 * count / top;
      svg.append(set(document.createElementNS(space, "rect"),
        { x: (at + 0.5) * width - bar / 2, width: bar, y: 50 - height, height }));
    });
    const ends = node("p");
    const month = (day) => `${months[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`;
    ends.append(node("span", month(first)), node("span", `found, by month; at most ${top}`), node("span", month(last)));
    strip.append(svg, ends);
  }

  function apply() {
    const chosen = fields();
    const test = matches(chosen);
    found = [];
    data.rows.forEach((row, at) => { if (test(row, at)) found.push(at); });
    if (chosen.sort === "oldest") found.reverse();
    if (chosen.sort === "voices") found.sort((a, b) => data.rows[b][VOICES] - data.rows[a][VOICES] || a - b);
    body.replaceChildren();
    shown = 0;
    showMore();
    const filtered = names.some((name) => name !== "sort" && chosen[name]);
    const of = filtered ? ` of ${data.rows.length.toLocaleString("en")}` : "";
    answer.textContent = found.length
      ? `${found.length.toLocaleString("en")}${of} incident${data.rows.length === 1 ? "" : "s"}`
      : "No incident fits. Clear a filter to see more.";
    drawStrip();
    return chosen;
  }

  fillForm();
  readAddress();
  form.hidden = false;
  form.addEventListener("input", () => writeAddress(apply()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => writeAddress(apply()), 0));
  more.addEventListener("click", showMore);
  window.addEventListener("popstate", () => { readAddress(); apply(); });
  apply();
})();
