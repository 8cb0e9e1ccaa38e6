//! The arguments of a shortcode: `src="a.jpg" alt='x' width=3 "and words"`, with or without commas.

/// Named and unnamed arguments in their order.
#[derive(Debug, Default)]
pub(crate) struct Args<'a> {
    all: Vec<(&'a str, &'a str)>,
}

impl<'a> Args<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "(),".contains(c));
            if rest.is_empty() {
                return Self { all };
            }
            if let Some((value, tail)) = quoted(rest) {
                all.push(("", value));
                rest = tail;
                continue;
            }
            let end = rest.find(|c: char| c.is_whitespace() || "(),=".contains(c));
            let (word, tail) = rest.split_at(end.unwrap_or(rest.len()));
            let Some(value) = tail.trim_start().strip_prefix('=') else {
                all.push(("", word));
                rest = tail;
                continue;
            };
            let value = value.trim_start();
            let (value, tail) = quoted(value).unwrap_or_else(|| {
                let end = value.find(|c: char| c.is_whitespace() || "),".contains(c));
                value.split_at(end.unwrap_or(value.len()))
            });
            if !word.is_empty() {
                all.push((word, value));
            }
            rest = tail;
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let arg = self.all.iter().find(|(key, _)| *key == name);
        arg.map(|(_, value)| *value).filter(|v| !v.is_empty())
    }

    /// The first argument without a name.
    pub(crate) fn first(&self) -> Option<&'a str> {
        self.get("")
    }

    /// What may be a picture's address.
    pub(crate) fn picture(&self) -> Option<&'a str> {
        let named = ["src", "file", "path", "url", "image"].iter().find_map(|n| self.get(n));
        named.or_else(|| self.first())
    }
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = text.get(1..)?;
    Some(inner.split_once(quote).unwrap_or((inner, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_with_and_without_names() {
        let args = Args::parse("(src=\"a b.jpg\", alt = 'x \"y\"' width=3 \"free\" word");
        assert_eq!(args.picture(), Some("a b.jpg"));
        assert_eq!(args.get("alt"), Some("x \"y\""));
        assert_eq!(args.get("width"), Some("3"));
        assert_eq!(args.first(), Some("free"));
        assert_eq!(Args::parse("= == \"").first(), None);
    }
}
