// The office page: asks for /office/view every few seconds, shows it, sends what is pressed. Texts
// from kiosks only ever become text nodes. State lives on the server; here stand the language, the
// counter's name (both remembered by the browser) and which requests are unfolded.
"use strict";

const REFRESH_MS = 3000;
const PATIENCE_MS = 8000;
const TROUBLE_MS = 10000;

let language = localStorage.getItem("language") === "en" ? "en" : "zh-Hans";
let view = null; // the last answer of /office/view
let away = false;
let enrolCode = null; // {code, minutes}
const unfolded = new Set(); // ids of requests

// ---- words ----------------------------------------------------------------------------------

function say(key, holes) {
  const sentence = WORDS[language][key] || key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (holes && name in holes ? holes[name] : whole));
}

function inLanguage(text) {
  return text[language] || text["zh-Hans"] || "";
}

// Times come as "2026-11-23T09:12:03+08:00" in the center's zone and are read off as they stand.
function timeOf(instant) {
  return instant.slice(11, 16);
}

function minutesSince(instant) {
  return Math.max(0, Math.floor((Date.parse(view.time) - Date.parse(instant)) / 60000));
}

function dayNumber(day) {
  return Math.round(Date.parse(day + "T00:00:00Z") / 86400000);
}

function dateWords(day) {
  const date = new Date(day + "T00:00:00Z");
  const words = say("date", {
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: say("weekday_" + date.getUTCDay()),
  });
  const ahead = dayNumber(day) - dayNumber(view.today);
  if (ahead === 0) return words + " · " + say("today");
  if (ahead === 1) return words + " · " + say("tomorrow");
  return words;
}

// ---- building blocks --------------------------------------------------------------------------

function byId(id) {
  return document.getElementById(id);
}

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function icon(name) {
  return make("span", "icon icon-" + name);
}

// `key` names the button over redraws, so that the focus stays where it was.
function button(key, iconName, words, press) {
  const node = make("button", "", ...(iconName ? [icon(iconName)] : []), words);
  node.type = "button";
  node.dataset.key = key;
  node.addEventListener("click", press);
  return node;
}

const CHIP_ICONS = { ok: "check", wait: "clock", no: "error", plain: "mediation" };

// A state is a word with an icon, then a colour.
function chip(kind, words) {
  return make("span", "chip " + kind, icon(CHIP_ICONS[kind]), words);
}

function empty(iconName, words) {
  return make("p", "empty", icon(iconName), words);
}

// Fills a part of the page, and leaves it alone when it would look the same: a selected telephone
// number stays selected.
function fill(panel, ...children) {
  const fresh = panel.cloneNode(false);
  fresh.append(...children);
  if (fresh.innerHTML !== panel.innerHTML) panel.replaceChildren(...fresh.childNodes);
}

function table(heads, rows) {
  const head = make("tr", "", ...heads.map((words) => make("th", "", words)));
  return make("table", "", make("thead", "", head), make("tbody", "", ...rows));
}

// ---- sending ----------------------------------------------------------------------------------

async function send(path, fields) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Kiosk-Office": "1" },
      body: JSON.stringify(fields),
      signal: stop.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

// Says whether it worked; what did not is said on the page.
async function act(path, fields) {
  let ok = false;
  try {
    const answer = await send(path, fields);
    ok = answer.ok;
    trouble(ok ? "" : answer.status === 409 ? "changed" : "busy");
  } catch (error) {
    trouble("busy");
  }
  await refresh();
  return ok;
}

let troubleTimer = 0;

// What the next press makes good goes by itself; a server that is away stays said.
function trouble(key, holes) {
  const line = byId("trouble");
  clearTimeout(troubleTimer);
  if (key && key !== "away") troubleTimer = setTimeout(() => trouble(""), TROUBLE_MS);
  line.hidden = !key;
  line.textContent = key ? say(key, holes) : "";
}

// ---- the parts of the page --------------------------------------------------------------------

