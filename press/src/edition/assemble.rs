//! Puts an article together from its two parts.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edition::article::Article;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::links::ArticleLink;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::draft::{Draft, Text};
use crate::edition::made::{Body, Made};
use crate::edition::make::{Frame, Shared, make};
use crate::edition::recall;
use crate::edition::slot::Slot;
use crate::edition::timetable::Failed;

/// What a draft became.
#[derive(Debug)]
pub(crate) struct Assembled {
    pub(crate) file: PathBuf,
    /// Nothing if anything is wrong.
    pub(crate) article: Option<Article>,
    /// An article that is missing, and whether it was withdrawn.
    pub(crate) missing: Option<(Failed, bool)>,
    pub(crate) diagnostics: FileDiagnostics,
    /// The links to other articles.
    pub(crate) links: Vec<ArticleLink>,
    /// What is remembered of the file.
    pub(crate) slot: Option<Slot>,
}

/// Makes the body, or takes it as it was made before. There is no article if anything in either part is wrong.
pub(crate) fn assemble(mut draft: Draft, shared: &Arc<Shared>) -> Assembled {
    let file = draft.file.clone();
    let mut diagnostics =
        std::mem::replace(&mut draft.diagnostics, FileDiagnostics::new(&draft.file));
    let (body, links) = match (&draft.front_matter.withdrawn, &draft.text) {
        (_, Text::Broken) => (None, Vec::new()),
        // Not even looked at: nothing that is wrong in it may keep the article online.
        (Some(_), _) => (Some(Body::default()), Vec::new()),
        (None, _) => {
            let made = made(&mut draft, shared);
            diagnostics.add(made.diagnostics);
            (made.body, made.links)
        }
    };
    let slot = draft.slot.take();
    let mut front_matter = draft.front_matter;
    let withdrawn = front_matter.withdrawn.is_some();
    let (Some(body), Some(date), false) =
        (body, front_matter.date.take(), diagnostics.has_errors())
    else {
        let path = format!("{}/{}/", draft.section, draft.slug);
        let missing = Some((Failed { file: draft.file, path }, withdrawn));
        return Assembled { file, article: None, missing, diagnostics, links, slot };
    };
    let article = Article {
        title: front_matter.title,
        summary: front_matter.summary.or(body.lede),
        prose: body.prose,
        words: body.words,
        image: body.image,
        lead_in_body: body.lead_in_body,
        published: date.at,
        date_only: date.date_only,
        modified: front_matter.modified.map(|moment| moment.at),
        authors: front_matter.authors,
        source: front_matter.source,
        tags: front_matter.tags,
        language: draft.version.language,
        translations: Vec::new(),
        aliases: draft.old.into_iter().map(|old| old.path).collect(),
        files: body.files,
        players: body.players,
        corrected: front_matter.corrected.map(|note| note.text),
        withdrawn_at: front_matter.withdrawn.as_ref().and_then(|note| Some(note.date.clone()?.at)),
        withdrawn: front_matter.withdrawn.map(|note| note.text),
        file: draft.file,
        section: draft.section,
        slug: draft.slug,
    };
    Assembled { file, article: Some(article), missing: None, diagnostics, links, slot }
}

/// What becomes of a body; as it was made before, where it would be made so again.
fn made(draft: &mut Draft, shared: &Arc<Shared>) -> Made {
    let frame = Frame {
        file: draft.file.clone(),
        section: draft.section.clone(),
        slug: draft.slug.clone(),
        language: draft.version.language.clone(),
        image: draft.front_matter.image.clone(),
        separator: draft.front_matter.excerpt_separator.clone(),
    };
    if let Some(made) = draft.slot.as_ref().and_then(|slot| recall::find(slot, &frame, shared)) {
        return made;
    }
    let again;
    let text = match &draft.text {
        Text::Read(text) => text,
        _ => match read_again(draft, shared) {
            Ok(text) => {
                again = text;
                &again
            }
            Err(diagnostics) => {
                draft.slot = None;
                return Made { diagnostics, ..Made::nothing(&draft.file) };
            }
        },
    };
    let mut made = make(&frame, text, shared);
    if let Some((spool, body)) = shared.spool.as_ref().zip(made.body.as_mut()) {
        body.prose = spool.hold(std::mem::take(&mut body.prose), &draft.file);
    }
    if let Some(slot) = &mut draft.slot {
        recall::keep(slot, &frame, &made);
    }
    made
}

/// Reads the file of a draft that was remembered. It must still be as it was.
fn read_again(draft: &Draft, shared: &Shared) -> Result<ArticleFile, FileDiagnostics> {
    let mut diagnostics = FileDiagnostics::new(&draft.file);
    let path = shared.root.join(&draft.file);
    let text = ArticleFile::read(&path, &mut diagnostics).ok_or_else(|| diagnostics.clone())?;
    if shared.media.seen(&path).is_some_and(|seen| draft.is_of(&seen)) {
        return Ok(text);
    }
    diagnostics.push(None, Problem::FileChanged);
    Err(diagnostics)
}
