//! `_headers` and `_redirects`, as Cloudflare and as Netlify read them.

use super::*;

/// The rules of a `_headers` file.
fn rules(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => rules.push((line.to_owned(), Vec::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    rules
}

/// A pattern as Cloudflare's `rules-engine.ts` compiles it.
fn cloudflare(pattern: &str) -> String {
    assert!(pattern.matches('*').count() <= 1, "{pattern}: Cloudflare takes one * in a rule");
    let parts: Vec<_> = pattern.split('*').map(regex::escape).collect();
    let names = regex::Regex::new(":[A-Za-z][A-Za-z0-9_]*").unwrap();
    format!("^{}$", names.replace_all(&parts.join(".*"), "[^/]+"))
}

/// A pattern as Netlify's `headers-parser` compiles it.
fn netlify(pattern: &str) -> String {
    let parts = pattern.split('/').filter(|it| !it.is_empty()).map(|part| match part {
        _ if part.starts_with(':') => "([^/]+)".to_owned(),
        "*" => "?(.*)".to_owned(),
        _ if part.contains('*') => part.replace('*', "(.*)"),
        _ => regex::escape(part),
    });
    format!("(?i)^/{}/?$", parts.collect::<Vec<_>>().join("/"))
}

fn said(text: &str, path: &str, compile: fn(&str) -> String) -> Said {
    // What both do by themselves.
    let mut headers = BTreeMap::new();
    let mut set: BTreeMap<String, String> = BTreeMap::new();
    for (pattern, of) in rules(text) {
        if is(&compile(&pattern), path) {
            for (name, value) in of {
                let joined = set.remove(&name).map_or(value.clone(), |it| format!("{it}, {value}"));
                set.insert(name, joined);
            }
        }
    }
    headers.insert("Cache-Control".to_owned(), REVALIDATE.to_owned());
    headers.extend(set);
    Said::Headers(headers)
}

/// The redirects of a `_redirects` file: a rule is a path, exactly.
fn moved(text: &str, path: &str, slash_matters: bool) -> Option<String> {
    let bare = |path: &str| match slash_matters {
        true => path.to_owned(),
        false => path.trim_end_matches('/').to_owned(),
    };
    text.lines().find_map(|line| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        assert!(columns.len() == 3 && columns[2].trim_end_matches('!') == "301", "{line}");
        (bare(columns[0]) == bare(path)).then(|| columns[1].to_owned())
    })
}

#[test]
fn cloudflare_and_netlify_answer_as_the_table_says() {
    for base in BASES {
        let table = Table::new(source(base));
        let (headers, left_out) = headers_file::write(&table);
        let (redirects, count) = redirects_file::write(&table, &[]);
        assert_eq!((left_out, count), (0, table.redirects.len()));
        for (host, compile, exact) in [
            (Host::Cloudflare, cloudflare as fn(&str) -> String, true),
            (Host::Netlify, netlify as fn(&str) -> String, false),
        ] {
            agrees(&table, host, |path| {
                if let Some(to) = moved(&redirects, path, exact) {
                    return Said::Moved(to);
                }
                let Said::Headers(mut headers) = said(&headers, path, compile) else { panic!() };
                // Netlify cannot tell `/tin/rss.xml` from `/tin/moi/`, and what pages say besides does no harm to data.
                let data = ["tin/rss.xml"].map(|it| [&table.base, it].concat());
                if host == Host::Netlify && data.contains(&decoded(path)) {
                    let page = table.rule(Class::Page).unwrap();
                    let more =
                        |name: &String| name != "Cache-Control" && page.header(name).is_some();
                    headers.retain(|name, _| !more(name));
                }
                Said::Headers(headers)
            });
        }
    }
}

#[test]
fn no_path_that_partners_frame_has_two_policies_on_either_host() {
    let table = Table::new(source("/"));
    let (headers, _) = headers_file::write(&table);
    // Cloudflare leads from `front.html` to `front`.
    for path in ["/embed/front", "/embed/section/tin", "/embed/article/tin/moi"] {
        for compile in [cloudflare, netlify] {
            let Said::Headers(headers) = said(&headers, path, compile) else { panic!("{path}") };
            let rule = table.rule(Class::Embed).unwrap();
            let policy = rule.header("Content-Security-Policy");
            assert_eq!(headers.get("Content-Security-Policy").map(String::as_str), policy);
            assert_eq!(headers.get("X-Frame-Options"), None, "{path}");
        }
    }
}

#[test]
fn netlify_alone_is_told_that_rules_win_over_files() {
    let table = Table::new(source("/"));
    for (hosts, status) in [
        (vec![], "301"),
        (vec![Host::Netlify], "301!"),
        (vec![Host::Netlify, Host::Cloudflare], "301"),
    ] {
        let (text, _) = redirects_file::write(&table, &hosts);
        assert!(text.lines().all(|line| line.ends_with(&format!(" {status}"))), "{text}");
    }
}

#[test]
fn what_no_line_can_say_is_left_to_its_page() {
    let mut table = Table::new(source("/"));
    table.redirects = vec![redirect("a:b/", "c/"), redirect("a*/", "c/"), redirect("d/", "e/")];
    let (text, count) = redirects_file::write(&table, &[]);
    assert_eq!((count, text.as_str()), (1, "/d/ /e/ 301\n/d /e/ 301\n/d/index.html /e/ 301\n"));
}
