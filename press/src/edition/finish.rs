//! The last pass over an article's clean HTML: pictures get their addresses and sizes, links their targets,
//! headings their ids, tables and code what the keyboard needs.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::article::{BundleFile, Picture};
use super::article_file::ArticleFile;
use super::headings::{self, Plan};
use super::html::{self, Piece, Tag, escape, escape_into};
use super::labels::Labels;
use super::links::Linker;
use super::names;
use super::problem::Notes;
use super::urls;

/// Browsers flatten what is nested deeper than some hundreds; no article is.
const DEEPEST: usize = 200;

/// An article's body, ready to print.
#[derive(Debug, Default)]
pub(super) struct Finished {
    pub(super) html: String,
    pub(super) words: usize,
    pub(super) pictures: Vec<Shown>,
    pub(super) files: Vec<BundleFile>,
}

/// A picture of this edition that the body shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) file: PathBuf,
    pub(super) picture: Picture,
    pub(super) in_figure: bool,
}

/// Finishes clean HTML. `lead` is the picture that the article's front matter names.
pub(super) fn finish(
    html: &str,
    linker: &Linker<'_>,
    labels: &Labels,
    text: &ArticleFile,
    lead: Option<&Path>,
    notes: &mut Notes,
) -> Finished {
    let plan = headings::plan(html);
    let mut finisher = Finisher {
        out: Finished { html: String::with_capacity(html.len() * 9 / 8), ..Finished::default() },
        linker,
        labels,
        text,
        lead,
        notes,
        heading: 0,
        open_headings: Vec::new(),
        plan: &plan,
        ids: HashSet::new(),
        missing: HashSet::new(),
        in_word: false,
        depth: 0,
        blocks: 0,
        tables: 0,
        shown_tables: 0,
        links: 0,
        in_head: false,
        figure: None,
    };
    for piece in html::pieces(html) {
        finisher.piece(piece);
    }
    finisher.out
}

#[derive(Debug)]
pub(super) struct Finisher<'a> {
    pub(super) out: Finished,
    pub(super) linker: &'a Linker<'a>,
    pub(super) labels: &'a Labels,
    pub(super) text: &'a ArticleFile,
    pub(super) lead: Option<&'a Path>,
    pub(super) notes: &'a mut Notes,
    plan: &'a Plan,
    heading: usize,
    open_headings: Vec<usize>,
    ids: HashSet<String>,
    pub(super) missing: HashSet<String>,
    in_word: bool,
    depth: usize,
    pub(super) blocks: usize,
    tables: usize,
    /// How many tables there were.
    shown_tables: usize,
    pub(super) links: usize,
    in_head: bool,
    pub(super) figure: Option<Figure>,
}

/// A figure whose end has not come yet.
#[derive(Debug, Default)]
pub(super) struct Figure {
    first: usize,
    caption: String,
    credit: String,
    in_caption: bool,
    in_credit: bool,
}

impl Finisher<'_> {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Start(tag) => {
                self.blocks += usize::from(self.depth == 0);
                self.depth += usize::from(!tag.is_void());
                if self.depth == DEEPEST + 1 {
                    self.notes.error(
                        None,
                        format!("the text is nested more than {DEEPEST} levels deep"),
                        "look for tags that are never closed, and for long runs of \">\" or \"-\"",
                    );
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
                    self.shown_tables += 1;
                    // Regions of a page need names of their own (WAI-ARIA Practices, "Landmark Regions").
                    let number = match self.shown_tables {
                        1 => String::new(),
                        number => format!(" {number}"),
                    };
                    let label = self.labels.table;
                    let class = names::class("table");
                    self.out.html.push_str(&format!(
                        "<div class=\"{class}\" role=\"region\" tabindex=\"0\" aria-label=\"{label}{number}\">"
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
            escape_into(out, &urls::encoded(&target.href));
            out.push('"');
            if target.foreign {
                out.push_str(" rel=\"noopener\"");
            }
            self.out.files.extend(target.file.as_deref().map(BundleFile::linked));
            if let Some((what, fix)) = target.problem
                && self.missing.insert(target.href)
            {
                let written = tag.get("href").unwrap_or_default();
                self.notes.error(self.text.line_of(&written), what, fix);
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
