//! AVIF files in a printed body: they are made last, when it is known which pictures show them.

use broadsheet::pictures::widths;

/// Adds the AVIF files of a picture to a printed body; `name` is that of its file, `widest` its width. What an author
/// writes never becomes a source: it is escaped.
pub(crate) fn add_avif(html: &mut String, name: &str, widest: u32) {
    let first = narrowest_of(name, widest);
    let start = "<source type=\"image/webp\" srcset=\"";
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html.as_str();
    while let Some(at) = rest.find(start) {
        let source = rest.get(at..).unwrap_or_default();
        let end = source.find('>').map_or(source.len(), |end| end + 1);
        let (before, after) = rest.split_at(at + end);
        let source = &before[at..];
        out.push_str(&before[..at]);
        let candidate = source[start.len()..].split(' ').next().unwrap_or_default();
        if candidate.rsplit('/').next() == Some(&first) {
            out.push_str(&source.replace("image/webp", "image/avif").replace(".webp ", ".avif "));
        }
        out.push_str(source);
        rest = after;
    }
    out.push_str(rest);
    *html = out;
}

/// The name of the narrowest file of a picture.
fn narrowest_of(name: &str, widest: u32) -> String {
    let narrowest = widths(widest).next().unwrap_or(widest);
    broadsheet::urls::picture(name, narrowest, "webp")
}
