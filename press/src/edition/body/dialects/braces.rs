//! Parts of a text in braces, read from the inside out: what is cut out of a part leaves no new part that nobody
//! has looked at.

use crate::edition::body::dialects::lined_text::{makes_braces, makes_name};

/// A part in braces, and what is left of the text around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) before: &'a str,
    pub(crate) inner: &'a str,
    /// Whether nothing follows in its line.
    pub(crate) is_last: bool,
    /// Where its first brace stands in the whole text, and where its last one does.
    pub(crate) at: (usize, usize),
}

/// The text without some of its parts in braces, none of which is longer than `longest`. `opens` says of an offset
/// whether a part may begin there, `instead` what stands in the place of a part; `None` leaves it.
pub(crate) fn cut(
    text: &str,
    longest: usize,
    opens: impl Fn(usize) -> bool,
    mut instead: impl FnMut(Part<'_>) -> Option<String>,
) -> String {
    let mut kept = Kept::default();
    // Where parts begin that have not ended: in what is kept, and in the text.
    let mut begun: Vec<(usize, usize)> = Vec::new();
    let mut done = 0;
    for (at, brace) in text.match_indices(['{', '}']) {
        kept.push(text.get(done..at).unwrap_or_default());
        done = at + 1;
        if brace == "{" {
            kept.push(brace);
            match opens(at) {
                true => begun.push((kept.text.len() - 1, at)),
                false => begun.clear(),
            }
            continue;
        }
        let rest = text.get(done..).unwrap_or_default();
        let is_last = rest.chars().take_while(|c| *c != '\n').all(char::is_whitespace);
        let cut = begun.pop().and_then(|(start, first)| {
            let (before, inner) = (kept.text.get(..start)?, kept.text.get(start + 1..)?);
            let part = Part { before, inner, is_last, at: (first, at) };
            Some((start, if inner.len() <= longest { instead(part)? } else { return None }))
        });
        match cut {
            Some((start, instead)) => kept.replace(start, is_last, &instead),
            None => {
                // A part that stays is in the way of all parts around it.
                begun.clear();
                kept.push(brace);
            }
        }
    }
    kept.push(text.get(done..).unwrap_or_default());
    kept.text
}

/// What is left of a text.
#[derive(Debug, Default)]
struct Kept {
    text: String,
    was_cut: bool,
}

impl Kept {
    /// Adds text. What was cut out before it makes no mark of its neighbours.
    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.was_cut && (makes_braces(&self.text, text) || makes_name(&self.text, text)) {
            self.text.push(' ');
        }
        self.was_cut = false;
        self.text.push_str(text);
    }

    /// Puts a text in the place of all from `start`, and of the blanks before it where a line ends.
    fn replace(&mut self, start: usize, is_last: bool, instead: &str) {
        self.text.truncate(start);
        if is_last {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        self.text.push_str(instead);
        self.was_cut = true;
    }
}
