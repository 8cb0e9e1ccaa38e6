//! Times that no machine can read are words like others.

use crate::edition::body::attributes::fits;
use crate::edition::body::postprocess::nesting::dissolve;
use crate::html::Tree;

/// Dissolves what says that it is a time, and does not say which.
pub(super) fn mend(tree: &mut Tree) {
    for id in tree.all(|name| name == "time") {
        let element = tree.element(id);
        let said = element.is_some_and(|element| element.get("datetime").is_some());
        if !said && !fits("time", "datetime", &tree.words(id, |_| false)) {
            dissolve(tree, id);
        }
    }
}
