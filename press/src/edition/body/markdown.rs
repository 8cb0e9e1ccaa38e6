//! Markdown into HTML. What comes out is not safe yet, and knows nothing of files and addresses.

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::edition::addresses::urls;
use crate::edition::body::footnotes::Footnotes;
use crate::edition::body::labels::Labels;
use crate::edition::body::sanitize::OURS;
use crate::html::{attribute, attribute_into};

/// An article's body as HTML.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) html: String,
    /// Whether the author wrote tags of their own.
    pub(crate) has_raw_html: bool,
}

/// What Markdown means here; other parts that look for code must read it the same way.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
}

/// The HTML of a piece of text that stands inside another element: no blocks.
pub(crate) fn inline(text: &str) -> String {
    let events = Parser::new_ext(text, options());
    let events = events.filter(|event| match event {
        Event::Start(tag) => is_inline(&tag.to_end()),
        Event::End(tag) => is_inline(tag),
        _ => true,
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    crate::text::single_spaces(&out)
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Writes Markdown as HTML.
pub(crate) fn to_html(text: &str, labels: &'static Labels) -> Body {
    let events: Vec<Event<'_>> = Parser::new_ext(text, options()).collect();
    let mut writer = HtmlWriter {
        out: String::with_capacity(text.len() * 5 / 4),
        labels,
        footnotes: Footnotes::new(labels),
        columns: Vec::new(),
        column: 0,
        in_head: false,
        has_raw_html: false,
    };
    writer.write(&events);
    let HtmlWriter { mut out, footnotes, has_raw_html, .. } = writer;
    footnotes.append_to(&mut out);
    Body { html: out, has_raw_html }
}

struct HtmlWriter {
    out: String,
    labels: &'static Labels,
    footnotes: Footnotes,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_raw_html: bool,
}

impl HtmlWriter {
    fn write(&mut self, events: &[Event<'_>]) {
        let mut rest = events;
        while let Some((event, tail)) = rest.split_first() {
            rest = tail;
            match event {
                Event::Start(Tag::Paragraph) => {
                    let end = tail.iter().position(|e| *e == Event::End(TagEnd::Paragraph));
                    let (inner, tail) = tail.split_at(end.unwrap_or(tail.len()));
                    self.paragraph(inner);
                    rest = tail.get(1..).unwrap_or_default();
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let (alt, tail) = alt(tail);
                    self.picture(dest_url, &alt, title);
                    rest = tail;
                }
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => attribute_into(&mut self.out, text),
                Event::Code(code) => {
                    self.out.push_str("<code>");
                    attribute_into(&mut self.out, code);
                    self.out.push_str("</code>");
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.has_raw_html = true;
                    self.out.push_str(html);
                }
                Event::FootnoteReference(label) => self.footnotes.refer(label, &mut self.out),
                Event::SoftBreak => self.out.push('\n'),
                Event::HardBreak => self.out.push_str("<br>"),
                Event::Rule => self.out.push_str("<hr>"),
                Event::TaskListMarker(done) => {
                    let sign = if *done { "☑" } else { "☐" };
                    let words = if *done { self.labels.done } else { self.labels.open };
                    let label = attribute(words);
                    self.out.push_str(&format!(
                        "<span role=\"img\" aria-label=\"{label}\">{sign}</span> "
                    ));
                }
                Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
        }
    }

    fn paragraph(&mut self, inner: &[Event<'_>]) {
        let Some(title) = lone_picture(inner) else {
            self.out.push_str("<p>");
            self.write(inner);
            self.out.push_str("</p>\n");
            return;
        };
        self.out.push_str("<figure>");
        // The title is the caption; a tooltip that repeats it would be read out twice.
        let untitled: Vec<Event<'_>> = inner.iter().map(without_title).collect();
        self.write(&untitled);
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            attribute_into(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    fn picture(&mut self, url: &str, alt: &str, title: &str) {
        let (url, alt) = (attribute(url), attribute(alt));
        self.out.push_str(&format!("<img src=\"{url}\" alt=\"{alt}\""));
        if !title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", attribute(title)));
        }
        self.out.push('>');
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let open = match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.as_deref().map(|id| format!(" id=\"{}{}\"", *OURS, attribute(id)));
                self.out.push_str(&format!("<{level}{}>", id.unwrap_or_default()));
                return;
            }
            Tag::CodeBlock(kind) => return self.code_block(kind),
            Tag::List(Some(1)) => "<ol>",
            Tag::List(Some(start)) => {
                self.out.push_str(&format!("<ol start=\"{start}\">"));
                return;
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.link(*link_type, dest_url, title);
            }
            Tag::FootnoteDefinition(label) => {
                return self.footnotes.open(label, std::mem::take(&mut self.out));
            }
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                "<table>"
            }
            Tag::TableHead => {
                (self.column, self.in_head) = (0, true);
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.column = 0;
                "<tr>"
            }
            Tag::TableCell => return self.cell(),
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::List(None) => "<ul>",
            Tag::Item => "<li>",
            Tag::DefinitionList => "<dl>",
            Tag::DefinitionListTitle => "<dt>",
            Tag::DefinitionListDefinition => "<dd>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            _ => "",
        };
        self.out.push_str(open);
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Heading(level) => {
                self.out.push_str(&format!("</{level}>\n"));
                return;
            }
            TagEnd::FootnoteDefinition => {
                self.out = self.footnotes.close(std::mem::take(&mut self.out));
                return;
            }
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>"
            }
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::TableRow => "</tr>",
            TagEnd::Table => "</tbody></table>",
            TagEnd::CodeBlock => "</code></pre>",
            TagEnd::BlockQuote(_) => "</blockquote>",
            TagEnd::List(true) => "</ol>",
            TagEnd::List(false) => "</ul>",
            TagEnd::Item => "</li>",
            TagEnd::DefinitionList => "</dl>",
            TagEnd::DefinitionListTitle => "</dt>",
            TagEnd::DefinitionListDefinition => "</dd>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => "</a>",
            _ => "",
        };
        self.out.push_str(close);
        if matches!(
            tag,
            TagEnd::Table | TagEnd::CodeBlock | TagEnd::BlockQuote(_) | TagEnd::List(_)
        ) {
            self.out.push('\n');
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.out.push_str("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split([' ', ',', '{', '\t']).next()
            && !language.is_empty()
        {
            let language = attribute(&language.to_lowercase());
            self.out.push_str(&format!(" class=\"language-{language}\""));
        }
        self.out.push('>');
    }

    fn link(&mut self, kind: LinkType, url: &CowStr<'_>, title: &CowStr<'_>) {
        let mail = if kind == LinkType::Email { "mailto:" } else { "" };
        let url = attribute(url);
        self.out.push_str(&format!("<a href=\"{mail}{url}\""));
        if !title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", attribute(title)));
        }
        self.out.push('>');
    }

    fn cell(&mut self) {
        let tag = if self.in_head { "<th" } else { "<td" };
        let side = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.column += 1;
        self.out.push_str(tag);
        self.out.push_str(side);
        self.out.push('>');
    }
}

/// The text of a picture up to its end, and what follows.
fn alt<'e, 'a>(events: &'e [Event<'a>]) -> (String, &'e [Event<'a>]) {
    let mut text = String::new();
    let mut depth = 1_usize;
    for (i, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(t) | Event::Code(t) => text.push_str(t),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
        if depth == 0 {
            return (text, events.get(i + 1..).unwrap_or_default());
        }
    }
    (text, &[])
}

/// The title of the picture that is alone in a paragraph, linked or not.
fn lone_picture<'e>(events: &'e [Event<'_>]) -> Option<&'e str> {
    let (url, title, tail) = match events {
        [Event::Start(Tag::Image { dest_url, title, .. }), tail @ ..] => (dest_url, title, tail),
        [
            Event::Start(Tag::Link { .. }),
            Event::Start(Tag::Image { dest_url, title, .. }),
            tail @ ..,
            Event::End(TagEnd::Link),
        ] => (dest_url, title, tail),
        _ => return None,
    };
    let (_, after) = alt(tail);
    // A picture of another site becomes a link, and a figure of a link is none.
    (after.is_empty() && !urls::is_foreign(url)).then_some(title)
}

fn without_title<'a>(event: &Event<'a>) -> Event<'a> {
    let mut event = event.clone();
    if let Event::Start(Tag::Image { title, .. }) = &mut event {
        *title = CowStr::Borrowed("");
    }
    event
}

#[cfg(test)]
#[path = "../tests/markdown.rs"]
mod tests;
