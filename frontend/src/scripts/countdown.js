// Due badges go on counting while the page stands open. The words are those of the server's `time_left`.
import { announce } from "./announce.js";

const EVERY_MS = 30_000;
const URGENT = 0.25;
const SOON = 0.5;
const URGENT_DAYS = 1;
const SOON_DAYS = 7;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export function tick() {
  // The server's clock counts, not the computer's.
  const ahead = Date.parse(document.body.dataset.now) - Date.now() || 0;
  setInterval(() => {
    for (const badge of document.querySelectorAll(".app-due")) update(badge, Date.now() + ahead);
  }, EVERY_MS);
}

function update(badge, now) {
  const due = Date.parse(badge.dateTime);
  const { level, words } = timeLeft(due, Date.parse(badge.dataset.started), now);
  if (badge.textContent === words) return;
  badge.textContent = words;
  if (badge.classList.contains(`app-due--${level}`)) return;
  badge.className = `app-due app-due--${level}`;
  if (level === "urgent" || level === "late") announce(words);
}

export function timeLeft(due, started, now) {
  const left = due - now;
  if (left < 0) return { level: "late", words: `Quá hạn ${duration(-left)}` };
  const words = `còn ${duration(left)}`;
  const whole = due - started;
  if (left < Math.min(whole * URGENT, URGENT_DAYS * DAY)) return { level: "urgent", words: `Gấp: ${words}` };
  if (left < Math.min(whole * SOON, SOON_DAYS * DAY)) return { level: "soon", words: `Sắp đến hạn: ${words}` };
  return { level: "calm", words: words[0].toUpperCase() + words.slice(1) };
}

function duration(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const amounts = days ? [[days, "ngày"], [hours, "giờ"]] : [[hours, "giờ"], [minutes % 60, "phút"]];
  const shown = amounts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.join(" ") || "dưới 1 phút";
}
