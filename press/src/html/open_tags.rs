//! How deeply HTML is nested, at a guess that costs nothing: a parser's time grows with what is open.

/// What HTML closes by itself, or never needs to.
const ALONE: [&str; 19] = [
    "br", "hr", "img", "wbr", "col", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead",
    "rp", "rt", "input", "link", "meta",
];

/// How many elements of any HTML are open at once at most.
pub(crate) fn open_tags(html: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tail = html.get(at + 1..).unwrap_or_default();
        let (closing, tail) = match tail.strip_prefix('/') {
            Some(tail) => (true, tail),
            None => (false, tail),
        };
        let end = tail.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = tail.get(..end).unwrap_or_default();
        if name.is_empty() || ALONE.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
            continue;
        }
        open = if closing { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}
