//! Ids: each once, and none that is the app's.

use std::collections::HashSet;

use crate::edition::body::names;
use crate::html::Tree;

/// Of several elements with one id only the first keeps it.
pub(super) fn once(tree: &mut Tree) {
    let with_id = tree.nodes().filter_map(|node| {
        let id = node.value().element()?.get("id")?;
        Some((node.id(), names::id(id).into_owned()))
    });
    let with_id: Vec<_> = with_id.collect();
    let mut taken = HashSet::new();
    for (node, id) in with_id {
        tree.change(node, |element| match taken.insert(id.clone()) {
            true => element.set("id", id),
            false => {
                element.take("id");
            }
        });
    }
}
