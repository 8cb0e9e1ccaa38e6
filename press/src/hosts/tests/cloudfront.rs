//! The functions for CloudFront: their data is JSON, their code is tried where JavaScript runs.

use serde_json::Value;

use super::*;

/// The value of a constant of a script.
fn constant(script: &str, name: &str) -> Value {
    let start = format!("const {name} = ");
    let line = script.lines().find_map(|line| line.strip_prefix(&start)).unwrap();
    serde_json::from_str(line.trim_end_matches(';'))
        .unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn the_functions_of_cloudfront_hold_the_table() {
    for base in BASES {
        let table = Table::new(source(base));
        let (request, count) = super::super::cloudfront::request(&table);
        assert_eq!(count, table.redirects.len());
        let (response, fits) = super::super::cloudfront::response(&table);
        assert!(fits && !request.contains("PRESS_") && !response.contains("PRESS_"));
        let old = constant(&request, "old");
        let (rules, everywhere) = (constant(&response, "rules"), constant(&response, "everywhere"));
        agrees(&table, Host::Cloudfront, |path| {
            let path = decoded(path);
            let below = path.strip_prefix(base).unwrap();
            let folder = below.strip_suffix("index.html").filter(|it| it.ends_with('/'));
            let key = folder.unwrap_or(below).trim_end_matches('/');
            if let Some(to) = old.get(key).and_then(Value::as_str) {
                return Said::Moved(table.location(to));
            }
            let rule = rules.as_array().unwrap().iter();
            let rule = rule.clone().find(|it| is(it[0].as_str().unwrap(), below)).unwrap();
            let all = everywhere.as_object().into_iter().chain(rule[1].as_object()).flatten();
            let names: BTreeMap<String, &str> = table
                .rules
                .iter()
                .flat_map(|it| table.headers(it))
                .map(|(name, _)| (name.to_lowercase(), *name))
                .collect();
            let header = |(name, value): (&String, &Value)| {
                (names[name].to_owned(), value["value"].as_str().unwrap().to_owned())
            };
            Said::Headers(all.map(header).collect())
        });
    }
}
