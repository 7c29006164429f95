// Finds a place for the names of areas on a map: each inside its own area, none over another.
// labkitNames([{name, shape}], map, font) -> [{lines, middle, width, height}], in pixels of the map's layer.
globalThis.labkitNames = (() => {
  "use strict";
  const LINE = 13; // pixels from one line of a name to the next
  const TOTAL = 15, ENOUGH = 12; // points of a text that are looked at, and how many must lie over its own area

  function place(areas, map, font) {
    const pencil = document.createElement("canvas").getContext("2d");
    pencil.font = font;
    const order = areas.map(({ name, shape }) => ({ name, rings: pixelRings(shape, map) }));
    order.sort((a, b) => ringArea(b.rings[0]) - ringArea(a.rings[0])); // the largest area has the first choice
    const placed = [];
    for (const { name, rings } of order) {
      const sized = foldings(name).map((lines) => ({
        lines, width: Math.max(...lines.map((line) => pencil.measureText(line).width)), height: LINE * lines.length,
      }));
      // Best wholly over its own area, in one line or two; else a name may touch a border.
      const tries = [TOTAL, ENOUGH].flatMap((covered) => sized.map((text) => ({ text, covered })));
      for (const { text, covered } of tries) {
        const middle = room(text, rings, placed, covered);
        if (!middle) continue;
        placed.push({ ...text, middle });
        break;
      }
    }
    return placed;
  }

  // A name on one line, or on two if it has a place to break.
  function foldings(name) {
    const cuts = [...name.matchAll(/[ -]/g)].map((match) => match.index + 1);
    if (!cuts.length) return [[name]];
    const half = name.length / 2;
    const cut = cuts.reduce((a, b) => (Math.abs(b - half) < Math.abs(a - half) ? b : a));
    return [[name], [name.slice(0, cut).trim(), name.slice(cut)]];
  }

  // The rings of the largest part of an area, in pixels: its outline, then its holes.
  function pixelRings(shape, map) {
    const latlngs = shape.getLatLngs();
    const parts = Array.isArray(latlngs[0][0]) ? latlngs : [latlngs];
    const pixels = parts.map((rings) => rings.map((ring) => ring.map((corner) => map.latLngToLayerPoint(corner))));
    return pixels.reduce((a, b) => (ringArea(b[0]) > ringArea(a[0]) ? b : a));
  }

  function ringArea(ring) {
    let twice = 0;
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      twice += a.x * b.y - b.x * a.y;
    });
    return Math.abs(twice) / 2;
  }

  // The place nearest to the middle of an area where a text of this size lies inside it and on no other name.
  function room({ width, height }, rings, placed, covered) {
    const box = L.bounds(rings[0]), size = box.getSize(), centre = box.getCenter();
    if (width > size.x * 1.1 || height > size.y) return null;
    let best = null, nearest = Infinity;
    for (let row = 1; row < 12; row++) {
      for (let column = 1; column < 12; column++) {
        const spot = L.point(box.min.x + (size.x * column) / 12, box.min.y + (size.y * row) / 12);
        const distance = spot.distanceTo(centre);
        if (distance >= nearest || pointsOver(spot, width, height, rings) < covered) continue;
        if (placed.some((one) => overlaps(one, spot, width, height))) continue;
        best = spot;
        nearest = distance;
      }
    }
    return best;
  }

  function overlaps(other, spot, width, height) {
    return Math.abs(other.middle.x - spot.x) < (other.width + width) / 2 + 4
        && Math.abs(other.middle.y - spot.y) < (other.height + height) / 2 + 2;
  }

  function pointsOver(spot, width, height, rings) {
    let covered = 0;
    for (const down of [-0.45, 0, 0.45]) {
      for (const right of [-0.5, -0.25, 0, 0.25, 0.5]) {
        covered += inside(spot.x + right * width, spot.y + down * height, rings);
      }
    }
    return covered;
  }

  // Whether a point lies inside rings: a line from it crosses them an odd number of times.
  function inside(x, y, rings) {
    let odd = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i], b = ring[j];
        if ((a.y > y) !== (b.y > y) && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
      }
    }
    return odd;
  }

  return place;
})();
