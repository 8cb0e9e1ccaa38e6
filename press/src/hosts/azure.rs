//! `staticwebapp.config.json` (learn.microsoft.com/azure/static-web-apps/configuration).
//!
//! Azure takes the first route alone and adds the global headers; an empty value takes one of these back. So pages
//! have the global ones, and what is no page has a route. A `*` stands behind a slash at the end, or before an ending: its own
//! tool takes `a*` for a pattern that matches nothing more than `a`.

use serde_json::{Map, Value, json};

use super::classes::{Class, DOCUMENTS, PICTURES, TYPES};
use super::limits::AZURE_BYTES;
use super::names;
use super::paths;
use super::table::{Redirect, Rule, Table};

/// The content of `staticwebapp.config.json`, how many old addresses are in it, and how many other rules did not fit.
pub(super) fn write(table: &Table) -> (String, usize, usize) {
    // A site of many sections does without the routes of some: their pictures are asked for again each time.
    let mut sections = table.sections.len();
    let (mut routes, mut text) = (Vec::new(), String::new());
    for count in (0..=sections).rev() {
        routes = self::routes(table, count);
        text = print(table, &routes);
        sections = count;
        if text.len() <= AZURE_BYTES {
            break;
        }
    }
    let left_out = 2 * (table.sections.len() - sections);
    let mut room = AZURE_BYTES.saturating_sub(text.len());
    let mut redirects = Vec::new();
    for redirect in &table.redirects {
        let Some(route) = self::redirect(table, redirect) else { continue };
        // A comma comes before it.
        let Some(left) = room.checked_sub(route.to_string().len() + 1) else { break };
        room = left;
        redirects.push(route);
    }
    let count = redirects.len();
    redirects.extend(routes);
    (print(table, &redirects), count, left_out)
}

fn print(table: &Table, routes: &[Value]) -> String {
    let mut global = Map::new();
    for (name, value) in table.rule(Class::Page).into_iter().flat_map(|it| table.headers(it)) {
        global.insert((*name).to_owned(), json!(value));
    }
    let types: Map<String, Value> =
        TYPES.iter().map(|(ending, kind)| (format!(".{ending}"), json!(kind))).collect();
    let config = json!({
        "trailingSlash": "always",
        "routes": routes,
        "globalHeaders": global,
        "mimeTypes": types,
        "responseOverrides": {"404": {"rewrite": format!("{}404.html", paths::encoded(&table.base))}},
    });
    format!("{config}\n")
}

/// The routes of what is no page, with those of the first sections. The first route that matches is taken.
fn routes(table: &Table, sections: usize) -> Vec<Value> {
    let base = paths::encoded(&table.base);
    let mut routes = Vec::new();
    for name in names::hidden() {
        routes.push(json!({"route": format!("{base}{name}"), "statusCode": 404}));
        if [names::FOLDER, ".git"].contains(&name) {
            routes.push(json!({"route": format!("{base}{name}/*"), "statusCode": 404}));
        }
    }
    let mut route = |path: &str, class| {
        if let Some(rule) = table.rule(class) {
            routes.push(json!({"route": format!("{base}{path}"), "headers": headers(table, rule)}));
        }
    };
    for path in ["embed/front.html", "embed/section/*", "embed/article/*"] {
        route(path, Class::Embed);
    }
    route("embed/player/*", Class::Player);
    route("embed.js", Class::EmbedScript);
    route("assets/embed.*", Class::PinnedScript);
    route("assets/*", Class::Asset);
    route("sw.js", Class::Worker);
    for name in &table.hashed_in_root {
        let class = if name.ends_with(".svg") { Class::Drawing } else { Class::Media };
        route(&paths::encoded(name), class);
    }
    // Icons and other pictures of the site itself carry no hash; those of articles do.
    route("icons/*.svg", Class::PlainDrawing);
    route("icons/*", Class::Other);
    let endings: Vec<&str> = PICTURES.iter().chain(&DOCUMENTS).copied().collect();
    for section in table.sections.iter().take(sections) {
        let section = paths::encoded(section);
        route(&format!("{section}/*.svg"), Class::Drawing);
        route(&format!("{section}/*.{{{}}}", endings.join(",")), Class::Media);
    }
    route("*.svg", Class::PlainDrawing);
    route("*.{css,js,json,png,ico,txt,webmanifest,xml}", Class::Other);
    routes
}

/// The headers of a rule, as far as they are not the global ones.
fn headers(table: &Table, rule: &Rule) -> Map<String, Value> {
    let mut headers = Map::new();
    let page = table.rule(Class::Page);
    for (name, value) in page.into_iter().flat_map(|it| &it.headers) {
        match rule.header(name) {
            Some(own) if own == value => {}
            own => {
                headers.insert((*name).to_owned(), json!(own.unwrap_or_default()));
            }
        }
    }
    for (name, value) in &rule.headers {
        if page.is_none_or(|page| page.header(name).is_none()) {
            headers.insert((*name).to_owned(), json!(value));
        }
    }
    headers
}

/// A route matches the path without `index.html`, too, unless there is a dot in it.
fn redirect(table: &Table, redirect: &Redirect) -> Option<Value> {
    let from = paths::encoded(&[table.base.as_str(), &redirect.from].concat());
    // Marks of patterns have no other spelling.
    if from.contains(['*', '{', '}']) {
        return None;
    }
    let from = match from.ends_with('/') && !from.contains('.') {
        true => format!("{from}index.html"),
        false => from,
    };
    Some(json!({"route": from, "redirect": table.location(&redirect.to), "statusCode": 301}))
}