function drawHeader() {
  const name = inLanguage(view.center);
  document.documentElement.lang = language;
  document.title = (view.calls.length ? "(" + view.calls.length + ") " : "") + say("page") + " · " + name;
  byId("center").textContent = name;
  byId("page-name").textContent = say("page");
  byId("link").textContent = away ? "" : say("connected");
  byId("done-today").textContent = say("done_today", { count: view.done_today });
  byId("clock").textContent = timeOf(view.time);
  byId("language").textContent = say("other_language");
}

function placeWords(place) {
  const key = "place_" + place.split(".")[0];
  return key in WORDS[language] ? say(key) : say("place_other", { place });
}

function drawCalls() {
  const panel = byId("calls");
  panel.hidden = view.calls.length === 0;
  const entries = view.calls.map((call) => {
    const line = say("call_line", {
      kiosk: call.kiosk,
      place: placeWords(call.place),
      minutes: minutesSince(call.asked_at),
    });
    const open = call.state === "open";
    const press = button(call.id + open, open ? "call-person" : "check", say(open ? "call_go" : "call_done"), () =>
      act("/office/call", { id: call.id, state: open ? "accepted" : "done" }));
    const state = open ? [] : [chip("ok", say("call_coming"))];
    return make("div", "entry row", make("span", "grow", line), ...state, press);
  });
  fill(panel, make("h2", "", icon("call-person"), say("calls_title")), ...entries);
}

// Until a person has written down what came of it, no day goes from here.
function drawLegalDays() {
  const { open, silent } = view.legal_days;
  const panel = byId("legal-days");
  panel.hidden = open.length === 0 && silent.length === 0;
  const step = (each, outcome) =>
    button(each.id + outcome, "", say("legal_" + outcome), () => act("/office/legal-day", { id: each.id, outcome }));
  const entries = open.map((each) => {
    const unknown = each.day === "unknown";
    const words = unknown ? say("legal_unknown") : say(each.days_left < 0 ? "legal_over" : "legal_left",
      { day: each.day, days: each.days_left });
    const story = say("legal_story", {
      service: inLanguage(each.service), kiosk: each.kiosk,
      time: dateWords(each.arrived_at.slice(0, 10)) + " " + timeOf(each.arrived_at),
    });
    return make("div", "entry",
      make("div", "row", chip(each.alarm ? "no" : "wait", words),
        make("span", "second grow", story), ...(each.taken ? [] : [chip("no", say("legal_not_taken"))])),
      make("div", "row", ...["handed_in", "told", "not_needed"].map((outcome) => step(each, outcome))));
  });
  const quiet = silent.map((each) => make("p", "entry", chip("no", say("kiosk", { number: each.kiosk })), " ",
    say("legal_silent", { date: dateWords(each.since.slice(0, 10)), time: timeOf(each.since) })));
  fill(panel, make("h2", "", icon("clock"), say("legal_title")), ...entries, ...quiet);
}

// What changed after somebody left. Nothing closes a task but an outcome.
function drawToTell() {
  const panel = byId("to-tell");
  panel.hidden = view.to_tell.length === 0;
  const step = (task, outcome) =>
    button(task.id + outcome, "", say("tell_" + outcome), () => act("/office/tell", { id: task.id, outcome }));
  const entries = view.to_tell.map((task) => {
    const when = task.day ? " " + dateWords(task.day) + " " + task.start : "";
    const reason = task.reason ? [make("p", "", task.reason in WORDS[language] ? say(task.reason) : task.reason)] : [];
    const due = say("tell_due", { time: dateWords(task.due_at.slice(0, 10)) + " " + timeOf(task.due_at) });
    return make("div", "entry",
      make("div", "row", make("b", "", task.name || say("tell_no_name")), make("span", "grow", task.phone || say("no_phone")),
        chip(task.overdue ? "no" : "wait", due)),
      make("p", "", inLanguage(task.service) + when + " · " + say("tell_change_" + task.change)), ...reason,
      make("p", "", chip(task.wish ? "plain" : "no", task.wish ? inLanguage(task.wish) : say("tell_not_asked"))),
      make("div", "row", ...["reached", "not_reached", "told_at_kiosk", "not_wanted"].map((outcome) => step(task, outcome))));
  });
  fill(panel, make("h2", "", icon("bell"), say("tell_title", { count: view.to_tell.length })), ...entries);
}

