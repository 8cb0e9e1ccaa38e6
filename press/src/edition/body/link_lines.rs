//! The lines on which links stand in an article's file. They are looked for only where a link is to be complained of.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Parser, Tag};
use serde::{Deserialize, Serialize};

use crate::edition::article_file::ArticleFile;
use crate::edition::body::markdown;

/// What the dialects make of a reference to an article.
pub(crate) const REFERENCE: &str = "@ref/";

/// A link: what was written, and which of those that were written alike it is, counted from nought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) written: String,
    pub(crate) nth: usize,
}

/// The lines of all links of a body, by what was written, in their order.
#[derive(Debug, Default)]
pub(crate) struct Lines(HashMap<String, Vec<usize>>);

impl Lines {
    /// Looks through a body.
    pub(crate) fn of(text: &ArticleFile) -> Self {
        let body = text.body();
        let mut lines = Self::default();
        let (mut line, mut counted) = (text.body_line(), 0);
        let mut add = |at: usize, href: &str| {
            // Links come in their order, but for one inside another's words.
            if let Some(new) = body.get(counted..at) {
                line += new.bytes().filter(|b| *b == b'\n').count();
                counted = at;
            }
            lines.0.entry(plain(href).into_owned()).or_default().push(line);
        };
        for (event, range) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let inside = body.get(range.clone()).and_then(|it| it.rfind(&*dest_url));
                    add(range.start + inside.unwrap_or(0), &dest_url);
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    for (at, href) in hrefs(&html) {
                        add(range.start + at, &href.replace("&amp;", "&"));
                    }
                }
                _ => {}
            }
        }
        lines
    }

    /// The line of a link, as well as it is known.
    pub(crate) fn line(&self, text: &ArticleFile, link: &Link) -> Option<usize> {
        let lines = self.0.get(&*plain(&link.written));
        let line = lines.and_then(|lines| lines.get(link.nth).or_else(|| lines.last()));
        line.copied().or_else(|| {
            let name = link.written.split(REFERENCE).last().unwrap_or_default();
            text.line_of(name.split('#').next().unwrap_or(name))
        })
    }
}

/// An address without percent-encoding: printed Markdown has more of it than the author wrote.
fn plain(href: &str) -> Cow<'_, str> {
    percent_decode_str(href.trim()).decode_utf8().unwrap_or(Cow::Borrowed(href))
}

/// The values of `href` in HTML as an author wrote it, and where they stand.
fn hrefs(html: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    for (at, name) in html.match_indices("href=") {
        let start = at + name.len();
        let value = html.get(start..).unwrap_or_default();
        let end = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..).and_then(|it| it.split(quote).next()),
            _ => value.split([' ', '>', '\n']).next(),
        };
        all.extend(end.map(|href| (start, href)));
    }
    all
}
