//! `.hosts/nginx.conf`.

use super::*;

/// The words of a line, quotes taken off as `ngx_conf_read_token` does.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = line.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' => {}
            '"' => {
                let mut word = String::new();
                loop {
                    match chars.next().unwrap_or_else(|| panic!("a quote without an end: {line}")) {
                        '\\' if matches!(chars.peek(), Some('"' | '\\')) => {
                            word.extend(chars.next());
                        }
                        '\\' if matches!(chars.peek(), Some('t' | 'r' | 'n')) => {
                            word.push(
                                chars.next().map_or(' ', |c| if c == 't' { '\t' } else { '\n' }),
                            );
                        }
                        '"' => break,
                        c => word.push(c),
                    }
                }
                words.push(word);
            }
            ';' | '{' | '}' => words.push(c.to_string()),
            _ => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !" ;{}\t".contains(*c)) {
                    word.push(c);
                }
                words.push(word);
            }
        }
    }
    words
}

/// What the host says of a path.
pub(super) fn said(text: &str, path: &str) -> Said {
    // nginx matches the decoded path, and the file of a folder.
    let path = decoded(path);
    let file = if path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
    let lines: Vec<Vec<String>> =
        text.lines().filter(|it| !it.trim_start().starts_with('#')).map(words).collect();
    let locations =
        lines.iter().enumerate().filter(|(_, it)| it.first().is_some_and(|it| it == "location"));
    for (_, words) in locations.clone().filter(|(_, it)| it[1] == "=") {
        if words[2] == path {
            assert_eq!(words[3..6], ["{", "return", "301"]);
            return Said::Moved(words[6].clone());
        }
    }
    let mut found = locations.filter(|(_, it)| it[1] == "~");
    let (at, words) = found.find(|(_, it)| is(&it[2], &file)).unwrap_or_else(|| panic!("{path}"));
    if words.get(4).is_some_and(|it| it == "return") {
        return Said::Hidden;
    }
    let inside = lines[at + 1..].iter().take_while(|it| it[0] == "add_header");
    Said::Headers(inside.map(|it| (it[1].clone(), it[2].clone())).collect())
}

#[test]
fn nginx_answers_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (text, count) = super::super::nginx::write(&table);
        assert_eq!(count, table.redirects.len());
        agrees(&table, Host::Nginx, |path| said(&text, path));
        assert!(matches!(said(&text, &format!("{base}.hosts/nginx.conf")), Said::Hidden));
        assert_eq!(text.matches('{').count() - text.matches("{8}").count(), {
            text.matches('}').count() - text.matches("{8}").count()
        });
    }
}

#[test]
fn no_value_of_nginx_holds_a_variable() {
    for base in BASES {
        let (text, _) = super::super::nginx::write(&Table::new(source(base)));
        for line in text.lines().filter(|it| !it.trim_start().starts_with('#')) {
            let words = words(line);
            let is_value = |at: usize| words[at].contains('$');
            match words.first().map(String::as_str) {
                Some("add_header") => assert!(!is_value(2), "{line}"),
                Some("location") if words[1] == "=" => assert!(!is_value(6), "{line}"),
                _ => {}
            }
        }
    }
}
