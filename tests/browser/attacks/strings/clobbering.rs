//! Names of the app's own elements and of the browser's own objects. Nothing of it runs by itself: it leads
//! scripts of the page astray.

use super::Row;

pub(super) const CLOBBERING: &[Row] = &[
    ("id_app_root", "<div id=app-root>a</div>"),
    ("id_app_root_mixed", "<div id=App-Root>a</div><div id=' app-root'>b</div>"),
    ("id_app_page_data", "<p id=app-page-data>{\"version\": \"RUN\"}</p>"),
    ("id_app_site_data", "<p id=app-site-data>{}</p>"),
    ("id_app_announcer", "<p id=app-announcer>a</p>"),
    ("id_app_saved_page", "<p id=app-saved-page>a</p>"),
    ("heading_app_root", "## a {#app-root}"),
    ("heading_app_heading", "## App heading"),
    ("heading_prefix", "## a {#c-app-root}"),
    ("footnote_app_root", "a[^app-root]\n\n[^app-root]: b"),
    ("name_document_property", "<img src=dot.png name=querySelector><a name=body href=/>a</a>"),
    ("name_get_element", "<form name=getElementById><input name=children></form>"),
    ("name_cookie", "<img src=dot.png name=cookie><object name=currentScript></object>"),
    (
        "name_current_script",
        "<img src=dot.png name=currentScript><img src=dot.png id=currentScript>",
    ),
    (
        "form_attributes",
        "<form id=x onclick=RUN><input name=attributes><input name=parentNode></form>",
    ),
    ("form_child_nodes", "<form><input name=childNodes><input id=nodeName></form>"),
    ("anchors_collection", "<a id=config>a</a><a id=config name=url href=\"javascript:RUN\">b</a>"),
    ("iframe_name", "<iframe name=config srcdoc=\"&lt;a id=url href=LOAD>\"></iframe>"),
    ("id_location", "<a id=location href=\"javascript:RUN\">a</a><img src=dot.png id=location>"),
    ("id_fetch", "<p id=fetch>a</p><p id=caches>b</p><p id=navigator>c</p>"),
    (
        "id_leptos",
        "<p id=__RESOLVED_RESOURCES>a</p><p id=__INCOMPLETE_CHUNKS>b</p><p id=__SERIALIZED_ERRORS>c</p>",
    ),
    ("heading_idle_callback", "## a {#requestIdleCallback}"),
    ("heading_performance_observer", "## a {#PerformanceObserver}"),
    ("heading_web_assembly", "## a {#WebAssembly}"),
    (
        "heading_resources",
        "## a {#__RESOLVED_RESOURCES}\n\n## b {#__INCOMPLETE_CHUNKS}\n\n## c {#__SERIALIZED_ERRORS}",
    ),
    ("heading_trusted_types", "## a {#trustedTypes}\n\n## b {#scheduler}\n\n## c {#navigation}"),
    ("heading_finalization", "## a {#FinalizationRegistry}\n\n## b {#TextDecoder}"),
    ("data_action", "<a href=/ data-action=save data-part=plan data-wasm=LOAD data-app=LOAD>a</a>"),
    ("class_of_the_app", "<p class=\"save prose article app-root c-table\">a</p>"),
    ("live_region", "<p aria-live=assertive role=alert>a</p><p role=application>b</p>"),
    ("hidden_from_readers", "<p hidden inert aria-hidden=true>a</p>"),
    ("access_key", "<a href=/ accesskey=x tabindex=1>a</a>"),
    ("slot_and_part", "<p slot=x part=y exportparts=z itemprop=name itemid=LOAD>a</p>"),
];
