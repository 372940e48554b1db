#include "CDashboard.h"

// The files of Pages/ become part of the program here; a new file takes a line in each of the two lists.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char add_js[] = {
#embed "Pages/add.js"
};
static const unsigned char added_js[] = {
#embed "Pages/added.js"
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
static const unsigned char cold_card_js[] = {
#embed "Pages/cold-card.js"
};
static const unsigned char columns_field_js[] = {
#embed "Pages/columns-field.js"
};
static const unsigned char compare_css[] = {
#embed "Pages/compare.css"
};
static const unsigned char compare_js[] = {
#embed "Pages/compare.js"
};
static const unsigned char compared_js[] = {
#embed "Pages/compared.js"
};
static const unsigned char controls_css[] = {
#embed "Pages/controls.css"
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
static const unsigned char drawings_js[] = {
#embed "Pages/drawings.js"
};
static const unsigned char explanation_js[] = {
#embed "Pages/explanation.js"
};
static const unsigned char format_js[] = {
#embed "Pages/format.js"
};
static const unsigned char genres_field_js[] = {
#embed "Pages/genres-field.js"
};
static const unsigned char heat_js[] = {
#embed "Pages/heat.js"
};
static const unsigned char icon_svg[] = {
#embed "Pages/icon.svg"
};
static const unsigned char index_html[] = {
#embed "Pages/index.html"
};
static const unsigned char insights_css[] = {
#embed "Pages/insights.css"
};
static const unsigned char item_fields_js[] = {
#embed "Pages/item-fields.js"
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
static const unsigned char poster_field_js[] = {
#embed "Pages/poster-field.js"
};
static const unsigned char print_css[] = {
#embed "Pages/print.css"
};
static const unsigned char recommendations_js[] = {
#embed "Pages/recommendations.js"
};
static const unsigned char scatter_js[] = {
#embed "Pages/scatter.js"
};
static const unsigned char thumbnails_js[] = {
#embed "Pages/thumbnails.js"
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
    {"added.js", added_js, sizeof added_js},
    {"api.js", api_js, sizeof api_js},
    {"app.js", app_js, sizeof app_js},
    {"arrivals.js", arrivals_js, sizeof arrivals_js},
    {"base.css", base_css, sizeof base_css},
    {"catalogue.js", catalogue_js, sizeof catalogue_js},
    {"cold-card.js", cold_card_js, sizeof cold_card_js},
    {"columns-field.js", columns_field_js, sizeof columns_field_js},
    {"compare.css", compare_css, sizeof compare_css},
    {"compare.js", compare_js, sizeof compare_js},
    {"compared.js", compared_js, sizeof compared_js},
    {"controls.css", controls_css, sizeof controls_css},
    {"curves.js", curves_js, sizeof curves_js},
    {"dialogs.js", dialogs_js, sizeof dialogs_js},
    {"dom.js", dom_js, sizeof dom_js},
    {"drawings.js", drawings_js, sizeof drawings_js},
    {"explanation.js", explanation_js, sizeof explanation_js},
    {"format.js", format_js, sizeof format_js},
    {"genres-field.js", genres_field_js, sizeof genres_field_js},
    {"heat.js", heat_js, sizeof heat_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"index.html", index_html, sizeof index_html},
    {"insights.css", insights_css, sizeof insights_css},
    {"item-fields.js", item_fields_js, sizeof item_fields_js},
    {"item.js", item_js, sizeof item_js},
    {"map.js", map_js, sizeof map_js},
    {"models.js", models_js, sizeof models_js},
    {"parts.css", parts_css, sizeof parts_css},
    {"parts.js", parts_js, sizeof parts_js},
    {"poster-field.js", poster_field_js, sizeof poster_field_js},
    {"print.css", print_css, sizeof print_css},
    {"recommendations.js", recommendations_js, sizeof recommendations_js},
    {"scatter.js", scatter_js, sizeof scatter_js},
    {"thumbnails.js", thumbnails_js, sizeof thumbnails_js},
    {"training.js", training_js, sizeof training_js},
    {"user.js", user_js, sizeof user_js},
    {"users.js", users_js, sizeof users_js},
    {"views.css", views_css, sizeof views_css},
};

size_t dashboard_file_count(void) { return sizeof files / sizeof files[0]; }

dashboard_file dashboard_file_at(size_t index) { return files[index]; }
