//! The pictures and other files that articles show or link to: found in the edition, named by their content,
//! measured once.

mod asked;
mod remote;
mod size;
pub(crate) mod svg;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::{slug, urls};
use crate::edition::body::players::own;
use crate::edition::diagnostics::Problem;
use crate::hash::{short_hash, short_hash_of};
use crate::pictures::kind::Kind;
use crate::pictures::{self, Focus, Picture, Refusal, Workshop};
use asked::STEP;
pub(crate) use asked::{Asked, Seen};
use remote::Remote;

/// What a link may name as a picture; what a file is in truth, `kind` says.
const PICTURES: [&str; 9] = ["jpg", "jpeg", "jfif", "png", "apng", "gif", "webp", "avif", "svg"];
/// What may be published beside an article because the article links to it. Nothing that a browser runs.
const DOCUMENTS: [&str; 25] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "zip",
    "epub", "ics", "mp3", "mp4", "m4a", "ogg", "opus", "wav", "flac", "webm", "m4v", "vtt",
];

/// The largest file that is read as a picture, in bytes. A photograph of 50 megapixels has 10 to 30 MB.
const LARGEST: u64 = 100_000_000;

/// Where a path in an article leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Lookup {
    /// To a file of the edition (canonical).
    File(PathBuf),
    /// To nothing; perhaps there is a file whose name differs in its capitals only.
    Missing(Option<String>),
    /// Out of the edition's folder.
    Outside,
}

impl Lookup {
    /// What is wrong when `src` led to no file.
    pub(crate) fn complaint(&self, src: &str) -> Problem {
        let src = src.to_owned();
        match self {
            Self::Outside => Problem::MediaOutside { src },
            Self::Missing(Some(similar)) => {
                Problem::MediaMisspelt { src, similar: similar.clone() }
            }
            _ => Problem::MediaMissing { src },
        }
    }

    /// The same for a file that cannot be shown.
    pub(crate) fn unfit(src: &str, refusal: Refusal) -> Problem {
        let fix = match ending(Path::new(urls::split_path(src).0)).as_str() {
            "svg" => "save it as plain SVG in UTF-8 with a drawing program, or as a PNG file",
            _ => "save it as a JPEG, PNG, WebP, AVIF, GIF or SVG file",
        };
        let src = src.to_owned();
        match refusal {
            Refusal::Unfit(reason) => Problem::MediaUnfit { src, reason },
            Refusal::NoPicture(reason) => Problem::MediaUnshown { src, reason, fix },
            Refusal::Damaged(reason) => Problem::MediaDamaged { src, reason },
        }
    }
}

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

type Entry = Arc<OnceLock<Result<Arc<MediaFile>, Refusal>>>;

/// The files of one edition.
#[derive(Debug)]
pub(crate) struct Media {
    root: PathBuf,
    /// Makes the pictures, where the edition is read to be printed.
    workshop: Option<Arc<Workshop>>,
    /// Fetches those of other sites, where the publisher wants that and the edition is read to be printed.
    remote: Option<Arc<Remote>>,
    files: Arc<Mutex<HashMap<PathBuf, Entry>>>,
    /// How long after a change a file may change again without a trace.
    step: Duration,
    /// What was asked, where that is noted.
    asked: Option<Mutex<Vec<Asked>>>,
}

impl Media {
    /// The files below `root`, which must be canonical.
    pub(crate) fn new(root: &Path, workshop: Option<Arc<Workshop>>) -> Self {
        let root = root.to_owned();
        Self { root, workshop, remote: None, files: Arc::default(), step: STEP, asked: None }
    }

    /// From now on pictures of other sites are fetched, if pictures are made at all.
    pub(crate) fn fetch_remote(&mut self) {
        let store = self.workshop.as_ref().map(|workshop| workshop.remote());
        self.remote = store.map(|folder| Arc::new(Remote::new(folder)));
    }

    /// From now on files settle after this time, in place of what all file systems need.
    pub(crate) fn settling_in(&mut self, step: Duration) {
        self.step = step;
    }

    /// How a file is, if it will not change again without a trace.
    pub(crate) fn seen(&self, file: &Path) -> Option<Seen> {
        Seen::settled(file, self.step)
    }

    /// The file with a picture of another site; nothing where these are links.
    pub(crate) fn fetched(&self, address: &str) -> Option<Result<PathBuf, String>> {
        let found = self.remote.as_ref()?.file(address);
        self.note(|| Asked::fetched(address, &found, self.step));
        Some(found)
    }

    /// The edition's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Finds what `url` means in an article in the folder `dir`: beside the article, else from the edition's
    /// root, else in `static/` or `content/`, which have the addresses of the site's root in Hugo and Zola.
    pub(crate) fn find(&self, dir: &Path, url: &str) -> Lookup {
        let found = self.look(dir, url);
        self.note(|| Asked::find(dir, url, &found, self.step));
        found
    }

    fn look(&self, dir: &Path, url: &str) -> Lookup {
        let (path, _) = urls::split_path(url);
        let Ok(path) = percent_decode_str(path).decode_utf8() else {
            return Lookup::Missing(None);
        };
        let below = path.trim_start_matches('/');
        if below.is_empty() || path.contains(['\0', '\\']) || urls::has_scheme(&path) {
            return Lookup::Missing(None);
        }
        let beside = (!path.starts_with('/')).then(|| dir.join(below));
        let roots = ["", "static", "content"];
        let places = roots.map(|folder| self.root.join(folder).join(below));
        let places: Vec<PathBuf> = beside.into_iter().chain(places).collect();
        if places.first().is_some_and(|first| !self.contains(first)) {
            return Lookup::Outside;
        }
        let spellings = [path.nfc().to_string(), path.nfd().to_string()];
        // A Mac may have written the name decomposed and the editor assembled, or the other way round.
        let respelt = spellings.iter().filter(|s| **s != *path).flat_map(|s| {
            let below = s.trim_start_matches('/');
            [dir.join(below), self.root.join(below)]
        });
        for place in places.iter().cloned().chain(respelt) {
            if let Ok(file) = place.canonicalize() {
                if !file.starts_with(&self.root) {
                    return Lookup::Outside;
                }
                if file.is_file() {
                    return Lookup::File(file);
                }
            }
        }
        Lookup::Missing(places.iter().find_map(|place| similar(place)))
    }

