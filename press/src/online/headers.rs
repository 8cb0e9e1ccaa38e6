//! What files are sent with: types, times for caches, compression, policies.

use anyhow::Result;

use super::ask::Answer;
use super::fault::Faults;
use super::mend::Mend;
use super::{Visit, policy, robots};
use crate::hosts::{Class, Source, Table};
use crate::kinds;

/// What is smaller need not be compressed.
const SMALL: usize = 2_000;
/// In seconds: what has its hash in its name is to be kept for at least a week, what partners load for at most an hour.
const WEEK: u64 = 7 * 24 * 3600;
const HOUR: u64 = 3600;

impl Visit<'_> {
    /// The files that every page needs, and one of every kind beside.
    pub(super) fn files(&self, faults: &mut Faults) -> Result<()> {
        let table = Table::new(Source { base: &self.site.base_path, ..Source::default() });
        let mut names: Vec<String> =
            ["index.json", "edition.json", "manifest.webmanifest", "embed.js"]
                .map(String::from)
                .into();
        names.extend(self.loaded.iter().cloned());
        names.sort();
        names.dedup();
        for name in &names {
            let answer = self.ask.get(name)?;
            match answer.status {
                200 => judge(name, name, &answer, &table, faults),
                _ => faults.add(
                    "missing",
                    name,
                    Mend::Publish,
                    format!("pages need it, and it answers {}", answer.told()),
                ),
            }
            if name == "embed.js" && answer.status == 200 {
                for_partners(name, &answer, faults);
                if answer.header("access-control-allow-origin") != "*" {
                    let what = "it is sent without Access-Control-Allow-Origin: *, so partners that load it with integrity get \
                                nothing";
                    faults.add("cors", name, Mend::Rules, what);
                }
            }
        }
        if self.front.status == 200 {
            judge("", "index.html", &self.front, &table, faults);
        }
        Ok(())
    }

    /// The path of an address of the site, relative to it.
    pub(super) fn below(&self, address: &str) -> Option<String> {
        let url = self.ask.base().join(address).ok()?;
        let same = url.origin() == self.ask.base().origin();
        let path = url.path().strip_prefix(self.ask.base().path()).filter(|_| same)?;
        Some(path.to_owned())
    }
}

/// What keeps other sites from loading something that is meant for them.
pub(super) fn for_partners(path: &str, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("cross-origin-resource-policy").to_ascii_lowercase();
    if value.starts_with("same-") {
        let what =
            format!("partners load it, and Cross-Origin-Resource-Policy: {value} forbids that");
        faults.add("cors", path, Mend::Rules, what);
    }
}

/// Judges what a file is sent with. `name` is that of the file, `path` that which was asked for.
pub(super) fn judge(path: &str, name: &str, answer: &Answer, table: &Table, faults: &mut Faults) {
    let class = table.rule_of(path).map_or(Class::Other, |rule| rule.class);
    media_type(path, name, answer, faults);
    cache(path, class, answer, faults);
    let packed = answer.length < answer.plain.len();
    if kinds::compresses(name) && answer.plain.len() >= SMALL && !packed {
        let what = format!("its {} bytes are sent without compression", answer.plain.len());
        faults.add("compression", path, Mend::Compress, what);
    }
    if !answer.header("x-content-type-options").to_ascii_lowercase().contains("nosniff") {
        let what =
            "it is sent without X-Content-Type-Options: nosniff: browsers may guess another type";
        faults.add("nosniff", path, Mend::Rules, what);
    }
    if answer.header("content-disposition").to_ascii_lowercase().starts_with("attachment") {
        let what =
            "it is sent with Content-Disposition: attachment: browsers store it and do not show it";
        faults.add("type", path, Mend::Rules, what);
    }
    if answer.header("vary").split(',').any(|it| it.trim() == "*") {
        let what =
            "it is sent with Vary: *, so nothing can keep it: no cache, and no service worker";
        faults.add("vary", path, Mend::Rules, what);
    }
    if class == Class::Page {
        policy::judge(path, answer, faults);
        robots::tag(path, answer, faults);
    }
}

fn media_type(path: &str, name: &str, answer: &Answer, faults: &mut Faults) {
    let Some(wanted) = kinds::content_type(name) else { return };
    let essence = |it: &str| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (wanted, is) = (essence(&wanted), answer.media_type());
    // What browsers and feed readers take as the same.
    let same = match wanted.as_str() {
        "text/javascript" => {
            ["application/javascript", "application/x-javascript"].contains(&is.as_str())
        }
        "application/xml" => is.ends_with("+xml") || is == "text/xml",
        "application/json" => is.ends_with("+json"),
        "application/manifest+json" => is == "application/json",
        _ => false,
    };
    if is != wanted && !same {
        let is = if is.is_empty() { "no type".to_owned() } else { format!("the type {is}") };
        faults.add("type", path, Mend::Rules, format!("it is sent with {is} and is {wanted}"));
    }
    let charset = answer.header("content-type").to_ascii_lowercase();
    let is_text = wanted.starts_with("text/") || wanted.ends_with("xml");
    let other = charset.contains("charset=") && !charset.contains("utf-8");
    // What is in ASCII is the same in all of them.
    if is_text && other && !answer.plain.is_ascii() {
        faults.add("type", path, Mend::Rules, format!("it is sent as {charset} and is in UTF-8"));
    }
}

fn cache(path: &str, class: Class, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("cache-control").to_ascii_lowercase();
    let directive =
        |name: &str| value.split(',').map(str::trim).find_map(|it| it.strip_prefix(name));
    let asks = directive("no-cache").is_some() || directive("no-store").is_some();
    let age = directive("max-age=").and_then(|it| it.parse::<u64>().ok());
    // Such an answer may be old by so much more (RFC 5861, section 3).
    let old = directive("stale-while-revalidate=").and_then(|it| it.parse::<u64>().ok());
    let kept = if asks { Some(0) } else { age.map(|it| it.saturating_add(old.unwrap_or(0))) };
    let said = if value.is_empty() {
        "no Cache-Control".to_owned()
    } else {
        format!("Cache-Control: {value}")
    };
    let (code, what) = match class {
        Class::Asset | Class::Media | Class::Drawing | Class::PinnedScript => {
            if kept.is_some_and(|it| it >= WEEK) {
                return;
            }
            ("cache-files", "its name carries a hash, and browsers ask for it again and again")
        }
        Class::EmbedScript if kept.is_some_and(|it| it <= HOUR) => return,
        _ if kept == Some(0) => return,
        Class::Worker => ("cache-worker", "browsers may keep an old service worker"),
        Class::EmbedScript => ("cache-pages", "partners' pages may keep an old script"),
        _ => ("cache-pages", "browsers may show an old version, of which files may be gone"),
    };
    faults.add(code, path, Mend::Rules, format!("it is sent with {said}: {what}"));
}
