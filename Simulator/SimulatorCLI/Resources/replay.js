"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const SIDES = ["HubSpot", "Salesforce"], CSS = ["hub", "sf"];
  const FIELDS = data.fields;
  const POLLS = "detect";
  const make = (tag, props, ...children) => {
    const node = Object.assign(document.createElement(tag), props || {});
    node.append(...children.filter((c) => c !== null && c !== undefined));
    return node;
  };
  const pad = (n, w) => String(n).padStart(w, "0");
  const clock = (t, short) => {
    t = Math.max(0, Math.round(t));
    const s = Math.floor(t / 1000), d = Math.floor(s / 86400);
    const text = `${Math.floor(s / 3600) % 24}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}`;
    return (d ? `${d}d ` : "") + text + (short ? "" : "." + pad(t % 1000, 3));
  };
  const count = (n) => n.toLocaleString("en-US");
  const quote = (v) => (v === "" ? "(blank)" : v);

  // ---- What happened, from columns to objects -------------------------------------------------
  const requests = data.requests.map(([side, endpoint, purpose, n, records, sent, arrived, ended, status, fate]) => ({
    side, endpoint, purpose, n, records, sent, status, fate, t: sent,
    arrived: arrived < 0 ? null : arrived, ended: ended < 0 ? null : ended,
    isBad: fate !== "answered" || status >= 400 }));
  const changes = data.changes.map(([t, side, rec, kind, isEngine, fields]) => ({ t, side, rec, kind, isEngine, fields }));
  const bases = data.bases.map(([t, rec, frozen, hub, sf]) => ({ t, rec, frozen, hub, sf }));
  const marks = data.marks.map(([t, kind, side, text, rec]) => ({ t, kind, side, text, rec }));
  const lines = data.lines.map(([t, rec, kind, field, hub, sf, reason]) => ({ t, rec, kind, field, hub, sf, reason }));
  const records = data.records.map(([hub, sf], i) => ({ i, hub, sf, name: "" }));
  for (const c of changes) for (const [f, v] of c.fields) if (f === 0 && v && !records[c.rec].name) records[c.rec].name = v;
  const nameOf = (i) => records[i].name || records[i].hub || records[i].sf || "?";

  const fate = { open: "its process died before the reply", requestLost: "lost on the way there",
    replyLost: "done, reply lost on the way back", dropped: "connection broken", damaged: "damaged reply", answered: "" };
  const purposes = { detect: "poll", match: "look for a match", guard: "read before writing", write: "write",
    readBack: "read back", schema: "read the fields", backfill: "backfill", signIn: "sign in", check: "check",
    history: "who changed it when", staleRow: "read again", openEntry: "read after a write", missing: "look for a lost one",
    flapping: "read a held field" };
  const told = (r) => {
    const what = purposes[r.purpose] || r.purpose || r.endpoint;
    const n = r.n > 1 ? ` of ${r.n} records` : "";
    const end = r.fate === "answered" ? `${r.status} after ${count(r.ended - r.sent)} ms` : fate[r.fate];
    return `${SIDES[r.side]}: ${what}${n}, ${end}`;
  };
  const changeText = (c) => {
    const who = c.isEngine ? "engine" : "person";
    const where = SIDES[c.side];
    const sets = c.fields.filter(([f]) => f >= 0).map(([f, v]) => `${FIELDS[f][c.side]} = ${quote(v)}`).join(", ");
    const key = c.fields.some(([f]) => f < 0) ? "the key that ties both" : "";
    const verb = { create: "makes the record", seed: "makes the record", update: "writes" }[c.kind] || c.kind;
    return `${who} ${verb} in ${where}: ${[sets, key].filter(Boolean).join(", ") || "nothing new"}`;
  };
  const markText = (m) => ({ started: "the engine starts", killed: "the engine's process is killed",
    fault: `${SIDES[m.side]}: ${m.text}`, calm: "the CRMs work again",
    hidden: `hidden from the integration user in ${SIDES[m.side]}: ${m.rec >= 0 ? nameOf(m.rec) : m.text}`,
    shown: `visible again in ${SIDES[m.side]}: ${m.rec >= 0 ? nameOf(m.rec) : m.text}` }[m.kind]);
  const lineText = (l) => {
    const values = l.field ? `${l.field}: HubSpot ${l.hub === null ? "–" : quote(l.hub)}, Salesforce ${l.sf === null ? "–" : quote(l.sf)}` : "";
    return `engine notes ${l.kind}${values ? " " + values : ""} (${l.reason})`;
  };
  const dull = new Set(["decided", "confirmed"]);
  const all = [];
  for (const c of changes) all.push({ t: c.t, css: CSS[c.side], rec: c.rec, rank: 1, make: () => changeText(c), on: c });
  for (const r of requests) {
    if (r.purpose === POLLS && !r.isBad) continue;
    all.push({ t: r.t, css: r.isBad ? "bad" : "eng", recs: r.records, rank: 2, make: () => told(r), on: r });
  }
  let calm = true;
  for (const m of marks) {
    if (m.kind === "calm" && calm) continue;
    calm = m.kind === "calm" ? true : m.kind === "fault" ? false : calm;
    all.push({ t: m.t, css: m.kind === "killed" ? "bad" : m.kind === "started" ? "eng" : "warn", rec: m.rec, rank: 0, make: () => markText(m), on: m });
  }
  for (const l of lines) {
    if (l.kind === "decided") continue;
    all.push({ t: l.t, css: l.kind === "conflict" || l.kind === "held" ? "warn" : "eng", rec: l.rec, rank: 3, isNote: true, isDull: dull.has(l.kind), make: () => lineText(l), on: l });
  }
  for (const v of data.violations) all.push({ t: v.at, css: "bad", rec: v.records[0] ?? -1, rank: 4, make: () => `BROKEN ${v.invariant}: ${v.story}`, on: v });
  all.sort((a, b) => a.t - b.t || a.rank - b.rank);
  const events = all.filter((e) => !e.isDull);
  const lowest = (list, t) => {
    let [a, b] = [0, list.length];
    while (a < b) { const m = (a + b) >> 1; if (list[m].t < t) a = m + 1; else b = m; }
    return a;
  };
  const after = (list, t) => lowest(list, t + 0.5);

  // ---- The records at a moment -----------------------------------------------------------------
  const blank = () => FIELDS.map(() => "");
  let world = [], at = { changes: 0, bases: 0, marks: 0, t: -1 };
  const reset = () => {
    world = records.map(() => ({ side: [null, null], moved: [blank(), blank()].map((l) => l.map(() => -1e12)), base: null, isFrozen: false, hidden: [false, false] }));
    at = { changes: 0, bases: 0, marks: 0, t: -1 };
  };
  const gone = new Set(["delete", "hardDelete", "archive", "mergedAway", "gdprDelete"]);
  const moveTo = (t) => {
    if (t < at.t) reset();
    for (; at.changes < changes.length && changes[at.changes].t <= t; at.changes++) {
      const c = changes[at.changes], w = world[c.rec];
      if (gone.has(c.kind)) { w.side[c.side] = null; continue; }
      w.side[c.side] = w.side[c.side] || blank();
      for (const [f, v] of c.fields) if (f >= 0) { w.side[c.side][f] = v; w.moved[c.side][f] = c.t; }
    }
    for (; at.bases < bases.length && bases[at.bases].t <= t; at.bases++) {
      const b = bases[at.bases];
      world[b.rec].base = b.hub || b.sf ? [b.hub, b.sf] : world[b.rec].base;
      world[b.rec].isFrozen = b.frozen;
    }
    for (; at.marks < marks.length && marks[at.marks].t <= t; at.marks++) {
      const m = marks[at.marks];
      if (m.rec >= 0 && (m.kind === "hidden" || m.kind === "shown")) world[m.rec].hidden[m.side] = m.kind === "hidden";
    }
    at.t = t;
  };

  // ---- State of the page -----------------------------------------------------------------------
  const lastDeed = Math.max(0, ...changes.filter((c) => !c.isEngine).map((c) => c.t), ...marks.map((m) => m.t));
  const busyEnd = Math.min(data.end, Math.max(lastDeed * 1.08 + 20000, 60000));
  let span = busyEnd < data.end * 0.75 ? busyEnd : data.end;
  let now = 0, isPlaying = false, chosen = -1, lastFrame = 0, isDirty = true;
  const colors = {};
  const readColors = () => {
    const style = getComputedStyle(document.documentElement);
    for (const n of ["bg", "panel", "ink", "soft", "faint", "line", "grid", "hub", "sf", "eng", "bad", "warn", "warn-bg", "dead"]) colors[n] = style.getPropertyValue("--" + n).trim();
  };
  const go = (t, keepsSpan) => {
    now = Math.min(data.end, Math.max(0, t));
    if (!keepsSpan && now > span) setSpan(data.end);
    isDirty = true;
  };
  const setSpan = (value) => {
    span = value;
    $("busy").setAttribute("aria-pressed", String(span < data.end));
    $("whole").setAttribute("aria-pressed", String(span >= data.end));
    isDirty = true;
  };
  const step = (direction) => {
    if (direction > 0) { const e = events[after(events, now)]; go(e ? e.t : data.end); return; }
    const place = lowest(events, now) - 1;
    go(place >= 0 ? events[place].t : 0);
  };

  // ---- Canvases --------------------------------------------------------------------------------
  const canvas = (id) => {
    const node = $(id), ratio = window.devicePixelRatio || 1, box = node.getBoundingClientRect();
    const [w, h] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    if (node.width !== w || node.height !== h) { node.width = w; node.height = h; }
    const pen = node.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, box.width, box.height);
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
    return { pen, w: box.width, h: box.height };
  };
  const LEFT = 88, TOP = 44, LANES = [TOP, 128, 212];
  const niceSteps = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1200000, 3600000, 7200000, 14400000, 43200000, 86400000, 172800000, 432000000];
  const niceStep = (range, pixels) => niceSteps.find((s) => s >= range / Math.max(1, pixels / 90)) || 864000000;
  let lanesView = null, hits = [];
  const lanesWindow = () => {
    const zoom = Number($("zoom").value);
    if (!zoom) return [0, span];
    const from = Math.min(Math.max(0, now - zoom * 0.6), Math.max(0, data.end - zoom));
    return [from, from + zoom];
  };
  const drawLanes = () => {
    const { pen, w, h } = canvas("lanes"), [from, to] = lanesWindow();
    const x = (t) => LEFT + ((t - from) / (to - from)) * (w - LEFT - 12);
    lanesView = { from, to, back: (px) => from + ((px - LEFT) / (w - LEFT - 12)) * (to - from) };
    hits = [];
    drawTime(pen, x, from, to, w, h);
    drawBands(pen, x, from, to);
    ["HubSpot", "engine", "Salesforce"].forEach((name, i) => {
      pen.strokeStyle = colors.line; pen.lineWidth = 1;
      pen.beginPath(); pen.moveTo(LEFT, LANES[i]); pen.lineTo(w - 12, LANES[i]); pen.stroke();
      pen.fillStyle = [colors.hub, colors.eng, colors.sf][i]; pen.textAlign = "left"; pen.textBaseline = "middle";
      pen.font = '600 12px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
      pen.fillText(name, 4, LANES[i]);
    });
    pen.save(); pen.beginPath(); pen.rect(LEFT - 6, 0, w - LEFT + 6, h); pen.clip();
    drawRequests(pen, x, from, to);
    drawWrites(pen, x, from, to);
    const cx = x(now);
    pen.strokeStyle = colors.ink; pen.lineWidth = 1.5;
    pen.beginPath(); pen.moveTo(cx, 14); pen.lineTo(cx, h - 20); pen.stroke();
    pen.restore();
  };
  const drawTime = (pen, x, from, to, w, h) => {
    const every = niceStep(to - from, w - LEFT);
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
    pen.fillStyle = colors.soft; pen.strokeStyle = colors.grid; pen.textAlign = "center"; pen.textBaseline = "alphabetic"; pen.lineWidth = 1;
    for (let t = Math.ceil(from / every) * every; t <= to; t += every) {
      const px = Math.round(x(t)) + 0.5;
      pen.beginPath(); pen.moveTo(px, 14); pen.lineTo(px, h - 20); pen.stroke();
      const text = every < 1000 ? clock(t) : clock(t, true), half = pen.measureText(text).width / 2;
      if (px - half > LEFT - 20 && px + half < w) pen.fillText(text, px, h - 6);
    }
  };
  const deadTimes = [], badTimes = [];
  {
    let died = null, bad = null;
    for (const m of marks) {
      if (m.kind === "killed" && died === null) died = m.t;
      if (m.kind === "started" && died !== null) { deadTimes.push([died, m.t]); died = null; }
      if ((m.kind === "fault" || m.kind === "calm") && bad) { badTimes.push([bad.t, m.t, bad.side, bad.text]); bad = null; }
      if (m.kind === "fault") bad = m;
      if (m.kind === "hidden") {
        const end = marks.find((o) => o.kind === "shown" && o.t >= m.t && o.text === m.text);
        badTimes.push([m.t, end ? end.t : data.end, m.side, `${m.rec >= 0 ? nameOf(m.rec) : m.text} is hidden`]);
      }
    }
    if (died !== null) deadTimes.push([died, data.end]);
    if (bad) badTimes.push([bad.t, data.end, bad.side, bad.text]);
  }
  const drawBands = (pen, x, from, to) => {
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif'; pen.textAlign = "left"; pen.textBaseline = "middle";
    for (const [a, b] of deadTimes) {
      if (b < from || a > to) continue;
      const [l, r] = [Math.max(x(a), LEFT), x(Math.min(b, to))];
      pen.fillStyle = colors.dead; pen.fillRect(l, LANES[1] - 11, Math.max(2, r - l), 22);
      if (r - l > 40) { pen.fillStyle = colors.ink; pen.fillText("dead", l + 6, LANES[1]); }
      hits.push({ x: l, y: LANES[1] - 11, w: Math.max(6, r - l), h: 22, text: `engine dead for ${clock(b - a, true)}`, t: a });
    }
    for (const [a, b, side, text] of badTimes) {
      if (b < from || a > to) continue;
      const [l, r] = [Math.max(x(a), LEFT), x(Math.min(b, to))];
      const y = side === 0 ? LANES[0] - 34 : LANES[2] + 12;
      pen.fillStyle = colors["warn-bg"]; pen.strokeStyle = colors.warn; pen.lineWidth = 1;
      pen.fillRect(l, y, Math.max(2, r - l), 16); pen.strokeRect(l + 0.5, y + 0.5, Math.max(2, r - l) - 1, 15);
      if (r - l > 60) {
        pen.save(); pen.beginPath(); pen.rect(l, y, r - l, 16); pen.clip();
        pen.fillStyle = colors.warn; pen.fillText(text, l + 6, y + 8.5); pen.restore();
      }
      hits.push({ x: l, y, w: Math.max(6, r - l), h: 16, text, t: a });
    }
  };
  const visible = (list, from, to, slack) => list.slice(lowest(list, from - slack), after(list, to));
  const slack = Math.min(900000, Math.max(10000, ...requests.map((r) => (r.ended || r.sent) - r.sent)));
  const drawRequests = (pen, x, from, to) => {
    const seen = visible(requests, from, to, slack);
    if (seen.length > 700) { drawDensity(pen, x, seen, from, to); return; }
    const labels = [], isQuiet = (r) => r.purpose === POLLS && !r.isBad;
    for (const r of [...seen.filter(isQuiet), ...seen.filter((r) => !isQuiet(r))]) {
      const lane = LANES[r.side === 0 ? 0 : 2], color = r.isBad ? colors.bad : CSS[r.side] === "hub" ? colors.hub : colors.sf;
      const isPoll = isQuiet(r);
      pen.strokeStyle = isPoll ? colors.faint : color; pen.fillStyle = pen.strokeStyle;
      pen.lineWidth = r.purpose === "write" ? 2.4 : isPoll ? 1 : 1.4;
      pen.setLineDash(r.purpose === "write" || isPoll ? [] : [4, 3]);
      const xs = x(r.sent), xa = r.arrived === null ? null : x(r.arrived), xe = r.ended === null ? null : x(r.ended);
      if (xa === null) {
        const mid = (LANES[1] + lane) / 2;
        arrow(pen, xs, LANES[1], Math.max(xs + 4, ((xe ?? xs) + xs) / 2), mid, false); cross(pen, Math.max(xs + 4, ((xe ?? xs) + xs) / 2), mid);
      } else {
        arrow(pen, xs, LANES[1], xa, lane, true);
        if (r.fate === "answered" || r.fate === "damaged") arrow(pen, xa, lane, Math.max(xa, xe ?? xa), LANES[1], true);
        else { const end = xa + Math.max(6, ((xe ?? xa) - xa) / 2), mid = (LANES[1] + lane) / 2; arrow(pen, xa, lane, end, mid, false); cross(pen, end, mid); }
      }
      pen.setLineDash([]);
      const end = Math.max(xs, xa ?? xs, xe ?? xs);
      hits.push({ x: xs - 3, y: Math.min(LANES[1], lane) + 8, w: Math.max(8, end - xs + 6), h: Math.abs(LANES[1] - lane) - 16, text: `${clock(r.sent)}\n${told(r)}`, t: r.sent, rec: r.records[0] });
      if (isPoll) continue;
      if (end > LEFT) labels.push([r, xs, color]);
    }
    // What went wrong and what was written is named first; the rest where there is room.
    const weight = (r) => (r.isBad ? 0 : r.purpose === "write" ? 1 : 2), taken = [];
    labels.sort((a, b) => weight(a[0]) - weight(b[0]));
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif'; pen.textAlign = "left"; pen.textBaseline = "middle";
    for (const [r, xs, color] of labels) {
      const label = (purposes[r.purpose] || r.purpose) + (r.n > 1 ? ` ×${r.n}` : "") + (r.status >= 400 ? ` ${r.status}` : "");
      const width = pen.measureText(label).width, lx = Math.max(LEFT, xs + 5);
      const rows = [18, 36, 54].map((d) => LANES[1] + (r.side === 0 ? -d : d));
      const ly = rows.find((y) => !taken.some((o) => o.y === y && lx < o.end + 10 && lx + width > o.start - 10));
      if (ly !== undefined) {
        taken.push({ y: ly, start: lx, end: lx + width });
        pen.fillStyle = colors.panel; pen.globalAlpha = 0.92; pen.fillRect(lx - 3, ly - 8, width + 6, 16); pen.globalAlpha = 1;
        pen.fillStyle = color; pen.fillText(label, lx, ly);
      }
    }
  };
  /** Too many for arrows: how many per few pixels, to either side, the lost ones in red. */
  const drawDensity = (pen, x, seen, from, to) => {
    const cell = 4, sums = new Map();
    for (const r of seen) {
      const key = Math.floor(x(r.sent) / cell) * 2 + r.side, sum = sums.get(key) || { n: 0, bad: 0 };
      sum.n++; if (r.isBad) sum.bad++; sums.set(key, sum);
    }
    const most = Math.max(...[...sums.values()].map((s) => s.n));
    for (const [key, sum] of sums) {
      const side = key % 2, px = Math.floor(key / 2) * cell, high = 58 * (sum.n / most), bad = 58 * (sum.bad / most);
      pen.fillStyle = side === 0 ? colors.hub : colors.sf;
      if (side === 0) pen.fillRect(px, LANES[1] - 12 - high, cell - 1, high); else pen.fillRect(px, LANES[1] + 12, cell - 1, high);
      pen.fillStyle = colors.bad;
      if (bad) { if (side === 0) pen.fillRect(px, LANES[1] - 12 - bad, cell - 1, bad); else pen.fillRect(px, LANES[1] + 12, cell - 1, bad); }
    }
    pen.fillStyle = colors.soft; pen.textAlign = "right"; pen.textBaseline = "middle";
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
    pen.fillText(`${count(seen.length)} requests: zoom in to see each`, x(to) - 4, LANES[1]);
  };
  const arrow = (pen, x1, y1, x2, y2, hasHead) => {
    pen.beginPath(); pen.moveTo(x1, y1); pen.lineTo(x2, y2); pen.stroke();
    if (!hasHead) return;
    const angle = Math.atan2(y2 - y1, x2 - x1);
    pen.beginPath(); pen.moveTo(x2, y2);
    pen.lineTo(x2 - 7 * Math.cos(angle - 0.4), y2 - 7 * Math.sin(angle - 0.4));
    pen.lineTo(x2 - 7 * Math.cos(angle + 0.4), y2 - 7 * Math.sin(angle + 0.4));
    pen.closePath(); pen.fill();
  };
  const cross = (pen, px, py) => {
    pen.setLineDash([]); pen.lineWidth = 2.4; pen.strokeStyle = colors.bad;
    pen.beginPath(); pen.moveTo(px - 5, py - 5); pen.lineTo(px + 5, py + 5); pen.moveTo(px + 5, py - 5); pen.lineTo(px - 5, py + 5); pen.stroke();
  };
  const drawWrites = (pen, x, from, to) => {
    const seen = visible(changes, from, to, 0);
    const isMany = seen.length > 400;
    for (const c of seen) {
      const px = x(c.t), y = c.side === 0 ? LANES[0] - 9 : LANES[2] + 9;
      const size = isMany ? 2.5 : 5;
      if (c.isEngine) {
        pen.strokeStyle = colors.eng; pen.fillStyle = colors.panel; pen.lineWidth = 1.6;
        pen.beginPath(); pen.moveTo(px, y - size); pen.lineTo(px + size, y); pen.lineTo(px, y + size); pen.lineTo(px - size, y); pen.closePath(); pen.fill(); pen.stroke();
      } else {
        pen.fillStyle = c.side === 0 ? colors.hub : colors.sf;
        pen.beginPath(); pen.arc(px, y, size, 0, 7); pen.fill();
      }
      if (chosen === c.rec) { pen.strokeStyle = colors.ink; pen.lineWidth = 1.5; pen.beginPath(); pen.arc(px, y, size + 3, 0, 7); pen.stroke(); }
      hits.push({ x: px - 6, y: y - 6, w: 12, h: 12, text: `${clock(c.t)}  ${nameOf(c.rec)}\n${changeText(c)}`, t: c.t, rec: c.rec });
    }
  };
  // ---- Charts of the whole run -----------------------------------------------------------------
  const chartX = (w) => (t) => 8 + (t / span) * (w - 16);
  const cursor = (pen, x, h) => {
    pen.strokeStyle = colors.ink; pen.lineWidth = 1.5;
    pen.beginPath(); pen.moveTo(x(now), 0); pen.lineTo(x(now), h); pen.stroke();
  };
  const drawStrip = () => {
    const { pen, w, h } = canvas("strip"), x = chartX(w);
    for (const [a, b] of deadTimes) { if (a > span) continue; pen.fillStyle = colors.dead; pen.fillRect(x(a), 0, Math.max(2, x(Math.min(b, span)) - x(a)), h); }
    for (const [a, b] of badTimes) { if (a > span) continue; pen.fillStyle = colors["warn-bg"]; pen.fillRect(x(a), h - 9, Math.max(2, x(Math.min(b, span)) - x(a)), 8); pen.fillStyle = colors.warn; pen.fillRect(x(a), h - 9, 1.5, 8); }
    pen.fillStyle = colors.line; pen.fillRect(8, h / 2 - 3, w - 16, 1);
    for (const c of changes) {
      if (c.t > span) break;
      pen.fillStyle = c.isEngine ? colors.eng : c.side === 0 ? colors.hub : colors.sf;
      const high = c.isEngine ? 5 : 11;
      if (c.side === 0) pen.fillRect(x(c.t), h / 2 - 4 - high, 1.5, high); else pen.fillRect(x(c.t), h / 2 - 1, 1.5, high);
    }
    for (const v of data.violations) {
      if (v.at > span) continue;
      pen.fillStyle = colors.bad; const px = x(v.at);
      pen.beginPath(); pen.moveTo(px - 5, 0); pen.lineTo(px + 5, 0); pen.lineTo(px, 8); pen.closePath(); pen.fill();
    }
    cursor(pen, x, h);
  };
  const bars = () => {
    const { width, buckets } = data.histogram, sums = [];
    const per = Math.max(1, Math.ceil(span / width / 240));
    for (let i = 0; i < buckets.length && i * width <= span; i += per) {
      const sum = [0, 0];
      for (let j = i; j < Math.min(buckets.length, i + per); j++) { sum[0] += buckets[j][0]; sum[1] += buckets[j][1]; }
      sums.push({ t: i * width, sum });
    }
    return { sums, width: width * per };
  };
  const lengthText = (ms) => (ms >= 3600000 ? `${+(ms / 3600000).toFixed(1)} h` : ms >= 60000 ? `${+(ms / 60000).toFixed(1)} min` : `${ms / 1000} s`);
  const drawCalls = () => {
    const { pen, w, h } = canvas("calls"), x = chartX(w), { sums, width } = bars();
    const most = Math.max(1, ...sums.map((s) => Math.max(...s.sum))), mid = h / 2;
    for (const { t, sum } of sums) {
      const px = x(t), wide = Math.max(1, x(t + width) - px - 1);
      pen.fillStyle = colors.hub; const up = (sum[0] / most) * (mid - 4); pen.fillRect(px, mid - up, wide, up);
      pen.fillStyle = colors.sf; const down = (sum[1] / most) * (mid - 4); pen.fillRect(px, mid + 1, wide, down);
    }
    pen.fillStyle = colors.line; pen.fillRect(8, mid, w - 16, 1);
    note(pen, w, 9, `HubSpot, most ${count(Math.max(0, ...sums.map((s) => s.sum[0])))} in ${lengthText(width)}`, colors.hub);
    note(pen, w, h - 8, `Salesforce, most ${count(Math.max(0, ...sums.map((s) => s.sum[1])))} in ${lengthText(width)}`, colors.sf);
    cursor(pen, x, h);
  };
  const note = (pen, w, y, text, color) => {
    pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif'; pen.textAlign = "right"; pen.textBaseline = "middle";
    const wide = pen.measureText(text).width;
    pen.fillStyle = colors.panel; pen.globalAlpha = 0.8; pen.fillRect(w - wide - 14, y - 7, wide + 8, 14); pen.globalAlpha = 1;
    pen.fillStyle = color; pen.fillText(text, w - 10, y);
  };
  const drawBudget = () => {
    const { pen, w, h } = canvas("budget"), x = chartX(w), { width, buckets, limits } = data.histogram;
    const shown = buckets.filter((_, i) => i * width <= span);
    const most = Math.max(1, ...shown.flatMap((b) => [b[2] ?? 0, b[3] ?? 0]));
    const y = (v) => h - 3 - (v / most) * (h - 20);
    pen.fillStyle = colors.line; pen.fillRect(8, h - 3, w - 16, 1);
    [2, 3].forEach((column, side) => {
      pen.strokeStyle = side === 0 ? colors.hub : colors.sf; pen.lineWidth = 2; pen.beginPath();
      let isFirst = true, last = null;
      shown.forEach((b, i) => {
        if (b[column] === null) return;
        const px = x(Math.min(span, (i + 1) * width));
        if (isFirst) pen.moveTo(px, y(b[column])); else { pen.lineTo(px, y(last)); pen.lineTo(px, y(b[column])); }
        isFirst = false; last = b[column];
      });
      pen.stroke();
    });
    const here = buckets.slice(0, Math.floor(now / width) + 1);
    const text = (side) => { const v = here.findLast((b) => b[2 + side] !== null)?.[2 + side] ?? null; return v === null ? `${SIDES[side]}: no word yet` : `${SIDES[side]} ${count(v)} of ${count(limits[side])} a day`; };
    pen.textAlign = "left"; pen.textBaseline = "middle"; pen.font = '11px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
    pen.fillStyle = colors.hub; pen.fillText(text(0), 10, 8);
    const wide = pen.measureText(text(0)).width;
    pen.fillStyle = colors.sf; pen.fillText(text(1), 26 + wide, 8);
    cursor(pen, x, h);
  };

  // ---- Records ---------------------------------------------------------------------------------
  const ROW = 28;
  const shownFields = FIELDS.map((_, i) => i).slice(1);
  const buildHead = () => {
    const groups = make("tr", {}, make("th", { className: "who", textContent: "" }));
    const names = make("tr", {}, make("th", { className: "who", textContent: "person" }));
    [["HubSpot", "hub", 0], ["Last synced, as the engine knows it", "base", 0], ["Salesforce", "sf", 1]].forEach(([title, css, side]) => {
      groups.append(make("th", { className: css + " g", colSpan: shownFields.length, textContent: title }));
      shownFields.forEach((f, i) => names.append(make("th", { className: i === 0 ? "g" : "", textContent: FIELDS[f][side] })));
    });
    $("thead").append(groups, names);
  };
  const FRESH = 1500;
  const cell = (w, side, f) => {
    const values = w.side[side];
    if (!values) return { text: "·", css: "none" };
    if (w.hidden[side]) return { text: quote(values[f] || "–"), css: "none" };
    const base = w.base && w.base[side], css = [];
    if (base && (base[f] ?? "") !== values[f].trim() && !(f === 0)) css.push("changed");
    if (now - w.moved[side][f] <= FRESH && now >= w.moved[side][f]) css.push("fresh");
    if (values[f] === "") css.push("none");
    return { text: values[f] === "" ? "–" : values[f], css: css.join(" ") };
  };
  const baseCell = (w, f) => {
    if (!w.base) return { text: "·", css: "none" };
    const [a, b] = w.base.map((l) => (l ? l[f] ?? "" : ""));
    if (a === b) return { text: a === "" ? "–" : a, css: "b" + (a === "" ? " none" : "") };
    return { text: `${a || "–"} | ${b || "–"}`, css: "b", title: `last synced: HubSpot ${quote(a)}, Salesforce ${quote(b)}` };
  };
  const td = ({ text, css, title }, isFirst) => make("td", { textContent: text, className: css + (isFirst ? " g" : ""), title: title || text });
  const drawRecords = () => {
    const box = $("scroll"), known = records.filter((r) => world[r.i].side[0] || world[r.i].side[1]);
    const from = Math.max(0, Math.floor(box.scrollTop / ROW) - 6), to = Math.min(known.length, from + Math.ceil(box.clientHeight / ROW) + 14);
    const rows = [];
    const space = (n) => make("tr", { ariaHidden: "true" }, Object.assign(make("td", { colSpan: 1 + 3 * shownFields.length }), { style: `height:${n * ROW}px;padding:0;border:0` }));
    if (from > 0) rows.push(space(from));
    for (const r of known.slice(from, to)) {
      const w = world[r.i], tags = (w.isFrozen ? " ❄" : "") + (w.hidden[0] || w.hidden[1] ? " hidden" : "");
      const button = make("button", { type: "button", textContent: nameOf(r.i) + tags, title: `${nameOf(r.i)}: its story` });
      button.dataset.rec = r.i;
      const row = make("tr", { className: chosen === r.i ? "sel" : "" }, make("td", { className: "who" }, button));
      row.dataset.rec = r.i;
      shownFields.forEach((f, i) => row.append(td(cell(w, 0, f), i === 0)));
      shownFields.forEach((f, i) => row.append(td(baseCell(w, f), i === 0)));
      shownFields.forEach((f, i) => row.append(td(cell(w, 1, f), i === 0)));
      rows.push(row);
    }
    if (to < known.length) rows.push(space(known.length - to));
    const focus = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.rec : undefined;
    $("tbody").replaceChildren(...rows);
    if (focus !== undefined) { const again = $("tbody").querySelector(`button[data-rec="${focus}"]`); if (again) again.focus({ preventScroll: true }); }
    const both = known.filter((r) => world[r.i].side[0] && world[r.i].side[1]).length;
    $("moment").textContent = `${count(known.length)} people, ${count(both)} on both sides`;
  };
  // ---- Stories ---------------------------------------------------------------------------------
  const storyOf = (i) => all.filter((e) => e.rec === i || (e.recs && e.recs.includes(i)));
  let storyKey = "", storyList = [];
  const entry = (e) => {
    const isLater = e.t > now;
    const button = make("button", { type: "button" }, make("time", { textContent: clock(e.t) }), make("i", { className: e.css }),
      make("span", { textContent: (chosen < 0 && e.rec >= 0 ? nameOf(e.rec) + ": " : "") + e.make() }));
    button.addEventListener("click", () => { go(e.t); if (chosen < 0 && e.rec >= 0) choose(e.rec); });
    return make("li", { className: isLater ? "later" : "" }, button);
  };
  const drawStory = () => {
    const list = chosen >= 0 ? storyList : events, here = after(list, now) - 1;
    const [from, to] = [Math.max(0, here - 60), Math.min(list.length, here + 60)];
    const key = `${chosen} ${here} ${from} ${to} ${chosen >= 0 ? Math.round(now) : ""}`;
    if (key === storyKey) return;
    storyKey = key;
    const box = $("story"), parts = [];
    const hadFocus = box.contains(document.activeElement);
    if (chosen >= 0) {
      const r = records[chosen], w = world[chosen];
      const close = make("button", { type: "button", textContent: "Close", id: "close" });
      close.addEventListener("click", () => choose(-1));
      parts.push(make("div", { className: "story-head" }, make("div", {}, make("h2", { textContent: nameOf(chosen) }),
        make("p", { className: "mono", textContent: `HubSpot ${r.hub || "–"} · Salesforce ${r.sf || "–"}${w.isFrozen ? " · frozen" : ""}` })), close));
      const head = make("tr", {}, ...["", "HubSpot", "last synced", "Salesforce"].map((t, i) => make("th", { textContent: t, className: ["", "hub", "base", "sf"][i] })));
      const table = make("table", {}, make("thead", {}, head));
      FIELDS.forEach((names, f) => table.append(make("tr", {}, make("td", { textContent: names[0], className: "none", title: names.join(" and ") }), td(cell(w, 0, f)), td(baseCell(w, f)), td(cell(w, 1, f)))));
      parts.push(table);
    } else parts.push(make("div", { className: "story-head" }, make("div", {}, make("h2", { textContent: "Around this moment" }), make("p", { textContent: "Choose a record for its story." }))));
    const ol = make("ol");
    for (let i = from; i < to; i++) { const li = entry(list[i]); if (i === here) li.classList.add("now"); ol.append(li); }
    if (from === to) ol.append(make("li", { className: "empty", textContent: "Nothing happens." }));
    parts.push(ol);
    box.replaceChildren(...parts);
    const mark = ol.querySelector(".now");
    ol.scrollTop = mark ? mark.offsetTop - ol.offsetTop - ol.clientHeight / 2 : 0;
    if (hadFocus && chosen >= 0) $("close").focus({ preventScroll: true });
  };
  const choose = (i) => {
    chosen = i; storyKey = "";
    storyList = i >= 0 ? storyOf(i) : [];
    isDirty = true;
  };

  // ---- Frame -----------------------------------------------------------------------------------
  const draw = () => {
    isDirty = false;
    moveTo(now);
    $("clock").textContent = clock(now);
    $("scrub").max = String(span); $("scrub").value = String(Math.min(now, span));
    $("scrub").setAttribute("aria-valuetext", clock(now));
    drawLanes(); drawStrip(); drawCalls(); drawBudget(); drawRecords(); drawStory();
  };
  const frame = (stamp) => {
    const passed = Math.min(100, stamp - lastFrame); lastFrame = stamp;
    if (isPlaying) {
      const speed = Number($("speed").value);
      let next = now + passed * speed;
      if ($("skip").checked) {
        const e = events[after(events, now)], gap = 2000 + speed * 200;
        if (e && e.t - now > gap) next = Math.max(next, e.t - gap / 2);
        if (!e) next = data.end;
      }
      go(next);
      if (now >= data.end) play(false);
    }
    if (isDirty) draw();
    requestAnimationFrame(frame);
  };
  const play = (on) => {
    if (on && now >= data.end) go(0);
    isPlaying = on;
    $("play").textContent = on ? "Pause" : "Play";
    $("play").setAttribute("aria-label", on ? "Pause" : "Play");
  };

  // ---- Head ------------------------------------------------------------------------------------
  const buildTop = () => {
    const broken = data.violations.length;
    $("seed").textContent = data.seedLine;
    $("verdict").textContent = broken ? `${broken} ${broken === 1 ? "promise" : "promises"} broken` : "every promise held";
    $("verdict").classList.add(broken ? "bad" : "good");
    for (const [name, value] of data.facts) $("facts").append(make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value })));
    if (data.left) $("facts").append(make("div", {}, make("dt", { textContent: "not shown" }), make("dd", { textContent: `${count(data.left)} later events; charts count them` })));
    if (!broken) return;
    $("violations").hidden = false;
    $("violations").append(make("h2", { textContent: "Broken promises" }));
    const ol = make("ol");
    for (const v of data.violations) {
      const jump = make("button", { type: "button", textContent: `Go to ${clock(v.at, true)}` });
      jump.addEventListener("click", () => { go(v.at); choose(v.records[0] ?? -1); });
      ol.append(make("li", {}, make("b", { textContent: v.invariant }), make("span", { textContent: v.story }), jump));
    }
    $("violations").append(ol);
  };
  let nextViolation = 0;
  const keys = (e) => {
    if (e.target.tagName === "SELECT" || e.ctrlKey || e.metaKey || e.altKey) return;
    const isButton = e.target.tagName === "BUTTON" || e.target.type === "checkbox";
    const zoom = (by) => { const z = $("zoom"); z.selectedIndex = Math.min(z.length - 1, Math.max(0, z.selectedIndex + by)); isDirty = true; };
    switch (e.key) {
      case " ": if (isButton) return; play(!isPlaying); break;
      case "ArrowRight": if (e.shiftKey) go(now + 1000); else step(1); break;
      case "ArrowLeft": if (e.shiftKey) go(now - 1000); else step(-1); break;
      case "Home": go(0); break;
      case "End": go(data.end); break;
      case "+": case "=": zoom(-1); break;
      case "-": case "−": zoom(1); break;
      case "v": {
        const v = data.violations[nextViolation++ % Math.max(1, data.violations.length)];
        if (v) { go(v.at); choose(v.records[0] ?? -1); }
        break;
      }
      case "Escape": choose(-1); break;
      default: return;
    }
    e.preventDefault();
  };
  const tip = (e) => {
    const box = $("lanes").getBoundingClientRect(), [px, py] = [e.clientX - box.left, e.clientY - box.top];
    const hit = [...hits].reverse().find((h) => px >= h.x && px <= h.x + h.w && py >= h.y && py <= h.y + h.h);
    const node = $("tip");
    node.hidden = !hit;
    $("lanes").style.cursor = hit ? "pointer" : "default";
    if (!hit) return null;
    node.textContent = hit.text;
    node.style.left = Math.min(px + 14, Math.max(0, box.width - 310)) + "px";
    node.style.top = py + 16 + "px";
    return hit;
  };
  const theme = (name) => { document.documentElement.dataset.theme = name; readColors(); isDirty = true; };
  const start = () => {
    const wants = window.matchMedia("(prefers-color-scheme: dark)");
    theme(wants.matches ? "dark" : "light");
    wants.addEventListener("change", (e) => theme(e.matches ? "dark" : "light"));
    $("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
    buildTop(); buildHead(); reset(); setSpan(span);
    if (span >= data.end) document.querySelector(".seg").hidden = true;
    $("first").addEventListener("click", () => go(0));
    $("last").addEventListener("click", () => go(data.end));
    $("back").addEventListener("click", () => step(-1));
    $("next").addEventListener("click", () => step(1));
    $("play").addEventListener("click", () => play(!isPlaying));
    $("busy").addEventListener("click", () => { setSpan(busyEnd); if (now > busyEnd) go(busyEnd); });
    $("whole").addEventListener("click", () => setSpan(data.end));
    $("scrub").addEventListener("input", (e) => go(Number(e.target.value), true));
    $("zoom").addEventListener("change", () => { isDirty = true; });
    $("scroll").addEventListener("scroll", () => { isDirty = true; });
    $("tbody").addEventListener("click", (e) => { const row = e.target.closest("tr[data-rec]"); if (row) choose(Number(row.dataset.rec)); });
    $("lanes").addEventListener("mousemove", tip);
    $("lanes").addEventListener("mouseleave", () => { $("tip").hidden = true; });
    $("lanes").addEventListener("click", (e) => { const hit = tip(e); if (hit) { if (hit.rec !== undefined && hit.rec >= 0) choose(hit.rec); go(hit.t); } else if (lanesView) go(lanesView.back(e.clientX - $("lanes").getBoundingClientRect().left)); });
    for (const id of ["strip", "calls", "budget"]) $(id).addEventListener("click", (e) => { const box = $(id).getBoundingClientRect(); go(((e.clientX - box.left - 8) / (box.width - 16)) * span, true); });
    document.addEventListener("keydown", keys);
    window.addEventListener("resize", () => { isDirty = true; });
    const at = /(?:^|[#&])t=(\d+)/.exec(location.hash), rec = /[#&]r=(\d+)/.exec(location.hash);
    if (/[#&]dark/.test(location.hash)) theme("dark");
    if (at) go(Number(at[1])); else if (data.violations.length) go(data.violations[0].at);
    if (rec && records[Number(rec[1])]) choose(Number(rec[1]));
    draw();
    requestAnimationFrame(frame);
  };
  start();
})();
