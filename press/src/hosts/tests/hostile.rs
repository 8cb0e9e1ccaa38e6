//! Names that would mean something else in a format.

use super::*;

const NAMES: [&str; 19] = [
    "a b/",
    "a\"b/",
    "a'b/",
    "a\\b/",
    "a\\tb/",
    "a$1b/",
    "a{b}/",
    "a*b/",
    "a:b/",
    "a#b/",
    "a\nb/",
    "a%20b/",
    "%{REQUEST_URI}/",
    "${PATH}/",
    "{$HOME}/",
    "ợ/",
    "a;b/",
    "] } return 301 x;\nlocation / {/",
    "</If>\nDeny from all/",
];

#[test]
fn no_name_breaks_out_of_its_place() {
    let plain = write(&Table::new(with("")), "x", &[]);
    for name in NAMES {
        let files = write(&Table::new(with(name)), "x", &[]);
        for ((file, text), (_, plain)) in files.files.iter().zip(&plain.files) {
            if file.ends_with("json") || file.ends_with("jsonc") {
                serde_json::from_str::<serde_json::Value>(text)
                    .unwrap_or_else(|e| panic!("{file}: {e}"));
                continue;
            }
            if file.ends_with(".js") {
                // A string of JSON is one line, too.
                assert_eq!(text.lines().count(), plain.lines().count(), "{file}: {name:?}");
                continue;
            }
            // Every line begins with what the press writes, and the new ones are those of a redirect.
            let known: Vec<&str> = plain.lines().collect();
            for line in text.lines().filter(|it| !known.contains(it)) {
                let own = [
                    "/",
                    "    location = \"/",
                    "map ",
                    "\t\"/",
                    "\t`~^/",
                    "\tdefault",
                    "@paper_old",
                    "redir @paper_old",
                    "RewriteRule \"^",
                ];
                assert!(own.iter().any(|it| line.starts_with(it)), "{file}: {name:?}: {line}");
                let variable = file.ends_with("Caddyfile") && line.contains("{$");
                assert!(!variable, "{file}: {name:?}: {line}");
            }
            assert!(!text.contains("\nDeny") && !text.contains("\nlocation / {"), "{file}");
        }
    }
}

/// A table with one redirect from and to a name.
fn with(name: &str) -> Source<'_> {
    let mut source = source("/");
    source.redirects = if name.is_empty() { Vec::new() } else { vec![redirect(name, name)] };
    source
}

#[test]
fn a_server_reads_back_the_very_name_that_was_written() {
    type Server = (Host, (String, usize), fn(&str, &str) -> Said);
    for name in NAMES {
        let table = Table::new(with(name));
        let servers: [Server; 3] = [
            (Host::Nginx, super::super::nginx::write(&table), super::nginx::said),
            (Host::Caddy, super::super::caddy::write(&table), super::caddy::said),
            (Host::Apache, super::super::apache::write(&table), |text, path| {
                super::apache::said(text, "/", path)
            }),
        ];
        for (host, (text, count), said) in servers {
            assert_eq!(count, usize::from(!name.contains('\n')), "{host}: {name:?}");
            if count == 1 {
                let path = super::super::paths::encoded(&format!("/{name}"));
                let Said::Moved(to) = said(&text, &path) else { panic!("{host}: {name:?}") };
                assert_eq!(to, table.location(name), "{host}: {name:?}");
            }
        }
    }
}

#[test]
fn what_a_redirect_leads_to_is_plain_wherever_it_stands() {
    let table = Table::new(with("a"));
    for name in NAMES {
        let location = table.location(name);
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
        assert!(location.chars().all(plain), "{location}");
        assert_eq!(decoded(&location), format!("/{name}"));
    }
}

#[test]
fn a_policy_can_add_no_header_and_no_variable() {
    let mut source = source("/");
    source.embed_policy = "a\r\nX-Evil: 1\" ${x} {y} \\ `z` <If> %{HOST}e";
    let table = Table::new(source);
    for (file, text) in write(&table, "x", &[]).files {
        assert!(!text.contains("\nX-Evil") && !text.contains("${x}"), "{file}");
    }
    let policy = table.rule(Class::Embed).unwrap().header("Content-Security-Policy").unwrap();
    assert_eq!(
        policy,
        "a%0D%0AX-Evil: 1%22 %24%7Bx%7D %7By%7D %5C %60z%60 %3CIf%3E %25%7BHOST%7De"
    );
}
