//! What files are sent with: types, times for caches, compression, policies.

use anyhow::Result;

use super::ask::Answer;
use super::fault::{Faults, Mend};
use super::{Visit, content};
use crate::hosts::{Class, Source, Table};
use crate::kinds;

/// What is smaller need not be compressed.
const SMALL: usize = 2_000;
/// In seconds: what has its hash in its name is to be kept for at least a week, what partners load for at most an hour.
const WEEK: u64 = 7 * 24 * 3600;
const HOUR: u64 = 3600;

impl Visit<'_> {
    /// Whether readers are safe on the way.
    pub(super) fn transport(&self, faults: &mut Faults) {
        let base = self.ask.base();
        let host = base.host_str().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
        if is_here {
            return;
        }
        if base.scheme() == "http" {
            let what = "the site is reached without encryption, where no service worker runs";
            faults.add("insecure", "", Mend::Rules, what);
        }
        if base.as_str() != self.site.base_url {
            let what = format!(
                "the site is printed for {}: links and feeds lead there",
                self.site.base_url
            );
            faults.add("address", "site.json", Mend::Edition, what);
        }
    }

    /// The files that every page needs, and one of every kind beside.
    pub(super) fn files(&self, faults: &mut Faults) -> Result<()> {
        let table = Table::new(Source { base: &self.site.base_path, ..Source::default() });
        let mut names: Vec<String> =
            ["index.json", "edition.json", "manifest.webmanifest", "embed.js"]
                .map(String::from)
                .into();
        let named = content::loaded(&self.front.text());
        names.extend(named.iter().filter_map(|address| self.below(address)).take(self.sample));
        names.sort();
        names.dedup();
        for name in &names {
            let answer = self.ask.get(name)?;
            match answer.status {
                200 => judge(name, name, &answer, &table, faults),
                other => faults.add(
                    "missing",
                    name,
                    Mend::Publish,
                    format!("pages need it, and it answers {other}"),
                ),
            }
        }
        judge("", "index.html", &self.front, &table, faults);
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

/// Judges what a file is sent with. `name` is that of the file, `path` that which was asked for.
pub(super) fn judge(path: &str, name: &str, answer: &Answer, table: &Table, faults: &mut Faults) {
    let class = table.rule_of(path).map_or(Class::Other, |rule| rule.class);
    media_type(path, name, answer, faults);
    cache(path, class, answer, faults);
    if kinds::compresses(name) && answer.plain.len() >= SMALL && !answer.has("content-encoding") {
        let what = format!("its {} bytes are sent without compression", answer.plain.len());
        faults.add("compression", path, Mend::Compress, what);
    }
    if class == Class::Page {
        policy(path, answer, faults);
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
    if wanted == "text/html" && charset.contains("charset=") && !charset.contains("utf-8") {
        faults.add("type", path, Mend::Rules, format!("it is sent as {charset} and is in UTF-8"));
    }
}

fn cache(path: &str, class: Class, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("cache-control").to_ascii_lowercase();
    let directive =
        |name: &str| value.split(',').map(str::trim).find_map(|it| it.strip_prefix(name));
    let asks = directive("no-cache").is_some() || directive("no-store").is_some();
    let age = directive("max-age=").and_then(|it| it.parse::<u64>().ok());
    let kept = if asks { Some(0) } else { age };
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

/// The policy of a page.
pub(super) fn policy(path: &str, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("content-security-policy");
    if value.is_empty() {
        let what = "it is sent without Content-Security-Policy: other sites may frame it";
        return faults.add("policy", path, Mend::Rules, what);
    }
    let directive = |name: &str| {
        let mut all = value.split([';', ',']).map(str::trim);
        all.find_map(|it| it.strip_prefix(name).filter(|rest| rest.starts_with(' ')))
    };
    let scripts =
        directive("script-src").or_else(|| directive("default-src")).unwrap_or("'unsafe-inline'");
    if scripts.contains("'unsafe-inline'")
        || scripts.contains("'unsafe-eval'")
        || scripts.split(' ').any(|it| it == "*")
    {
        let what = format!("its policy lets any script run: script-src{scripts}");
        faults.add("policy-weak", path, Mend::Rules, what);
    }
    if directive("frame-ancestors").is_none_or(|it| it.trim() != "'none'") {
        faults.add("policy-weak", path, Mend::Rules, "its policy lets other sites frame it");
    }
    if value.contains(',') {
        let what =
            "it is sent with two policies, of which browsers follow what is stricter in either";
        faults.add("policy-twice", path, Mend::Rules, what);
    }
}
