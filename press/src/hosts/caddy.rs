//! `.hosts/Caddyfile`, which a site block of Caddy imports (caddyserver.com/docs/caddyfile, from version 2.6 on).
//!
//! Of several `handle` the first that matches holds. Paths are matched decoded. `{$` is a variable of the environment
//! wherever it stands, and no sign takes that meaning from it, so a path with a brace is written as a regular
//! expression.

use super::classes::{Class, TYPES};
use super::limits::CADDY_REDIRECTS;
use super::names;
use super::paths;
use super::table::{Redirect, Table};

const INTRODUCTION: &str = "\
# For Caddy, in the block of the site:
#
#     example.org {
#         root * /srv/www
#         import {folder}/.hosts/Caddyfile
#     }
#
# {root}
";

/// The snippet, and how many old addresses are in it.
pub(super) fn write(table: &Table) -> (String, usize) {
    let base = table.base.as_str();
    let (folder, root) = match base.trim_matches('/') {
        "" => ("/srv/www".to_owned(), "`root` is the folder of the site.".to_owned()),
        inner => {
            let inner = inner.replace(|c: char| c.is_control() || c == '{', " ");
            let root = format!("The site lies below `root`: at `root`/{inner}.");
            (format!("/srv/www/{inner}"), root)
        }
    };
    let mut out = INTRODUCTION.replace("{folder}", &folder).replace("{root}", &root);
    let start = paths::regex(base);
    let hidden: Vec<String> = names::hidden().map(paths::regex).collect();
    out.push_str(&matcher("hidden", &format!("^{start}(?:{})(?:/|$)", hidden.join("|"))));
    out.push_str("error @paper_hidden 404\n");
    let (old, count) = redirects(table);
    out.push_str(&old);
    if base != "/" {
        let bare = paths::regex(base.trim_end_matches('/'));
        out.push_str(&matcher("bare", &format!("^{bare}$")));
        out.push_str(&format!("redir @paper_bare {} 301\n", table.location("")));
    }
    for (ending, kind) in TYPES {
        let name = format!("type_{ending}");
        out.push_str(&matcher(&name, &format!(r"^{start}.*\.{ending}$")));
        out.push_str(&format!("header @paper_{name} Content-Type \"{kind}\"\n"));
    }
    for (at, rule) in table.rules.iter().enumerate() {
        let name = format!("rule_{at}");
        out.push_str(&matcher(&name, &format!("^{start}{}$", rule.regex())));
        out.push_str(&format!("handle @paper_{name} {{\n\theader {{\n"));
        for (name, value) in table.headers(rule) {
            out.push_str(&format!("\t\t{name} \"{value}\"\n"));
        }
        out.push_str("\t}\n}\n");
    }
    out.push_str("encode zstd gzip\n");
    // `press build --precompress` writes a .br and a .gz beside each file.
    out.push_str("file_server {\n\tprecompressed br gzip\n\tindex index.html\n}\n");
    out.push_str(&missing(table));
    (out, count)
}

/// The page that says that there is none. What was set for the path that is missing is set anew.
fn missing(table: &Table) -> String {
    let mut out = String::from(
        "handle_errors {\n\t@paper_missing expression `{http.error.status_code} == 404`\n\
         \thandle @paper_missing {\n",
    );
    out.push_str(&format!("\t\trewrite * {}404.html\n\t\theader {{\n", paths::strict(&table.base)));
    for (name, value) in table.rule(Class::Page).into_iter().flat_map(|it| table.headers(it)) {
        out.push_str(&format!("\t\t\t{name} \"{value}\"\n"));
    }
    out.push_str(
        "\t\t\tContent-Type \"text/html; charset=utf-8\"\n\t\t}\n\t\tfile_server\n\t}\n}\n",
    );
    out
}

fn matcher(name: &str, regex: &str) -> String {
    format!("@paper_{name} path_regexp `{regex}`\n")
}

fn redirects(table: &Table) -> (String, usize) {
    let mut lines = String::new();
    let mut count = 0;
    for redirect in table.redirects.iter().take(CADDY_REDIRECTS) {
        if let Some(text) = self::redirect(table, redirect) {
            lines.push_str(&text);
            count += 1;
        }
    }
    if count == 0 {
        return (String::new(), 0);
    }
    let text = format!(
        "map {{path}} {{paper_old}} {{\n{lines}\tdefault \"\"\n}}\n\
         @paper_old expression `{{paper_old}} != \"\"`\nredir @paper_old {{paper_old}} 301\n"
    );
    (text, count)
}

/// The lines of an old address; none if no line can say it.
fn redirect(table: &Table, redirect: &Redirect) -> Option<String> {
    if !paths::is_one_line(&redirect.from) {
        return None;
    }
    let to = table.location(&redirect.to);
    let line = |from: String| match from.contains(['{', '}', '"', '\\', '`']) {
        true => format!("\t`~^{}$` {to}\n", paths::regex(&from)),
        false => format!("\t\"{from}\" {to}\n"),
    };
    Some(redirect.paths().map(|it| line([table.base.as_str(), &it].concat())).collect())
}
