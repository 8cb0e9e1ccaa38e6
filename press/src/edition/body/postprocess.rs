//! The last pass over an article's clean HTML: pictures get their addresses and sizes, links their targets,
//! headings their ids, tables and code what the keyboard needs.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::edition::article::{BundleFile, Picture};
use crate::edition::article_file::ArticleFile;
use crate::edition::body::headings::{self, Plan};
use crate::edition::body::html::{self, Piece, Tag, escape, escape_into};
use crate::edition::body::labels::Labels;
use crate::edition::body::links::Linker;
use crate::edition::body::names;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;

/// Browsers flatten what is nested deeper than some hundreds; no article is.
const DEEPEST: usize = 200;

/// An article's body, ready to print.
#[derive(Debug, Default)]
pub(crate) struct Processed {
    pub(crate) html: String,
    pub(crate) words: usize,
    pub(crate) pictures: Vec<Shown>,
    pub(crate) files: Vec<BundleFile>,
}

/// A picture of this edition that the body shows.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) file: PathBuf,
    pub(crate) picture: Picture,
    pub(crate) in_figure: bool,
}

/// Finishes clean HTML. `lead` is the picture that the article's front matter names.
pub(crate) fn finish(
    html: &str,
    linker: &Linker<'_>,
    labels: &Labels,
    text: &ArticleFile,
    lead: Option<&Path>,
    diagnostics: &mut FileDiagnostics,
) -> Processed {
    let plan = headings::plan(html);
    let mut postprocessor = Postprocessor {
        out: Processed { html: String::with_capacity(html.len() * 9 / 8), ..Processed::default() },
        linker,
        labels,
        text,
        lead,
        diagnostics,
        heading: 0,
        open_headings: Vec::new(),
        plan: &plan,
        ids: HashSet::new(),
        missing: HashSet::new(),
        in_word: false,
        depth: 0,
        blocks: 0,
        tables: 0,
        links: 0,
        in_head: false,
        figure: None,
    };
    for piece in html::pieces(html) {
        postprocessor.piece(piece);
    }
    postprocessor.out
}

#[derive(Debug)]
pub(crate) struct Postprocessor<'a> {
    pub(crate) out: Processed,
    pub(crate) linker: &'a Linker<'a>,
    pub(crate) labels: &'a Labels,
    pub(crate) text: &'a ArticleFile,
    pub(crate) lead: Option<&'a Path>,
    pub(crate) diagnostics: &'a mut FileDiagnostics,
    plan: &'a Plan,
    heading: usize,
    open_headings: Vec<usize>,
    ids: HashSet<String>,
    pub(crate) missing: HashSet<String>,
    in_word: bool,
    depth: usize,
    pub(crate) blocks: usize,
    tables: usize,
    pub(crate) links: usize,
    in_head: bool,
    pub(crate) figure: Option<Figure>,
}

/// A figure whose end has not come yet.
#[derive(Debug, Default)]
pub(crate) struct Figure {
    first: usize,
    caption: String,
    credit: String,
    in_caption: bool,
    in_credit: bool,
}

