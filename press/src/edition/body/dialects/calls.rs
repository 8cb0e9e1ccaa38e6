//! Runs over the marks of template languages: references become addresses, pictures and films become HTML, values
//! that are known are said. What is left is taken out, and its line is told.

mod blocks;
mod shown;

use std::collections::HashMap;
use std::ops::Range;

use crate::edition::body::dialects::args::Args;
use crate::edition::body::dialects::expression::{self, Value};
use crate::edition::body::dialects::lined_text::{LinedText, Lines, holding};
use crate::edition::body::dialects::marks::{self, Kind, Mark};
use crate::edition::body::dialects::place::{self, Place};
use crate::edition::body::dialects::{Context, code, runs_in_code};
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::html::attribute;
use blocks::{Block, Open};

/// Translates all marks of a text. Of code only those that run in code are.
pub(crate) fn translate(
    source: &LinedText,
    context: &Context<'_>,
    diagnostics: &mut FileDiagnostics,
) -> LinedText {
    let mut calls = Calls {
        text: &source.text,
        context,
        diagnostics,
        lines: Lines::new(source),
        out: vec![LinedText::default()],
        open: Vec::new(),
        counts: HashMap::new(),
        set: HashMap::new(),
        muted: 0,
        line: 0,
        in_code: false,
    };
    calls.run(source, &code::ranges(&source.text));
    calls.done()
}

/// How far the end of a gallery is looked for, in bytes.
const LONGEST_GALLERY: usize = 20_000;

struct Calls<'a, 'd> {
    text: &'a str,
    context: &'d Context<'d>,
    diagnostics: &'d mut FileDiagnostics,
    lines: Lines<'a>,
    /// The last one is written to; those below wait for the end of a block.
    out: Vec<LinedText>,
    open: Vec<Open<'a>>,
    counts: HashMap<&'a str, usize>,
    set: HashMap<String, String>,
    /// How many of the open blocks are left out.
    muted: usize,
    line: usize,
    in_code: bool,
}

