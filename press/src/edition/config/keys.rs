//! The names that `site.toml` may hold. Any other is a warning and is taken out before the values are read, so that
//! no name is read that is not in the list; and `press new-edition` writes a file that explains each of them.

use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::values::node::{Node, Table, Value};

/// The tables of `site.toml`, `""` for what stands first, with the names that each may hold.
pub(crate) const KEYS: [(&str, &[&str]); 8] = [
    (
        "",
        &[
            "title",
            "tagline",
            "language",
            "timezone",
            "base_url",
            "languages",
            "page_size",
            "permalinks",
            "generator",
            "offline",
            "banner",
            "sections",
            "embed",
            "feeds",
            "publish",
            "players",
            "pictures",
            "hosts",
        ],
    ),
    ("sections", &["slug", "title", "language", "description", "permalinks"]),
    ("banner", &["image", "alt"]),
    ("embed", &["element", "partners", "accent", "referrer"]),
    ("feeds", &["hub"]),
    ("publish", &["to", "before", "after", "indexnow"]),
    ("players", &["frames"]),
    ("pictures", &["fetch"]),
];

/// Other spellings of a name, and the tables in which other generators keep what they have no name for.
const ALSO: [(&str, &[&str]); 2] = [("", &["extra", "params"]), ("sections", &["lang"])];

/// Takes out what has a name that is not known, with a warning for each.
pub(super) fn take_out_unknown(table: &mut Table, diagnostics: &mut FileDiagnostics) {
    take_out("", table, diagnostics);
    for (name, node) in &mut table.entries {
        let tables = match &mut node.value {
            Value::List(items) => items.as_mut_slice(),
            _ => std::slice::from_mut(node),
        };
        for inner in tables {
            if let (true, Node { value: Value::Table(inner), .. }) = (name != "permalinks", inner) {
                take_out(name, inner, diagnostics);
            }
        }
    }
}

fn take_out(place: &str, table: &mut Table, diagnostics: &mut FileDiagnostics) {
    let named = |list: &[(&str, &'static [&'static str])]| -> Vec<&'static str> {
        list.iter()
            .filter(|(name, _)| *name == place)
            .flat_map(|(_, names)| *names)
            .copied()
            .collect()
    };
    let (names, also) = (named(&KEYS), named(&ALSO));
    // A table that other generators know, such as [extra], may hold anything.
    if names.is_empty() {
        return;
    }
    table.entries.retain(|(name, node)| {
        let known = names.contains(&&**name) || also.contains(&&**name);
        if !known {
            let like = names.iter().find(|it| letters(it) == letters(name));
            let names = like.map_or_else(|| names.join(", "), |it| (*it).to_owned());
            let problem = Problem::SiteUnknown { name: name.clone(), names };
            diagnostics.push(node.line, problem);
        }
        known
    });
}

/// The letters of a name, by which `baseURL` is like `base_url`.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
