//! Bodies as they are remembered: what became of them, and what was asked meanwhile. A body holds while every question
//! has its answer still. Its text is not kept: it is made again when somebody asks for it.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edition::addresses::guide::Answered;
use crate::edition::article::BundleFile;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::links::ArticleLink;
use crate::edition::body::players::Player;
use crate::edition::diagnostics::{Diagnostic, FileDiagnostics, Problem};
use crate::edition::draft;
use crate::edition::front_matter::FrontMatter;
use crate::edition::made::{Body, Made};
use crate::edition::make::{Frame, Shared, make};
use crate::edition::media::Asked;
use crate::edition::picture::Picture;
use crate::edition::prose::Prose;
use crate::edition::slot::Slot;
use crate::edition::told::{Named, ReadTold, Told};
use crate::hash::Hash;
use crate::pictures::Focus;

/// What is kept of a body.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Where the article was: some of its addresses begin there.
    slug: String,
    asked: Vec<Asked>,
    led: Vec<Answered>,
    diagnostics: FileDiagnostics,
    links: Vec<ArticleLink>,
    body: Option<KeptBody>,
}

#[derive(Serialize, Deserialize)]
struct KeptBody {
    hash: Hash,
    lede: Option<String>,
    words: usize,
    image: Option<Picture>,
    lead_in_body: bool,
    files: Vec<KeptFile>,
    players: Vec<Player>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    from: PathBuf,
    to: String,
    shown: bool,
    card: Option<Focus>,
}

/// Keeps what became of a body.
pub(crate) fn keep(slot: &mut Slot, frame: &Frame, made: &Made) {
    let body = made.body.as_ref();
    slot.prose = body.map(|body| body.prose.clone());
    let bytes = postcard::to_stdvec(&(
        &frame.slug,
        &made.asked,
        &made.led,
        &made.diagnostics,
        &made.links,
        body.map(kept),
    ));
    slot.body = bytes.ok().map(Into::into);
}

fn kept(body: &Body) -> KeptBody {
    let files = body.files.iter().map(|it| KeptFile {
        from: it.from.clone(),
        to: it.to.clone(),
        shown: it.shown,
        card: it.made.as_ref().and_then(|made| made.card),
    });
    KeptBody {
        hash: body.prose.hash(),
        lede: body.lede.clone(),
        words: body.words,
        image: body.image.clone(),
        lead_in_body: body.lead_in_body,
        files: files.collect(),
        players: body.players.clone(),
    }
}

/// What became of a body before, if the same would become of it now.
pub(crate) fn find(slot: &Slot, frame: &Frame, shared: &Arc<Shared>) -> Option<Made> {
    let kept: Kept = postcard::from_bytes(slot.body.as_ref()?).ok()?;
    let same = kept.slug == frame.slug
        && kept.asked.iter().all(|asked| shared.media.answers_so(asked))
        && kept.led.iter().all(|asked| shared.directory.answers_so(asked));
    if !same {
        return None;
    }
    let body = match kept.body {
        Some(body) => Some(body.again(slot, frame, shared)?),
        None => None,
    };
    let Kept { diagnostics, links, .. } = kept;
    Some(Made { body, diagnostics, links, asked: Vec::new(), led: Vec::new(), is_new: false })
}

impl ReadTold for Arc<Shared> {
    fn told(&self, named: Named<'_>, slot: &Slot) -> Option<Told> {
        let front_matter = draft::front_matter(slot, &self.site.timezone)?;
        let frame = Frame {
            file: named.file.to_owned(),
            section: named.section.to_owned(),
            slug: named.slug.to_owned(),
            language: named.language.to_owned(),
            image: None,
            separator: front_matter.excerpt_separator.clone(),
        };
        let kept: Kept = postcard::from_bytes(slot.body.as_ref()?).ok()?;
        let body = kept.body?.again(slot, &frame, self)?;
        let date_only = front_matter.date.as_ref()?.date_only;
        Some(Told::of(&front_matter, body, date_only))
    }
}

impl Told {
    /// What an article says by its two parts.
    pub(crate) fn of(front_matter: &FrontMatter, body: Body, date_only: bool) -> Self {
        Self {
            title: front_matter.title.clone(),
            summary: front_matter.summary.clone().or(body.lede),
            prose: body.prose,
            words: body.words,
            image: body.image,
            lead_in_body: body.lead_in_body,
            date_only,
            authors: front_matter.authors.clone(),
            source: front_matter.source.clone(),
        }
    }
}

impl KeptBody {
    fn again(self, slot: &Slot, frame: &Frame, shared: &Arc<Shared>) -> Option<Body> {
        let Self { hash, lede, words, image, lead_in_body, files, players } = self;
        let files = files.into_iter().map(|it| it.again(shared)).collect::<Option<_>>()?;
        let prose = slot.prose.clone().unwrap_or_else(|| {
            let (frame, shared) = (frame.clone(), Arc::clone(shared));
            Prose::later(hash, move || html(&frame, &shared, hash))
        });
        Some(Body { prose, lede, words, image, lead_in_body, files, players })
    }
}

impl KeptFile {
    /// The file as it is to be published, if that is what it was.
    fn again(self, shared: &Shared) -> Option<BundleFile> {
        let Self { from, to, shown, card } = self;
        let known = shared.media.file(&from).ok().filter(|known| known.name == to)?;
        let mut file = if shown { BundleFile::shown(&known) } else { BundleFile::linked(&known) };
        if let Some(focus) = card {
            let made = file.made.as_mut()?;
            if !shared.media.card(&made.picture, &from, focus) {
                return None;
            }
            made.card = Some(focus);
        }
        Some(file)
    }
}

/// Makes a text again, which must become what it was.
fn html(frame: &Frame, shared: &Shared, hash: Hash) -> Result<String, Diagnostic> {
    let mut diagnostics = FileDiagnostics::new(&frame.file);
    let text = ArticleFile::read(&shared.root.join(&frame.file), &mut diagnostics);
    let body = text.and_then(|text| make(frame, &text, shared).body);
    let prose = body.map(|body| body.prose).filter(|prose| prose.hash() == hash);
    let changed = || Diagnostic::new(&*frame.file, Problem::FileChanged);
    Ok(prose.ok_or_else(changed)?.html()?.to_string())
}
