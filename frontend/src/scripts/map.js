// The province by commune, shaded. Loaded only where a map stands; the table beside it says the same in words.
import { Map as MapView, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";

const FEW = "few";
const NONE = /^no_/;
// Light to dark, readable in grey print and by colour-blind eyes.
const RAMP = ["#f3dcb8", "#dd8f5a", "#9c3d1f", "#5b1f10"];
const WORDS = {
  "Map.Title": "Bản đồ",
  "NavigationControl.ZoomIn": "Phóng to",
  "NavigationControl.ZoomOut": "Thu nhỏ",
  "CooperativeGesturesHandler.WindowsHelpText": "Giữ Ctrl và lăn chuột để phóng to",
  "CooperativeGesturesHandler.MacHelpText": "Giữ ⌘ và lăn chuột để phóng to",
  "CooperativeGesturesHandler.MobileHelpText": "Dùng hai ngón tay để di chuyển bản đồ",
};

export async function drawMap(figure) {
  if (!document.createElement("canvas").getContext("webgl2")) return say(figure, "Máy này không vẽ được bản đồ.");
  const answer = await fetch(figure.dataset.map, { headers: { Accept: "application/json" } });
  if (!answer.ok) return say(figure, "Chưa tải được bản đồ.");
  const shapes = await answer.json();
  const colours = colourLegend(figure);
  figure.querySelector("[data-map-approximate]").hidden = !shapes.features.some((one) => one.properties.approximate);
  const canvas = figure.querySelector("[data-map-canvas]");
  canvas.replaceChildren();
  const map = show(canvas, shapes, colours, () => (figure.dataset.ready = String(shapes.features.length)));
  goThroughTime(figure, map, shapes);
}

// Where the shapes carry a shade for each period, a slider goes through them.
function goThroughTime(figure, map, shapes) {
  const part = figure.querySelector("[data-map-time]");
  if (!part) return;
  const slider = part.querySelector("input");
  const names = slider.dataset.frames.split("|");
  part.hidden = false;
  const tell = () => {
    part.querySelector("output").textContent = names[slider.value];
    slider.setAttribute("aria-valuetext", names[slider.value]);
  };
  slider.addEventListener("input", () => {
    for (const { properties } of shapes.features) {
      if (!properties.shades) continue;
      properties.shade = properties.shades[slider.value];
      properties.label = properties.labels[slider.value];
    }
    map.getSource("communes")?.setData(shapes);
    tell();
  });
  tell();
}

function say(figure, words) {
  figure.querySelector("[data-map-status]").textContent = words;
  figure.querySelector("[data-map-canvas] p")?.replaceChildren("Bảng bên dưới có cùng những con số này.");
}

// Colours follow the order of the legend, which the page gives; "few" is hatched, "no_…" stays empty.
function colourLegend(figure) {
  const colours = {};
  let step = 0;
  for (const line of figure.querySelectorAll("[data-shade]")) {
    const code = line.dataset.shade;
    if (!NONE.test(code) && code !== FEW) colours[code] = RAMP[Math.min(step++, RAMP.length - 1)];
    const swatch = line.querySelector(".app-map__swatch");
    swatch.classList.toggle("is-few", code === FEW);
    if (colours[code]) swatch.style.background = colours[code];
  }
  return colours;
}

function show(canvas, shapes, colours, whenReady) {
  setWorkerUrl(new URL("./map-worker.js", import.meta.url).href);
  const map = new MapView({
    container: canvas,
    style: styleOf(shapes, colours),
    bounds: boundsOf(shapes),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    fadeDuration: 0,
    locale: WORDS,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addImage("hatch", hatch());
  map.once("idle", whenReady);
  nameOnHover(map);
  return map;
}

function styleOf(shapes, colours) {
  const fill = ["match", ["get", "shade"], ...Object.entries(colours).flat(), "#ffffff"];
  return {
    version: 8,
    sources: { communes: { type: "geojson", data: shapes } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f6f1e8" } },
      { id: "communes", type: "fill", source: "communes", paint: { "fill-color": fill } },
      {
        id: "few",
        type: "fill",
        source: "communes",
        filter: ["==", ["get", "shade"], FEW],
        paint: { "fill-pattern": "hatch" },
      },
      { id: "borders", type: "line", source: "communes", paint: { "line-color": "#5c564c", "line-width": 0.8 } },
      {
        id: "outlines",
        type: "line",
        source: "communes",
        filter: ["in", ["get", "outline"], ["literal", ["red", "amber"]]],
        paint: { "line-color": "#1c1a17", "line-width": 3.2 },
      },
    ],
  };
}

function hatch() {
  const size = 8;
  const image = { width: size, height: size, data: new Uint8Array(size * size * 4) };
  for (let place = 0; place < size; place++) {
    for (const shift of [0, 1]) {
      const x = (place + shift) % size;
      image.data.set([92, 86, 76, 255], ((size - 1 - place) * size + x) * 4);
    }
  }
  return image;
}

function boundsOf(shapes) {
  const box = [180, 90, -180, -90];
  const widen = (coordinates) => {
    if (typeof coordinates[0] !== "number") return coordinates.forEach(widen);
    const [x, y] = coordinates;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  };
  for (const { geometry } of shapes.features) if (geometry) widen(geometry.coordinates);
  return box;
}

function nameOnHover(map) {
  const label = new Popup({ closeButton: false, closeOnClick: false, className: "app-map__popup" });
  map.on("mousemove", "communes", (event) => {
    label.setLngLat(event.lngLat).setText(event.features[0].properties.label ?? "").addTo(map);
  });
  map.on("mouseleave", "communes", () => label.remove());
  map.on("click", "communes", (event) => {
    label.setLngLat(event.lngLat).setText(event.features[0].properties.label ?? "").addTo(map);
  });
}
