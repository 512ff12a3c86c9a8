"use strict";
// What a page does by itself: pins and list entries find each other, names make room, the map fits the paper.

const pins = new Map(); // list entry -> {layer, marker}

function registerPin(keys, layer, marker) {
  for (const key of keys) pins.set(key, { layer, marker });
  marker.on("popupopen popupclose", (event) => {
    for (const key of keys) {
      const entry = document.querySelector(`[data-pin="${key}"]`);
      if (!entry) continue;
      entry.classList.toggle("current", event.type === "popupopen");
      if (event.type === "popupopen") entry.scrollIntoView({ block: "nearest" });
    }
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
    const taken = [];
    for (const marker of markers) {
      const { style, firstChild } = marker.getElement();
      style.visibility = "";
      const box = firstChild.getBoundingClientRect();
      const hit = taken.some((t) => box.left < t.right && box.right > t.left && box.top < t.bottom && box.bottom > t.top);
      if (hit) style.visibility = "hidden";
      else taken.push(box);
    }
  };
  map.on("zoomend viewreset resize", makeRoom).whenReady(() => setTimeout(makeRoom));
}

function showPin(map, key) {
  const { layer, marker } = pins.get(key);
  if (!map.hasLayer(layer)) map.addLayer(layer);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.setView(marker.getLatLng(), Math.max(map.getZoom(), 13), { animate: !still });
  marker.openPopup();
  if (matchMedia("(max-width: 899px)").matches) map.getContainer().scrollIntoView({ block: "center" });
}

function wakeUp(map, bounds, texts) {
  const fit = () => map.fitBounds(bounds, { padding: [34, 34], maxZoom: 15, animate: false });
  L.control.zoom({ position: "topleft", zoomInTitle: texts["zoom-in"], zoomOutTitle: texts["zoom-out"] }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  fit();
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
    fit();
  });
}
