// Keys for people who keep their hands on the keyboard: / search, j k next and previous line, f filter, u up, ? help.
// Enter opens by itself: j and k move the real focus. The switch in the help turns all of them off on this computer.
const SWITCH = "maiam.keys";

export function listenForKeys() {
  offerSwitch();
  document.addEventListener("keydown", (event) => {
    if (isOff() || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const act = KEYS[event.key];
    if (act && !document.querySelector("dialog[open]") && act()) event.preventDefault();
  });
}

const KEYS = {
  "/": () => focus(document.querySelector("[data-keys=search]")),
  "?": openHelp,
  j: () => move(+1),
  k: () => move(-1),
  f: () => focus(document.querySelector("[data-keys=filter]")),
  u: goUp,
  1: () => chooseSide(0),
  2: () => chooseSide(1),
};

function isTyping(element) {
  return element.isContentEditable || (/^(input|textarea|select)$/i.test(element.tagName) && element.type !== "radio");
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}

function openHelp() {
  const help = document.getElementById("keys-help");
  help?.showModal();
  return Boolean(help);
}

// Up: back to the list or the page this one belongs to.
function goUp() {
  const link = document.querySelector(".govuk-back-link");
  link?.click();
  return Boolean(link);
}

function move(step) {
  const lines = [...document.querySelectorAll("[data-keys=list] tbody tr, [data-keys=list] > li")];
  const links = lines.map((line) => line.querySelector("a, button")).filter(Boolean);
  const now = links.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
  const next = now < 0 && step < 0 ? links.length - 1 : now + step;
  return focus(links[Math.min(Math.max(next, 0), links.length - 1)]);
}

// Of two records side by side: take every fact from one side.
function chooseSide(side) {
  const rows = [...document.querySelectorAll("[data-keys=sides] tbody tr")];
  const buttons = rows.map((row) => row.querySelectorAll("input[type=radio]")[side]).filter(Boolean);
  for (const button of buttons) button.checked = true;
  return focus(buttons[0]);
}

function isOff() {
  return localStorage.getItem(SWITCH) === "off";
}

function offerSwitch() {
  const box = document.querySelector("[data-keys-switch]");
  if (!box) return;
  box.checked = !isOff();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  });
}
