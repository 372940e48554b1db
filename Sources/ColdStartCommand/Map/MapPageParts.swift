/// The style and the script of the interactive map.
enum MapPageParts {
    static let css = """
        :root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1b18; --soft: #66615a; --rule: #d9d3c7;
          --accent: #1d5a96; }
        @media (prefers-color-scheme: dark) { :root { --paper: #151412; --card: #1d1b19; --ink: #ece7df; --soft: #a59f94;
          --rule: #3a362f; --accent: #8fc0f2; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.4;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; height: 100vh; height: 100dvh; }
        .chart { position: relative; display: flex; flex-direction: column; min-width: 0; }
        header { padding: .9rem 1.2rem .3rem; }
        h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1rem; margin: 1rem 0 .4rem; }
        p { margin: .2rem 0; color: var(--soft); font-size: .9rem; }
        canvas { display: block; flex: 1; width: 100%; min-height: 0; touch-action: none; cursor: grab; }
        canvas.pointing { cursor: pointer; }
        .tools { position: absolute; right: .8rem; bottom: .8rem; display: flex; gap: .3rem; }
        button, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--rule);
          border-radius: .5rem; padding: .35rem .7rem; }
        button { cursor: pointer; } button:hover { border-color: var(--soft); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
        canvas:focus-visible { outline-offset: -3px; }
        .tools button { min-width: 2.5rem; font-size: 1.05rem; }
        aside { border-left: 1px solid var(--rule); padding: 1rem; display: flex; flex-direction: column; min-height: 0; }
        label { font-weight: 600; } input { width: 100%; margin: .3rem 0 .5rem; border-color: var(--soft); }
        ul { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 1; min-height: 6rem; }
        li button { display: block; width: 100%; text-align: left; border-color: transparent; background: none;
          padding: .3rem .5rem; overflow-wrap: anywhere; }
        #genres { display: flex; flex-wrap: wrap; gap: .3rem; }
        #genres button { padding: .2rem .6rem; font-size: .88rem; }
        #genres button[aria-pressed=true] { border-color: var(--ink); font-weight: 650; }
        #genres i { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .4em; }
        #keys { margin-top: .8rem; font-size: .82rem; }
        #tip { position: absolute; pointer-events: none; background: var(--card); border: 1px solid var(--rule);
          border-radius: .6rem; padding: .5rem; max-width: 15rem; display: flex; gap: .6rem; z-index: 1;
          box-shadow: 0 4px 16px rgb(0 0 0 / .2); }
        #tip[hidden], #tip img:not([src]) { display: none; }
        #tip img { max-height: 8rem; max-width: 6rem; border-radius: .3rem; align-self: start; }
        #tip b { display: block; color: var(--ink); } #tip p { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 50rem) { main { display: block; height: auto; } .chart { height: 75vh; } aside { border: 0; }
          ul { max-height: 40vh; } }
        """

    static let script = #"""
        "use strict";
        const { colours, items } = JSON.parse(document.getElementById("data").textContent);
        const [canvas, tip, list, search, found] = ["canvas", "#tip", "#list", "#search", "#found"].map((name) =>
          document.querySelector(name));
        const newItems = items.filter((item) => item.is_new).reverse();
        // New items lie on top; posters go to new ones, then to the best known, wherever they cover no other.
        const stacked = items.filter((item) => !item.is_new).concat([...newItems].reverse());
        const ranked = newItems.concat(items.filter((item) => !item.is_new).sort((a, b) => b.ratings - a.ratings));
        const pictured = ranked.filter((item) => item.poster);
        const range = (values) => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
        const [left, right] = range(items.map((item) => item.x));
        const [low, high] = range(items.map((item) => item.y));
        const home = { x: (left + right) / 2, y: (low + high) / 2, scale: 1 };
        const view = { ...home };
        let [marked, words, genre, isDrawn] = [undefined, "", undefined, false];

        for (const item of pictured) {
          item.image = new Image();
          item.image.onload = redraw;
          item.image.src = item.poster;
        }

        // From the map's coordinates to pixels.
        const unit = () => view.scale * Math.min(canvas.clientWidth / Math.max(0.1, (right - left) * 1.1),
          canvas.clientHeight / Math.max(0.1, (high - low) * 1.14));
        const pixel = (item) => [canvas.clientWidth / 2 + (item.x - view.x) * unit(),
          canvas.clientHeight / 2 - (item.y - view.y) * unit()];
        const isShown = (item) => (genre === undefined || item.genre === genre) && item.title.toLowerCase().includes(words);

        function redraw() {
          if (!isDrawn) requestAnimationFrame(draw);
          isDrawn = true;
        }

