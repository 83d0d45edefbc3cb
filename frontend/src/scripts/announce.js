// One polite voice for screen readers: a line of text that changes.
export function announce(words) {
  const line = document.getElementById("announcer");
  if (line) line.textContent = words;
}
