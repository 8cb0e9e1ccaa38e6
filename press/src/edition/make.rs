//! Makes the body of an article: what stands below its headline.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edition::addresses::guide::Guide;
use crate::edition::addresses::listing::LazyDirectory;
use crate::edition::addresses::urls::{self, Address};
use crate::edition::article::BundleFile;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::dialects;
use crate::edition::body::labels;
use crate::edition::body::link_lines::Lines;
use crate::edition::body::links::{LinkRecord, Linker};
use crate::edition::body::players;
use crate::edition::body::postprocess::{self, Processed, Surroundings};
use crate::edition::config::SiteConfig;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;
use crate::edition::front_matter::Image;
use crate::edition::made::{Body, Made};
use crate::edition::media::{Lookup, Media, MediaFile};
use crate::edition::picture::Picture;
use crate::edition::spool::Spool;
use crate::edition::{body::markdown, body::sanitize};
use crate::html;
use crate::pictures::Focus;

/// Parsers need a time that grows with the square of what is nested; a broken file must not hold up the rest.
const DEEPEST: usize = 1000;

/// What all bodies of an edition are made of.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) root: PathBuf,
    pub(crate) site: SiteConfig,
    pub(crate) media: Media,
    pub(crate) directory: LazyDirectory,
    /// Takes texts for which memory has no room.
    pub(crate) spool: Option<Arc<Spool>>,
}

/// What a body is made of besides: what its article says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) file: Arc<Path>,
    pub(crate) section: String,
    pub(crate) slug: String,
    pub(crate) language: String,
    /// The picture that the front matter names.
    pub(crate) image: Option<Image>,
    /// What ends the lede in the body.
    pub(crate) separator: Option<String>,
}

/// Makes a body, and says what was asked of the files around it and of the directory.
pub(crate) fn make(frame: &Frame, text: &ArticleFile, shared: &Shared) -> Made {
    let record = RefCell::new(LinkRecord::default());
    let mut diagnostics = FileDiagnostics::new(&frame.file);
    let guide = Guide::new(&shared.directory);
    let media = shared.media.noting();
    let body = body(frame, text, (shared, &media), &guide, &record, &mut diagnostics);
    let LinkRecord { links, problems, .. } = record.into_inner();
    if !problems.is_empty() {
        let lines = Lines::of(text);
        for (link, problem) in problems {
            diagnostics.push(lines.line(text, &link), problem);
        }
    }
    Made { body, diagnostics, links, asked: media.asked(), led: guide.asked(), is_new: true }
}

fn body(
    frame: &Frame,
    text: &ArticleFile,
    (shared, media): (&Shared, &Media),
    guide: &Guide<'_>,
    record: &RefCell<LinkRecord>,
    diagnostics: &mut FileDiagnostics,
) -> Option<Body> {
    let Frame { file, section, slug, language, image: wanted, separator } = frame;
    if !text.is_whole(diagnostics) {
        return None;
    }
    let path = shared.root.join(file);
    let linker = Linker {
        address: Address { base: shared.site.base_path(), section, slug },
        base_url: &shared.site.base_url,
        file,
        dir: path.parent().unwrap_or(&shared.root),
        media,
        directory: guide,
        record,
    };
    let lead = wanted.as_ref().and_then(|image| lead(image, &linker, diagnostics));
    let labels = labels::of(language);

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
        separator: separator.as_deref(),
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
    let (mut image, lead_in_body) = picture(wanted.as_ref(), lead.as_deref(), &processed, &linker);
    let mut files = processed.files;
    files.extend(lead.as_deref().map(BundleFile::shown));
    // Two files of one name are one file twice: the name tells the content.
    files.sort_by(|a, b| (&a.to, !a.shown).cmp(&(&b.to, !b.shown)));
    files.dedup_by(|a, b| a.to == b.to);
    if let Some(image) = &mut image {
        let focus = wanted.as_ref().map(|image| image.focus).unwrap_or_default();
        image.card = card(&image.src, &mut files, focus, media);
    }
    let lede = translated.lede;
    let Processed { html, words, players, .. } = processed;
    Some(Body { prose: html.into(), lede, words, image, lead_in_body, files, players })
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
    wanted: Option<&Image>,
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
    if let Some(image) = wanted {
        if let Some(alt) = &image.alt {
            picture.alt.clone_from(alt);
        }
        picture.caption = image.caption.clone().or(picture.caption);
        picture.credit = image.credit.clone().or(picture.credit);
    }
    (Some(picture), shown.is_some())
}
