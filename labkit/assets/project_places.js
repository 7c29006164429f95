// Finds a place for a badge in each area: inside it, off the names, and on no other badge.
// labkitBadgePlaces(view, indexes, width, height) -> [point of the map's layer], in the order of the indexes
globalThis.labkitBadgePlaces = (() => {
  "use strict";
  const STEPS = 14;

  // The outlines of the largest part of an area in pixels: the outer one, then its holes.
  function rings(view, index) {
    const shape = view.shapes?.[index];
    const { geometry } = view.features[index];
    const latlngs = shape?.getLatLngs ? shape.getLatLngs() : geometry && L.GeoJSON.geometryToLayer({ type: "Feature", geometry }).getLatLngs();
    if (!latlngs?.length) return null;
    const parts = Array.isArray(latlngs[0][0]) ? latlngs : [latlngs];
    const pixels = parts.map((part) => part.map((ring) => ring.map((corner) => view.map.latLngToLayerPoint(corner))));
    return pixels.reduce((a, b) => (size(b[0]) > size(a[0]) ? b : a));
  }

  function size(ring) {
    const box = L.bounds(ring).getSize();
    return box.x * box.y;
  }

  function inside(x, y, outlines) {
    let odd = false;
    for (const ring of outlines) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i], b = ring[j];
        if ((a.y > y) !== (b.y > y) && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
      }
    }
    return odd;
  }

  // Where names stand: {x, y, width, height} around their middle, in pixels of the map's layer.
  function names(view) {
    const container = view.map.getContainer(), frame = container.getBoundingClientRect();
    return [...container.querySelectorAll(".lk-name")].map((name) => {
      const box = (name.firstElementChild || name).getBoundingClientRect();
      const middle = L.point(box.left - frame.left + box.width / 2, box.top - frame.top + box.height / 2);
      return { ...pick(view.map.containerPointToLayerPoint(middle)), width: box.width, height: box.height };
    });
  }

  function pick({ x, y }) {
    return { x, y };
  }

  function covered(spot, width, height, outlines) {
    let found = 0;
    for (const down of [-0.5, 0, 0.5]) {
      for (const right of [-0.5, 0, 0.5]) found += inside(spot.x + right * width, spot.y + down * height, outlines);
    }
    return found;
  }

  function touches(spot, width, height, others) {
    return others.some((one) => Math.abs(one.x - spot.x) < (one.width + width) / 2 + 2
                             && Math.abs(one.y - spot.y) < (one.height + height) / 2 + 1);
  }

  function place(outlines, width, height, labels, badges) {
    const box = L.bounds(outlines[0]), span = box.getSize(), centre = box.getCenter();
    const own = labels.find((one) => inside(one.x, one.y, outlines));
    const wanted = own ? L.point(own.x, own.y + (own.height + height) / 2 + 3) : centre; // just under the name
    const spots = [wanted];
    for (let row = 1; row < STEPS; row++) {
      for (let column = 1; column < STEPS; column++) {
        spots.push(L.point(box.min.x + (span.x * column) / STEPS, box.min.y + (span.y * row) / STEPS));
      }
    }
    spots.sort((a, b) => a.distanceTo(wanted) - b.distanceTo(wanted));
    const tries = [[9, labels], [7, labels], [5, labels], [3, []]]; // at last rather over a name than nowhere
    for (const [enough, off] of tries) {
      const found = spots.find((spot) => inside(spot.x, spot.y, outlines) && !touches(spot, width, height, badges)
                                      && !touches(spot, width, height, off) && covered(spot, width, height, outlines) >= enough);
      if (found) return found;
    }
    return spots.find((spot) => inside(spot.x, spot.y, outlines)) || centre;
  }

  return (view, indexes, width, height) => {
    const labels = names(view), badges = [];
    return indexes.map((index) => {
      const outlines = rings(view, index);
      if (!outlines) return null;
      const spot = place(outlines, width, height, labels, badges);
      badges.push({ ...pick(spot), width, height });
      return spot;
    });
  };
})();
