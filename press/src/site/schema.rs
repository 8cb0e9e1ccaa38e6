//! The JSON Schema of the contract, generated from its types and published with every site.

use broadsheet::contract::{CONTRACT_VERSION, EditionList, Feed, Site};

/// File names, relative to the site, and the schemas.
pub(super) fn files() -> [(String, String); 3] {
    let print = |schema: schemars::Schema| format!("{:#}\n", schema.to_value());
    let name = |kind: &str| format!("schema/{CONTRACT_VERSION}/{kind}.json");
    [
        (name("feed"), print(schemars::schema_for!(Feed))),
        (name("edition"), print(schemars::schema_for!(EditionList))),
        (name("site"), print(schemars::schema_for!(Site))),
    ]
}