function waitingTickets() {
  return view.tickets.filter((ticket) => ticket.state === "waiting");
}

function nextTicket() {
  return waitingTickets().find((ticket) => ticket.issued);
}

function stepTicket(ticket, step) {
  const counter = byId("counter").value.trim();
  return act("/office/ticket", { id: ticket.id, step, counter });
}

function drawDesk() {
  byId("desk-title").textContent = say("desk");
  byId("counter-label").textContent = say("counter");
  const next = nextTicket();
  const press = byId("next");
  press.disabled = !next;
  fill(press, icon("bell"), next ? say("next", { number: next.number }) : say("nobody_next"));
  const called = view.tickets.filter((ticket) => ticket.state === "called");
  fill(byId("called"),
    ...(called.length ? called.map(drawCalled) : [empty("bell", say("none_called"))]));
}

function drawCalled(ticket) {
  const story = say("waited", {
    service: inLanguage(ticket.service),
    matter: inLanguage(ticket.matter),
    minutes: minutesSince(ticket.drawn_at),
  });
  const where = ticket.counter ? [make("span", "second", say("at_counter", { counter: ticket.counter }))] : [];
  return make("div", "called",
    make("div", "row", make("span", "number", ticket.number), make("span", "grow"),
      ...where, chip("wait", say("calls_count", { count: ticket.calls }))),
    make("p", "second", story),
    make("div", "buttons",
      button(ticket.id + "done", "check", say("done"), () => stepTicket(ticket, "done")),
      button(ticket.id + "recall", "repeat", say("recall"), () => stepTicket(ticket, "recall")),
      button(ticket.id + "no_show", "hide", say("no_show"), () => stepTicket(ticket, "no_show"))));
}

function drawMissed() {
  const missed = view.tickets.filter((ticket) => ticket.state === "no_show");
  const panel = byId("missed");
  panel.hidden = missed.length === 0;
  const rows = missed.map((ticket) => make("tr", "",
    make("td", "number", ticket.number),
    make("td", "second", say("calls_count", { count: ticket.calls })),
    make("td", "", button(ticket.id + "again", "bell", say("call_again"), () => stepTicket(ticket, "call")))));
  fill(panel, make("h2", "", say("missed_title")), make("table", "", make("tbody", "", ...rows)));
}

function waitWords(minutes) {
  return minutes < 1 ? say("just_now") : say("minutes", { count: minutes });
}

function drawWaiting() {
  const tickets = waitingTickets();
  const rows = tickets.map((ticket) => make("tr", "",
    make("td", "number", ticket.number),
    make("td", "", inLanguage(ticket.service)),
    make("td", "", inLanguage(ticket.matter)),
    make("td", "time", timeOf(ticket.drawn_at)),
    make("td", "time", make("b", "", waitWords(minutesSince(ticket.drawn_at)))),
    make("td", "", ticket.issued
      ? button(ticket.id + "call", "bell", say("call"), () => stepTicket(ticket, "call"))
      : make("span", "second", say("not_issued")))));
  const heads = ["number", "service", "matter", "drawn", "wait"].map((key) => say(key)).concat("");
  fill(byId("waiting"),
    make("div", "row", make("h2", "grow", say("waiting_title", { count: tickets.length })),
      make("span", "second", say("waiting_order"))),
    rows.length ? table(heads, rows) : empty("ticket", say("none_waiting")));
}

// Who is booked where nobody is received any more: to be called, and given another time.
function withdrawnWords(booking) {
  const reason = inLanguage(booking.withdrawn_for) || say(booking.withdrawn);
  return make("div", "", chip("no", say("to_change")), " ", reason);
}