    fn contains(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else {
            return false;
        };
        let mut depth = 0_usize;
        for part in below.components() {
            match part {
                Component::Normal(_) => depth += 1,
                Component::ParentDir => match depth.checked_sub(1) {
                    Some(up) => depth = up,
                    None => return false,
                },
                _ => {}
            }
        }
        true
    }

    /// Whether a link to this address may mean a file: it ends like one.
    pub(crate) fn may_hold(url: &str) -> bool {
        let ending = ending(Path::new(urls::split_path(url).0));
        PICTURES.contains(&&*ending) || DOCUMENTS.contains(&&*ending)
    }

    /// A file that [`Media::find`] found, as a picture; the error says why it is none. Its content decides, not
    /// its name.
    pub(crate) fn picture(&self, file: &Path) -> Result<Arc<MediaFile>, Refusal> {
        if DOCUMENTS.contains(&&*ending(file)) {
            let why = "browsers do not show it: it is not jpg, png, gif, webp, avif or svg";
            return Err(Refusal::NoPicture(why.to_owned()));
        }
        self.file(file)
    }

    /// Makes the card of a picture; says whether there is one.
    pub(crate) fn card(&self, picture: &Picture, file: &Path, focus: Focus) -> bool {
        self.workshop.as_ref().is_some_and(|it| it.card(picture, file, focus).is_ok())
    }

    /// A file that [`Media::find`] found, whatever it is.
    pub(crate) fn file(&self, file: &Path) -> Result<Arc<MediaFile>, Refusal> {
        let entry = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.entry(file.to_owned()).or_default().clone()
        };
        entry.get_or_init(|| read(file, self.workshop.as_deref()).map(Arc::new)).clone()
    }
}

fn ending(file: &Path) -> String {
    let ending = file.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

fn read(file: &Path, workshop: Option<&Workshop>) -> Result<MediaFile, Refusal> {
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
fn stem(file: &Path) -> String {
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

fn similar(place: &Path) -> Option<String> {
    let wanted = place.file_name()?.to_str()?.to_lowercase();
    let entries = std::fs::read_dir(place.parent()?).ok()?;
    let mut names = entries.filter_map(|e| e.ok()?.file_name().into_string().ok());
    names.find(|name| name.to_lowercase() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn media() -> (tempfile::TempDir, Media, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let bundle = root.join("content/a/b");
        fs::create_dir_all(&bundle).unwrap();
        fs::create_dir_all(root.join("static/img")).unwrap();
        fs::write(root.join("static/img/s.gif"), "GIF89a\x01\0\x02\0\0\0\0\0\0\0").unwrap();
        fs::write(bundle.join("\u{1ea2}nh b\u{ec}a.gif"), "GIF89a\x03\0\x04\0\0\0\0\0\0\0")
            .unwrap();
        fs::write(bundle.join("x.exe"), "MZ").unwrap();
        (dir, Media::new(&root, None), bundle)
    }

    #[test]
    fn a_picture_is_found_beside_the_article_at_the_root_and_in_static() {
        let (_dir, media, bundle) = media();
        for url in [
            "/a/b/%E1%BA%A2nh%20b%C3%ACa.gif",
            "/img/s.gif",
            "/static/img/s.gif?v=2",
            "img/s.gif",
            "../../../static/img/s.gif",
        ] {
            let found = media.find(&bundle, url);
            assert!(matches!(found, Lookup::File(_)), "{url}: {found:?}");
        }
        let decomposed: String = "\u{1ea2}nh b\u{ec}a.gif".nfd().collect();
        assert!(matches!(media.find(&bundle, &decomposed), Lookup::File(_)));
        assert_eq!(media.find(&bundle, "img/S.GIF"), Lookup::Missing(Some("s.gif".into())));
    }

    #[test]
    fn a_path_out_of_the_edition_is_outside() {
        let (_dir, media, bundle) = media();
        for url in ["../../../../etc/passwd", "%2e%2e/../../../x.jpg", "a/../../../../../x.gif"] {
            assert_eq!(media.find(&bundle, url), Lookup::Outside, "{url}");
        }
        for url in ["/etc/passwd", "file:///etc/passwd", "C:\\x.gif", "", "%ff.gif", "a\0b"] {
            assert_eq!(media.find(&bundle, url), Lookup::Missing(None), "{url}");
        }
    }

    #[test]
    fn a_published_name_is_plain_and_carries_a_hash() {
        let (_dir, media, bundle) = media();
        let Lookup::File(file) = media.find(&bundle, "%E1%BA%A2nh%20b%C3%ACa.gif") else {
            panic!("not found");
        };
        let known = media.picture(&file).unwrap();
        let (stem, rest) = known.name.split_once('.').unwrap();
        assert_eq!((stem, rest.len(), known.size), ("anh-bia", 12, (3, 4)));
        assert!(Arc::ptr_eq(&known, &media.picture(&file).unwrap()));
        assert!(media.picture(&bundle.join("x.exe")).is_err());
    }
}
