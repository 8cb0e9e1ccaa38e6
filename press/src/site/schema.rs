//! The JSON Schema of the contract, generated from its types and published with every site.

use broadsheet::contract::{CONTRACT_VERSION, Feed, Site};

/// File names, relative to the site, and the schemas.
pub(super) fn files() -> [(String, String); 2] {
    let print = |schema: schemars::Schema| format!("{:#}\n", schema.to_value());
    let name = |kind: &str| format!("schema/{CONTRACT_VERSION}/{kind}.json");
    [
        (name("feed"), print(schemars::schema_for!(Feed))),
        (name("site"), print(schemars::schema_for!(Site))),
    ]
}
