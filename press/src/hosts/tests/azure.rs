//! `staticwebapp.config.json`: the first route alone, and the global headers.

use serde_json::Value;

use super::*;

/// A route as Azure's own tool compiles it (`globToRegExp`): a list of endings becomes a group, then `*.` any text.
fn compiled(route: &str) -> String {
    let route = match (route.find('{'), route.rfind('}')) {
        (Some(start), Some(end)) => {
            let endings = route[start + 1..end].replace(',', "|");
            format!("{}({endings}){}", &route[..start], &route[end + 1..])
        }
        _ => route.to_owned(),
    };
    format!("^{}$", route.replacen("*.", ".*", 1).replacen("/*", "/.*", 1))
}

/// Whether a route matches, as that tool decides it.
fn matches(route: &str, path: &str) -> bool {
    let one = |path: &str| route == path || (route.contains('*') && is(&compiled(route), path));
    let index = match path.contains('.') {
        true => path.to_owned(),
        false => format!("{}/index.html", path.trim_end_matches('/')),
    };
    one(path) || one(&index)
}

fn said(config: &Value, path: &str) -> Said {
    let route = config["routes"].as_array().unwrap().iter().find(|it| {
        let route = it["route"].as_str().unwrap();
        assert!(route.matches('*').count() <= 1, "{route}");
        matches(route, path)
    });
    if let Some(to) = route.and_then(|it| it["redirect"].as_str()) {
        return Said::Moved(to.to_owned());
    }
    if route.is_some_and(|it| it["statusCode"] == 404) {
        return Said::Hidden;
    }
    let own = route.and_then(|it| it["headers"].as_object());
    let mut headers = BTreeMap::new();
    for (name, value) in config["globalHeaders"].as_object().into_iter().chain(own).flatten() {
        headers.insert(name.clone(), value.as_str().unwrap().to_owned());
    }
    headers.retain(|_, value| !value.is_empty());
    Said::Headers(headers)
}

#[test]
fn azure_answers_as_the_table_says() {
    for base in BASES {
        let mut source = source(base);
        // Braces and a dot in a folder's name are what no route can say.
        source.redirects.retain(|it| !it.from.contains(['{', '.']) || it.from.ends_with('l'));
        let table = Table::new(source);
        let (text, count, left_out) = super::super::azure::write(&table);
        assert_eq!((count, left_out), (table.redirects.len(), 0));
        let config: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(config["mimeTypes"][".webmanifest"], "application/manifest+json");
        // With a dot in its base path a site has rules for addresses that end with a slash alone.
        if !base.contains('.') {
            let old = ["v1.2", "%7B"];
            let is_said = |path: &str| !old.iter().any(|it| path.contains(it));
            for path in paths().into_iter().filter(|it| is_said(it)) {
                let path = [base, &path].concat();
                let expected = table.answer(&path, |file| FILES.contains(&file));
                match said(&config, &path) {
                    Said::Moved(to) => assert_eq!(Some(to), expected.location, "{path}"),
                    Said::Hidden => panic!("{path} is hidden"),
                    Said::Headers(headers) => {
                        let expected: BTreeMap<String, String> =
                            expected.headers.into_iter().map(|(a, b)| (a.to_owned(), b)).collect();
                        assert_eq!(headers, expected, "{path}");
                    }
                }
            }
        }
        assert!(matches!(
            said(&config, &format!("{}.press.json", super::super::paths::encoded(base))),
            Said::Hidden
        ));
    }
}
