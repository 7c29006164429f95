// Opens outlines of areas, in either form: GeoJSON, or {encoded: {codes, names, decimals, counts, steps}} as
// labkit/maps/outlines.py writes it: whole steps on a grid of so many decimals, seven bits a byte, in base64.
// labkitOutlines(outlines) -> {features, flat()}: GeoJSON features, made when they are asked for, and arrays:
//   points   longitude, latitude, longitude, ... of all rings; the last point of a ring is not repeated
//   rings    where each ring begins in points (counted in points), with the end of the last one
//   parts    where each polygon begins in rings           areas   where each area begins in parts
globalThis.labkitOutlines = (() => {
  "use strict";

  function open(outlines) {
    if (!outlines.encoded) return { features: outlines.features, flat: () => flatten(outlines.features) };
    const { codes, names } = outlines.encoded;
    const flat = decode(outlines.encoded);
    const features = codes.map((code, index) => new Feature(code, names[index], flat, index));
    return { features, flat: () => flat };
  }

  class Feature {
    constructor(code, name, flat, index) {
      this.type = "Feature";
      this.properties = { code, name };
      this.place = { flat, index };
    }

    get geometry() {
      const { flat, index } = this.place;
      const polygons = between(flat.areas, index).map((part) => between(flat.parts, part).map((ring) => corners(flat, ring)));
      if (!polygons.length) return null;
      return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] }
                                   : { type: "MultiPolygon", coordinates: polygons };
    }
  }

  function between(starts, index) {
    return Array.from({ length: starts[index + 1] - starts[index] }, (_, at) => starts[index] + at);
  }

  function corners({ points, rings }, ring) {
    const found = [];
    for (let at = rings[ring]; at < rings[ring + 1]; at++) found.push([points[2 * at], points[2 * at + 1]]);
    return [...found, found[0]];
  }

  function decode({ codes, decimals, counts, steps }) {
    const read = reader(counts), unit = 10 ** decimals;
    const areas = starts(codes.length, read);
    const parts = starts(areas[codes.length], read);
    const rings = starts(parts[parts.length - 1], read);
    const points = new Float64Array(2 * rings[rings.length - 1]);
    const step = reader(steps);
    const here = [0, 0];
    for (let at = 0; at < points.length; at++) {
      const coded = step();
      here[at & 1] += coded % 2 ? -(coded + 1) / 2 : coded / 2;
      points[at] = here[at & 1] / unit;
    }
    return { points, rings, parts, areas };
  }

  function starts(length, read) {
    const found = new Uint32Array(length + 1);
    for (let at = 0; at < length; at++) found[at + 1] = found[at] + read();
    return found;
  }

  // Gives one whole number after the other.
  function reader(text) {
    const bytes = atob(text);
    let at = 0;
    return () => {
      let number = 0, worth = 1;
      for (;;) {
        const byte = bytes.charCodeAt(at++);
        number += (byte & 127) * worth;
        if (byte < 128) return number;
        worth *= 128;
      }
    };
  }

  function flatten(features) {
    const areas = [0], parts = [0], rings = [0], points = [];
    for (const { geometry } of features) {
      const polygons = !geometry ? [] : geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const polygon of polygons) {
        for (const ring of polygon) {
          for (const [x, y] of ring.slice(0, -1)) points.push(x, y);
          rings.push(points.length / 2);
        }
        parts.push(rings.length - 1);
      }
      areas.push(parts.length - 1);
    }
    return { points: Float64Array.from(points), rings, parts, areas };
  }

  return open;
})();
