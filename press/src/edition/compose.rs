//! Puts an article together from its two parts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article::{Article, BundleFile, Picture};
use super::article_file::ArticleFile;
use super::finish::{self, Finished};
use super::front_matter::{FrontMatter, Image};
use super::labels;
use super::library::{Library, LibraryFile, Lookup};
use super::links::{Linker, Pages};
use super::problem::Notes;
use super::shortcode;
use super::site::SiteConfig;
use super::urls::{self, Address};
use super::{html, markdown, sanitize};

/// Parsers need a time that grows with the square of what is nested; a broken file must not hold up the rest.
const DEEPEST: usize = 1000;

/// What all articles share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared<'a> {
    pub(super) root: &'a Path,
    pub(super) site: &'a SiteConfig,
    pub(super) library: &'a Library,
    pub(super) pages: &'a Pages,
}

/// An article whose place is settled and whose body is still to be read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) file: PathBuf,
    pub(super) section: String,
    pub(super) slug: String,
    pub(super) matter: FrontMatter,
    pub(super) text: Option<ArticleFile>,
    pub(super) notes: Notes,
}

/// What an article shows below its headline.
#[derive(Debug, Default)]
struct Body {
    html: String,
    words: usize,
    image: Option<Picture>,
    lead_in_body: bool,
    files: Vec<BundleFile>,
}

/// Reads the body. There is no article if anything in either part is wrong.
pub(super) fn compose(mut draft: Draft, shared: &Shared<'_>) -> (Option<Article>, Notes) {
    let mut notes = std::mem::replace(&mut draft.notes, Notes::new(&draft.file));
    let body = match (&draft.matter.withdrawn, &draft.text) {
        (_, None) => None,
        // Not even looked at: nothing that is wrong in it may keep the article online.
        (Some(_), Some(_)) => Some(Body::default()),
        (None, Some(text)) => body(&draft, text, shared, &mut notes),
    };
    let mut matter = draft.matter;
    let (Some(body), Some(date), false) = (body, matter.date.take(), notes.has_errors()) else {
        return (None, notes);
    };
    let article = Article {
        title: matter.title,
        summary: matter.summary,
        content_html: body.html,
        words: body.words,
        image: body.image,
        lead_in_body: body.lead_in_body,
        published: date.at,
        date_only: date.date_only,
        modified: matter.modified.map(|moment| moment.at),
        authors: matter.authors,
        source: matter.source,
        tags: matter.tags,
        language: matter.language,
        aliases: matter.aliases.into_iter().map(|alias| alias.value).collect(),
        files: body.files,
        corrected: matter.corrected.map(|note| note.text),
        withdrawn_at: matter.withdrawn.as_ref().and_then(|note| Some(note.date.clone()?.at)),
        withdrawn: matter.withdrawn.map(|note| note.text),
        file: draft.file,
        section: draft.section,
        slug: draft.slug,
    };
    (Some(article), notes)
}

fn body(draft: &Draft, text: &ArticleFile, shared: &Shared<'_>, notes: &mut Notes) -> Option<Body> {
    let Draft { file, section, slug, matter, .. } = draft;
    if !text.is_whole(notes) {
        return None;
    }
    let path = shared.root.join(file);
    let linker = Linker {
        address: Address { base: shared.site.base_path(), section, slug },
        base_url: &shared.site.base_url,
        file,
        dir: path.parent().unwrap_or(shared.root),
        library: shared.library,
        pages: shared.pages,
    };
    let lead = matter.image.as_ref().and_then(|image| lead(image, &linker, notes));
    let language = matter.language.as_deref().or_else(|| shared.site.section_language(section));
    let labels = labels::of(language.unwrap_or(&shared.site.language));

    // A picture outside the edition counts as one here: as such it becomes an error further on.
    let exists = |src: &str| {
        let found = || linker.library.find(linker.dir, src);
        urls::is_foreign(src) || !matches!(found(), Lookup::Missing(_))
    };
    let replaced = shortcode::replace(text.body(), text.body_line(), notes, exists);
    let body = markdown::to_html(replaced.as_deref().unwrap_or(text.body()), labels);
    if html::open_tags(&body.html) > DEEPEST {
        notes.error(
            None,
            "thousands of tags are opened and never closed",
            "close them, or look for long runs of \">\" before a line",
        );
        return None;
    }
    let clean = sanitize::clean(&body.html, body.has_raw_html);
    let lead_file = lead.as_ref().map(|known| known.from.as_path());
    let finished = finish::finish(&clean, &linker, labels, text, lead_file, notes);
    let (image, lead_in_body) = picture(matter, lead.as_deref(), &finished, &linker);
    let mut files = finished.files;
    files.extend(lead.as_deref().map(BundleFile::shown));
    // Two files of one name are one file twice: the name tells the content.
    files.sort_by(|a, b| (&a.to, !a.shown).cmp(&(&b.to, !b.shown)));
    files.dedup_by(|a, b| a.to == b.to);
    Some(Body { html: finished.html, words: finished.words, image, lead_in_body, files })
}

fn lead(image: &Image, linker: &Linker<'_>, notes: &mut Notes) -> Option<Arc<LibraryFile>> {
    if urls::is_foreign(&image.src) {
        notes.warning(
            image.line,
            format!("the picture \"{}\" is on another site and is not shown", image.src),
            "save a copy beside the article, if its licence allows, and name that",
        );
        return None;
    }
    let (what, fix) = match linker.library.find(linker.dir, &image.src) {
        Lookup::File(file) => match linker.library.picture(&file) {
            Ok(known) => return Some(known),
            Err(why) => Lookup::unfit(&image.src, &why),
        },
        lookup => lookup.complaint(&image.src),
    };
    notes.error(image.line, what, fix);
    None
}

/// The lead picture, and whether the body shows it.
fn picture(
    matter: &FrontMatter,
    lead: Option<&LibraryFile>,
    finished: &Finished,
    linker: &Linker<'_>,
) -> (Option<Picture>, bool) {
    let Some(known) = lead else {
        let first = finished.pictures.iter().find(|shown| shown.in_figure);
        return (first.map(|shown| shown.picture.clone()), first.is_some());
    };
    let shown = finished.pictures.iter().find(|shown| shown.file == known.from);
    let mut picture = match shown {
        Some(shown) => shown.picture.clone(),
        None => Picture::of(known, linker.address.file(&known.name), ""),
    };
    (picture.width, picture.height) = known.size;
    if let Some(image) = &matter.image {
        if let Some(alt) = &image.alt {
            picture.alt.clone_from(alt);
        }
        picture.caption = image.caption.clone().or(picture.caption);
        picture.credit = image.credit.clone().or(picture.credit);
    }
    (Some(picture), shown.is_some())
}
