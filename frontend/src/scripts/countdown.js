// Due badges go on counting while the page stands open, by the words and moments the server put on the page.
import { announce } from "./announce.js";

const EVERY_MS = 30_000;
const MINUTE = 60_000;

export function tick() {
  const { now, dueWords } = document.body.dataset;
  if (!dueWords) return;
  // The server's clock counts, not the computer's.
  const ahead = Date.parse(now) - Date.now() || 0;
  const words = JSON.parse(dueWords);
  setInterval(() => {
    for (const badge of document.querySelectorAll(".app-due")) update(badge, Date.now() + ahead, words);
  }, EVERY_MS);
}

function update(badge, now, words) {
  const left = timeLeft(Date.parse(badge.dateTime), badge.dataset, now, words);
  if (badge.textContent === left.words) return;
  badge.textContent = left.words;
  if (badge.classList.contains(`app-due--${left.level}`)) return;
  badge.className = `app-due app-due--${left.level}`;
  if (left.level === "urgent" || left.level === "late") announce(left.words);
}

export function timeLeft(due, { soonAfter, urgentAfter }, now, words) {
  const level = levelAt(now, due, Date.parse(soonAfter), Date.parse(urgentAfter));
  return { level, words: words.levels[level].replace("{}", duration(Math.abs(due - now), words)) };
}

function levelAt(now, due, soonAfter, urgentAfter) {
  if (now > due) return "late";
  if (now > urgentAfter) return "urgent";
  return now > soonAfter ? "soon" : "calm";
}

function duration(milliseconds, { units, hoursUpTo }) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  const amounts =
    hours >= hoursUpTo
      ? [[Math.floor(hours / 24), units.days], [hours % 24, units.hours]]
      : [[hours, units.hours], [minutes % 60, units.minutes]];
  const shown = amounts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.join(" ") || units.none;
}
