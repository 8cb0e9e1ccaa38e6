//! The links of a body lead where their author meant.

use crate::edition::addresses::urls;
use crate::edition::article::BundleFile;
use crate::edition::body::headings::Plan;
use crate::html::Tree;

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
        let Some(target) = surroundings.linker.target(&written, plan) else {
            // Where a link leads nowhere, it has no language either.
            tree.change(link, |element| element.take("hreflang"));
            continue;
        };
        files.extend(target.file.as_deref().map(BundleFile::linked));
        if let Some(problem) = target.problem {
            complaints.once(&written, problem);
        }
        let rel = target.foreign.then(|| ("rel", "noopener".to_owned()));
        let first = [("href", urls::encoded(&target.href).into_owned())].into_iter().chain(rel);
        tree.change(link, |element| element.lead_with(first));
    }
    files
}
