//! What is wider than the page can be scrolled with the keyboard.

use crate::edition::body::labels::Labels;
use crate::edition::body::names;
use crate::html::{Element, Tree};

/// Puts every table into a region of its own.
pub(super) fn frame_tables(tree: &mut Tree, labels: &Labels) {
    let mut number = 0;
    for table in tree.all(|name| name == "table") {
        if tree.is_inside(table, |name| name == "table") {
            continue;
        }
        number += 1;
        // Regions of a page need names of their own (WAI-ARIA Practices, "Landmark Regions").
        let label = match number {
            1 => labels.table.to_owned(),
            number => format!("{} {number}", labels.table),
        };
        let region = [
            ("class", names::class("table")),
            ("role", "region".to_owned()),
            ("tabindex", "0".to_owned()),
            ("aria-label", label),
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