function bookingRow(booking) {
  const kind = booking.state === "confirmed" ? "ok" : "wait";
  const withdrawn = booking.withdrawn ? [withdrawnWords(booking)] : [];
  return make("tr", "",
    make("td", "number", booking.start),
    make("td", "",
      make("div", "", make("b", "", booking.name), " ", booking.phone || say("no_phone")),
      make("div", "second", [inLanguage(booking.way), inLanguage(booking.topic), inLanguage(booking.room)]
        .filter((words) => words).join(" · ")), ...withdrawn),
    make("td", "", chip(kind, say(booking.state))));
}

function calendarWords() {
  if (!view.calendar) return [];
  const words = say(view.calendar.statutory ? "calendar_no_notice" : "calendar_unknown", view.calendar);
  return [make("p", "entry", chip("wait", say("calendar")), " ", words)];
}

function drawBookings() {
  const days = [...new Set(view.bookings.map((booking) => booking.day))];
  const parts = days.flatMap((day) => [
    make("p", "day", dateWords(day)),
    make("table", "", make("tbody", "",
      ...view.bookings.filter((booking) => booking.day === day).map(bookingRow))),
  ]);
  const toChange = view.bookings.filter((booking) => booking.withdrawn).length;
  const title = toChange ? say("bookings_to_change", { count: toChange }) : say("bookings_title");
  fill(byId("bookings"), make("h2", "", title), ...calendarWords(),
    ...(parts.length ? parts : [empty("calendar", say("none_bookings"))]));
}

function answerWords(answer) {
  const texts = answer.values.map(inLanguage);
  if (answer.kind === "consent") return say("consent_" + texts[0]);
  if (answer.part === "no_phone") return say("yes");
  if (answer.kind === "day" && "day_" + texts[0] in WORDS[language]) return say("day_" + texts[0]);
  return texts.join(language === "en" ? ", " : "、");
}

function answerList(request) {
  const list = make("dl", "");
  for (const answer of request.answers) {
    const part = answer.part ? " · " + say("part_" + answer.part) : "";
    list.append(make("dt", "", inLanguage(answer.question) + part), make("dd", "", answerWords(answer)));
  }
  return list;
}

const REQUEST_CHIPS = { received: "wait", reviewing: "plain", accepted: "ok", refused: "no", closed: "plain" };

function requestButtons(request) {
  const step = (state, iconName, words) =>
    button(request.id + state, iconName, say(words), () => act("/office/request", { id: request.id, state, reason: "" }));
  const stepWithReason = (state, iconName, words) =>
    button(request.id + state, iconName, say(words), () => askReason(request, state));
  if (request.state === "received") return [step("reviewing", "mediation", "review")];
  if (request.state === "reviewing") {
    return [step("accepted", "check", "accept"), stepWithReason("refused", "error", "refuse"),
      stepWithReason("closed", "check", "close")];
  }
  return request.state === "accepted" ? [stepWithReason("closed", "check", "close")] : [];
}

function drawRequest(request) {
  const fold = make("details", "", make("summary", "", say("answers")), answerList(request));
  fold.open = unfolded.has(request.id);
  fold.addEventListener("toggle", () => (fold.open ? unfolded.add(request.id) : unfolded.delete(request.id)));
  const filed = say("filed", {
    time: dateWords(request.filed_at.slice(0, 10)) + " " + timeOf(request.filed_at),
    kiosk: request.kiosk,
  });
  const reason = request.reason ? [make("p", "", say("reason", { reason: request.reason }))] : [];
  return make("div", "entry",
    make("div", "row", make("h3", "", inLanguage(request.service)), make("span", "second grow", filed),
      chip(REQUEST_CHIPS[request.state], say(request.state))),
    ...reason, fold, make("div", "row", ...requestButtons(request)));
}

function drawRequests() {
  fill(byId("requests"), make("h2", "", say("requests_title")),
    ...(view.requests.length ? view.requests.map(drawRequest) : [empty("mediation", say("none_requests"))]));
}

