// The map beside the rounds: an extra. It shows what the lists say, and choosing works both ways.

import { board, page, still } from "./page.js";
import { ask } from "./server.js";
import { choose, chosenRequest } from "./selection.js";

const ESTONIA = [[57.5, 21.8], [59.7, 28.2]];
let L = null;
let map = null;
let layer = null;
const pins = new Map(); // request -> markers

export function start() {
  const place = document.getElementById("map");
  const wake = () => draw(place).catch((error) => error.problem || console.error(error));
  new IntersectionObserver((entries, watcher) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(wake));
  }, { rootMargin: "200px" }).observe(place);
  board().addEventListener("board:refreshed", () => map && rounds());
  board().addEventListener("board:chosen", (event) => light(event.detail));
}

async function draw(place) {
  L = await import(place.dataset.leaflet);
  map = L.map(place, { zoomControl: false, attributionControl: false, fadeAnimation: false, zoomSnap: 0.25, zoomAnimation: !still() });
  L.control.zoom({ position: "topright", zoomInTitle: place.dataset.zoomIn, zoomOutTitle: place.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  layer = L.layerGroup().addTo(map);
  const [roads] = await Promise.all([ask(page("/roads")), rounds(true)]);
  background(place, roads);
}

function background(place, { roads, names }) {
  const look = getComputedStyle(place);
  const renderer = L.canvas({ padding: 0.5, pane: "tilePane" });
  const widths = { local: 1.5, secondary: 2, main: 3 };
  for (const [kind, lines] of Object.entries(roads)) {
    L.polyline(lines, { renderer, interactive: false, color: look.getPropertyValue(`--map-${kind}`).trim(), weight: widths[kind] }).addTo(map);
  }
  const labels = names.map(([name, lat, lon]) => written(name, lat, lon));
  const fit = () => roomFor(labels);
  map.on("zoomend resize", () => requestAnimationFrame(fit));
  layer.on("board:drawn", fit);
  fit();
}

function written(name, lat, lon) {
  const text = document.createElement("span");
  text.textContent = name;
  const icon = L.divIcon({ html: text, className: "place-name", iconSize: null });
  return L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
}

// Pins and names that would lie on each other give way, the later ones first: pins become dots, names go. All are read
// before any is changed.
function roomFor(labels) {
  const all = [...map.getPane("markerPane").querySelectorAll(".pin")];
  for (const pin of all) pin.classList.remove("dot");
  const sizes = all.map((pin) => [pin, pin.firstChild.getBoundingClientRect()]);
  const taken = [];
  const dots = sizes.filter(([, box]) => taken.some((other) => meet(box, other)) || !taken.push(box));
  for (const [pin] of dots) pin.classList.add("dot");
  const boxes = labels.map((label) => [label.getElement(), label.getElement().firstChild.getBoundingClientRect()]);
  const shown = boxes.map(([, box]) => !taken.some((other) => meet(box, other)) && taken.push(box));
  boxes.forEach(([element], at) => element.classList.toggle("unseen", !shown[at]));
}

const meet = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

async function rounds(first = false) {
  const drawn = await ask(page("/map"));
  if (first) map.fitBounds(drawn.bounds ?? ESTONIA, { padding: [24, 24], maxZoom: 14, animate: false });
  layer.clearLayers();
  pins.clear();
  drawn.rounds.forEach((round, at) => {
    for (const [lines, dash] of [[round.lines, round.dash], [round.ferries, "1 10"]]) {
      if (!lines.length) continue;
      L.polyline(lines, { color: "#ffffff", weight: 6, interactive: false }).addTo(layer);
      L.polyline(lines, { color: round.colour, weight: 3.5, dashArray: dash || null, interactive: false }).addTo(layer);
    }
    for (const pin of round.pins) mark(pin, `pin ${pin.base ? "base" : ""} ${round.look}`, at);
  });
  for (const pin of drawn.missed) mark(pin, "pin missed", 0);
  layer.fire("board:drawn");
  light({ request: chosenRequest(), from: "map" });
}

function mark(pin, className) {
  const text = document.createElement("span");
  text.textContent = pin.text;
  const icon = L.divIcon({ html: text, className, iconSize: [28, 26], iconAnchor: [14, 13 - pin.shift] });
  const marker = L.marker(pin.at, { icon, riseOnHover: true, keyboard: pin.requests.length > 0, interactive: pin.requests.length > 0 }).addTo(layer);
  const element = marker.getElement();
  element.title = pin.says;
  if (!pin.requests.length) return element.setAttribute("aria-hidden", "true");
  element.setAttribute("aria-label", pin.says);
  let next = 0;
  const pick = () => choose(pin.requests[next++ % pin.requests.length], "map");
  marker.on("click", pick);
  marker.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && pick());
  for (const request of pin.requests) pins.set(request, [...(pins.get(request) ?? []), marker]);
}

function light({ request, from }) {
  if (!map) return;
  for (const element of map.getPane("markerPane").querySelectorAll(".pin.lit")) element.classList.remove("lit");
  const markers = pins.get(request) ?? [];
  for (const marker of markers) marker.getElement()?.classList.add("lit");
  if (markers.length && from !== "map" && !map.getBounds().contains(markers[0].getLatLng())) {
    map.panTo(markers[0].getLatLng(), { animate: !still() });
  }
}
