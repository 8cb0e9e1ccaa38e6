//! Which articles say nothing out of the ordinary, so that a card of them is kept.

use crate::edition::article::Article;
use crate::edition::card::{Card, Name};
use crate::edition::config::generator::Marks;
use crate::edition::draft::Draft;
use crate::edition::made::Made;

/// The card of an article that was made of a draft, if it says nothing out of the ordinary.
pub(crate) fn card(draft: &Draft, made: &Made, article: &Article) -> Option<(Name, Card)> {
    let Made { body, diagnostics, links, asked, led, is_new: _ } = made;
    let front_matter = &draft.front_matter;
    let is_quiet = draft.diagnostics.all.is_empty()
        && draft.diagnostics.external_pictures == 0
        && diagnostics.all.is_empty()
        && diagnostics.external_pictures == 0;
    let is_alone = links.is_empty() && asked.is_empty() && led.is_empty();
    let has_own_names = draft.version.neutral == draft.file
        && draft.old.is_empty()
        && !draft.is_moved
        && draft.marks == Marks::default()
        && front_matter.translation_key.is_none()
        && front_matter.permalink_key.is_none();
    let is_plain = body.is_some()
        && article.files.is_empty()
        && article.players.is_empty()
        && article.aliases.is_empty()
        && article.image.is_none()
        && front_matter.image.is_none()
        && article.corrected.is_none()
        && article.withdrawn.is_none();
    let is_to_stay = !front_matter.draft && front_matter.times.goes.is_none();
    (is_quiet && is_alone && has_own_names && is_plain && is_to_stay).then(|| {
        let name = Name {
            section: article.section.clone(),
            slug: article.slug.clone(),
            language: article.language.clone(),
            main: draft.version.main.clone(),
        };
        let card = Card {
            published: article.published.timestamp(),
            modified: article.modified.as_ref().map(|at| at.timestamp()),
            appears: front_matter.times.appears.as_ref().map(|at| at.timestamp()),
            tags: article.tags.clone(),
            seals: article.seals(),
        };
        (name, card)
    })
}
