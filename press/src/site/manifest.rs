//! The web app manifest: how the newspaper looks when it is installed.

use broadsheet::contract::Site;
use broadsheet::urls::{Route, Urls};
use serde_json::{Value, json};

/// The manifest of a site (W3C, "Web Application Manifest").
pub(super) fn json(site: &Site) -> Value {
    let base = &site.base_path;
    let urls = Urls::of(site);
    let icon = |file: &str, size: u32, purpose: &str| {
        json!({
            "src": format!("{base}icons/{file}"),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    // Launchers show four shortcuts at most.
    let shortcuts: Vec<_> = site
        .sections
        .iter()
        .take(4)
        .map(|it| json!({"name": it.title, "url": urls.path(Route::Section(&it.slug))}))
        .collect();
    json!({
        "id": base,
        "name": site.title,
        "short_name": site.title,
        "description": site.tagline,
        "lang": site.language,
        "start_url": base,
        "scope": base,
        "display": "minimal-ui",
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "icons": [
            icon("icon-192.png", 192, "any"),
            icon("icon-512.png", 512, "any"),
            icon("icon-maskable-512.png", 512, "maskable"),
        ],
        "shortcuts": shortcuts,
    })
}
