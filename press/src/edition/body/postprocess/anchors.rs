//! Targets of old HTML: `<a name="x">` becomes an id, so that links still find it.

use crate::html::{Element, Node, Tree};

/// Turns names into ids. An element that has an id too gets the name in an element of its own.
pub(super) fn adopt_names(tree: &mut Tree) {
    let named =
        tree.nodes().filter(|node| node.value().element().is_some_and(|e| e.get("name").is_some()));
    let named: Vec<_> = named.map(|node| node.id()).collect();
    for id in named {
        let name = tree.change(id, |element| element.take("name")).flatten();
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            continue;
        };
        let own = tree.element(id).and_then(|element| element.get("id")).map(str::to_owned);
        match own {
            None => {
                tree.change(id, |element| element.set("id", name));
            }
            Some(own) if own != name && tree.name(id) == "a" => {
                tree.insert_before(id, Node::Element(Element::new("span", [("id", name)])));
            }
            Some(_) => {}
        }
    }
}
