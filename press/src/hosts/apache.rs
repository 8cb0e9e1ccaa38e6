//! `.htaccess`, which Apache 2.4 reads where `AllowOverride` lets it (httpd.apache.org/docs/2.4/howto/htaccess.html).
//!
//! Of `<If>`, `<ElseIf>` and `<Else>` one holds. `REQUEST_URI` is the path of the file: with `index.html`, and with
//! the ending of the compressed file where one is sent. A rewriting rule here matches the decoded path below the
//! folder. In what it leads to, `%` and `$` before a digit mean what was matched, so `%` takes a backslash;
//! in the value of a header it takes another percent sign.

use super::classes::{Class, TYPES};
use super::limits::APACHE_REDIRECTS;
use super::names;
use super::paths;
use super::table::{Redirect, Table};

const INTRODUCTION: &str = "\
# For Apache 2.4, with `AllowOverride FileInfo Indexes` (or All) for this folder, and the modules
# headers, rewrite, mime and dir.
";

/// The content of `.htaccess`, and how many old addresses are in it.
pub(super) fn write(table: &Table) -> (String, usize) {
    let base = paths::strict(&table.base);
    let mut out = format!(
        "{INTRODUCTION}DirectoryIndex index.html\nDirectorySlash On\nErrorDocument 404 {base}404.html\n"
    );
    out.push_str("<IfModule mod_mime.c>\n");
    for (ending, kind) in TYPES {
        out.push_str(&format!("AddType \"{kind}\" .{ending}\n"));
    }
    out.push_str("</IfModule>\n<IfModule mod_headers.c>\n");
    for (at, rule) in table.rules.iter().enumerate() {
        let tag = if at == 0 { "If" } else { "ElseIf" };
        let pattern = format!(r"^{}{}(?:\.br|\.gz)?$", paths::regex(&table.base), rule.regex());
        out.push_str(&format!("<{tag} \"%{{REQUEST_URI}} =~ m#{pattern}#\">\n"));
        // A missing page is sent with the headers of a page; a missing file is not kept.
        let always = if rule.class == Class::Page { "always " } else { "" };
        for (name, value) in table.headers(rule) {
            let value = value.replace('%', "%%");
            out.push_str(&format!("Header {always}set {name} \"{value}\"\n"));
        }
        out.push_str(&format!("</{tag}>\n"));
    }
    out.push_str("</IfModule>\n");
    let count = rewriting(table, &base, &mut out);
    (out, count)
}

fn rewriting(table: &Table, base: &str, out: &mut String) -> usize {
    let hidden: Vec<String> = names::hidden().map(paths::regex).collect();
    out.push_str(&format!(
        "<IfModule mod_rewrite.c>\nRewriteEngine On\nRewriteBase \"{base}\"\n\
         RewriteRule \"^(?:{})(?:/|$)\" - [R=404,L]\n\
         # A folder without a page is no list of files, and is not led to its slash.\n\
         RewriteCond \"%{{REQUEST_FILENAME}}\" -d\n\
         RewriteCond \"%{{REQUEST_FILENAME}}/index.html\" !-f\n\
         RewriteRule \"^\" - [R=404,L]\n",
        hidden.join("|")
    ));
    let mut count = 0;
    for redirect in table.redirects.iter().take(APACHE_REDIRECTS) {
        if paths::is_one_line(&redirect.from) {
            out.push_str(&self::redirect(table, redirect));
            count += 1;
        }
    }
    out.push_str(&compressed());
    out.push_str("</IfModule>\n");
    count
}

fn redirect(table: &Table, redirect: &Redirect) -> String {
    let (bare, rest) = match redirect.from.strip_suffix('/') {
        Some(bare) => (bare, r"(?:/(?:index\.html)?)?"),
        None => (redirect.from.as_str(), ""),
    };
    let to = table.location(&redirect.to).replace('%', r"\%");
    format!("RewriteRule \"^{}{rest}$\" \"{to}\" [R=301,NE,L]\n", paths::regex(bare))
}

/// Sends what `press build --precompress` wrote beside each file, to who reads it.
fn compressed() -> String {
    let mut out = String::new();
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        out.push_str(&format!(
            "RewriteCond \"%{{HTTP:Accept-Encoding}}\" \"\\b{coding}\\b\"\n\
             RewriteCond \"%{{REQUEST_FILENAME}}index.html.{ending}\" -f\n\
             RewriteRule \"^(|.*/)$\" \"$1index.html.{ending}\" [L]\n\
             RewriteCond \"%{{HTTP:Accept-Encoding}}\" \"\\b{coding}\\b\"\n\
             RewriteCond \"%{{REQUEST_FILENAME}}.{ending}\" -f\n\
             RewriteRule \"^(.+)$\" \"$1.{ending}\" [L]\n"
        ));
    }
    let texts = "html|json|xml|css|js|txt|csv|ics|wasm|webmanifest|svg";
    out.push_str(&format!(
        "<FilesMatch \"\\.(?:{texts})\\.(?:br|gz)$\">\nRemoveType .gz\nRemoveLanguage .br\n\
         AddEncoding br .br\nAddEncoding gzip .gz\n</FilesMatch>\n\
         <IfModule mod_headers.c>\n<FilesMatch \"\\.(?:{texts})(?:\\.br|\\.gz)?$\">\n\
         Header merge Vary Accept-Encoding\n</FilesMatch>\n</IfModule>\n"
    ));
    out
}
