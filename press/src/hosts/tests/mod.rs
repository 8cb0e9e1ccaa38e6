//! Each file of a host is read back, by a small model of that host, and must say what the table says.

mod apache;
mod azure;
mod caddy;
mod cloudfront;
mod hostile;
mod joined;
mod json;
mod limits;
mod nginx;
mod table;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::*;

/// What a model of a host says of a path.
pub(super) enum Said {
    /// A redirect, and where it leads.
    Moved(String),
    /// No file, whatever is there.
    Hidden,
    /// The headers that a file is sent with.
    Headers(BTreeMap<String, String>),
}

pub(super) fn redirect(from: &str, to: &str) -> Redirect {
    Redirect::new(from, to)
}

pub(super) fn source(base: &str) -> Source<'_> {
    Source {
        base,
        page_policy: "default-src 'none'; script-src 'self' 'sha256-a+/b='; frame-ancestors 'none'",
        embed_policy: "default-src 'none'; frame-ancestors 'self' https://*.bạn.example; sandbox",
        player_policy: "default-src 'none'; frame-src https://a.example; frame-ancestors 'self'",
        sections: vec!["tin".to_owned(), "the-thao".to_owned()],
        hashed_in_root: vec!["măng.1a2b3c4d.svg".to_owned()],
        redirects: vec![
            redirect("index.xml", "rss.xml"),
            redirect("tin/cu/", "tin/moi/"),
            redirect("2015/01/a.html", "tin/moi/"),
            redirect("tin/chợ nổi/", "tin/moi/"),
            redirect("v1.2/", "the-thao/bong-da/"),
            redirect("tin/$1{x}(y)'z'+&=;,@!~/", "tin/moi/"),
        ],
        old_addresses: 0,
    }
}

/// Files of a site, relative to it.
pub(super) const FILES: [&str; 38] = [
    "index.html",
    "index.json",
    "404.html",
    "page/1/index.html",
    "tin/index.html",
    "tin/page/2/index.html",
    "tin/moi/index.html",
    "tin/moi/index.json",
    "tin/moi/anh.1a2b3c4d.jpg",
    "tin/moi/hinh.0f0f0f0f.svg",
    "tin/moi/bao-cao.12345678.pdf",
    "tin/moi/tieng.12345678.mp3",
    "tin/moi/oembed.xml",
    "tin/rss.xml",
    "tin/cu/index.html",
    "tin/chợ nổi/index.html",
    "the-thao/index.html",
    "the-thao/bong-da/index.html",
    "saved/index.html",
    "offline/index.html",
    "embed/index.html",
    "embed/en/index.html",
    "embed/front.html",
    "embed/section/tin.html",
    "embed/article/tin/moi.html",
    "embed/article/tin/_index.html",
    "embed/player/youtube-1a2b3c4d1a2b3c4d.html",
    "embed.js",
    "assets/embed.1a2b3c4d.js",
    "assets/app.1a2b3c4d.css",
    "assets/app.1a2b3c4d.wasm",
    "sw.js",
    "kill-switch.js",
    "rss.xml",
    "manifest.webmanifest",
    "icons/icon-192.png",
    "icons/favicon.svg",
    "măng.1a2b3c4d.svg",
];

/// Paths as they stand in requests, relative to the base path.
pub(super) fn paths() -> Vec<String> {
    let mut paths: Vec<String> = FILES.iter().map(|it| super::paths::encoded(it)).collect();
    let folder = |it: &String| {
        it.strip_suffix("index.html")
            .filter(|it| it.is_empty() || it.ends_with('/'))
            .map(str::to_owned)
    };
    let folders: Vec<_> = paths.iter().filter_map(folder).collect();
    // `index.html` itself is nobody's address, and most hosts lead away from it.
    paths.retain(|it| folder(it).is_none());
    paths.extend(folders);
    for redirect in source("/").redirects {
        paths.extend(redirect.paths().map(|it| super::paths::encoded(&it)));
    }
    paths
}

/// Compares what a model says of every path with the table.
pub(super) fn agrees(table: &Table, host: Host, said: impl Fn(&str) -> Said) {
    for path in paths() {
        let path = [super::paths::encoded(&table.base), path].concat();
        let expected = table.answer(&path, |file| FILES.contains(&file));
        match said(&path) {
            Said::Moved(to) => assert_eq!(Some(to), expected.location, "{host}: {path}"),
            Said::Hidden => assert_eq!(expected.status, 404, "{host}: {path}"),
            Said::Headers(mut headers) => {
                assert_eq!((expected.status, &expected.location), (200, &None), "{host}: {path}");
                headers.remove("Content-Type");
                let expected: BTreeMap<String, String> =
                    expected.headers.into_iter().map(|(name, it)| (name.to_owned(), it)).collect();
                assert_eq!(headers, expected, "{host}: {path}");
            }
        }
    }
}

/// Whether a regular expression matches a text. Each is compiled once.
pub(super) fn is(regex: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, regex::Regex>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let new = || regex::Regex::new(regex).unwrap_or_else(|error| panic!("{regex}: {error}"));
        compiled.entry(regex.to_owned()).or_insert_with(new).is_match(text)
    })
}

pub(super) fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

pub(super) const BASES: [&str; 3] = ["/", "/news/", "/a.b/báo $1/"];
