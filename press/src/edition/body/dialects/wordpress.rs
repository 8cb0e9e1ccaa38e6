//! WordPress' shortcodes, which exports leave in square brackets: `[caption …]`, `[embed]`, `[gallery …]`. Other text
//! in square brackets stays.

use std::collections::HashSet;

use crate::edition::addresses::urls;
use crate::edition::body::dialects::args::Args;
use crate::edition::body::dialects::code;
use crate::edition::body::dialects::embed::Embed;
use crate::edition::body::dialects::lined_text::{
    LinedText, Lines, holding, line_before, makes_name,
};
use crate::edition::body::markdown;
use crate::edition::body::players::MARK;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::html::attribute;
use crate::text::single_spaces;

/// WordPress' own shortcodes and those of its most common plugins.
const NAMES: [&str; 38] = [
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "youtube",
    "vimeo",
    "soundcloud",
    "spotify",
    "dailymotion",
    "twitter",
    "tweet",
    "instagram",
    "gist",
    "ted",
    "slideshow",
    "slideshare",
    "googlemaps",
    "polldaddy",
    "recipe",
    "archives",
    "contact-form",
    "contact-field",
    "contact-form-7",
    "wpforms",
    "ninja_form",
    "gravityform",
    "jetpack_subscription_form",
    "subscribe2",
    "wp-embedder-pack",
    "metaslider",
    "rev_slider",
    "nextgen",
    "table",
    "sourcecode",
    "code",
];
/// Page builders number their shortcodes by prefix.
const PREFIXES: [&str; 4] = ["vc_", "et_pb_", "fusion_", "elementor-"];
/// No opening is longer.
const LONGEST: usize = 2000;

/// Translates the shortcodes of a text.
pub(crate) fn translate(source: LinedText, diagnostics: &mut FileDiagnostics) -> LinedText {
    let text = source.text.as_str();
    let may =
        |at: usize| name(text.get(at + 1..).unwrap_or_default().trim_start_matches('/')).is_some();
    if !text.match_indices('[').any(|(at, _)| may(at)) {
        return source;
    }
    let code = code::ranges(text);
    let mut lines = Lines::new(&source);
    let mut out = LinedText::default();
    let defined: HashSet<&str> =
        NAMES.into_iter().filter(|name| text.contains(&format!("[{name}]:"))).collect();
    let mut endless = HashSet::new();
    let (mut from, mut done) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|tail| tail.find('[')).map(|at| from + at) {
        from = at + 1;
        if holding(&code, at).is_some() || text.get(..at).is_some_and(|t| t.ends_with('\\')) {
            continue;
        }
        let Some(found) = shortcode(text, at, &defined, &mut endless) else {
            continue;
        };
        let end = found.end();
        out.push(text.get(done..at).unwrap_or_default(), lines.at(done));
        let line = lines.at(at);
        let (shown, complete) =
            found.shown(line_before(&out.text, out.text.len(), 200).trim().is_empty());
        if !complete {
            let name = found.name.to_owned();
            diagnostics.push(line, Problem::WordpressLeftOut { name });
        }
        let after = text.get(end..).unwrap_or_default();
        let parted = shown.is_empty() && makes_name(&out.text, after);
        out.push(if parted { " " } else { &shown }, line);
        (done, from) = (end, end);
    }
    out.push(text.get(done..).unwrap_or_default(), lines.at(done));
    out
}

/// A shortcode with what stands between its two ends, if it has two.
struct Shortcode<'a> {
    name: &'a str,
    args: &'a str,
    inner: Option<&'a str>,
    end: usize,
    escaped: bool,
}

/// The name that a text begins with, if it is one of a shortcode.
fn name(text: &str) -> Option<&str> {
    let end =
        text.bytes().take(40).position(|b| !(b.is_ascii_alphanumeric() || b"-_".contains(&b)))?;
    let name = text.get(..end)?;
    let fits = matches!(text.as_bytes().get(end), Some(b' ' | b']' | b'/' | b'\n' | b'='));
    let known = NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    (known && fits).then_some(name)
}

fn shortcode<'a>(
    text: &'a str,
    at: usize,
    defined: &HashSet<&str>,
    endless: &mut HashSet<&'a str>,
) -> Option<Shortcode<'a>> {
    let tail = text.get(at + 1..)?;
    let escaped = tail.starts_with('[');
    let tail = if escaped { tail.get(1..)? } else { tail };
    let start = text.len() - tail.len();
    if let Some(rest) = tail.strip_prefix('/') {
        // An end without a beginning.
        let name = name(rest)?;
        let closed = rest.get(name.len()..)?.starts_with(']');
        let end = start + 1 + name.len() + 1;
        return closed.then_some(Shortcode { name, args: "x=", inner: None, end, escaped });
    }
    let name = name(tail)?;
    let args = tail.get(name.len()..)?;
    let length = closing(args)?;
    let args = args.get(..length)?;
    let end = start + name.len() + length + 1;
    let after = text.get(end..)?;
    let inner = match args.ends_with('/') || escaped {
        true => None,
        false => inner(after, name, endless),
    };
    let named = Args::parse(args).iter().any(|arg| !arg.name.is_empty());
    let bare = args.trim().is_empty();
    let web = Args::parse(args).first().is_some_and(urls::is_web);
    let alone = line_before(text, at, 200).trim().is_empty()
        && after.bytes().find(|b| !matches!(b, b' ' | b'\t')).is_none_or(|b| b == b'\n');
    let link =
        bare && (after.starts_with(['(', ':']) || (after.starts_with('[') && inner.is_none()));
    let sure = named || inner.is_some() || web || (bare && alone && !defined.contains(name));
    if !sure || link {
        return None;
    }
    let past = inner.map_or(0, |inner| inner.len() + name.len() + 3);
    let past = past + usize::from(escaped && after.starts_with(']'));
    Some(Shortcode { name, args, inner, end: end + past, escaped })
}

