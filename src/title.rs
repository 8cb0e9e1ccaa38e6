//! The title of a document.

use crate::contract::{Feed, PageKind, Site};
use crate::phrases::Phrases;

/// The text of `<title>` for a page. `js/worker/documents.js` has the same rules.
pub fn document_title(site: &Site, page: &Feed) -> String {
    let phrases = Phrases::of(&site.language);
    let mut title = page.title.clone();
    if let Some(number) = page.extension.page {
        title.push_str(&[" – ", phrases.page, &number.to_string()].concat());
    }
    if page.extension.kind == PageKind::Front && page.extension.page.is_none() {
        if !site.tagline.is_empty() {
            title.push_str(&[" – ", &site.tagline].concat());
        }
    } else if page.title != site.title {
        title.push_str(&[" – ", &site.title].concat());
    }
    title
}
