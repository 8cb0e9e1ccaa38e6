//! The pictures and other files that articles show or link to: found in the edition, named by their content,
//! measured once.

mod asked;
mod file;
mod folders;
mod remote;
mod size;
pub(crate) mod svg;

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::urls;
use crate::edition::diagnostics::Problem;
use crate::files::STEP;
use crate::pictures::{Focus, Picture, Refusal, Workshop};
pub(crate) use asked::{Asked, Seen};
pub(crate) use file::MediaFile;
use file::{DOCUMENTS, ending, read};
pub(crate) use folders::Folders;
use remote::Remote;

/// What a link may name as a picture; what a file is in truth, `kind` says.
const PICTURES: [&str; 9] = ["jpg", "jpeg", "jfif", "png", "apng", "gif", "webp", "avif", "svg"];
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

    /// The same for a file relative to the edition, which may be in one of these folders.
    pub(crate) fn seen_in(&self, folders: &Folders, file: &Path) -> Option<Seen> {
        match folders.find(file) {
            Some((folder, name)) => Seen::settled_in(folder, name, self.step),
            None => self.seen(&self.root.join(file)),
        }
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
