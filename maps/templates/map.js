"use strict";
// What a page does by itself: pins and list entries find each other, names make room, the map fits the paper.

const narrow = matchMedia("(max-width: 899px)"); // map and list below each other, see page.css
const pins = new Map(); // list entry -> {layer, marker}

function registerPin(keys, layer, marker) {
  for (const key of keys) pins.set(key, { layer, marker });
  marker.on("popupopen popupclose", (event) => {
    const opened = event.type === "popupopen";
    const entries = keys.map((key) => document.querySelector(`[data-pin="${key}"]`).closest("li"));
    for (const entry of entries) entry.classList.toggle("current", opened);
    const fromList = entries.some((entry) => entry.contains(document.activeElement));
    if (opened && !fromList && !narrow.matches) entries[0].scrollIntoView({ block: "nearest" });
  });
}

function backgroundRenderer(map) {
  map.backgroundRenderer ??= L.canvas({ padding: 0.5, pane: "tilePane" });
  return map.backgroundRenderer;
}

function writeNames(map, names) {
  const markers = names.map(([name, lat, lon]) => {
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ html: text, className: "place-name", iconSize: null });
    return L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
  });
  const makeRoom = () => {
    const inside = map.getContainer().getBoundingClientRect();
    const taken = [...map.getContainer().querySelectorAll(".pin, .leaflet-control")].map((e) => e.getBoundingClientRect());
    for (const marker of markers) placeName(marker.getElement(), taken, inside);
  };
  let asked = 0;
  map.on("moveend resize layeradd", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(makeRoom);
  });
}

// Put a name below, above, right or left of its point, or nowhere; add the room it takes to `taken`.
function placeName(icon, taken, inside) {
  for (const side of ["below", "above", "right", "left"]) {
    icon.dataset.side = side;
    const box = icon.firstChild.getBoundingClientRect();
    const cut = box.left < inside.left || box.right > inside.right;
    if (cut || taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    return;
  }
  icon.dataset.side = "hidden";
}

function overlap(a, b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

// Show all of `bounds`; where the legend would then hide a pin, keep clear of the legend.
function fit(map, bounds) {
  const show = (right) =>
    map.fitBounds(bounds, { paddingTopLeft: [34, 34], paddingBottomRight: [34 + right, 34], maxZoom: 15, animate: false });
  show(0);
  const legend = map.getContainer().querySelector(".leaflet-control-layers-expanded")?.getBoundingClientRect();
  if (!legend || legend.width > map.getSize().x / 2) return;
  const hidden = [...map.getPanes().markerPane.querySelectorAll(".pin")].some((pin) => overlap(pin.getBoundingClientRect(), legend));
  if (hidden) show(legend.width);
}

function showPin(map, key) {
  const { layer, marker } = pins.get(key);
  if (!map.hasLayer(layer)) map.addLayer(layer);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.setView(marker.getLatLng(), Math.max(map.getZoom(), 13), { animate: !still });
  marker.openPopup();
  if (narrow.matches) map.getContainer().scrollIntoView({ block: "center" });
}

function wakeUp(map, bounds, texts) {
  L.control.zoom({ position: "topleft", zoomInTitle: texts["zoom-in"], zoomOutTitle: texts["zoom-out"] }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  fit(map, bounds);
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", texts.close);
  });
  for (const toggle of document.querySelectorAll(".leaflet-control-layers-toggle")) toggle.title = texts.layers;
  document.addEventListener("click", (event) => {
    const entry = event.target.closest("[data-pin]");
    if (entry) showPin(map, entry.dataset.pin);
  });
  matchMedia("print").addEventListener("change", () => {
    map.invalidateSize({ animate: false });
    fit(map, bounds);
  });
}
