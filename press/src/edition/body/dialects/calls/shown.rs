//! What a call becomes: a picture, a link to a film, an address.

use super::Calls;
use super::blocks::{Block, Open};
use crate::edition::body::dialects::args::Args;
use crate::edition::body::dialects::expression::{self, Value};
use crate::edition::body::dialects::lined_text::line_before;
use crate::edition::body::dialects::marks::{self, Kind, Mark};
use crate::edition::body::dialects::place::Place;
use crate::edition::body::dialects::{embed, figure};
use crate::edition::diagnostics::Problem;

impl<'a> Calls<'a, '_> {
    /// Shows a picture or a link to a film. `false` where the call is of another kind.
    pub(super) fn shown(&mut self, name: &str, args: &Args<'_>, mark: &Mark<'a>) -> bool {
        if self.in_code {
            return false;
        }
        if figure::is_one(name) {
            self.picture(name, args, mark);
            return true;
        }
        let exists = self.context.exists;
        let Some(embed) = embed::Embed::read(name, args, exists)
            .filter(|_| embed::is_one(name) || !name.is_empty())
        else {
            return false;
        };
        match self.place() {
            Place::Words => self.push(&embed.html()),
            _ => self.push(&embed.url),
        }
        true
    }

    fn picture(&mut self, name: &str, args: &Args<'_>, mark: &Mark<'a>) {
        let exists = |src: &str| self.picture_file(src).is_some();
        let figure = figure::Figure::read(args, &exists);
        let src = figure.as_ref().and_then(|figure| self.picture_file(figure.src));
        let (Some(figure), Some(src)) = (figure, src) else {
            self.report(Problem::ShortcodeWithoutPicture { name: name.to_owned() });
            self.unlink(mark);
            return;
        };
        let out = self.out.last().map(|out| out.text.as_str()).unwrap_or_default();
        let after = self.text.get(mark.end..).unwrap_or_default();
        let blank = after.bytes().find(|b| !matches!(b, b' ' | b'\t'));
        let alone = line_before(out, out.len(), 200).trim().is_empty()
            && matches!(blank, None | Some(b'\n'));
        match self.place() {
            Place::Words => self.push(&figure.html(&src, alone)),
            _ => self.push(&src),
        }
    }

    /// The address of a picture that is there: as it is written, or from the edition's root.
    fn picture_file(&self, src: &str) -> Option<String> {
        let src = match src.strip_prefix("page.") {
            Some(name) => (self.context.value)(name)?,
            None => self.resolved(src)?,
        };
        let rooted = format!("/{}", src.trim_start_matches('/'));
        [src, rooted].into_iter().find(|src| !src.is_empty() && (self.context.exists)(src))
    }

    /// An argument with its own marks replaced, if all of them are known.
    fn resolved(&self, text: &str) -> Option<String> {
        let (mut out, mut done) = (String::new(), 0);
        while let Some(at) = marks::next(text, done) {
            let mark = marks::read(text, at).filter(|mark| mark.kind == Kind::Output)?;
            out.push_str(text.get(done..at)?);
            match expression::value(mark.inner, self.context, &self.set) {
                Value::Text(text) | Value::Literal(text) | Value::Address(text) => {
                    out.push_str(&text)
                }
                Value::SiteAddress => {}
                Value::Unknown => return None,
            }
            done = mark.end;
        }
        out.push_str(text.get(done..)?);
        Some(out)
    }

    pub(super) fn refer(&mut self, written: &str, mark: &Mark<'a>) -> usize {
        let named = |written: &String| !written.is_empty() && !written.contains(['{', '}']);
        match self.resolved(written).filter(named) {
            Some(written) => self.address(&expression::reference(&written), &written, mark),
            None => self.left_out("link", mark),
        }
    }

    /// Prints an address; among words, where readers could not use it, as a link.
    pub(super) fn address(&mut self, address: &str, words: &str, mark: &Mark<'a>) -> usize {
        let captured = matches!(self.open.last(), Some(Open { block: Block::Capture(_), .. }));
        match self.place() {
            Place::Words if !self.in_code && !captured => {
                let words = words.replace(['[', ']'], "");
                self.push(&format!("[{words}]({address})"));
            }
            _ => self.push(address),
        }
        mark.end
    }
}