impl Postprocessor<'_> {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Start(tag) => {
                self.blocks += usize::from(self.depth == 0);
                self.depth += usize::from(!tag.is_void());
                if self.depth == DEEPEST + 1 {
                    self.diagnostics.push(None, Problem::Nested { levels: DEEPEST });
                }
                self.in_word &= is_inline(tag.name);
                self.start(&tag);
            }
            Piece::End { name, raw } => {
                self.depth = self.depth.saturating_sub(1);
                self.in_word &= is_inline(name);
                self.end(name, raw);
            }
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let blank = c.is_whitespace();
            self.out.words += usize::from(!blank && !self.in_word);
            self.in_word = !blank;
        }
        if let Some(figure) = self.figure.as_mut().filter(|f| f.in_caption) {
            match figure.in_credit {
                true => figure.credit.push_str(text),
                false => figure.caption.push_str(text),
            }
        }
        self.out.html.push_str(text);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "img" => return self.picture(tag),
            "a" => return self.link(tag),
            "pre" => return self.print(tag, "pre", " tabindex=\"0\""),
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    let label = self.labels.table;
                    let class = names::class("table");
                    self.out.html.push_str(&format!(
                        "<div class=\"{class}\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
                    ));
                }
            }
            "thead" => self.in_head = true,
            "th" if self.in_head && tag.get("scope").is_none() => {
                return self.print(tag, "th", " scope=\"col\"");
            }
            "figure" => {
                self.figure = Some(Figure { first: self.out.pictures.len(), ..Figure::default() });
            }
            "figcaption" => self.caption(|figure| figure.in_caption = true),
            "small" => self.caption(|figure| figure.in_credit = true),
            name if headings::level(name).is_some() => return self.heading(tag),
            _ => {}
        }
        self.print(tag, tag.name, "");
    }

    fn end(&mut self, name: &str, raw: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "thead" => self.in_head = false,
            "figcaption" => self.caption(|figure| figure.in_caption = false),
            "small" => self.caption(|figure| figure.in_credit = false),
            "figure" => self.end_figure(),
            _ if headings::level(name).is_some() => {
                if let Some(level) = self.open_headings.pop() {
                    self.out.html.push_str(&format!("</h{level}>"));
                    return;
                }
            }
            _ => {}
        }
        self.out.html.push_str(raw);
        if name == "table" {
            self.tables = self.tables.saturating_sub(1);
            if self.tables == 0 {
                self.out.html.push_str("</div>");
            }
        }
    }

    /// Prints a start tag under the name `name` with `more` attributes; a second element of one id loses it.
    fn print(&mut self, tag: &Tag<'_>, name: &str, more: &str) {
        if more.is_empty() && name == tag.name && !tag.raw.contains(" id=\"") {
            self.out.html.push_str(tag.raw);
            return;
        }
        self.out.html.push('<');
        self.out.html.push_str(name);
        self.out.html.push_str(more);
        for (key, value) in tag.attributes() {
            self.attribute(key, &value);
        }
        self.out.html.push('>');
    }

    /// Prints an attribute; of two elements with one id only the first keeps it.
    fn attribute(&mut self, key: &str, value: &str) {
        let value = if key == "id" { names::id(value) } else { value.into() };
        if key != "id" || self.ids.insert(value.to_string()) {
            self.out.html.push_str(&format!(" {key}=\"{}\"", escape(&value)));
        }
    }

    fn heading(&mut self, tag: &Tag<'_>) {
        let Some(heading) = self.plan.headings.get(self.heading) else {
            return self.print(tag, tag.name, "");
        };
        self.heading += 1;
        self.open_headings.push(heading.level);
        self.out.html.push_str(&format!("<h{}", heading.level));
        self.attribute("id", &heading.id);
        for (key, value) in tag.attributes().filter(|(key, _)| *key != "id") {
            self.attribute(key, &value);
        }
        self.out.html.push('>');
    }

    fn link(&mut self, tag: &Tag<'_>) {
        self.links += 1;
        let target = tag.get("href").and_then(|href| self.linker.target(&href, self.plan));
        let out = &mut self.out.html;
        out.push_str("<a");
        if let Some(target) = target {
            out.push_str(" href=\"");
            escape_into(out, &target.href);
            out.push('"');
            if target.foreign {
                out.push_str(" rel=\"noopener\"");
            }
            self.out.files.extend(target.file.as_deref().map(BundleFile::linked));
            if let Some(problem) = target.problem
                && self.missing.insert(target.href)
            {
                let written = tag.get("href").unwrap_or_default();
                self.diagnostics.push(self.text.line_of(&written), problem);
            }
        }
        for (key, value) in tag.attributes().filter(|(key, _)| *key != "href") {
            self.attribute(key, &value);
        }
        self.out.html.push('>');
    }

    fn caption(&mut self, change: impl FnOnce(&mut Figure)) {
        if let Some(figure) = &mut self.figure {
            change(figure);
        }
    }

    fn end_figure(&mut self) {
        let Some(figure) = self.figure.take() else {
            return;
        };
        let words = |html: &str| Some(html::text(html)).filter(|text| !text.is_empty());
        let (caption, credit) = (words(&figure.caption), words(&figure.credit));
        for shown in self.out.pictures.iter_mut().skip(figure.first) {
            shown.picture.caption.clone_from(&caption);
            shown.picture.credit.clone_from(&credit);
        }
    }
}

fn is_inline(name: &str) -> bool {
    let inline = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
        "wbr",
    ];
    inline.contains(&name)
}
