#include "CDashboard.h"

// The files of Pages/ become part of the program here; a new file takes one line in each list.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char add_js[] = {
#embed "Pages/add.js"
};
static const unsigned char api_js[] = {
#embed "Pages/api.js"
};
static const unsigned char app_js[] = {
#embed "Pages/app.js"
};
static const unsigned char arrivals_js[] = {
#embed "Pages/arrivals.js"
};
static const unsigned char base_css[] = {
#embed "Pages/base.css"
};
static const unsigned char catalogue_js[] = {
#embed "Pages/catalogue.js"
};
static const unsigned char curves_js[] = {
#embed "Pages/curves.js"
};
static const unsigned char dialogs_js[] = {
#embed "Pages/dialogs.js"
};
static const unsigned char dom_js[] = {
#embed "Pages/dom.js"
};
static const unsigned char format_js[] = {
#embed "Pages/format.js"
};
static const unsigned char icon_svg[] = {
#embed "Pages/icon.svg"
};
static const unsigned char index_html[] = {
#embed "Pages/index.html"
};
static const unsigned char item_js[] = {
#embed "Pages/item.js"
};
static const unsigned char map_js[] = {
#embed "Pages/map.js"
};
static const unsigned char models_js[] = {
#embed "Pages/models.js"
};
static const unsigned char parts_css[] = {
#embed "Pages/parts.css"
};
static const unsigned char parts_js[] = {
#embed "Pages/parts.js"
};
static const unsigned char scatter_js[] = {
#embed "Pages/scatter.js"
};
static const unsigned char training_js[] = {
#embed "Pages/training.js"
};
static const unsigned char user_js[] = {
#embed "Pages/user.js"
};
static const unsigned char users_js[] = {
#embed "Pages/users.js"
};
static const unsigned char views_css[] = {
#embed "Pages/views.css"
};

static const dashboard_file files[] = {
    {"add.js", add_js, sizeof add_js},
    {"api.js", api_js, sizeof api_js},
    {"app.js", app_js, sizeof app_js},
    {"arrivals.js", arrivals_js, sizeof arrivals_js},
    {"base.css", base_css, sizeof base_css},
    {"catalogue.js", catalogue_js, sizeof catalogue_js},
    {"curves.js", curves_js, sizeof curves_js},
    {"dialogs.js", dialogs_js, sizeof dialogs_js},
    {"dom.js", dom_js, sizeof dom_js},
    {"format.js", format_js, sizeof format_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"index.html", index_html, sizeof index_html},
    {"item.js", item_js, sizeof item_js},
    {"map.js", map_js, sizeof map_js},
    {"models.js", models_js, sizeof models_js},
    {"parts.css", parts_css, sizeof parts_css},
    {"parts.js", parts_js, sizeof parts_js},
    {"scatter.js", scatter_js, sizeof scatter_js},
    {"training.js", training_js, sizeof training_js},
    {"user.js", user_js, sizeof user_js},
    {"users.js", users_js, sizeof users_js},
    {"views.css", views_css, sizeof views_css},
};

size_t dashboard_file_count(void) { return sizeof files / sizeof files[0]; }

dashboard_file dashboard_file_at(size_t index) { return files[index]; }
