//! `vercel.json` and `.vercelignore` (vercel.com/docs/project-configuration).
//!
//! Sources are patterns of path-to-regexp 6. Of the headers of all that match the last one wins, so the rules stand
//! here in the reverse order. Redirects come before files.

use serde_json::{Value, json};

use super::limits::{VERCEL_PATH, VERCEL_REDIRECTS};
use super::names::{self, VERCEL};
use super::paths;
use super::table::{Header, Redirect, Table};

/// The content of `vercel.json`, and how many old addresses are in it.
pub(super) fn write(table: &Table) -> (String, usize) {
    let base = literal(&paths::encoded(&table.base));
    let rule = |regex: &str, headers: &[Header]| json!({"source": format!("{base}({regex})"), "headers": list(headers)});
    let mut headers = vec![rule(".*", &table.everywhere)];
    headers.extend(table.rules.iter().rev().map(|it| rule(&it.regex(), &it.headers)));
    let redirects: Vec<Value> = table
        .redirects
        .iter()
        .filter_map(|it| redirect(table, it))
        .take(VERCEL_REDIRECTS)
        .collect();
    let count = redirects.len();
    let config = json!({
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "framework": null,
        "buildCommand": null,
        "installCommand": null,
        "outputDirectory": ".",
        "cleanUrls": false,
        "trailingSlash": true,
        "headers": headers,
        "redirects": redirects,
    });
    (format!("{config:#}\n"), count)
}

fn list(headers: &[Header]) -> Vec<Value> {
    headers.iter().map(|(key, value)| json!({"key": key, "value": value})).collect()
}

fn redirect(table: &Table, redirect: &Redirect) -> Option<Value> {
    let from = paths::encoded(&[table.base.as_str(), &redirect.from].concat());
    // One pattern for `/a/`, `/a` and `/a/index.html`.
    let source = match from.strip_suffix('/') {
        Some(bare) => format!(r"{}:rest(/|/index\.html)?", literal(bare)),
        None => literal(&from),
    };
    let destination = table.location(&redirect.to);
    let fits = source.len() <= VERCEL_PATH && destination.len() <= VERCEL_PATH;
    fits.then(|| json!({"source": source, "destination": destination, "statusCode": 301}))
}

/// A path as a pattern that matches it alone.
fn literal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if r":(){}?*+\".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The content of `.vercelignore`: what is not uploaded.
pub(super) fn ignore() -> String {
    names::hidden().filter(|it| *it != VERCEL).map(|name| format!("{name}\n")).collect()
}
