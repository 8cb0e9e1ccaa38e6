//! The banner: its links say where in the newspaper the page is that is shown.

use super::document;
use super::handle::{Handle, Shown};
use crate::components::aria_current;

/// What says so (WAI-ARIA 1.2).
const ATTRIBUTE: &str = "aria-current";

/// Follows which page is shown, as long as the page lives.
pub(super) fn listen(handle: Handle) {
    handle.watch(mark);
}

/// Marks the link to the list that is shown, or that the page belongs to. The first link is that to the front; those to
/// the sections follow in their order.
fn mark(handle: Handle, shown: &Shown) {
    let context = handle.context();
    let sections = context.site.sections.iter().map(|it| Some(it.slug.as_str()));
    let lists = [None].into_iter().chain(sections);
    for (list, link) in lists.zip(document::links_of("banner")) {
        let value = aria_current(list, &shown.page);
        if link.get_attribute(ATTRIBUTE).as_deref() != value {
            let _ = match value {
                Some(value) => link.set_attribute(ATTRIBUTE, value),
                None => link.remove_attribute(ATTRIBUTE),
            };
        }
    }
}
