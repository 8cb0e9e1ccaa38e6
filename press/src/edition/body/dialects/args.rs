//! The arguments of a shortcode: `src="a.jpg" alt='x' width=3 "and words"`, with or without commas, with `=` or
//! `:`, in parentheses or braces, or as `--alt words`.

/// Named and unnamed arguments in their order.
#[derive(Debug, Default)]
pub(crate) struct Args<'a> {
    all: Vec<Arg<'a>>,
}

/// One argument; its name is empty where it has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arg<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    pub(crate) quoted: bool,
}

impl<'a> Args<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "(),{}[]".contains(c));
            if rest.is_empty() {
                return Self { all };
            }
            let (arg, tail) = argument(rest);
            if !(arg.name.is_empty() && arg.value.is_empty() && !arg.quoted) {
                all.push(arg);
            }
            rest = tail;
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let arg = self.all.iter().find(|arg| arg.name.eq_ignore_ascii_case(name));
        arg.map(|arg| arg.value).filter(|value| !value.is_empty())
    }

    /// The first of several names that has a value.
    pub(crate) fn any(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The arguments without a name.
    pub(crate) fn unnamed(&self) -> impl Iterator<Item = Arg<'a>> + '_ {
        self.all.iter().copied().filter(|arg| arg.name.is_empty() && !arg.value.is_empty())
    }

    /// The first argument without a name.
    pub(crate) fn first(&self) -> Option<&'a str> {
        self.get("")
    }

    /// Every argument.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Arg<'a>> + '_ {
        self.all.iter().copied()
    }
}

fn argument(text: &str) -> (Arg<'_>, &str) {
    if let Some((value, tail)) = quoted(text) {
        return (Arg { name: "", value, quoted: true }, tail);
    }
    if let Some(tail) = text.strip_prefix("--") {
        let (name, tail) = tail.split_at(tail.find(char::is_whitespace).unwrap_or(tail.len()));
        let tail = tail.trim_start();
        let (value, tail) = tail.split_at(tail.find(" --").unwrap_or(tail.len()));
        let (value, _) = quoted(value.trim()).unwrap_or((value.trim(), ""));
        return (Arg { name, value, quoted: true }, tail);
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        let (value, tail) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        let value = value.trim_end_matches([',', ')', '}', ']']);
        return (Arg { name: "", value, quoted: false }, tail);
    }
    let end = text.find(|c: char| c.is_whitespace() || "(),=}]".contains(c));
    let (word, tail) = text.split_at(end.unwrap_or(text.len()));
    let (name, after) = match (tail.trim_start().strip_prefix('='), named(word)) {
        (Some(after), _) => (word, after),
        (None, Some((name, value))) => {
            // The value stands behind the colon or after a blank.
            (name, text.get(word.len() - value.len()..).unwrap_or(tail))
        }
        (None, None) => {
            let tail = if word.is_empty() { cut_one(text) } else { tail };
            return (Arg { name: "", value: word, quoted: false }, tail);
        }
    };
    let after = after.trim_start();
    let (value, tail, quoted) = match quoted(after) {
        Some((value, tail)) => (value, tail, true),
        None => {
            let end = after.find(|c: char| c.is_whitespace() || "),}]".contains(c));
            let (value, tail) = after.split_at(end.unwrap_or(after.len()));
            (value, tail, false)
        }
    };
    // A sign of equality without a name says nothing.
    let value = if name.is_empty() { "" } else { value };
    (Arg { name, value, quoted: quoted && !name.is_empty() }, tail)
}

/// `alt:` and `lang:js` name their value; `https://…` does not.
fn named(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once(':')?;
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    (plain && !value.starts_with('/')).then_some((name, value))
}

fn cut_one(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“' | '”'))?;
    let inner = text.get(quote.len_utf8()..)?;
    let close: &[char] = match quote {
        '“' | '”' => &['”', '“'],
        '"' => &['"'],
        '\'' => &['\''],
        _ => &['`'],
    };
    let mut ends = inner.match_indices(close);
    let end = ends.find(|(at, _)| !inner.get(..*at).is_some_and(|before| before.ends_with('\\')));
    Some(match end {
        Some((at, found)) => (inner.get(..at)?, inner.get(at + found.len()..)?),
        None => (inner, ""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_with_and_without_names() {
        let args = Args::parse("(src=\"a b.jpg\", alt = 'x \"y\"' width=3 \"free\" word");
        assert_eq!(args.get("src"), Some("a b.jpg"));
        assert_eq!(args.get("alt"), Some("x \"y\""));
        assert_eq!(args.get("width"), Some("3"));
        assert_eq!(args.first(), Some("free"));
        assert_eq!(Args::parse("= == \"").first(), None);
    }

    #[test]
    fn a_colon_or_two_hyphens_name_a_value_too() {
        let args =
            Args::parse("lang:js src: \"a.jpg\", https://a.example/b 10:30 --alt Hai chữ --x y");
        assert_eq!((args.get("lang"), args.get("src")), (Some("js"), Some("a.jpg")));
        assert_eq!((args.get("alt"), args.get("x")), (Some("Hai chữ"), Some("y")));
        let unnamed: Vec<&str> = args.unnamed().map(|arg| arg.value).collect();
        assert_eq!(unnamed, ["https://a.example/b", "10:30"]);
    }
}
