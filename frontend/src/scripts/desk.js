// The desk's script. Every page works without it; each part below only makes one thing quicker.
import htmx from "htmx.org/dist/htmx.esm.js";
import { tick } from "./countdown.js";
import { keepDrafts } from "./drafts.js";
import { stayOnPage } from "./fragments.js";
import { listenForKeys } from "./keys.js";
import { letMenuClose, showCurrentWord } from "./menu.js";
import { sendOnce } from "./once.js";
import { labelCells } from "./tables.js";
import { walkResults } from "./typeahead.js";

stayOnPage();
listenForKeys();
letMenuClose();
showCurrentWord();
sendOnce();
walkResults();
keepDrafts();
tick();

// Once for the page, then for every fragment htmx brings.
htmx.onLoad((root) => {
  labelCells(root);
  for (const figure of root.querySelectorAll("[data-map]")) {
    import("./map.js").then(({ drawMap }) => drawMap(figure));
  }
});
