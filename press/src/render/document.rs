//! The document: head, prerendered page and data, put into the shell's `index.html`.

use anyhow::{Context as _, Result};
use broadsheet::contract::{Feed, Site};
use broadsheet::ids::{PAGE_DATA, ROOT, SITE_DATA};
use broadsheet::urls::Urls;

use super::head::Head;
use super::prerender;
use crate::html::{attribute, json_in_html};
use crate::shell::Shell;
use crate::site::csp;

/// Where `index.html` of the shell takes what the press prints.
const HEAD_MARK: &str = "<!--press:head-->";
const BODY_MARK: &str = "<!--press:body-->";
const LANGUAGE_MARK: &str = "lang=\"und\"";

/// Prints the documents of one site.
pub struct Printer<'a> {
    site: &'a Site,
    urls: &'a Urls,
    style: &'a str,
    csp: String,
    /// The document up to the head's mark, between the marks, and after the body's.
    frame: [String; 3],
    /// The inlined site and the script that starts the app, the same on every page.
    tail: String,
}

impl<'a> Printer<'a> {
    /// Prepares what all documents of a site share.
    pub fn new(site: &'a Site, urls: &'a Urls, shell: &'a Shell) -> Result<Self> {
        prerender::init();
        let language = format!("lang=\"{}\"", attribute(&site.language));
        let document = shell.document.replacen(LANGUAGE_MARK, &language, 1);
        let parts = document
            .split_once(HEAD_MARK)
            .and_then(|(start, rest)| Some((start, rest.split_once(BODY_MARK)?)));
        let (start, (middle, end)) = parts.with_context(|| {
            format!("index.html of the shell must contain {HEAD_MARK} and {BODY_MARK}")
        })?;
        let base = urls.base_path();
        let tail = format!(
            "<script type=\"application/json\" id=\"{SITE_DATA}\">{}</script>\n\
             <script data-app=\"{base}{}\" data-wasm=\"{base}{}\" data-saved-page=\"{base}{}\" data-build=\"{}\">{}</script>",
            json_in_html(&serde_json::to_string(site)?),
            shell.js.name,
            shell.wasm.name,
            shell.saved_page.name,
            shell.build_in(site),
            shell.boot
        );
        Ok(Self {
            site,
            urls,
            style: &shell.css.name,
            csp: csp::policy(shell),
            frame: [start, middle, end].map(str::to_owned),
            tail,
        })
    }

    /// The document of a page. `json` is its data as served.
    pub fn document(&self, path: &str, feed: &Feed, json: &str) -> String {
        let head = Head { site: self.site, urls: self.urls, csp: &self.csp, style: self.style };
        let [start, middle, end] = &self.frame;
        [
            start,
            &head.html(feed),
            middle,
            &format!("<div id=\"{ROOT}\">"),
            &prerender::html(self.site, feed, path),
            "</div>\n",
            &format!("<script type=\"application/json\" id=\"{PAGE_DATA}\">"),
            &json_in_html(json),
            "</script>\n",
            &self.tail,
            end,
        ]
        .concat()
    }
}
