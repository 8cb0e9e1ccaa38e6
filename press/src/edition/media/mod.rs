//! The pictures and other files that articles show or link to: found in the edition, named by their content,
//! measured once.

mod kind;
mod size;
pub(crate) mod svg;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::{slug, urls};
use crate::edition::body::players::own;
use crate::edition::diagnostics::Problem;
use crate::hash::{short_hash, short_hash_of};
use kind::Kind;

/// What a link may name as a picture; what a file is in truth, `kind` says.
const PICTURES: [&str; 9] = ["jpg", "jpeg", "jfif", "png", "apng", "gif", "webp", "avif", "svg"];
/// What may be published beside an article because the article links to it. Nothing that a browser runs.
const DOCUMENTS: [&str; 25] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "zip",
    "epub", "ics", "mp3", "mp4", "m4a", "ogg", "opus", "wav", "flac", "webm", "m4v", "vtt",
];

/// Where a path in an article leads.
#[derive(Debug, PartialEq)]
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

    /// The same for a file that is no picture.
    pub(crate) fn unfit(src: &str, reason: String) -> Problem {
        let fix = match ending(Path::new(urls::split_path(src).0)).as_str() {
            "svg" => "save it as plain SVG in UTF-8 with a drawing program, or as a PNG file",
            _ => "save it as a JPEG, PNG, WebP, AVIF, GIF or SVG file",
        };
        Problem::MediaUnfit { src: src.to_owned(), reason, fix }
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
    /// What the picture is, where its name says something else.
    misnamed: Option<Kind>,
}

impl MediaFile {
    /// What is to be said of a picture that is shown although its name, `src`, is wrong.
    pub(crate) fn remark(&self, src: &str) -> Option<Problem> {
        let kind = self.misnamed?;
        let src = src.to_owned();
        Some(Problem::MediaMisnamed { src, kind: kind.called(), ending: kind.ending() })
    }
}

type Entry = Arc<OnceLock<Result<Arc<MediaFile>, String>>>;

/// The files of one edition.
#[derive(Debug)]
pub(crate) struct Media {
    root: PathBuf,
    files: Mutex<HashMap<PathBuf, Entry>>,
}

impl Media {
    /// The files below `root`, which must be canonical.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), files: Mutex::default() }
    }

    /// The edition's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Finds what `url` means in an article in the folder `dir`: beside the article, else from the edition's
    /// root, else in `static/` or `content/`, which have the addresses of the site's root in Hugo and Zola.
    pub(crate) fn find(&self, dir: &Path, url: &str) -> Lookup {
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
    pub(crate) fn picture(&self, file: &Path) -> Result<Arc<MediaFile>, String> {
        if DOCUMENTS.contains(&&*ending(file)) {
            return Err(
                "browsers do not show it: it is not jpg, png, gif, webp, avif or svg".into()
            );
        }
        self.file(file)
    }

    /// A file that [`Media::find`] found, whatever it is.
    pub(crate) fn file(&self, file: &Path) -> Result<Arc<MediaFile>, String> {
        let entry = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.entry(file.to_owned()).or_default().clone()
        };
        entry.get_or_init(|| read(file).map(Arc::new)).clone()
    }
}

fn ending(file: &Path) -> String {
    let ending = file.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

fn read(file: &Path) -> Result<MediaFile, String> {
    if own::kind(&file.to_string_lossy()).is_some() {
        return film(file);
    }
    let mut bytes = std::fs::read(file).map_err(|e| format!("it cannot be read ({e})"))?;
    let written = ending(file);
    let (mut size, mut sanitized, mut misnamed) = ((0, 0), None, None);
    let mut ending = written.as_str();
    if !DOCUMENTS.contains(&ending) {
        let kind = match Kind::of(&bytes) {
            // What is wrong in a drawing, its own reader says best.
            Err(_) if ending == "svg" => Kind::Svg,
            kind => kind?,
        };
        if kind == Kind::Svg {
            bytes = svg::sanitize(&bytes)?;
            sanitized = Some(Arc::from(bytes.as_slice()));
        }
        size = size::of(&bytes, kind)?;
        misnamed = (!written.is_empty() && !kind.fits(&written)).then_some(kind);
        ending = kind.published(&written);
    }
    let stem = slug::fold(&file.file_stem().unwrap_or_default().to_string_lossy());
    let stem = match stem.get(..80).unwrap_or(&stem) {
        "" => "file",
        stem => stem,
    };
    let hash = short_hash(&bytes);
    let name = format!("{stem}.{hash}.{ending}");
    Ok(MediaFile { from: file.to_owned(), name, size, sanitized, misnamed })
}

/// Sound or a film, whose bytes are not held: it may be larger than the memory.
fn film(file: &Path) -> Result<MediaFile, String> {
    let hash = File::open(file).and_then(short_hash_of);
    let hash = hash.map_err(|e| format!("it cannot be read ({e})"))?;
    let stem = slug::fold(&file.file_stem().unwrap_or_default().to_string_lossy());
    let stem = match stem.get(..80).unwrap_or(&stem) {
        "" => "file",
        stem => stem,
    };
    let name = format!("{stem}.{hash}.{}", ending(file));
    Ok(MediaFile { from: file.to_owned(), name, size: (0, 0), sanitized: None, misnamed: None })
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
        (dir, Media::new(&root), bundle)
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
