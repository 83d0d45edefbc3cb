// Quick exit of public pages: leaves no page to go back to. Stores nothing; without script the button is a plain link.
// Runs before the page shows. The mark in `window.name` lives in this tab only and is gone with it.

const LEFT = "lich";
const NEUTRAL_PAGE = document.currentScript.dataset.exitUrl;
const WINDOW_MS = 5000;
const PRESSES = 3;
const STILL_TO_PRESS = ["", "Nhấn Shift hai lần nữa để thoát.", "Nhấn Shift một lần nữa để thoát."];

// Someone pressed Back after she had left: show the neutral page again. A fresh visit is let in.
if (window.name === LEFT) {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") leave();
  else window.name = "";
}

// A page kept in memory by the browser must not come back with what was on it.
addEventListener("pagehide", () => document.body?.replaceChildren());
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (window.name === LEFT) leave();
  else location.reload();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-exit]")) return;
  event.preventDefault();
  leave();
});

function leave() {
  document.documentElement.classList.add("app-is-leaving");
  window.name = LEFT;
  location.replace(NEUTRAL_PAGE);
}

// --- three presses of Shift, alone, within five seconds
let presses = 0;
let withOtherKey = false;
let timer = 0;

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || withOtherKey) {
    withOtherKey = event.shiftKey; // Shift held for a capital letter is not a press
    if (presses) count(0);
    return;
  }
  count(presses + 1);
  if (presses === PRESSES) leave();
});

function count(number) {
  presses = number;
  clearTimeout(timer);
  if (number) timer = setTimeout(() => count(0), WINDOW_MS);
  const dots = document.querySelector("[data-exit-dots]");
  const status = document.querySelector("[data-exit-status]");
  if (!dots || !status) return;
  dots.hidden = number === 0;
  [...dots.children].forEach((dot, place) => dot.classList.toggle("is-on", place < number));
  status.textContent = STILL_TO_PRESS[number] ?? "";
}

// --- the keyboard of a phone must not cover the button (browsers that ignore `interactive-widget`)
window.visualViewport?.addEventListener("resize", () => {
  const button = document.querySelector(".app-exit");
  if (!button) return;
  const covered = Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop);
  button.style.transform = covered ? `translateY(-${covered}px)` : "";
});
