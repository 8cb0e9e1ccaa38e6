//! Footnotes: numbered as they are mentioned, printed at the end, each with a way back.

use std::collections::HashMap;
use std::fmt::Write;

use crate::edition::body::labels::Labels;
use crate::edition::body::sanitize::OURS;

/// The footnotes of one article.
#[derive(Debug)]
pub(crate) struct Footnotes {
    labels: &'static Labels,
    /// Names and numbers of mentions, in the order of the first mention.
    mentioned: Vec<(String, usize)>,
    texts: HashMap<String, String>,
    /// Footnotes being written: their name, and the text they interrupt.
    open: Vec<(String, String)>,
}

impl Footnotes {
    pub(crate) fn new(labels: &'static Labels) -> Self {
        Self { labels, mentioned: Vec::new(), texts: HashMap::new(), open: Vec::new() }
    }

    /// Prints a mention.
    pub(crate) fn refer(&mut self, label: &str, out: &mut String) {
        let label = label.to_lowercase();
        let index = self.mentioned.iter().position(|(l, _)| *l == label);
        let index = index.unwrap_or_else(|| {
            self.mentioned.push((label, 0));
            self.mentioned.len() - 1
        });
        let Some((_, times)) = self.mentioned.get_mut(index) else {
            return;
        };
        *times += 1;
        let number = index + 1;
        let id = reference(number, *times);
        let (ours, name) = (OURS.as_str(), self.labels.footnote);
        let _ = write!(
            out,
            "<sup><a href=\"#fn-{number}\" id=\"{ours}{id}\" class=\"footnote-ref\" \
             role=\"doc-noteref\" aria-label=\"{name} {number}\">{number}</a></sup>"
        );
    }

    /// Starts the text of a footnote, which interrupts `outer`.
    pub(crate) fn open(&mut self, label: &str, outer: String) {
        self.open.push((label.to_lowercase(), outer));
    }

    /// Ends the text of a footnote and gives back what it interrupted.
    pub(crate) fn close(&mut self, text: String) -> String {
        let Some((label, outer)) = self.open.pop() else {
            return text;
        };
        self.texts.entry(label).or_default().push_str(&text);
        outer
    }

    /// Prints all footnotes.
    pub(crate) fn append_to(mut self, out: &mut String) {
        if self.texts.is_empty() {
            return;
        }
        let name = self.labels.footnotes;
        let _ = write!(
            out,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{name}\"><ol>"
        );
        for (i, (label, times)) in self.mentioned.iter().enumerate() {
            let number = i + 1;
            let text = self.texts.remove(label).unwrap_or_default();
            let backs: String = (1..=*times).map(|time| self.back(number, time)).collect();
            let text = text.trim_end();
            let (before, end) = match text.strip_suffix("</p>") {
                Some(before) => (before, "</p>"),
                None => (text, ""),
            };
            let ours = OURS.as_str();
            let _ = write!(out, "<li id=\"{ours}fn-{number}\">{before}{backs}{end}</li>");
        }
        // A note that nothing refers to is still something the author wrote.
        let mut rest: Vec<_> = self.texts.into_iter().collect();
        rest.sort();
        for (_, text) in rest {
            let _ = write!(out, "<li>{}</li>", text.trim_end());
        }
        out.push_str("</ol></section>\n");
    }

    fn back(&self, number: usize, time: usize) -> String {
        let (id, back) = (reference(number, time), self.labels.back);
        let again = match time {
            1 => String::new(),
            time => format!(" ({time})"),
        };
        format!(
            " <a href=\"#{id}\" class=\"footnote-back\" role=\"doc-backlink\" \
             aria-label=\"{back} {number}{again}\">↩</a>"
        )
    }
}

fn reference(number: usize, time: usize) -> String {
    match time {
        1 => format!("fnref-{number}"),
        time => format!("fnref-{number}-{time}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::{body::labels, body::markdown, body::sanitize};
    use crate::html::Tree;

    fn printed(text: &str) -> String {
        sanitize::clean(&markdown::to_html(text, labels::of("en")).html, false).to_html()
    }

    #[test]
    fn a_footnote_leads_there_and_back() {
        let out = printed("a[^x] b[^y] c[^x]\n\n[^y]: second\n[^x]: first");
        for part in [
            "<a href=\"#fn-1\" id=\"fnref-1\"",
            "id=\"fnref-1-2\"",
            "<li id=\"fn-1\"><p>first <a href=\"#fnref-1\"",
            "aria-label=\"Back to the reference of footnote 1 (2)\"",
            "<li id=\"fn-2\"><p>second",
        ] {
            assert!(out.contains(part), "{part} in {out}");
        }
        let tree = Tree::parse(&out);
        let elements = tree.nodes().filter_map(|node| node.value().element());
        let ids: Vec<_> = elements.filter_map(|element| element.get("id")).collect();
        let once: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!((ids.len(), once.len()), (5, 5));
    }

    #[test]
    fn a_footnote_without_a_mention_is_not_lost() {
        assert!(printed("a\n\n[^x]: lonely").contains("<li><p>lonely</p></li>"));
        assert!(printed("a[^nothing]").contains("a[^nothing]"));
    }
}
