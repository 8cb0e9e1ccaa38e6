//! The CSS of an SVG picture, in a style sheet or an attribute: nothing in it loads anything.
//!
//! Files are named in CSS by `url()`, by a few other functions, and by some at-rules. All three are
//! allow-lists here. Escapes, which could hide any of them, are not accepted at all.

use std::borrow::Cow;

/// At-rules that load nothing by themselves.
const AT_RULES: [&str; 6] =
    ["font-face", "media", "keyframes", "-webkit-keyframes", "supports", "layer"];

/// Functions that load nothing, and selectors that look like functions.
#[rustfmt::skip]
const FUNCTIONS: [&str; 68] = [
    "blur", "brightness", "calc", "circle", "clamp", "color", "color-mix", "contrast", "cubic-bezier",
    "drop-shadow", "ellipse", "format", "grayscale", "has", "hsl", "hsla", "hue-rotate", "hwb", "icc-color",
    "inset", "invert", "is", "lab", "lang", "lch", "linear", "linear-gradient", "local", "matrix", "matrix3d",
    "max", "min", "not", "nth-child", "nth-last-child", "nth-last-of-type", "nth-of-type", "oklab", "oklch",
    "opacity", "path", "perspective", "polygon", "radial-gradient", "rect", "rgb", "rgba", "rotate",
    "rotate3d", "rotatex", "rotatey", "rotatez", "saturate", "scale", "scale3d", "scalex", "scaley", "sepia",
    "skew", "skewx", "skewy", "steps", "tech", "translate", "translate3d", "translatex", "translatey", "var",
];

/// The CSS without what could load something. In an attribute it must have no line breaks: the parser that
/// reads the picture makes spaces of them, which end a string elsewhere.
pub(crate) fn sanitize(css: &str) -> Cow<'_, str> {
    if !css.contains(['\\', '(', '@']) {
        return Cow::Borrowed(css);
    }
    if css.contains('\\') {
        return Cow::Borrowed("");
    }
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = after(rest, "*/");
            out.push(' ');
        } else if let '"' | '\'' = c {
            rest = copy(&mut out, rest, string_end(rest));
        } else if c == '@' {
            let end = name_end(&rest[1..]) + 1;
            let name = rest[1..end].to_ascii_lowercase();
            if AT_RULES.contains(&name.as_str()) {
                rest = copy(&mut out, rest, end);
            } else {
                out.push(' ');
                rest = &rest[statement_end(rest)..];
            }
        } else if name_end(rest) > 0 {
            rest = word(&mut out, rest);
        } else {
            rest = copy(&mut out, rest, c.len_utf8());
        }
    }
    Cow::Owned(out)
}

/// Copies a word; a function that is not listed becomes `none`.
fn word<'a>(out: &mut String, css: &'a str) -> &'a str {
    let end = name_end(css);
    let (name, rest) = css.split_at(end);
    let Some(arguments) = rest.strip_prefix('(') else {
        return copy(out, css, end);
    };
    let name = name.to_ascii_lowercase();
    if FUNCTIONS.contains(&name.as_str()) {
        return copy(out, css, end + 1);
    }
    if name == "url" {
        let (target, rest) = arguments.split_once(')').unwrap_or((arguments, ""));
        let target = target.trim().trim_matches(['"', '\'']).trim();
        return match local(target) {
            Some(target) => {
                out.push_str("url(");
                out.push_str(&target);
                out.push(')');
                rest
            }
            None => none(out, rest),
        };
    }
    none(out, &rest[parenthesis_end(rest)..])
}

/// Prints the keyword, and a space where it would become a part of what follows.
fn none<'a>(out: &mut String, rest: &'a str) -> &'a str {
    out.push_str("none");
    if rest.starts_with('(') || name_end(rest) > 0 {
        out.push(' ');
    }
    rest
}

/// What `url()` may name: a part of the picture, or a file inside it.
fn local(target: &str) -> Option<Cow<'_, str>> {
    let plain = !target.contains(|c: char| c.is_whitespace() || "\"'()<>".contains(c));
    match target.starts_with('#') && plain {
        true => Some(Cow::Borrowed(target)),
        false => embedded(target).map(Cow::Owned),
    }
}

/// A `data:` URL of a bitmap or a font in base64, without white space.
pub(crate) fn embedded(url: &str) -> Option<String> {
    let (head, data) = url.split_once(";base64,")?;
    let kind = head.strip_prefix("data:")?.split(';').next()?.trim().to_ascii_lowercase();
    let bitmap = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif"];
    let font = ["font/", "application/font-", "application/x-font-"];
    if !bitmap.contains(&kind.as_str()) && !font.iter().any(|it| kind.starts_with(it)) {
        return None;
    }
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let name = |b: u8| b.is_ascii_alphanumeric() || b"/+-.".contains(&b);
    let base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
    let plain = kind.bytes().all(name) && data.bytes().all(base64);
    plain.then(|| format!("data:{kind};base64,{data}"))
}

fn copy<'a>(out: &mut String, css: &'a str, end: usize) -> &'a str {
    let (copied, rest) = css.split_at(end);
    out.push_str(copied);
    rest
}

fn after<'a>(css: &'a str, end: &str) -> &'a str {
    css.get(2..).and_then(|rest| rest.split_once(end)).map_or("", |(_, rest)| rest)
}

/// How long the name at the start is. Whatever is not ASCII belongs to names in CSS.
fn name_end(css: &str) -> usize {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    css.find(|c: char| !part(c)).unwrap_or(css.len())
}

/// Where the string at the start ends: after its quote, or before the line break that makes it a bad one.
fn string_end(css: &str) -> usize {
    let mut chars = css.char_indices();
    let quote = chars.next().map(|(_, quote)| quote);
    for (at, c) in chars {
        if Some(c) == quote {
            return at + c.len_utf8();
        }
        if matches!(c, '\n' | '\r' | '\u{c}') {
            return at;
        }
    }
    css.len()
}

/// Where the parenthesis at the start is closed.
fn parenthesis_end(css: &str) -> usize {
    balanced_end(css, |c, depth| c == ')' && depth == 0)
}

/// Where the at-rule at the start ends: after its `;` or its block.
fn statement_end(css: &str) -> usize {
    balanced_end(css, |c, depth| depth == 0 && matches!(c, ';' | '}'))
}

/// The place after the first character, outside strings and comments, for which `ends` holds: it is given the
/// character and how many brackets are open after it.
fn balanced_end(css: &str, ends: impl Fn(char, usize) -> bool) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(c) = css.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &css[at..];
        at += match c {
            '"' | '\'' => string_end(rest),
            '/' if rest.starts_with("/*") => rest.len() - after(rest, "*/").len(),
            _ => c.len_utf8(),
        };
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if ends(c, depth) {
            return at;
        }
    }
    css.len()
}
