// Makes a map that can be moved about in from the table of areas on the page and our own outlines. Without it the drawn map stands.
"use strict";

(function () {
  const INK = "#1B2730", SLATE = "#5A6B77", ODD = "#801650";

  // The rows of the table, by area: their words with the heads of their columns, their class, whether they stand out.
  function areasOf(page) {
    const found = new Map();
    for (const table of page.querySelectorAll("[data-hot-table]")) {
      const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
      for (const row of table.querySelectorAll("tr[data-area]")) {
        const cells = [...row.children].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
        const told = cells.slice(1).map((text, at) => (text ? heads[at + 1] + ": " + text : "")).filter(Boolean);
        found.set(row.dataset.area, { name: cells[0], told: told.join("; "), shade: row.dataset.shade, isMarked: "marked" in row.dataset });
      }
    }
    return found;
  }

  // Leaflet takes a text for HTML; names come from people, so they are laid in as text.
  function asText(name) {
    const element = document.createElement("span");
    element.textContent = name;
    return element;
  }

  function lookOf(area, fills, isChosen) {
    const plain = { color: area.isMarked ? ODD : SLATE, weight: area.isMarked ? 3 : 1, fillColor: fills.get(area.shade) || "#FFFFFF", fillOpacity: 1 };
    return isChosen ? { ...plain, color: INK, weight: 5 } : plain;
  }

  function begin(frame, outlines) {
    const box = frame.querySelector(".dg-hot__map"), ground = frame.querySelector(".dg-hot__ground");
    const told = frame.querySelector(".dg-hot__told"), list = frame.querySelector("#hot-area");
    const areas = areasOf(document), layers = new Map(), language = frame.dataset.language;
    const fills = new Map([...frame.querySelectorAll(".dg-hot__key [data-fill]")].map((key) => [key.dataset.shade, key.dataset.fill]));
    frame.querySelector(".dg-draw").before(box);
    box.hidden = false;
    frame.classList.add("has-map");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(ground, { attributionControl: false, zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, scrollWheelZoom: false, zoomSnap: 0.25, zoomDelta: 1 });
    L.control.zoom({ zoomInTitle: ground.dataset.in, zoomOutTitle: ground.dataset.out }).addTo(map);

    let chosen = "";
    function choose(code, moves) {
      if (layers.has(chosen)) layers.get(chosen).setStyle(lookOf(areas.get(chosen), fills, false));
      chosen = layers.has(code) ? code : "";
      list.value = chosen;
      if (!chosen) return;
      layers.get(chosen).setStyle(lookOf(areas.get(chosen), fills, true)).bringToFront();
      told.textContent = areas.get(chosen).name + ". " + areas.get(chosen).told;
      if (moves) map.fitBounds(layers.get(chosen).getBounds(), { maxZoom: 12, animate: !still });
    }

    const drawn = L.geoJSON(outlines, {
      filter: (feature) => areas.has(feature.properties.code),
      style: (feature) => lookOf(areas.get(feature.properties.code), fills, false),
      onEachFeature: (feature, layer) => {
        const code = feature.properties.code;
        layers.set(code, layer);
        layer.on("click", () => choose(code, false));
        layer.bindTooltip(asText(areas.get(code).name), { sticky: true });
      },
    }).addTo(map);
    L.geoJSON(outlines, {
      filter: (feature) => "own" in feature.properties,
      interactive: false,
      style: { color: INK, weight: 2, dashArray: "6 4", fill: false },
      onEachFeature: (feature, layer) => layer.bindTooltip(asText(feature.properties["name_" + language]), { permanent: true }),
    }).addTo(map);
    for (const layer of layers.values()) if (lookOf(areas.get(layer.feature.properties.code), fills, false).weight === 3) layer.bringToFront();
    map.fitBounds(drawn.getBounds());

    const names = [...layers.keys()].map((code) => [areas.get(code).name, code]).sort((a, b) => a[0].localeCompare(b[0], language));
    for (const [name, code] of names) list.add(new Option(name, code));
    list.addEventListener("change", () => choose(list.value, true));
  }

  const frame = document.querySelector("[data-hot-map]");
  if (!frame || typeof L === "undefined") return;
  fetch(frame.dataset.hotMap, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((outlines) => { if (outlines.features.length) begin(frame, outlines); })
    .catch(() => {}); // the drawn map stands
})();