        function draw() {
          isDrawn = false;
          const [width, height, density] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio || 1];
          if (canvas.width !== Math.round(width * density)) canvas.width = Math.round(width * density);
          if (canvas.height !== Math.round(height * density)) canvas.height = Math.round(height * density);
          const context = canvas.getContext("2d");
          context.setTransform(density, 0, 0, density, 0, 0);
          context.clearRect(0, 0, width, height);
          const style = getComputedStyle(document.documentElement);
          const [ink, paper] = ["--ink", "--paper"].map((name) => style.getPropertyValue(name));
          const colour = (item) => colours.at(item.genre);
          const inside = (x, y, margin) => x > -margin && y > -margin && x < width + margin && y < height + margin;
          // Posters grow a little with the scale.
          const side = 34 * Math.min(2.4, view.scale ** 0.4);
          const { shown, names } = arrange(context, side, width, height, inside);
          const radius = Math.min(7, Math.max(1.2, 90 / Math.sqrt(items.length)) * view.scale ** 0.35);
          for (const item of stacked) {
            if (shown.has(item)) continue;
            const [x, y] = pixel(item);
            if (!inside(x, y, 12)) continue;
            context.globalAlpha = isShown(item) ? 0.9 : 0.1;
            circle(context, x, y, item.is_new ? Math.max(4, radius) : radius);
            context.fillStyle = colour(item);
            context.fill();
            if (item.is_new) ring(context, x, y, Math.max(4, radius) + 3, ink, 2);
            else if (radius > 2 && isShown(item)) {
              context.globalAlpha = 0.35;
              ring(context, x, y, radius, ink, 0.8);
            }
          }
          context.globalAlpha = 1;
          for (const item of [...shown].reverse()) poster(context, item, ...pixel(item), side, colour(item), ink, paper);
          for (const name of names) write(context, name, ink, paper);
          if (!marked) return;
          const [x, y] = pixel(marked);
          if (shown.has(marked)) {
            Object.assign(context, { strokeStyle: ink, lineWidth: 3 });
            context.strokeRect(x - side / 2 - 5, y - side * 0.75 - 5, side + 10, side * 1.5 + 10);
          } else ring(context, x, y, 12, ink, 3);
          place(marked);
        }

        // What is seen beside dots: posters and names of new items, then those of the best known, wherever there is room.
        function arrange(context, side, width, height, inside) {
          const [taken, shown, names] = [[], new Set(), []];
          const isFree = (x, y, w, h) => !taken.some(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h);
          const takes = (...box) => isFree(...box) && taken.push(box) > 0;
          for (const isNew of [true, false]) {
            const group = (isNew ? newItems : pictured).filter((item) => item.is_new === isNew && isShown(item)
              && inside(...pixel(item), side));
            for (const item of group) {
              const [x, y] = pixel(item);
              if (item.image?.complete && takes(x - side / 2 - 6, y - side * 0.75 - 6, side + 12, side * 1.5 + 12))
                shown.add(item);
              else if (isNew && names.length < 100) taken.push([x - 8, y - 8, 16, 16]);
            }
            for (const item of group.slice(0, 100)) {
              if (!isNew && !shown.has(item)) continue;
              const [text, font] = isNew ? [`★ ${item.title}`, "650 14px system-ui, sans-serif"]
                : [item.title, "12px system-ui, sans-serif"];
              context.font = font;
              const length = context.measureText(text).width;
              const [x, y] = pixel(item);
              const [w, h] = shown.has(item) ? [side / 2 + 9, side * 0.75 + 9] : [13, 12];
              const spot = [[w, 5], [-w - length, 5], ...[-length / 2, w - length, -w].flatMap((left) => [[left, h + 11],
                [left, -h - 2]])].find(([dx, dy]) =>
                x + dx > 2 && x + dx + length < width - 2 && y + dy > 14 && y + dy < height - 4
                && takes(x + dx, y + dy - 12, length, 16));
              if (spot) names.push({ text, font, x: x + spot[0], y: y + spot[1] });
            }
          }
          return { shown, names };
        }

        function circle(context, x, y, radius) {
          context.beginPath();
          context.arc(x, y, radius, 0, 2 * Math.PI);
        }

        function ring(context, x, y, radius, ink, width) {
          circle(context, x, y, radius);
          context.strokeStyle = ink;
          context.lineWidth = width;
          context.stroke();
        }

        function poster(context, item, x, y, side, colour, ink, paper) {
          const scale = Math.min(side / item.image.width, (1.5 * side) / item.image.height);
          const [w, h] = [item.image.width * scale, item.image.height * scale];
          for (const [margin, fill] of item.is_new ? [[6, ink], [4, paper], [2, colour]] : [[3, paper], [2, colour]]) {
            context.fillStyle = fill;
            context.fillRect(x - w / 2 - margin, y - h / 2 - margin, w + 2 * margin, h + 2 * margin);
          }
          context.drawImage(item.image, x - w / 2, y - h / 2, w, h);
        }

        function write(context, { text, font, x, y }, ink, paper) {
          Object.assign(context, { font, strokeStyle: paper, lineWidth: 4, lineJoin: "round", fillStyle: ink });
          context.strokeText(text, x, y);
          context.fillText(text, x, y);
        }

        function mark(item) {
          marked = item;
          tip.hidden = !item;
          canvas.classList.toggle("pointing", Boolean(item));
          if (item) {
            if (item.poster) tip.querySelector("img").src = item.poster;
            else tip.querySelector("img").removeAttribute("src");
            tip.querySelector("b").textContent = item.title;
            const worth = item.is_new ? "new" : item.ratings === 1 ? "1 rating" : `${item.ratings} ratings`;
            tip.querySelector("span").textContent = [item.about, worth].filter(Boolean).join(" · ");
            place(item);
          }
          redraw();
        }

        // The tip stands beside its item, inside the map.
        function place(item) {
          const [x, y] = pixel(item);
          const beside = x + 24 + tip.offsetWidth < canvas.clientWidth ? x + 24 : Math.max(4, x - 24 - tip.offsetWidth);
          const top = Math.max(4, Math.min(y - 20, canvas.clientHeight - tip.offsetHeight - 4));
          tip.style.left = `${canvas.offsetLeft + beside}px`;
          tip.style.top = `${canvas.offsetTop + top}px`;
        }

        // Zooms, keeping what is at a pixel where it is.
        function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
          const before = unit();
          view.scale = Math.max(0.8, Math.min(80, view.scale * factor));
          view.x += (x - canvas.clientWidth / 2) * (1 / before - 1 / unit());
          view.y -= (y - canvas.clientHeight / 2) * (1 / before - 1 / unit());
          redraw();
        }

        function pan(dx, dy) {
          view.x = Math.max(left, Math.min(right, view.x - dx / unit()));
          view.y = Math.max(low, Math.min(high, view.y + dy / unit()));
          redraw();
        }

        function showAll() {
          Object.assign(view, home);
          redraw();
        }

        function goTo(item) {
          Object.assign(view, { x: item.x, y: item.y, scale: Math.max(view.scale, 5) });
          mark(item);
        }

        function nearest(event) {
          let [best, least] = [undefined, 18 ** 2];
          for (const item of stacked) {
            const [x, y] = pixel(item);
            const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
            if (distance <= least && isShown(item)) [best, least] = [item, distance];
          }
          return best;
        }

        function button(item) {
          const [entry, press] = [document.createElement("li"), document.createElement("button")];
          press.type = "button";
          press.textContent = (item.is_new ? "★ " : "") + item.title;
          press.onclick = () => goTo(item);
          entry.append(press);
          return entry;
        }

        const arrivals = [found.textContent, [...list.children]];
        for (const press of list.querySelectorAll("button")) press.onclick = () => goTo(items[press.dataset.item]);
        search.oninput = () => {
          words = search.value.trim().toLowerCase();
          const matches = words ? ranked.filter((item) => item.title.toLowerCase().includes(words)) : [];
          found.textContent = words ? `${matches.length} found${matches.length > 100 ? ", here are 100" : ""}` : arrivals[0];
          list.replaceChildren(...(words ? matches.slice(0, 100).map(button) : arrivals[1]));
          mark(matches.length === 1 ? matches[0] : undefined);
        };
        search.onkeydown = (event) => {
          if (event.key === "Enter") list.querySelector("button")?.click();
        };
        const keys = [...document.querySelectorAll("#genres button")];
        for (const key of keys)
          key.onclick = () => {
            const own = Number(key.dataset.genre);
            genre = genre === own ? undefined : own;
            for (const other of keys) other.setAttribute("aria-pressed", String(genre === Number(other.dataset.genre)));
            redraw();
          };
        document.getElementById("in").onclick = () => zoom(1.6);
        document.getElementById("out").onclick = () => zoom(1 / 1.6);
        document.getElementById("all").onclick = showAll;

        canvas.onkeydown = (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
          if (steps[event.key]) pan(...steps[event.key]);
          else if (event.key === "+" || event.key === "=") zoom(1.5);
          else if (event.key === "-") zoom(1 / 1.5);
          else if (event.key === "0") showAll();
          else if (event.key === "Escape") mark(undefined);
          else if (event.key.toLowerCase() === "n" && newItems.length)
            goTo(newItems[(newItems.indexOf(marked) + 1) % newItems.length]);
          else return;
          event.preventDefault();
        };
        // One finger or the mouse drags, two pinch.
        const down = new Map();
        canvas.onpointerdown = (event) => {
          canvas.setPointerCapture(event.pointerId);
          down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
        };
        canvas.onpointermove = (event) => {
          const last = down.get(event.pointerId);
          if (!last) return mark(nearest(event));
          const before = gap();
          down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
          if (down.size === 2) zoom(gap() / before, event.offsetX, event.offsetY);
          else pan(event.offsetX - last.x, event.offsetY - last.y);
        };
        canvas.onpointerup = canvas.onpointercancel = (event) => {
          down.delete(event.pointerId);
          if (event.pointerType === "touch" && !down.size) mark(nearest(event));
        };
        canvas.onpointerleave = () => mark(undefined);
        canvas.addEventListener("wheel", (event) => {
          event.preventDefault();
          zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
        }, { passive: false });
        function gap() {
          const [a, b] = [...down.values()];
          return b ? Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) : 1;
        }
        new ResizeObserver(redraw).observe(canvas);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
        """#
}
