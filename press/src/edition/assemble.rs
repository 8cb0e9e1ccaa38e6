//! Puts an article together from its two parts.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::edition::article::Article;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::links::ArticleLink;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::draft::{Draft, Text};
use crate::edition::made::{Body, Made};
use crate::edition::make::{Frame, Shared, make};
use crate::edition::plain;
use crate::edition::recall;
use crate::edition::slot::Slot;
use crate::edition::timetable::Failed;
use crate::edition::told::{LazyTold, Named, ReadTold, Told};

/// What there is to tell of a draft that is not as it is remembered in short.
#[derive(Debug)]
pub(crate) struct News {
    /// The place of the draft.
    pub(crate) place: usize,
    pub(crate) file: Arc<Path>,
    /// An article that is missing, and whether it was withdrawn.
    pub(crate) missing: Option<(Failed, bool)>,
    pub(crate) diagnostics: FileDiagnostics,
    /// The links to other articles.
    pub(crate) links: Vec<ArticleLink>,
    /// What is remembered of the file.
    pub(crate) slot: Option<Arc<Slot>>,
}

/// What articles are made with on one core. Cores that count who holds the same wait for each other.
pub(crate) struct Worker<'a> {
    shared: &'a Arc<Shared>,
    /// The same, held by this core alone.
    reads: Arc<dyn ReadTold>,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(shared: &'a Arc<Shared>) -> Self {
        Self { shared, reads: Arc::new(Arc::clone(shared)) }
    }
}

/// Makes the body, or takes it as it was made before. If anything in either part is wrong, the article is missing, and what
/// is answered stands for none. There is no news of an article that is as it is remembered. `place` is that of the draft.
pub(crate) fn assemble(
    draft: &Draft,
    place: usize,
    Worker { shared, reads }: &Worker<'_>,
) -> (Article, Option<Box<News>>) {
    if let Some(article) = recalled(draft, &shared.site.timezone, reads) {
        return (Article { place, ..article }, None);
    }
    let file = Arc::clone(&draft.file);
    let mut slot = draft.slot.clone();
    let mut diagnostics = draft.diagnostics.clone();
    let text = std::mem::take(&mut *draft.text.lock().unwrap_or_else(PoisonError::into_inner));
    let made = match (&draft.front_matter.withdrawn, text) {
        (_, Text::Broken) => Made::nothing(&file),
        // Not even looked at: nothing that is wrong in it may keep the article online.
        (Some(_), _) => Made { body: Some(Body::default()), ..Made::nothing(&file) },
        (None, text) => made(draft, text, &mut slot, shared),
    };
    diagnostics.add(made.diagnostics.clone());
    let front_matter = &draft.front_matter;
    let (Some(body), Some(date), false) =
        (made.body.clone(), &front_matter.date, diagnostics.has_errors())
    else {
        let path = format!("{}/{}/", draft.section, draft.slug);
        let failed = Failed { file: file.to_path_buf(), path };
        let missing = Some((failed, front_matter.withdrawn.is_some()));
        let news = News { place, file, missing, diagnostics, links: made.links, slot };
        return (nothing(), Some(news.into()));
    };
    let withdrawn = front_matter.withdrawn.as_ref();
    let (files, players) = (body.files.clone(), body.players.clone());
    let told = Told::of(front_matter, body, date.date_only);
    let article = Article {
        modified: front_matter.modified.as_ref().map(|moment| moment.at.clone()),
        tags: front_matter.tags.clone(),
        aliases: draft.old.iter().map(|old| old.path.clone()).collect(),
        files,
        players,
        corrected: front_matter.corrected.as_ref().map(|note| note.text.clone()),
        withdrawn_at: withdrawn.and_then(|note| Some(note.date.clone()?.at)),
        withdrawn: withdrawn.map(|note| note.text.clone()),
        place,
        ..Article::new(draft.named(), date.at.clone(), told.into())
    };
    if let Some(slot) = &mut slot
        && made.is_new
    {
        let card =
            plain::card(draft, &made, &article).and_then(|card| postcard::to_stdvec(&card).ok());
        Arc::make_mut(slot).card = card.map(Into::into);
    }
    let news = News { place, file, missing: None, diagnostics, links: made.links, slot };
    (article, Some(news.into()))
}

/// An article that stands for none.
fn nothing() -> Article {
    let named = Named { file: &Path::new("").into(), section: "", slug: "", language: "" };
    let published = Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC);
    Article::new(named, published, Told::default().into())
}

/// The article of a draft of which a card was kept. What it says is read when somebody asks for it.
fn recalled(draft: &Draft, zone: &TimeZone, reads: &Arc<dyn ReadTold>) -> Option<Article> {
    let card = draft.card.as_ref()?;
    let slot = draft.slot.as_ref().filter(|slot| slot.body.is_some())?;
    if draft.is_moved || !draft.old.is_empty() || !draft.diagnostics.all.is_empty() {
        return None;
    }
    let told = LazyTold::new(Arc::clone(slot), Arc::clone(reads), card.seals);
    Some(Article {
        modified: card.modified.map(|at| at.to_zoned_datetime(zone.clone())),
        tags: card.tags.clone(),
        ..Article::new(draft.named(), card.published.to_zoned_datetime(zone.clone()), told)
    })
}

/// What becomes of a body; as it was made before, where it would be made so again.
fn made(draft: &Draft, text: Text, slot: &mut Option<Arc<Slot>>, shared: &Arc<Shared>) -> Made {
    let frame = Frame {
        file: draft.file.clone(),
        section: draft.section.clone(),
        slug: draft.slug.clone(),
        language: draft.version.language.clone(),
        image: draft.front_matter.image.clone(),
        separator: draft.front_matter.excerpt_separator.clone(),
    };
    if let Some(made) = slot.as_ref().and_then(|slot| recall::find(slot, &frame, shared)) {
        return made;
    }
    let text = match text {
        Text::Read(text) => *text,
        _ => match read_again(draft, shared) {
            Ok(text) => text,
            Err(diagnostics) => {
                *slot = None;
                return Made { diagnostics, ..Made::nothing(&draft.file) };
            }
        },
    };
    let mut made = make(&frame, &text, shared);
    if let Some((spool, body)) = shared.spool.as_ref().zip(made.body.as_mut()) {
        body.prose = spool.hold(std::mem::take(&mut body.prose), &draft.file);
    }
    if let Some(slot) = slot {
        recall::keep(Arc::make_mut(slot), &frame, &made);
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
