// Users: search, page by page.

import { get, query } from "./api.js";
import { announce, field, fill, h, isFiltering, settled } from "./dom.js";
import { count, counted } from "./format.js";
import { cursor, empty, failure, ghosts, head, pager, searchForm, userLink } from "./parts.js";

export async function usersView({ main, route, signal, isNewPage }) {
  if (isNewPage || !isFiltering(main)) build(main, route);
  const box = main.querySelector(".users-box");
  if (!box.hasChildNodes()) fill(box, ghosts(1, "poster"));
  try {
    const page = await get(
      `/v1/users${query({ query: route.query.get("query"), limit: 25, cursor: cursor(route) })}`,
      signal,
    );
    fill(
      box,
      page.users.length
        ? table(page.users)
        : empty("Nobody found", "No user's id holds this text. Users appear with their first rating."),
      pager(route, page.next_cursor),
    );
    announce(`${counted(page.users.length, "user")} on this page`);
  } catch (error) {
    if (error.name !== "AbortError")
      fill(
        box,
        failure(error, () => route.go({})),
      );
  }
}

function build(main, route) {
  const search = h("input", { type: "search", value: route.query.get("query") ?? "", autocomplete: "off" });
  const change = () => route.go({ query: search.value.trim(), pages: "" });
  search.addEventListener("input", settled(change));
  fill(
    main,
    head("Users"),
    searchForm(change, field("Search ids", search)),
    h("section", { class: "users-box", "aria-label": "Users" }),
  );
}

function table(users) {
  return h(
    "div",
    { class: "card scroll" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "User"),
          h("th", { scope: "col", class: "num" }, "Ratings"),
          h("th", { scope: "col" }, "Attributes"),
        ),
      ),
      h(
        "tbody",
        {},
        users.map((user) =>
          h(
            "tr",
            {},
            h("td", {}, h("a", { href: userLink(user.id) }, user.id)),
            h("td", { class: "num" }, count(user.ratings)),
            h(
              "td",
              { class: "soft" },
              Object.entries(user.attributes)
                .map(([name, value]) => `${name} ${value}`)
                .join(" · "),
            ),
          ),
        ),
      ),
    ),
  );
}
