//! Puts an article together from its two parts.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edition::addresses::directory::Directory;
use crate::edition::addresses::urls::{self, Address};
use crate::edition::addresses::wishes::OldAddress;
use crate::edition::article::{Article, BundleFile, Picture};
use crate::edition::article_file::ArticleFile;
use crate::edition::body::dialects;
use crate::edition::body::labels;
use crate::edition::body::link_lines::Lines;
use crate::edition::body::links::{ArticleLink, LinkRecord, Linker};
use crate::edition::body::players;
use crate::edition::body::postprocess::{self, Processed, Surroundings};
use crate::edition::config::SiteConfig;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;
use crate::edition::front_matter::{FrontMatter, Image};
use crate::edition::languages::version::Version;
use crate::edition::made::{Body, Made};
use crate::edition::media::{Lookup, Media, MediaFile};
use crate::edition::memory::{Memory, Remembered};
use crate::edition::{body::markdown, body::sanitize};
use crate::html;
use crate::pictures::Focus;

/// Parsers need a time that grows with the square of what is nested; a broken file must not hold up the rest.
const DEEPEST: usize = 1000;

/// What all articles share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared<'a> {
    pub(crate) root: &'a Path,
    pub(crate) site: &'a SiteConfig,
    pub(crate) media: &'a Media,
    pub(crate) directory: &'a Directory,
    /// What was made of the bodies before, where that is remembered.
    pub(crate) memory: Option<&'a Memory>,
}

/// An article whose place is settled and whose body is still to be read.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) file: PathBuf,
    /// The name that the slug comes from where the front matter asks for none.
    pub(crate) name: String,
    pub(crate) section: String,
    /// Empty where the article has no address.
    pub(crate) slug: String,
    pub(crate) old: Vec<OldAddress>,
    pub(crate) version: Version,
    pub(crate) front_matter: FrontMatter,
    pub(crate) text: Option<ArticleFile>,
    pub(crate) diagnostics: FileDiagnostics,
}

/// What a draft became.
#[derive(Debug)]
pub(crate) struct Assembled {
    pub(crate) file: PathBuf,
    /// Nothing if anything is wrong.
    pub(crate) article: Option<Article>,
    pub(crate) diagnostics: FileDiagnostics,
    /// The links to other articles.
    pub(crate) links: Vec<ArticleLink>,
}

