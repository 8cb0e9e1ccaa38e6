//! `.hosts/Caddyfile`.

use super::*;

/// The tokens of a line: words, and what is between quotes or backticks.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' | '`' => {
                let end = rest[1..].find(first).unwrap_or_else(|| panic!("no end: {line}")) + 1;
                tokens.push(rest[1..end].to_owned());
                end + 1
            }
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                tokens.push(rest[..end].to_owned());
                end
            }
        };
        rest = rest[end..].trim_start();
    }
    tokens
}

/// What the host says of a path.
pub(super) fn said(text: &str, path: &str) -> Said {
    let path = decoded(path);
    let lines: Vec<Vec<String>> =
        text.lines().filter(|it| !it.starts_with('#')).map(tokens).collect();
    let map =
        lines.iter().skip_while(|it| it[0] != "map").skip(1).take_while(|it| it[0] != "default");
    for line in map {
        let hit = match line[0].strip_prefix('~') {
            Some(regex) => is(regex, &path),
            None => line[0] == path,
        };
        if hit {
            return Said::Moved(line[1].clone());
        }
    }
    let matches = |name: &str| {
        let matcher = lines.iter().find(|it| it[0] == name).unwrap();
        assert_eq!(matcher[1], "path_regexp");
        is(&matcher[2], &path)
    };
    if matches("@paper_hidden") {
        return Said::Hidden;
    }
    let mut handles = lines.iter().enumerate().filter(|(_, it)| it[0] == "handle");
    let (at, _) = handles.find(|(_, it)| matches(&it[1])).unwrap_or_else(|| panic!("{path}"));
    let inside = lines[at + 2..].iter().take_while(|it| it[0] != "}");
    Said::Headers(inside.map(|it| (it[0].clone(), it[1].clone())).collect())
}

#[test]
fn caddy_answers_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (text, count) = super::super::caddy::write(&table);
        assert_eq!(count, table.redirects.len());
        agrees(&table, Host::Caddy, |path| said(&text, path));
        assert!(matches!(said(&text, &format!("{base}_redirects")), Said::Hidden));
    }
}

#[test]
fn caddy_sees_no_variable_of_the_environment() {
    let mut table = Table::new(source("/"));
    table.redirects = vec![redirect("a{$HOME}b/", "c{$HOME}/"), redirect("{path}/", "{path}/")];
    let (text, count) = super::super::caddy::write(&table);
    assert!(count == 2 && !text.contains("{$"), "{text}");
    let Said::Moved(to) = said(&text, "/a%7B$HOME%7Db") else { panic!("it leads nowhere") };
    assert_eq!(to, "/c%7B%24HOME%7D/");
}
