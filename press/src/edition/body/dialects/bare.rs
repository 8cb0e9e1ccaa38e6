//! Bare addresses, which become links, and names of emoji, which become signs: in Markdown's text alone.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::edition::body::markdown;

/// No bare address is longer.
const LONGEST: usize = 1000;

/// Makes links of bare addresses and signs of the names of emoji, in text alone.
pub(super) fn links_and_emoji(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for run in runs(text) {
        let (start, end) = (run.start, run.end);
        let mut at = start;
        while at < end {
            let Some(found) = next(text, at, start, end) else {
                break;
            };
            out.push_str(text.get(done..found.range.start).unwrap_or_default());
            out.push_str(&found.shown);
            done = found.range.end;
            at = done.max(at + 1);
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Whether [`links_and_emoji`] might find something, for which it has to know Markdown's text from code and links. Most
/// addresses in articles are those of whole links, `[words](https://…)`, which are none of its.
pub(super) fn may_have_links_or_emoji(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b':', b'@', bytes).any(|at| {
        let (before, after) = text.split_at(at);
        match after.strip_prefix("://") {
            Some(rest) => !ends_in_link(before, rest),
            None if after.starts_with('@') => true,
            None => emoji(text, at, at, text.len()).is_some(),
        }
    }) || has_www(bytes)
}

/// Whether a text has `www.` in any case.
fn has_www(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b'w', b'W', bytes)
        .any(|at| bytes.get(at..at + 4).is_some_and(|it| it.eq_ignore_ascii_case(b"www.")))
}

/// Whether an address whose scheme ends a text and which goes on with `rest` is that of a link in brackets, wherever it
/// stands in text.
fn ends_in_link(before: &str, rest: &str) -> bool {
    let words = ["](http", "](https"].iter().find_map(|end| before.strip_suffix(end));
    let Some(words) = words else { return false };
    let meaning = |c: char| {
        matches!(c, '[' | ']' | '\\' | '`' | '<' | '>' | '|' | '\n' | '\r' | '$' | '^' | '!')
    };
    let opens = words.rfind(meaning).is_some_and(|at| {
        let (before, bracket) = words.split_at(at);
        bracket.starts_with('[') && !before.ends_with('\\')
    });
    let ends = rest.find(|c: char| {
        matches!(c, '(' | ')' | '<' | '>' | '\\' | '|' | '`' | '"' | '\'')
            || c.is_whitespace()
            || c.is_control()
    });
    opens && ends.is_some_and(|at| rest.get(at..).is_some_and(|it| it.starts_with(')')))
}

struct Found {
    range: Range<usize>,
    shown: String,
}

fn next(text: &str, from: usize, start: usize, end: usize) -> Option<Found> {
    let run = text.get(from..end)?;
    for (i, byte) in run.bytes().enumerate() {
        let at = from + i;
        let found = match byte {
            b'h' | b'H' | b'w' | b'W' => web(text, at, start, end),
            b'@' => mail(text, at, from, end),
            b':' => emoji(text, at, start, end),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// `https://…`, `http://…` and `www.…`, in GFM's words.
fn web(text: &str, at: usize, start: usize, end: usize) -> Option<Found> {
    let mut cut = end.min(at + LONGEST);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let tail = text.get(at..cut)?;
    let begins =
        |sign: &str| tail.get(..sign.len()).is_some_and(|it| it.eq_ignore_ascii_case(sign));
    let host = ["https://", "http://", "www."].into_iter().find(|sign| begins(sign))?;
    let before = text.get(start..at)?.chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '@' || c == '.' || c == '-') {
        return None;
    }
    let length = tail
        .find(|c: char| c.is_whitespace() || c == '<' || c == '>' || c == '`' || c.is_control());
    let whole = tail.get(..length.unwrap_or(tail.len()))?;
    let url = without_end(whole);
    let rest = url.get(host.len()..)?;
    let domain = rest.split(['/', '?', '#', ':']).next()?;
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let good = !domain.is_empty()
        && domain.chars().all(plain)
        && !domain.starts_with(['.', '-'])
        && !domain.contains("..")
        && (host == "www." || domain.contains('.') || domain == "localhost");
    if !good || (host == "www." && !domain.contains('.')) {
        return None;
    }
    let range = at..at + url.len();
    let words = url.replace('\\', "");
    let shown = match host {
        "www." => format!("[{}](<http://{words}>)", escaped(&words)),
        _ => format!("<{words}>"),
    };
    Some(Found { range, shown })
}

/// An address without the punctuation of the sentence that it ends.
fn without_end(url: &str) -> &str {
    let mut url = url;
    loop {
        let Some(last) = url.chars().next_back() else {
            return url;
        };
        let shorter = match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | '\\' | '|' => true,
            '”' | '“' | '’' | '‘' | '»' | '«' | '…' | '–' | '—' | '。' | '，' | '、' | '！'
            | '？' => true,
            ')' => url.matches(')').count() > url.matches('(').count(),
            ']' => url.matches(']').count() > url.matches('[').count(),
            '}' => url.matches('}').count() > url.matches('{').count(),
            _ => false,
        };
        if !shorter {
            return url;
        }
        let end = url.len() - last.len_utf8();
        url = url.get(..end).unwrap_or_default();
        if last == ';'
            && let Some(entity) = url.rfind('&')
            && url.get(entity + 1..).is_some_and(|name| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        {
            url = url.get(..entity).unwrap_or_default();
        }
    }
}

/// `name@host.example`.
fn mail(text: &str, at: usize, start: usize, end: usize) -> Option<Found> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || b".-_+".contains(b);
    let before =
        text.as_bytes().get(start..at)?.iter().rev().take(64).take_while(|b| local(b)).count();
    let host = |b: &u8| b.is_ascii_alphanumeric() || b".-_".contains(b);
    let after = text.as_bytes().get(at + 1..end)?.iter().take(253).take_while(|b| host(b)).count();
    let mut domain = text.get(at + 1..at + 1 + after)?;
    domain = domain.trim_end_matches('.');
    let name = text.get(at - before..at)?.trim_start_matches('.');
    let follows = text.get(at + 1 + domain.len()..end)?.chars().next();
    let previous = text.get(..at - name.len())?.chars().next_back();
    let good = !name.is_empty()
        && domain.split('.').count() > 1
        && domain
            .split('.')
            .all(|part| !part.is_empty() && !part.starts_with('-') && !part.contains('_'))
        && !domain.ends_with(['-', '_'])
        && !matches!(follows, Some('@' | '/'))
        && !previous.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == ':');
    let range = at - name.len()..at + 1 + domain.len();
    let written = text.get(range.clone())?;
    good.then(|| Found { shown: format!("<{written}>"), range })
}

/// `:name:` of a known emoji that is no part of a word or of a time.
fn emoji(text: &str, at: usize, start: usize, end: usize) -> Option<Found> {
    let tail = text.get(at + 1..end)?;
    let length = tail.bytes().take(60).position(|b| b == b':')?;
    let name = tail.get(..length)?;
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-+".contains(&b);
    let named = name == "+1"
        || name == "-1"
        || name == "100"
        || name.bytes().any(|b| b.is_ascii_lowercase());
    if name.is_empty() || !name.bytes().all(fits) || !named {
        return None;
    }
    let before = text.get(start..at)?.chars().next_back();
    let after = tail.get(length + 1..)?.chars().next();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if word(before) || word(after) || before == Some(':') {
        return None;
    }
    let sign = emojis::get_by_shortcode(name)?;
    Some(Found { range: at..at + length + 2, shown: sign.as_str().to_owned() })
}

/// Text whose signs mean nothing to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | '/' | '-' | ':' | '?' | '=' | '&' | '%') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where a text is neither code nor a link nor a tag, without breaks at the signs of emphasis.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let (mut links, mut anchors, mut blocks) = (0_usize, 0_usize, 0_usize);
    for (event, range) in Parser::new_ext(text, markdown::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => blocks += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                blocks = blocks.saturating_sub(1);
            }
            Event::InlineHtml(tag) => {
                let end = |c: char| c.is_whitespace() || c == '>';
                match tag.split(end).next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "<a" | "<code" => anchors += 1,
                    "</a" | "</code" => anchors = anchors.saturating_sub(1),
                    _ => {}
                }
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. }) => anchors = 0,
            Event::Text(_) if links + anchors + blocks == 0 => match runs.last_mut() {
                Some(last) if joins(text, last.end, range.start) => last.end = range.end,
                Some(last) if range.start < last.end => {}
                _ => runs.push(range),
            },
            _ => {}
        }
    }
    runs
}

