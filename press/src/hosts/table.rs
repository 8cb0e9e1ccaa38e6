//! The table of a site: what every host is to answer, as plain data. The files of all hosts are written from it, and
//! [`Table::answer`](super::Answer) reads it as a host would.
//!
//! A file has one class: the first rule with a pattern that matches it. Patterns of two rules overlap only where both
//! say the same or the earlier says more, so that a host that joins the headers of all rules that match, one that lets
//! the last rule win and one that takes the first rule alone send the same.

use super::classes::{Class, DOCUMENTS, PICTURES, Pattern};
use super::paths;

/// A header's name and its value.
pub type Header = (&'static str, String);

/// Long enough for names that carry a hash of their bytes (RFC 8246 has `immutable`).
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, but asked for again each time (RFC 9111, section 5.2.2.4).
pub const REVALIDATE: &str = "no-cache";
/// The script that partners' pages load at a stable address.
const FIVE_MINUTES: &str = "public, max-age=300";
/// The policy of an SVG picture that is opened by its address, as a document of the newspaper's origin. It may
/// use its own styles and what is embedded in it.
const DRAWING: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";
/// What pages do without, so that nothing that gets into one has it. Only names that browsers of all makers know:
/// they complain of others.
const PERMISSIONS: &str =
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";

/// What files of a class are sent with, besides [`Table::everywhere`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The class.
    pub class: Class,
    /// Which paths are of it, unless an earlier rule has them.
    pub patterns: Vec<Pattern>,
    /// Its headers. Every rule has `Cache-Control`.
    pub headers: Vec<Header>,
}

/// An old address that leads to a new one. Both are paths relative to the base path, decoded: `tin/cu/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old path. One that ends with a slash means the path without it and its `index.html`, too.
    pub from: String,
    /// The new path.
    pub to: String,
}

/// What every host is to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What all paths begin with: `/`, or `/news/` for a site that lives below another.
    pub base: String,
    /// The headers of every file.
    pub everywhere: Vec<Header>,
    /// The rules; the first that matches a path gives its class. The last one matches any.
    pub rules: Vec<Rule>,
    /// The slugs of the sections, for hosts whose patterns cannot say what a page is.
    pub sections: Vec<String>,
    /// Files in the site's root that carry a hash, such as the banner, for hosts whose patterns cannot say that.
    pub hashed_in_root: Vec<String>,
    /// The old addresses, the most important first: hosts with limits take what fits.
    pub redirects: Vec<Redirect>,
    /// How many old addresses there are. Those that are not in `redirects` have their pages alone.
    pub old_addresses: usize,
}

/// What a table is made from.
#[derive(Clone, Debug, Default)]
pub struct Source<'a> {
    /// The base path of the site.
    pub base: &'a str,
    /// The content security policy of pages, as a header.
    pub page_policy: &'a str,
    /// The content security policy of embed pages, as a header.
    pub embed_policy: &'a str,
    /// The content security policy of the pages of players, as a header.
    pub player_policy: &'a str,
    /// The slugs of the sections.
    pub sections: Vec<String>,
    /// Files in the site's root that carry a hash.
    pub hashed_in_root: Vec<String>,
    /// The old addresses, the most important first.
    pub redirects: Vec<Redirect>,
    /// How many old addresses there are, if not all are in `redirects`.
    pub old_addresses: usize,
}

impl Rule {
    /// The patterns as one regular expression without its anchors.
    pub(super) fn regex(&self) -> String {
        let all: Vec<String> = self.patterns.iter().map(Pattern::regex).collect();
        match all.as_slice() {
            [one] => one.clone(),
            all => format!("(?:{})", all.join("|")),
        }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str())
    }
}

