//! `vercel.json` and `firebase.json`: of the headers that match, the last one wins.

use serde_json::Value;

use super::*;

fn texts(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}")).to_owned()
}

/// The headers of all rules that match.
fn headers(config: &Value, matches: impl Fn(&Value) -> bool) -> Said {
    let mut set = BTreeMap::new();
    for rule in config["headers"].as_array().unwrap().iter().filter(|it| matches(it)) {
        for header in rule["headers"].as_array().unwrap() {
            set.insert(texts(header, "key"), texts(header, "value"));
        }
    }
    Said::Headers(set)
}

/// A source of path-to-regexp 6, as far as the press writes it: text with escapes, then at most one group.
fn vercel(source: &str) -> String {
    let mut out = String::from("^");
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push_str(&regex::escape(&chars.next().unwrap().to_string())),
            ':' => {
                let rest: String = chars.by_ref().collect();
                out.push_str(rest.strip_prefix("rest").unwrap());
            }
            '(' => {
                out.push('(');
                out.extend(chars.by_ref());
            }
            _ => out.push_str(&regex::escape(&c.to_string())),
        }
    }
    out + "$"
}

#[test]
fn vercel_answers_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (text, count) = super::super::vercel::write(&table);
        let config: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(count, table.redirects.len());
        assert_eq!((&config["trailingSlash"], &config["cleanUrls"]), (&true.into(), &false.into()));
        agrees(&table, Host::Vercel, |path| {
            let all = config["redirects"].as_array().unwrap();
            let redirect = all.iter().find(|it| is(&vercel(&texts(it, "source")), path));
            match redirect {
                Some(it) => {
                    assert_eq!(it["statusCode"], 301);
                    Said::Moved(texts(it, "destination"))
                }
                None => headers(&config, |it| is(&vercel(&texts(it, "source")), path)),
            }
        });
        for rule in config["headers"].as_array().unwrap() {
            let source = texts(rule, "source");
            // Groups that capture are an error of path-to-regexp.
            assert_eq!(source.replace("\\(", "").replace("(?:", "").matches('(').count(), 1);
        }
    }
}

#[test]
fn firebase_answers_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (text, count) = super::super::firebase::write(&table);
        let config: Value = serde_json::from_str(&text).unwrap();
        let config = &config["hosting"];
        assert_eq!(count, table.redirects.len());
        // The emulator decodes a path before it looks for a redirect, the host is not known to.
        for decodes in [true, false] {
            agrees(&table, Host::Firebase, |path| {
                let asked = if decodes { decoded(path) } else { path.to_owned() };
                let all = config["redirects"].as_array().unwrap();
                match all.iter().find(|it| is(&texts(it, "regex"), &asked)) {
                    Some(it) => Said::Moved(texts(it, "destination")),
                    None => headers(config, |it| is(&texts(it, "regex"), path)),
                }
            });
        }
        let ignored: Vec<&str> =
            config["ignore"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for name in ["firebase.json", ".press.json", ".hosts/**", "_headers"] {
            assert!(ignored.contains(&name), "{name}");
        }
        assert!(!ignored.iter().any(|it| it.contains("well-known") || *it == "**/.*"));
    }
}

#[test]
fn the_names_of_vercel_and_wrangler_are_not_uploaded() {
    let vercel = super::super::vercel::ignore();
    assert!(vercel.lines().any(|it| it == ".press.json") && !vercel.contains("vercel.json\n"));
    let wrangler = workers::ignore();
    assert!(wrangler.lines().any(|it| it == "wrangler.jsonc"));
    assert!(!wrangler.contains("_headers") && !wrangler.contains("_redirects"));
    let config: Value = serde_json::from_str(&workers::config("Báo-Thử.example")).unwrap();
    assert_eq!(config["name"], "b-o-th--example");
    assert_eq!(config["assets"]["not_found_handling"], "404-page");
}
