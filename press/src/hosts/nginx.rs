//! `.hosts/nginx.conf`, which a `server` block of nginx includes
//! (nginx.org/en/docs/http/ngx_http_core_module.html).
//!
//! The first regular expression that matches gives the location, and headers of outer levels do not hold in it: each
//! location says all of its own. Paths are matched decoded. Text in quotes may hold anything but a quote and a
//! backslash, which take a backslash; `$` means a variable in values, so addresses are encoded strictly.

use super::classes::{Class, TYPES};
use super::limits::NGINX_REDIRECTS;
use super::names;
use super::paths;
use super::table::{Rule, Table};

const INTRODUCTION: &str = "\
# For nginx, in the `server` block of the site:
#
#     root /srv/www;
#     include {folder}/.hosts/nginx.conf;
#
# {root}
# The block needs no `location {base}` of its own.
";
const COMPRESSION: &str =
    "    # `press build --precompress` writes a .gz and a .br beside each file.
    gzip_static on;
    # With the module of Debian's libnginx-mod-http-brotli-static, or ngx_brotli:
    # brotli_static on;
    gzip on;
    gzip_vary on;
";

/// The snippet, and how many old addresses are in it.
pub(super) fn write(table: &Table) -> (String, usize) {
    let base = table.base.as_str();
    let (folder, root) = match base.trim_matches('/') {
        "" => ("/srv/www".to_owned(), "`root` is the folder of the site.".to_owned()),
        inner => {
            let inner = comment(inner);
            let root = format!("The site lies below `root`: at `root`/{inner}.");
            (format!("/srv/www/{inner}"), root)
        }
    };
    let mut out = INTRODUCTION
        .replace("{folder}", &folder)
        .replace("{root}", &root)
        .replace("{base}", &comment(base));
    if base != "/" {
        let bare = quoted(base.trim_end_matches('/'));
        out.push_str(&format!("location = {bare} {{ return 301 {}; }}\n", table.location("")));
    }
    out.push_str(&format!("location ^~ {} {{\n", quoted(base)));
    out.push_str("    index index.html;\n    absolute_redirect off;\n    charset utf-8;\n");
    // A folder without a page would be forbidden.
    out.push_str(&format!("    error_page 404 403 =404 {}404.html;\n", paths::strict(base)));
    out.push_str(&types());
    out.push_str(COMPRESSION);
    let kinds = plain_types(|kind| is_text(kind) && kind != "text/html").join(" ");
    out.push_str(&format!("    gzip_types {kinds};\n    charset_types {kinds};\n"));
    let hidden: Vec<String> = names::hidden().map(paths::regex).collect();
    let pattern = format!("^{}(?:{})(?:/|$)", paths::regex(base), hidden.join("|"));
    out.push_str(&format!("    location ~ {} {{ return 404; }}\n", quoted(&pattern)));
    for rule in &table.rules {
        out.push_str(&location(table, rule));
    }
    let mut count = 0;
    for redirect in table.redirects.iter().take(NGINX_REDIRECTS) {
        if !paths::is_one_line(&redirect.from) {
            continue;
        }
        count += 1;
        for from in redirect.paths() {
            let from = quoted(&[base, &from].concat());
            let to = table.location(&redirect.to);
            out.push_str(&format!("    location = {from} {{ return 301 {to}; }}\n"));
        }
    }
    out.push_str("}\n");
    (out, count)
}

fn location(table: &Table, rule: &Rule) -> String {
    let pattern = format!("^{}{}$", paths::regex(&table.base), rule.regex());
    // A missing page is sent with the headers of a page; a missing file is not kept.
    let always = if rule.class == Class::Page { " always" } else { "" };
    let mut out = format!("    location ~ {} {{\n", quoted(&pattern));
    for (name, value) in table.headers(rule) {
        out.push_str(&format!("        add_header {name} {}{always};\n", quoted(value)));
    }
    out.push_str("    }\n");
    out
}

/// The media types. `charset` puts in the rest of the value.
fn types() -> String {
    let mut out = String::from("    types {\n");
    for (ending, kind) in TYPES {
        let kind = kind.split(';').next().unwrap_or_default();
        out.push_str(&format!("        {kind} {ending};\n"));
    }
    out.push_str("    }\n    default_type application/octet-stream;\n");
    out
}

/// The media types that are so, each once.
fn plain_types(so: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let mut kinds: Vec<&str> =
        TYPES.iter().filter_map(|(_, kind)| kind.split(';').next()).filter(|it| so(it)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn is_text(kind: &str) -> bool {
    TYPES.iter().any(|(_, it)| it.strip_prefix(kind).is_some_and(|rest| rest.starts_with(';')))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// A text in a comment.
fn comment(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}