impl Table {
    /// The table of a site.
    pub fn new(source: Source<'_>) -> Self {
        let cache = |value: &str| ("Cache-Control", value.to_owned());
        let policy = |value: &str| ("Content-Security-Policy", paths::header_value(value));
        let for_all = ("Access-Control-Allow-Origin", "*".to_owned());
        let page = vec![
            policy(source.page_policy),
            // For browsers that know no `frame-ancestors`.
            ("X-Frame-Options", "DENY".to_owned()),
            ("Permissions-Policy", PERMISSIONS.to_owned()),
            cache(REVALIDATE),
        ];
        let mut worker = vec![policy(source.page_policy), cache(REVALIDATE)];
        // A worker below a path may serve that path without its slash, too.
        if let Some(scope) = source.base.strip_suffix('/').filter(|scope| !scope.is_empty()) {
            // For nginx a `$` is a variable.
            worker.push(("Service-Worker-Allowed", paths::encoded(scope).replace('$', "%24")));
        }
        use Pattern::{Any, Ending, Exact, Hashed, Page, Starts};
        let rule = |class, patterns, headers| Rule { class, patterns, headers };
        // A host that takes `.html` away is covered.
        let embeds =
            vec![Starts("embed/front"), Starts("embed/section/"), Starts("embed/article/")];
        let rules = vec![
            rule(Class::Embed, embeds, vec![policy(source.embed_policy), cache(REVALIDATE)]),
            rule(
                Class::Player,
                vec![Starts("embed/player/")],
                vec![policy(source.player_policy), cache(REVALIDATE)],
            ),
            rule(
                Class::EmbedScript,
                vec![Exact("embed.js")],
                // Partners' pages ask for it with an `integrity`, which needs CORS.
                vec![for_all.clone(), cache(FIVE_MINUTES)],
            ),
            rule(
                Class::PinnedScript,
                vec![Starts("assets/embed.")],
                vec![for_all, cache(FOR_EVER)],
            ),
            rule(Class::Asset, vec![Starts("assets/")], vec![cache(FOR_EVER)]),
            rule(Class::Worker, vec![Exact("sw.js")], worker),
            rule(Class::Page, vec![Page, Exact("404.html")], page),
            rule(Class::Drawing, vec![Hashed(&["svg"])], vec![policy(DRAWING), cache(FOR_EVER)]),
            rule(Class::Media, vec![Hashed(&PICTURES), Hashed(&DOCUMENTS)], vec![cache(FOR_EVER)]),
            rule(
                Class::PlainDrawing,
                vec![Ending("svg")],
                vec![policy(DRAWING), cache(REVALIDATE)],
            ),
            rule(Class::Other, vec![Any], vec![cache(REVALIDATE)]),
        ];
        Self {
            base: source.base.to_owned(),
            everywhere: vec![
                ("X-Content-Type-Options", "nosniff".to_owned()),
                ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
            ],
            rules,
            sections: source.sections,
            hashed_in_root: source.hashed_in_root,
            old_addresses: source.old_addresses.max(source.redirects.len()),
            redirects: source.redirects,
        }
    }

    /// The rule of a path, which is relative to the base path and decoded. Every table has one for any path.
    pub fn rule_of(&self, path: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.patterns.iter().any(|it| it.matches(path)))
    }

    /// The rule of a class.
    pub(super) fn rule(&self, class: Class) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.class == class)
    }

    /// All headers that a rule's files are sent with.
    pub(super) fn headers<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = &'a Header> {
        self.everywhere.iter().chain(&rule.headers)
    }

    /// The address of a path that is relative to the base path, as a host is to send it.
    pub(super) fn location(&self, path: &str) -> String {
        [paths::strict(&self.base), paths::strict(path)].concat()
    }
}

impl Redirect {
    /// A redirect between two decoded paths of the site, with or without the slash at their begin.
    pub fn new(from: &str, to: &str) -> Self {
        let below = |path: &str| path.trim_start_matches('/').to_owned();
        Self { from: below(from), to: below(to) }
    }

    /// The paths that are led on, relative to the base path: `tin/cu/`, `tin/cu` and `tin/cu/index.html`.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let bare = self.from.strip_suffix('/');
        let more = bare.map(|bare| [bare.to_owned(), format!("{bare}/index.html")]);
        std::iter::once(self.from.clone()).chain(more.into_iter().flatten())
    }
}
