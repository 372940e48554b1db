// Posters of points on a map: fetched when they are in view, a few at a time, and kept.

import { loadPoster } from "./parts.js";

const atOnce = 6;

/**
 * Gives `picture(point)`: the point's poster as an image, or undefined while it is on its way or where it has none. `onLoad` is
 * called when one has come.
 */
export function thumbnails(onLoad) {
  const images = new Map();
  const waiting = [];
  let loading = 0;

  function next() {
    while (loading < atOnce && waiting.length) {
      // The latest first: what was asked for before may be out of view by now.
      const { point, entry } = waiting.pop();
      loading += 1;
      const image = new Image();
      const done = (isThere) => {
        loading -= 1;
        entry.image = isThere ? image : undefined;
        if (isThere) onLoad();
        next();
      };
      image.addEventListener("load", () => done(true), { once: true });
      loadPoster(image, point.poster, () => done(false));
    }
  }

  return {
    picture(point) {
      if (!point.poster) return undefined;
      let entry = images.get(point.item_id);
      if (!entry) {
        entry = {};
        images.set(point.item_id, entry);
        waiting.push({ point, entry });
        next();
      }
      return entry.image;
    },
  };
}