/// Reads the body. There is no article if anything in either part is wrong.
pub(crate) fn assemble(mut draft: Draft, shared: &Shared<'_>) -> Assembled {
    let file = draft.file.clone();
    let mut diagnostics =
        std::mem::replace(&mut draft.diagnostics, FileDiagnostics::new(&draft.file));
    let (body, links, problems) = match (&draft.front_matter.withdrawn, &draft.text) {
        (_, None) => (None, Vec::new(), Vec::new()),
        // Not even looked at: nothing that is wrong in it may keep the article online.
        (Some(_), Some(_)) => (Some(Body::default()), Vec::new(), Vec::new()),
        (None, Some(text)) => {
            let made = remembered(&draft, text, shared);
            diagnostics.add(made.diagnostics);
            (made.body, made.links, made.problems)
        }
    };
    if let Some(text) = draft.text.as_ref().filter(|_| !problems.is_empty()) {
        let lines = Lines::of(text);
        for (link, problem) in problems {
            diagnostics.push(lines.line(text, &link), problem);
        }
    }
    let mut front_matter = draft.front_matter;
    let (Some(body), Some(date), false) =
        (body, front_matter.date.take(), diagnostics.has_errors())
    else {
        return Assembled { file, article: None, diagnostics, links };
    };
    let article = Article {
        title: front_matter.title,
        summary: front_matter.summary.or(body.lede),
        content_html: body.html,
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
    Assembled { file, article: Some(article), diagnostics, links }
}

/// What becomes of a body; as it was made before, where it would be made so again.
fn remembered(draft: &Draft, text: &ArticleFile, shared: &Shared<'_>) -> Made {
    let Some(memory) = shared.memory else { return make(draft, text, shared) };
    let language = &draft.version.language;
    if let Some(made) = memory.find(&draft.file, language, text, shared.media) {
        return made;
    }
    let media = shared.media.noting();
    let made = make(draft, text, &Shared { media: &media, ..*shared });
    let (text, language, asked) = (text.clone(), language.clone(), media.asked());
    memory.keep(&draft.file, Remembered { text, language, asked, made: made.clone() });
    made
}

fn make(draft: &Draft, text: &ArticleFile, shared: &Shared<'_>) -> Made {
    let record = RefCell::new(LinkRecord::default());
    let mut diagnostics = FileDiagnostics::new(&draft.file);
    let body = body(draft, text, shared, &record, &mut diagnostics);
    let LinkRecord { links, problems, .. } = record.into_inner();
    Made { body, diagnostics, links, problems }
}

fn body(
    draft: &Draft,
    text: &ArticleFile,
    shared: &Shared<'_>,
    record: &RefCell<LinkRecord>,
    diagnostics: &mut FileDiagnostics,
) -> Option<Body> {
    let Draft { file, section, slug, front_matter, .. } = draft;
    if !text.is_whole(diagnostics) {
        return None;
    }
    let path = shared.root.join(file);
    let linker = Linker {
        address: Address { base: shared.site.base_path(), section, slug },
        base_url: &shared.site.base_url,
        file,
        dir: path.parent().unwrap_or(shared.root),
        media: shared.media,
        directory: shared.directory,
        record,
    };
    let lead = front_matter.image.as_ref().and_then(|image| lead(image, &linker, diagnostics));
    let labels = labels::of(&draft.version.language);

    // A picture outside the edition counts as one here: as such it becomes an error further on.
    let exists = |src: &str| {
        let found = || linker.media.find(linker.dir, src);
        urls::is_foreign(src) || !matches!(found(), Lookup::Missing(_))
    };
    let value = |name: &str| {
        let table = text.front_matter().ok()?;
        table.first(&[name])?.1.text().map(str::to_owned)
    };
    let context = dialects::Context {
        generator: shared.site.generator,
        first_line: text.body_line(),
        site_title: &shared.site.title,
        site_address: &shared.site.base_url,
        separator: front_matter.excerpt_separator.as_deref(),
        exists: &exists,
        value: &value,
    };
    let translated = dialects::translate(text.body(), &context, diagnostics);
    let body = markdown::to_html(&translated.text, labels);
    if html::open_tags(&body.html) > DEEPEST {
        diagnostics.push(None, Problem::OpenTags);
        return None;
    }
    let html = players::elements::adopt(&body.html);
    let clean = sanitize::clean(&html, body.has_raw_html);
    let lead_file = lead.as_ref().map(|known| known.from.as_path());
    let surroundings =
        Surroundings { linker: &linker, labels, players: &shared.site.players, lead: lead_file };
    let processed = postprocess::finish(clean, surroundings, text, diagnostics);
    let (mut image, lead_in_body) = picture(front_matter, lead.as_deref(), &processed, &linker);
    let mut files = processed.files;
    files.extend(lead.as_deref().map(BundleFile::shown));
    // Two files of one name are one file twice: the name tells the content.
    files.sort_by(|a, b| (&a.to, !a.shown).cmp(&(&b.to, !b.shown)));
    files.dedup_by(|a, b| a.to == b.to);
    if let Some(image) = &mut image {
        let focus = front_matter.image.as_ref().map(|image| image.focus).unwrap_or_default();
        image.card = card(&image.src, &mut files, focus, shared.media);
    }
    let lede = translated.lede;
    let Processed { html, words, players, .. } = processed;
    Some(Body { html, lede, words, image, lead_in_body, files, players })
}

/// Adds the card of the lead picture to the files of the article, and says where it is.
fn card(src: &str, files: &mut [BundleFile], focus: Focus, media: &Media) -> Option<String> {
    let name = src.rsplit('/').next()?;
    let file = files.iter_mut().find(|file| file.to == name)?;
    let made = file.made.as_mut().filter(|it| it.picture.made.card)?;
    media.card(&made.picture, &file.from, focus).then(|| {
        made.card = Some(focus);
        broadsheet::urls::picture(src, focus.card(), "jpg")
    })
}

fn lead(
    image: &Image,
    linker: &Linker<'_>,
    diagnostics: &mut FileDiagnostics,
) -> Option<Arc<MediaFile>> {
    if urls::is_foreign(&image.src) {
        return remote_lead(image, linker.media, diagnostics);
    }
    let problem = match linker.media.find(linker.dir, &image.src) {
        Lookup::File(file) => match linker.media.picture(&file) {
            Ok(known) => {
                let remark = known.remark(&image.src);
                remark.into_iter().for_each(|remark| diagnostics.push(image.line, remark));
                return Some(known);
            }
            Err(why) => Lookup::unfit(&image.src, why),
        },
        lookup => lookup.complaint(&image.src),
    };
    diagnostics.push(image.line, problem);
    None
}

/// A lead picture of another site, if the publisher wants these fetched.
fn remote_lead(
    Image { src, line, .. }: &Image,
    media: &Media,
    diagnostics: &mut FileDiagnostics,
) -> Option<Arc<MediaFile>> {
    let src = src.clone();
    let problem = match media.fetched(&src) {
        None => Problem::MediaForeign { src },
        Some(Err(reason)) => Problem::LeadNotFetched { src, reason },
        Some(Ok(file)) => match media.picture(&file) {
            Ok(known) => return Some(known),
            Err(refusal) => Problem::LeadNotFetched { src, reason: refusal.to_string() },
        },
    };
    diagnostics.push(*line, problem);
    None
}

/// The lead picture, and whether the body shows it.
fn picture(
    front_matter: &FrontMatter,
    lead: Option<&MediaFile>,
    processed: &Processed,
    linker: &Linker<'_>,
) -> (Option<Picture>, bool) {
    let Some(known) = lead else {
        let first = processed.pictures.iter().find(|shown| shown.in_figure);
        return (first.map(|shown| shown.picture.clone()), first.is_some());
    };
    let shown = processed.pictures.iter().find(|shown| shown.file == known.from);
    let mut picture = match shown {
        Some(shown) => shown.picture.clone(),
        None => Picture::of(known, linker.address.file(&known.name), ""),
    };
    (picture.width, picture.height) = known.size;
    if let Some(image) = &front_matter.image {
        if let Some(alt) = &image.alt {
            picture.alt.clone_from(alt);
        }
        picture.caption = image.caption.clone().or(picture.caption);
        picture.credit = image.credit.clone().or(picture.credit);
    }
    (Some(picture), shown.is_some())
}
