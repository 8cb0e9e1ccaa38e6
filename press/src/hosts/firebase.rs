//! `firebase.json` (firebase.google.com/docs/hosting/full-config).
//!
//! Of the headers of all rules that match the last one wins, so the rules stand here in the reverse order. Patterns
//! are RE2. Redirects come before files, and 404.html is found by its name.

use serde_json::{Value, json};

use super::limits::FIREBASE_REDIRECTS;
use super::names;
use super::paths;
use super::table::{Header, Redirect, Table};

/// The content of `firebase.json`, and how many old addresses are in it.
pub(super) fn write(table: &Table) -> (String, usize) {
    let base = paths::regex(&paths::encoded(&table.base));
    let rule = |regex: &str, headers: &[Header]| json!({"regex": format!("^{base}{regex}$"), "headers": list(headers)});
    let mut headers = vec![rule(".*", &table.everywhere)];
    headers.extend(table.rules.iter().rev().map(|it| rule(&it.regex(), &it.headers)));
    let redirects: Vec<Value> =
        table.redirects.iter().take(FIREBASE_REDIRECTS).map(|it| redirect(table, it)).collect();
    let count = redirects.len();
    let ignore: Vec<String> =
        names::hidden().flat_map(|name| [name.to_owned(), format!("{name}/**")]).collect();
    let config = json!({
        "hosting": {
            "public": ".",
            "ignore": ignore,
            "cleanUrls": false,
            "headers": headers,
            "redirects": redirects,
        },
    });
    (format!("{config:#}\n"), count)
}

fn list(headers: &[Header]) -> Vec<Value> {
    headers.iter().map(|(key, value)| json!({"key": key, "value": value})).collect()
}

/// The path is matched decoded by the emulator; as it was sent, too, to be sure.
fn redirect(table: &Table, redirect: &Redirect) -> Value {
    let from = [table.base.as_str(), &redirect.from].concat();
    let (bare, rest) = match from.strip_suffix('/') {
        Some(bare) => (bare, r"(?:/(?:index\.html)?)?"),
        None => (from.as_str(), ""),
    };
    let (decoded, sent) = (paths::regex(bare), paths::regex(&paths::encoded(bare)));
    let path = if decoded == sent { decoded } else { format!("(?:{decoded}|{sent})") };
    json!({
        "regex": format!("^{path}{rest}$"),
        "destination": table.location(&redirect.to),
        "type": 301,
    })
}
