// Arrow keys between a search box and what htmx found below it: <input data-typeahead aria-controls="ID OF RESULTS">.
// Enter still sends the plain form; Escape returns to the box.
export function walkResults() {
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: +1, ArrowUp: -1 }[event.key];
    const box = boxOf(event.target);
    if (!box || (!step && event.key !== "Escape")) return;
    if (!step) {
      if (event.target !== box) box.focus();
      return;
    }
    const stops = [box, ...resultsOf(box).querySelectorAll("a, button, input")];
    const next = stops[stops.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

function boxOf(element) {
  if (element.matches?.("[data-typeahead]")) return element;
  return [...document.querySelectorAll("[data-typeahead]")].find((box) => resultsOf(box)?.contains(element));
}

function resultsOf(box) {
  return document.getElementById(box.getAttribute("aria-controls"));
}
