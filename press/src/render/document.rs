//! The document: head, prerendered page and data, put into the shell's `index.html`.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use broadsheet::contract::{Feed, Site};
use broadsheet::ids::{PAGE_DATA, ROOT, SITE_DATA};
use broadsheet::urls::Urls;

use super::head::Head;
use super::prerender;
use crate::edition::direction;
use crate::html::{attribute, json_in_html, json_into};
use crate::shell::Shell;
use crate::site::csp;

/// Where `index.html` of the shell takes what the press prints.
const HEAD_MARK: &str = "<!--press:head-->";
const BODY_MARK: &str = "<!--press:body-->";
const LANGUAGE_MARK: &str = "lang=\"und\"";
/// Most documents are shorter, in bytes.
const LENGTH: usize = 1 << 15;

/// Prints the documents of one site.
pub struct Printer<'a> {
    site: Arc<Site>,
    urls: &'a Urls,
    style: &'a str,
    csp: String,
    /// The document up to the language's mark, to the head's, to the body's, and to its end.
    frame: [String; 4],
    /// The root element: all in it is in the newspaper's language unless it says otherwise.
    root: String,
    /// The inlined site, the rules for fetching ahead and the script that starts the app, the same on every page.
    tail: String,
}

impl<'a> Printer<'a> {
    /// Prepares what all documents of a site share.
    pub fn new(site: &'a Site, urls: &'a Urls, shell: &'a Shell) -> Result<Self> {
        prerender::init();
        let mut rest = shell.document.as_str();
        let mut part = |mark: &str| {
            let parts = rest.split_once(mark);
            let (part, after) = parts.with_context(|| {
                format!("index.html of the shell must contain {mark}, in order")
            })?;
            rest = after;
            anyhow::Ok(part.to_owned())
        };
        let [start, head, body] = [part(LANGUAGE_MARK)?, part(HEAD_MARK)?, part(BODY_MARK)?];
        let language = attribute(&site.language);
        let base = urls.base_path();
        let tail = format!(
            "<script type=\"application/json\" id=\"{SITE_DATA}\">{}</script>\n\
             <script type=\"speculationrules\">{}</script>\n\
             <script data-app=\"{base}{}\" data-wasm=\"{base}{}\" data-saved-page=\"{base}{}\" data-player=\"{base}{}\" data-viewer=\"{base}{}\" data-build=\"{}\">{}</script>",
            json_in_html(&serde_json::to_string(site)?),
            csp::FETCHED_AHEAD,
            shell.js.name,
            shell.wasm.name,
            shell.saved_page.name,
            shell.player.name,
            shell.viewer.name,
            shell.build_in(site),
            shell.boot
        );
        Ok(Self {
            site: Arc::new(site.clone()),
            urls,
            style: &shell.css.name,
            csp: csp::policy(shell),
            frame: [start, head, body, rest.to_owned()],
            root: format!("<div id=\"{ROOT}\" lang=\"{language}\">"),
            tail,
        })
    }

    /// All that a document is made of besides the data of its page and the code of the press.
    pub fn shared(&self) -> impl Iterator<Item = &str> {
        let parts = [self.style, &self.csp, &self.root, &self.tail];
        parts.into_iter().chain(self.frame.iter().map(String::as_str))
    }

    /// The document of a page. `json` is its data as served.
    pub fn document(&self, feed: &Arc<Feed>, json: &str) -> String {
        let head = Head { site: &self.site, urls: self.urls, csp: &self.csp, style: self.style };
        let [start, before_head, before_body, end] = &self.frame;
        // The layout is the newspaper's, whatever the language of an article.
        let rtl = if direction(&self.site.language) == "rtl" { " dir=\"rtl\"" } else { "" };
        let mut out = String::with_capacity(LENGTH);
        out.extend([start, "lang=\"", &attribute(&feed.language), "\"", rtl, before_head]);
        head.write(&mut out, feed);
        out.extend([before_body.as_str(), &self.root]);
        prerender::write(&mut out, &self.site, feed);
        out.extend(["</div>\n<script type=\"application/json\" id=\"", PAGE_DATA, "\">"]);
        json_into(&mut out, json);
        out.extend(["</script>\n", &self.tail, end]);
        out
    }
}
