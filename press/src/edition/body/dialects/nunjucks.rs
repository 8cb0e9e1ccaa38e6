//! Eleventy's Nunjucks: the marks of Liquid, and comments `{# … #}`.

/// No comment is longer.
const LONGEST: usize = 4096;

/// The end of a comment that begins at `at`. It may have several lines, but no empty one.
pub(crate) fn comment(text: &str, at: usize) -> Option<usize> {
    let inner = text.get(at..)?.strip_prefix("{#")?;
    let mut end = None;
    let mut before = b' ';
    for (i, byte) in inner.bytes().enumerate().take(LONGEST) {
        match (before, byte) {
            (b'#', b'}') => {
                end = Some(i + 1);
                break;
            }
            (b'\n', b'\n') => break,
            _ => before = byte,
        }
    }
    end.map(|end| at + 2 + end)
}
