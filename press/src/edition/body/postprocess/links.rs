//! The links of a body lead where their author meant.

use crate::edition::addresses::urls;
use crate::edition::article::BundleFile;
use crate::edition::body::conform::OF_TARGET;
use crate::edition::body::headings::Plan;
use crate::edition::body::labels::Labels;
use crate::html::{Element, Tree};

use super::{Complaints, Surroundings};

/// Resolves all links and gives the files that must be published for them.
pub(super) fn resolve(
    tree: &mut Tree,
    plan: &Plan,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Vec<BundleFile> {
    let mut files = Vec::new();
    for link in tree.all(|name| name == "a") {
        let written = tree.change(link, |element| element.take("href")).flatten();
        let written = written.unwrap_or_default();
        let mut target = surroundings.linker.target(&written, plan);
        if let Some(problem) = target.as_mut().and_then(|it| it.problem.take()) {
            // Nothing is published at that address.
            complaints.once(&written, problem);
            target = None;
        }
        let Some(target) = target else {
            tree.change(link, |element| {
                element.attributes.retain(|(key, _)| !OF_TARGET.contains(&&**key));
            });
            continue;
        };
        files.extend(target.file.as_deref().map(BundleFile::linked));
        let rel = target.foreign.then(|| ("rel", "noopener".to_owned()));
        let first = [("href", urls::encoded(&target.href).into_owned())].into_iter().chain(rel);
        tree.change(link, |element| element.lead_with(first));
    }
    files
}

/// Names the links around pictures that say nothing.
pub(super) fn name(tree: &mut Tree, labels: &Labels) {
    for link in tree.all(|name| name == "a") {
        let leads = |it: &Element| it.get("href").is_some() && it.get("aria-label").is_none();
        let pictures = tree.get(link).descendants().filter_map(|node| node.value().element());
        let silent = |it: &Element| it.get("alt").unwrap_or_default().trim().is_empty();
        let all_silent = pictures.filter(|it| &*it.name == "img").all(silent);
        if tree.element(link).is_some_and(leads)
            && all_silent
            && tree.words(link, |_| false).is_empty()
        {
            tree.change(link, |element| element.set("aria-label", labels.picture));
        }
    }
}
