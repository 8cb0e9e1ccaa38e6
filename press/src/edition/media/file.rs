//! A file that can be published: its name, which has a hash of its content, its size, and what is published of it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{size, svg};
use crate::edition::addresses::slug;
use crate::edition::body::players::own;
use crate::edition::diagnostics::Problem;
use crate::hash::{short_hash, short_hash_of};
use crate::pictures::kind::Kind;
use crate::pictures::{self, Picture, Refusal, Workshop};

/// What may be published beside an article because the article links to it. Nothing that a browser runs.
pub(super) const DOCUMENTS: [&str; 25] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "zip",
    "epub", "ics", "mp3", "mp4", "m4a", "ogg", "opus", "wav", "flac", "webm", "m4v", "vtt",
];

/// The largest file that is read as a picture, in bytes. A photograph of 50 megapixels has 10 to 30 MB.
const LARGEST: u64 = 100_000_000;

/// A file that can be published.
#[derive(Debug)]
pub(crate) struct MediaFile {
    /// Where it is.
    pub(crate) from: PathBuf,
    /// Its published name, `anh.1a2b3c4d.jpg`: another content is another name, so caches never err.
    pub(crate) name: String,
    /// Width and height; nought for what is no picture.
    pub(crate) size: (u32, u32),
    /// What is published in place of the file's own bytes: an SVG picture without what could do harm.
    pub(crate) sanitized: Option<Arc<[u8]>>,
    /// What was made of a picture of pixels. Where nothing was, the edition was read to look at it, and cannot be
    /// printed.
    pub(crate) picture: Option<Arc<Picture>>,
    /// Whether it is a picture of pixels.
    pub(crate) is_raster: bool,
    /// What the picture is, where its name says something else.
    misnamed: Option<Kind>,
}

impl MediaFile {
    /// A picture that was made of a file with the ending `written`.
    fn made(file: &Path, written: &str, picture: Picture) -> Self {
        let Picture { key, kind, made, .. } = &picture;
        let hash = key.get(..8).unwrap_or(key);
        Self {
            from: file.to_owned(),
            name: name(file, hash, &made.ending),
            size: (made.width, made.height),
            sanitized: None,
            misnamed: (!written.is_empty() && !kind.fits(written)).then_some(*kind),
            is_raster: true,
            picture: Some(Arc::new(picture)),
        }
    }

    /// What is to be said of a picture that is shown although its name, `src`, is wrong, or a part of it is missing.
    pub(crate) fn remark(&self, src: &str) -> Option<Problem> {
        let src = src.to_owned();
        if self.picture.as_ref().is_some_and(|it| !it.made.whole) {
            return Some(Problem::MediaCutOff { src });
        }
        let kind = self.misnamed?;
        Some(Problem::MediaMisnamed { src, kind: kind.called(), ending: kind.ending() })
    }
}

/// The ending of a name in small letters, without its dot.
pub(super) fn ending(file: &Path) -> String {
    let ending = file.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

/// Reads a file, whatever it is: its content decides, not its name.
pub(super) fn read(file: &Path, workshop: Option<&Workshop>) -> Result<MediaFile, Refusal> {
    if own::kind(&file.to_string_lossy()).is_some() {
        return film(file);
    }
    let written = ending(file);
    if let Some(picture) = workshop.and_then(|it| it.known(file)) {
        return Ok(MediaFile::made(file, &written, picture));
    }
    let mut bytes = match std::fs::metadata(file) {
        Ok(it) if it.len() > LARGEST && !DOCUMENTS.contains(&&*written) => {
            let megabytes = LARGEST / 1_000_000;
            return Err(Refusal::Unfit(format!("it is larger than {megabytes} MB")));
        }
        _ => std::fs::read(file).map_err(|e| Refusal::Unfit(format!("it cannot be read ({e})")))?,
    };
    let (mut size, mut sanitized, mut misnamed) = ((0, 0), None, None);
    let (mut ending, mut is_raster) = (written.as_str(), false);
    if !DOCUMENTS.contains(&ending) {
        let kind = match Kind::of(&bytes) {
            // What is wrong in a drawing, its own reader says best.
            Err(_) if ending == "svg" => Kind::Svg,
            kind => kind.map_err(Refusal::NoPicture)?,
        };
        is_raster = kind != Kind::Svg;
        if let Some(workshop) = workshop.filter(|_| is_raster) {
            return Ok(MediaFile::made(file, &written, workshop.make(file, &bytes, kind)?));
        }
        if kind == Kind::Svg {
            bytes = svg::sanitize(&bytes).map_err(Refusal::NoPicture)?;
            sanitized = Some(Arc::from(bytes.as_slice()));
        }
        size = size::of(&bytes, kind).map_err(Refusal::NoPicture)?;
        if is_raster {
            pictures::within_limits(&bytes, kind)?;
        }
        misnamed = (!written.is_empty() && !kind.fits(&written)).then_some(kind);
        ending = kind.published(&written);
    }
    let name = name(file, &short_hash(&bytes), ending);
    let (from, picture) = (file.to_owned(), None);
    Ok(MediaFile { from, name, size, sanitized, picture, is_raster, misnamed })
}

/// The name of a file with this hash.
fn name(file: &Path, hash: &str, ending: &str) -> String {
    let stem = stem(file);
    let stem = if stem.is_empty() { "file" } else { &stem };
    format!("{stem}.{hash}.{ending}")
}

/// What a file is called without its ending, as it stands in addresses; may be empty.
pub(super) fn stem(file: &Path) -> String {
    let stem = slug::fold(&file.file_stem().unwrap_or_default().to_string_lossy());
    stem.get(..80).unwrap_or(&stem).to_owned()
}

/// Sound or a film, whose bytes are not held: it may be larger than the memory.
fn film(file: &Path) -> Result<MediaFile, Refusal> {
    let hash = File::open(file).and_then(short_hash_of);
    let hash = hash.map_err(|e| Refusal::Unfit(format!("it cannot be read ({e})")))?;
    Ok(MediaFile {
        from: file.to_owned(),
        name: name(file, &hash, &ending(file)),
        size: (0, 0),
        sanitized: None,
        picture: None,
        is_raster: false,
        misnamed: None,
    })
}
