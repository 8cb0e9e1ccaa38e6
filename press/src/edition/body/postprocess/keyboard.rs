//! What is wider than the page can be scrolled with the keyboard.

use crate::edition::body::labels::Labels;
use crate::edition::body::names;
use crate::html::{Element, Tree};

/// Puts every table into a region of its own, and says what the cells of a head are heads of.
pub(super) fn frame_tables(tree: &mut Tree, labels: &Labels) {
    for cell in tree.all(|name| name == "th") {
        if tree.is_inside(cell, |name| name == "thead") {
            tree.change(cell, |element| {
                if element.get("scope").is_none() {
                    element.lead_with([("scope", "col".to_owned())]);
                }
            });
        }
    }
    for table in tree.all(|name| name == "table") {
        if tree.is_inside(table, |name| name == "table") {
            continue;
        }
        let region = [
            ("class", names::class("table")),
            ("role", "region".to_owned()),
            ("tabindex", "0".to_owned()),
            ("aria-label", labels.table.to_owned()),
        ];
        tree.wrap(table, Element::new("div", region));
    }
}

/// Lets code take the focus.
pub(super) fn focus_code(tree: &mut Tree) {
    for code in tree.all(|name| name == "pre") {
        tree.change(code, |element| element.lead_with([("tabindex", "0".to_owned())]));
    }
}