/// The bracket that closes an opening, outside of quotes, in the same paragraph.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b']') => return Some(at),
            (None, b'[') => return None,
            _ => {}
        }
        if (before, byte) == (b'\n', b'\n') {
            return None;
        }
        before = byte;
    }
    None
}

fn inner<'a>(after: &'a str, name: &'a str, endless: &mut HashSet<&'a str>) -> Option<&'a str> {
    if endless.contains(name) {
        return None;
    }
    for (at, _) in after.match_indices('[') {
        let tail = after.get(at + 1..)?;
        if tail.starts_with(name) {
            // Another one begins: this one has no end of its own.
            return None;
        }
        let end = tail.strip_prefix('/').and_then(|tail| tail.strip_prefix(name));
        if end.is_some_and(|tail| tail.starts_with(']')) {
            return after.get(..at);
        }
    }
    endless.insert(name);
    None
}

impl Shortcode<'_> {
    fn end(&self) -> usize {
        self.end
    }

    /// What readers see of it, and whether that is all of it.
    fn shown(&self, at_start: bool) -> (String, bool) {
        let args = Args::parse(self.args);
        let before = if at_start { "" } else { "\n\n" };
        if self.escaped {
            return (format!("\\[{}{}\\]", self.name, self.args), true);
        }
        match (self.name, self.inner) {
            ("caption" | "wp_caption", Some(inner)) => {
                let (picture, words) = part(inner.trim());
                let words = match words.trim() {
                    "" => args.get("caption").unwrap_or_default(),
                    words => words,
                };
                let (picture, words) = (inline(picture), inline(words));
                if picture.is_empty() {
                    return (words, true);
                }
                let words = match words.as_str() {
                    "" => words,
                    _ => format!("<figcaption>{words}</figcaption>"),
                };
                (format!("{before}<figure>{picture}{words}</figure>\n\n"), true)
            }
            ("sourcecode" | "code", Some(inner)) => {
                let language = args.any(&["lang", "language"]).unwrap_or_default();
                let sign = "`"
                    .repeat(inner.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
                (
                    format!("{before}{sign}{language}\n{}\n{sign}\n\n", inner.trim_matches('\n')),
                    true,
                )
            }
            (name, inner) => {
                let address = inner.map(str::trim).filter(|inner| urls::is_web(inner));
                let file =
                    args.any(&["src", "mp3", "mp4", "m4a", "ogg", "wav", "m4v", "webm", "url"]);
                let media = ["embed", "audio", "video"].contains(&name);
                let embed = Embed::read(name, &args, &|_| false).map(|embed| embed.html());
                match address.or(file.filter(|_| media)) {
                    Some(url) => (link(url), true),
                    None => match embed {
                        Some(html) => (html, true),
                        None => (inner.unwrap_or_default().to_owned(), false),
                    },
                }
            }
        }
    }
}

fn link(url: &str) -> String {
    let words = url.trim_start_matches("https://");
    let words = if urls::is_web(url) { words } else { url.rsplit('/').next().unwrap_or(url) };
    format!("<a href=\"{}\" class=\"{MARK}\">{}</a>", attribute(url), attribute(words))
}

/// Parts a caption's inside into the picture, linked or not, and the words behind it.
fn part(inner: &str) -> (&str, &str) {
    let picture = |end: Option<usize>| inner.split_at(end.unwrap_or(0));
    if inner.starts_with("<a ") {
        return picture(inner.find("</a>").map(|at| at + 4));
    }
    if inner.starts_with("<img") {
        return picture(inner.find('>').map(|at| at + 1));
    }
    if inner.starts_with(['!', '[']) {
        let bytes = inner.as_bytes();
        let (mut square, mut round) = (0_usize, 0_usize);
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'[' => square += 1,
                b']' => square = square.saturating_sub(1),
                b'(' if round > 0
                    || at.checked_sub(1).is_some_and(|i| bytes.get(i) == Some(&b']')) =>
                {
                    round += 1
                }
                b')' if round > 0 => {
                    round -= 1;
                    if round == 0 && square == 0 {
                        return picture(Some(at + 1));
                    }
                }
                _ => {}
            }
        }
    }
    ("", inner)
}

fn inline(text: &str) -> String {
    let text = super::text::addresses(&single_spaces(text));
    markdown::inline(&text)
}