function contactWords(kiosk) {
  const minutes = minutesSince(kiosk.contact_at);
  if (minutes < 2) return chip("ok", say("contact_now"));
  if (minutes < 60) return chip("wait", say("contact", { minutes }));
  return chip("no", say("contact_long", { date: dateWords(kiosk.contact_at.slice(0, 10)), time: timeOf(kiosk.contact_at) }));
}

function drawKiosks() {
  const rows = view.kiosks.map((kiosk) => make("tr", "",
    make("td", "number", say("kiosk", { number: kiosk.number })), make("td", "", contactWords(kiosk))));
  const code = enrolCode
    ? [make("p", "code", enrolCode.code), make("p", "second", say("code_hint", { minutes: enrolCode.minutes }))] : [];
  fill(byId("kiosks"), make("h2", "", say("kiosks_title")),
    rows.length ? make("table", "", make("tbody", "", ...rows)) : empty("sync", say("none_kiosks")),
    make("div", "entry", button("new-code", "", say("new_code"), showEnrolCode), ...code));
}

function drawKeeping() {
  const { days, erased, last_at: last } = view.keeping;
  const promise = say("keeping_days", days);
  const account = last && say("keeping_erased", {
    ...erased, time: dateWords(last.slice(0, 10)) + " " + timeOf(last),
  });
  byId("keeping").textContent = promise + account;
}

async function showEnrolCode() {
  try {
    const answer = await send("/office/enrol-code", {});
    enrolCode = answer.ok ? await answer.json() : null;
    trouble(answer.ok ? "" : "busy");
  } catch (error) {
    trouble("busy");
  }
  drawKiosks();
}

function draw() {
  const focused = document.activeElement && document.activeElement.dataset.key;
  drawHeader();
  drawCalls();
  drawLegalDays();
  drawToTell();
  drawDesk();
  drawMissed();
  drawWaiting();
  drawBookings();
  drawRequests();
  drawKiosks();
  drawKeeping();
  const again = focused && [...document.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused);
  if (again) again.focus();
}

// ---- a reason for the visitor -------------------------------------------------------------------

let asked = null; // {id, state} while the sentence is being written

function askReason(request, state) {
  asked = { id: request.id, state };
  byId("reason-title").textContent = say(state === "refused" ? "reason_refuse" : "reason_close");
  byId("reason-hint").textContent = say("reason_hint");
  byId("reason-cancel").textContent = say("cancel");
  byId("reason-done").textContent = say("confirm");
  byId("reason-text").value = "";
  byId("reason-trouble").hidden = true;
  byId("reason").showModal();
}

async function giveReason() {
  const reason = byId("reason-text").value.trim();
  const line = byId("reason-trouble");
  line.textContent = say(reason ? "busy" : "reason_missing");
  line.hidden = Boolean(reason);
  if (!reason) return;
  // The sentence stays in the box until it has arrived.
  if (await act("/office/request", { ...asked, reason })) byId("reason").close();
  else line.hidden = false;
}

// ---- running ------------------------------------------------------------------------------------

async function refresh() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch("/office/view", { signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    view = await answer.json();
    if (away) trouble("");
    away = false;
    draw();
  } catch (error) {
    away = true;
    if (view) drawHeader();
    trouble("away", { time: view ? timeOf(view.time) : "–" });
  } finally {
    clearTimeout(timer);
  }
}

async function keepRefreshing() {
  await refresh();
  setTimeout(keepRefreshing, REFRESH_MS);
}

byId("counter").value = localStorage.getItem("counter") || "";
byId("counter").addEventListener("input", () => localStorage.setItem("counter", byId("counter").value));
byId("next").addEventListener("click", () => {
  const ticket = view && nextTicket();
  if (ticket) stepTicket(ticket, "call");
});
byId("language").addEventListener("click", () => {
  language = language === "en" ? "zh-Hans" : "en";
  localStorage.setItem("language", language);
  if (view) draw();
});
byId("reason-cancel").addEventListener("click", () => byId("reason").close());
byId("reason-done").addEventListener("click", giveReason);
keepRefreshing();