/// Whether nothing but signs of emphasis stands between two pieces of text.
fn joins(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start);
    between.is_some_and(|it| {
        it.len() < 8 && it.bytes().all(|b| matches!(b, b'*' | b'_' | b'~' | b'\\'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn what_is_not_looked_at_closely_stays_as_it_is() {
        const PIECES: [&str; 34] = [
            "[",
            "]",
            "](",
            ")",
            "`",
            "\\",
            "<",
            ">",
            "!",
            "|",
            "$",
            "^",
            "*",
            "_",
            "\n",
            "\n\n",
            " ",
            "    ",
            "- ",
            "a",
            "Chợ",
            ":",
            ":smile:",
            "8:30",
            "@",
            "www.",
            "WWW.",
            "https://",
            "http://",
            "HTTP://",
            "a.vn",
            "/b",
            "[words](https://a.vn/b)",
            "```\n",
        ];
        let (mut dice, mut skipped) = (Dice(1), 0);
        for _ in 0..100_000 {
            let count = dice.roll(12) + 1;
            let text: String = (0..count).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
            if !may_have_links_or_emoji(&text) {
                assert_eq!(links_and_emoji(&text), text);
                skipped += usize::from(text.contains("://"));
            }
        }
        assert!(skipped > 1000, "{skipped}");
        assert!(!may_have_links_or_emoji(
            "8:30, [Chợ phiên](https://a.vn/b?c=d:e) và [*Ậ*](http://b.vn)."
        ));
    }
}
