//! `.htaccess`.

use super::*;

/// What a rewriting rule leads to: a backslash takes the meaning from what follows.
fn substituted(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '%' | '$' => panic!("{text} holds a reference"),
            _ => out.push(c),
        }
    }
    out
}

/// What the host says of a path.
pub(super) fn said(text: &str, base: &str, path: &str) -> Said {
    let path = decoded(path);
    let below = path.strip_prefix(base).unwrap();
    for line in text.lines().filter_map(|it| it.strip_prefix("RewriteRule \"")) {
        let (pattern, rest) = line.split_once('"').unwrap();
        // The rule of folders looks at the disk; the tests over real hosts have it.
        if pattern == "^" {
            continue;
        }
        if rest == " - [R=404,L]" && is(pattern, below) {
            return Said::Hidden;
        }
        if let Some(to) = rest.strip_suffix("\" [R=301,NE,L]")
            && is(pattern, below)
        {
            return Said::Moved(substituted(to.trim_start_matches([' ', '"'])));
        }
    }
    let file = if path.ends_with('/') { format!("{path}index.html") } else { path };
    let lines: Vec<&str> = text.lines().collect();
    // The compressed file has the same headers.
    let of = |file: &str| {
        let at = lines.iter().position(|line| {
            let pattern = line.split_once("=~ m#").and_then(|(_, it)| it.strip_suffix("#\">"));
            pattern.is_some_and(|it| {
                assert!(!it.contains(['#', '"', ' ']), "{it}");
                is(it, file)
            })
        });
        let inside = lines[at.unwrap() + 1..].iter().take_while(|it| it.starts_with("Header "));
        let header = |line: &&str| {
            let (_, rest) = line.split_once("set ").unwrap();
            let (name, value) = rest.split_once(' ').unwrap();
            let value = value.trim_matches('"').replace("%%", "\0");
            assert!(!value.contains('%'), "{line}: Apache formats by percent signs");
            (name.to_owned(), value.replace('\0', "%"))
        };
        inside.map(header).collect::<BTreeMap<_, _>>()
    };
    let headers = of(&file);
    for ending in ["br", "gz"] {
        assert_eq!(of(&format!("{file}.{ending}")), headers, "{file}");
    }
    Said::Headers(headers)
}

#[test]
fn apache_answers_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (text, count) = super::super::apache::write(&table);
        assert_eq!(count, table.redirects.len());
        agrees(&table, Host::Apache, |path| said(&text, base, path));
        assert!(matches!(said(&text, base, &format!("{base}.htaccess")), Said::Hidden));
        for tag in ["If", "ElseIf", "IfModule", "FilesMatch"] {
            let (open, close) = (format!("<{tag} "), format!("</{tag}>"));
            assert_eq!(text.matches(&open).count(), text.matches(&close).count(), "{tag}");
        }
    }
}