impl<'a> Calls<'a, '_> {
    fn run(&mut self, source: &LinedText, code: &[Range<usize>]) {
        let (mut from, mut done) = (0, 0);
        while let Some(at) = marks::next(self.text, from) {
            if let Some(literal) = holding(&source.literal, at) {
                from = literal.end;
                continue;
            }
            self.in_code = holding(code, at).is_some();
            let mark = marks::read(self.text, at);
            let runs = mark.is_some_and(|mark| runs_in_code(self.context.generator, &mark));
            if self.in_code && !runs {
                from = at + 2;
                continue;
            }
            let line = self.lines.at(done);
            self.push_from(done..at, line);
            self.line = self.lines.at(at);
            done = match mark {
                Some(mark) => self.mark(at, &mark).max(mark.end),
                None => {
                    let mark = marks::opening(self.text, at);
                    self.report(Problem::TemplateWithoutEnd { mark });
                    at + mark.len()
                }
            };
            from = done;
        }
        let line = self.lines.at(done);
        self.push_from(done..self.text.len(), line);
    }

    /// The whole text. Of blocks without an end no word is lost.
    fn done(mut self) -> LinedText {
        while self.out.len() > 1 {
            if let (Some(inner), Some(outer)) = (self.out.pop(), self.out.last_mut()) {
                outer.append(&inner);
            }
        }
        self.out.pop().unwrap_or_default()
    }

    fn push_from(&mut self, range: Range<usize>, line: usize) {
        let text = self.text.get(range).unwrap_or_default();
        self.out.last_mut().unwrap_or(&mut LinedText::default()).push(text, line);
    }

    pub(super) fn push(&mut self, text: &str) {
        let line = self.line;
        self.out.last_mut().unwrap_or(&mut LinedText::default()).push(text, line);
    }

    pub(super) fn report(&mut self, problem: Problem) {
        if self.muted == 0 {
            self.diagnostics.push(self.line, problem);
        }
    }

    pub(super) fn place(&self) -> Place {
        let captured = matches!(self.open.last(), Some(Open { block: Block::Capture(_), .. }));
        match self.out.last() {
            Some(out) if !self.in_code && !captured => place::of(&out.text),
            _ => Place::Words,
        }
    }

    /// Translates a mark and gives back where to go on.
    fn mark(&mut self, at: usize, mark: &Mark<'a>) -> usize {
        match mark.kind {
            Kind::Output => match marks::split_name(mark.inner) {
                Some((name, rest)) if rest.starts_with('(') && rest.ends_with(')') => {
                    self.call(name, rest, at, mark)
                }
                _ => self.value(at, mark),
            },
            Kind::Tag | Kind::Shortcode => {
                let inner = mark.inner;
                if let Some(name) = inner.strip_prefix('/') {
                    return self.close(name.trim(), mark);
                }
                let Some((name, rest)) = marks::split_name(inner) else {
                    return self.unknown(at, mark);
                };
                match name.strip_prefix("end").filter(|_| mark.kind == Kind::Tag) {
                    Some("") => self.close_last(mark),
                    Some(name) => self.close(name, mark),
                    None => self.call(name, rest, at, mark),
                }
            }
        }
    }

    fn value(&mut self, at: usize, mark: &Mark<'a>) -> usize {
        match expression::value(mark.inner, self.context, &self.set) {
            Value::Text(text) | Value::Literal(text) => self.push(&text),
            Value::Address(address) => self.push(&address),
            Value::SiteAddress => {
                let next = self.text.as_bytes().get(mark.end).copied().unwrap_or_default();
                let more = matches!(next, b'/' | b'{' | b'?' | b'#');
                match (more, self.place()) {
                    (true, _) => {}
                    (false, Place::Words) => {
                        let address = self.context.site_address.trim_end_matches('/').to_owned();
                        self.push(&address);
                    }
                    (false, _) => self.push("/"),
                }
            }
            Value::Unknown => return self.unknown(at, mark),
        }
        mark.end
    }

    /// Leaves out what cannot be known, and the link whose address it is a part of.
    pub(super) fn unknown(&mut self, at: usize, mark: &Mark<'a>) -> usize {
        let whole = self.text.get(at..mark.end).unwrap_or_default();
        let text = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = match text.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        };
        self.report(Problem::TemplateLeftOut { text });
        self.unlink(mark)
    }

    pub(super) fn left_out(&mut self, name: &str, mark: &Mark<'a>) -> usize {
        self.report(Problem::ShortcodeLeftOut { name: name.to_owned() });
        self.unlink(mark)
    }

    pub(super) fn unlink(&mut self, mark: &Mark<'a>) -> usize {
        let rest = self.text.get(mark.end..).unwrap_or_default();
        let place = self.place();
        let in_code = self.in_code;
        let out = self.out.last_mut();
        mark.end
            + out.map_or(0, |out| match in_code {
                true => place::empty_span(out, rest),
                false => place::unlink(place, out, rest),
            })
    }

    fn call(&mut self, name: &'a str, rest: &'a str, at: usize, mark: &Mark<'a>) -> usize {
        let args = Args::parse(rest);
        match name {
            "post_url" | "link" | "post_link" => self.refer(unquoted(rest), mark),
            "ref" | "relref" => {
                self.refer(args.get("path").or(args.first()).unwrap_or_default(), mark)
            }
            "get_url" => {
                let path = args.get("path").or(args.first()).unwrap_or_default();
                match path.starts_with("@/") {
                    true => self.refer(path, mark),
                    false => self.address(path, path, mark),
                }
            }
            "param" => match (self.context.value)(&args.first().unwrap_or_default().to_lowercase())
            {
                Some(text) => {
                    self.push(&text);
                    mark.end
                }
                None => self.left_out(name, mark),
            },
            "assign" | "set" => self.assign(name, rest, at, mark),
            "capture" => self.block(name, Block::Capture(rest.to_owned()), mark),
            "for" | "tablerow" | "macro" | "asyncEach" | "asyncAll" => {
                let next = self.unknown(at, mark);
                self.block(name, Block::Dropped, mark);
                next
            }
            "if" | "unless" | "case" | "ifchanged" => {
                let next = self.left_out(name, mark);
                let branches = usize::from(name != "case");
                self.block(name, Block::Condition { branches, dropping: false }, mark);
                next
            }
            "else" | "elsif" | "elif" | "elseif" | "when" => self.branch(name, mark),
            "include" | "include_relative" | "include_cached" | "render" | "partial" => {
                let (file, more) = rest.split_once([' ', ',', '\n', '\t']).unwrap_or((rest, ""));
                let file = unquoted(file);
                let stem =
                    file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or(file);
                if !self.shown(stem, &Args::parse(more), mark) {
                    return self.left_out(name, mark);
                }
                mark.end
            }
            // The pictures between its marks become a gallery, as every run of pictures does.
            "gallery" if !self.in_code && self.ends_soon("/gallery", mark) => {
                self.block(name, Block::Kept, mark)
            }
            "details" | "expand" if !self.in_code => {
                let title = args.any(&["summary", "title"]).or(args.first()).unwrap_or("…");
                self.push(&format!("<details><summary>{}</summary>\n\n", attribute(title)));
                self.block(name, Block::Details, mark)
            }
            _ => {
                let shown = self.shown(name, &args, mark);
                self.block(name, Block::Kept, mark);
                match args.first().filter(|src| (self.context.exists)(src)) {
                    _ if shown => mark.end,
                    Some(src) if self.place() != Place::Words => {
                        self.push(src);
                        mark.end
                    }
                    _ => self.left_out(name, mark),
                }
            }
        }
    }

    /// Whether a block that begins here has an end. Not looked for in all of a long text: that would take quadratic time.
    fn ends_soon(&self, end: &str, mark: &Mark<'a>) -> bool {
        let rest = self.text.as_bytes().get(mark.end..).unwrap_or_default();
        let near = rest.get(..LONGEST_GALLERY).unwrap_or(rest);
        near.windows(end.len()).any(|it| it == end.as_bytes())
    }
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'', '`'])
}
