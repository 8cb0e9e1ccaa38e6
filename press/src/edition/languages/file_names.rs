//! Languages in the names of files and folders: `index.en.md`, `post.en-GB.md`, `content/en/<section>/`.
//!
//! Dots are common in names (`gia.so.md`, `bao-cao.2024.md`), so an ending names a language only where there is
//! good reason to think so:
//!
//! - site.toml names the language: `language`, a section's `language`, or `languages = ["vi", "en"]`;
//! - the file is an `index` or `_index`, and the ending is a code of ISO 639-1;
//! - it is a common language with a script or a region, `en-GB`;
//! - it is a common language, and a file beside it has the same name in another language or without one.
//!
//! A folder names a language only if site.toml does: directly below `content/`, unless it is the folder of a
//! section, or directly below a section.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::edition::languages::tags;

/// Languages that newspapers are written in. Those whose codes are common as words or endings (`is`, `la`, `so`,
/// `to`) are not here: site.toml names them.
const COMMON: &str = "ar bg bn ca ckb cs da de el en es et eu fa fi fil fr gl he hi hr hu id it ja ka kk km ko \
    lo lt lv mn ms my nb ne nl nn pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi yue zh ";

/// The codes of ISO 639-1 that are not common.
const OTHERS: &str = "aa ab ae af ak am an as av ay az ba be bh bi bm bo br bs ce ch co cr cu cv cy dv dz ee eo \
    ff fj fo fy ga gd gn gu gv ha ho ht hy hz ia ie ig ii ik io is iu jv kg ki kj kl kn kr ks ku kv kw ky la lb \
    lg li ln lu mg mh mi mk ml mr mt na nd ng no nr nv ny oc oj om or os pa pi qu rm rn rw sa sc sd se sg sm sn \
    so ss st su tg ti tk tn to ts tt tw ty ug ve vo wa wo xh yi yo za zu ";

fn is_in(list: &str, language: &str) -> bool {
    list.split_ascii_whitespace().any(|it| it == language)
}

/// What site.toml says that names of files are read by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// The languages that it names.
    pub(crate) languages: &'a [String],
    /// The slugs of its sections.
    pub(crate) sections: &'a [&'a str],
}

impl Known<'_> {
    fn names(self, tag: &str) -> bool {
        self.languages.iter().any(|it| tags::primary(it) == tags::primary(tag))
    }

    /// The language that a folder is named by.
    fn folder(self, name: &str) -> Option<String> {
        // Most folders are called otherwise.
        let first = name.trim().split(['-', '_']).next().unwrap_or_default();
        let is_first = |it: &String| tags::primary(it).eq_ignore_ascii_case(first);
        if !self.languages.iter().any(is_first) {
            return None;
        }
        tags::normal(name).filter(|tag| self.names(tag) && !self.sections.contains(&name))
    }
}

/// A file's name, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileName {
    /// The language that the name or a folder says.
    pub(crate) language: Option<String>,
    /// The path without what names the language: one for all translations.
    pub(crate) neutral: Arc<Path>,
    /// Whether nothing that site.toml names speaks for it.
    pub(crate) guessed: bool,
}

/// All files of an edition, to read each one's name beside the others.
pub(crate) struct FileNames<'a> {
    known: Known<'a>,
    /// Per folder and name without a language: what the files of that name end in, nothing included.
    endings: HashMap<(&'a Path, &'a str), HashSet<Option<String>>>,
}

impl<'a> FileNames<'a> {
    pub(crate) fn new(files: &'a [Arc<Path>], known: Known<'a>) -> Self {
        let mut endings: HashMap<_, HashSet<Option<String>>> = HashMap::new();
        let tagged = files.par_iter().filter_map(|file| {
            let tagged = split(stem(file)?)?;
            Some((file.parent()?, tagged))
        });
        for (folder, (stem, tag)) in tagged.collect::<Vec<_>>() {
            endings.entry((folder, stem)).or_default().insert(Some(tag));
        }
        // Nobody asks for a name that stands without any language.
        if !endings.is_empty() {
            for name in files.iter().filter_map(|file| Some((file.parent()?, stem(file)?))) {
                if let Some(endings) = endings.get_mut(&name) {
                    endings.insert(None);
                }
            }
        }
        Self { known, endings }
    }

    /// Reads the name of a file, relative to the edition.
    pub(crate) fn read(&self, file: &Arc<Path>) -> FileName {
        let mut name = FileName { language: None, neutral: Arc::clone(file), guessed: false };
        self.read_folders(&mut name);
        let Some((plain, tag)) = stem(file).and_then(split) else { return name };
        let Some(folder) = file.parent() else { return name };
        let primary = tags::primary(&tag);
        let is_index = plain == "index" || plain == "_index";
        let common = is_in(COMMON, primary);
        let beside = self.endings.get(&(folder, plain));
        let others = || beside.into_iter().flatten().filter(|it| it.as_ref() != Some(&tag));
        let beside_named = others().flatten().any(|it| self.known.names(it));
        let beside_other =
            || others().any(|it| it.as_ref().is_none_or(|it| is_in(COMMON, tags::primary(it))));
        let certain = self.known.names(&tag)
            || is_index && (common || is_in(OTHERS, primary))
            || common && (tag.contains('-') || beside_named);
        let guessed = !certain && common && beside_other();
        if certain || guessed {
            let ending = file.extension().unwrap_or_default();
            let neutral = format!("{plain}.{}", ending.display());
            name.neutral = name.neutral.with_file_name(neutral).into();
            name.language = Some(tag);
            name.guessed = guessed;
        }
        name
    }

    /// `content/en/news/a.md` and `content/news/en/a.md`, which are `content/news/a.md` in English.
    fn read_folders(&self, name: &mut FileName) {
        if self.known.languages.is_empty() {
            return;
        }
        let folders = name.neutral.to_str().into_iter().flat_map(|it| it.split('/'));
        if folders.skip(1).take(2).all(|it| self.known.folder(it).is_none()) {
            return;
        }
        let mut parts: Vec<_> = name.neutral.iter().collect();
        let at = |place: usize| parts.get(place).and_then(|it| it.to_str()?.into());
        let language = |place: usize| at(place).and_then(|it: &str| self.known.folder(it));
        let below_content = language(1).filter(|_| parts.len() > 3);
        let is_bundle = parts.len() == 4 && at(3).is_some_and(is_index);
        let below_section = || language(2).filter(|_| parts.len() > 3 && !is_bundle);
        let (tag, place) = match below_content.clone() {
            Some(tag) => (Some(tag), 1),
            None => (below_section(), 2),
        };
        if tag.is_some() {
            parts.remove(place);
            name.neutral = parts.iter().collect::<PathBuf>().into();
            name.language = tag;
        }
    }
}

/// Whether a file's name is `index`, in whatever language.
fn is_index(name: &str) -> bool {
    name.strip_prefix("index").is_some_and(|rest| rest.starts_with('.'))
}

/// The name of a file without its ending, as `Path::file_stem` has it, in a third of the time.
pub(crate) fn stem(file: &Path) -> Option<&str> {
    let name = file.to_str()?.rsplit('/').next()?;
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => Some(stem),
        _ => Some(name),
    }
}

/// Parts a name at its last dot, if a language tag follows.
fn split(stem: &str) -> Option<(&str, String)> {
    let (plain, ending) = stem.rsplit_once('.')?;
    let tag = tags::normal(ending).filter(|_| !plain.is_empty())?;
    Some((plain, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The languages of some files, in a Vietnamese paper that also names those given.
    fn read(languages: &[&str], files: &[&str]) -> Vec<(Option<String>, String, bool)> {
        let languages: Vec<String> =
            ["vi"].iter().chain(languages).map(|it| (*it).to_owned()).collect();
        let known = Known { languages: &languages, sections: &["tin", "ra"] };
        let files = files.iter().map(|it| Path::new("content").join(it).into());
        let files: Vec<Arc<Path>> = files.collect();
        let names = FileNames::new(&files, known);
        let read = files.iter().map(|file| {
            let name = names.read(file);
            let neutral = name.neutral.strip_prefix("content").unwrap().display().to_string();
            (name.language, neutral, name.guessed)
        });
        read.collect()
    }

    fn language(languages: &[&str], file: &str) -> Option<String> {
        read(languages, &[file]).remove(0).0
    }

    #[test]
    fn an_ending_that_site_toml_names_is_a_language() {
        let vietnamese = (Some("vi".to_owned()), "tin/a.md".to_owned(), false);
        assert_eq!(read(&[], &["tin/a.vi.md"]), [vietnamese]);
        assert_eq!(language(&["so"], "tin/gia.so.md").as_deref(), Some("so"));
        assert_eq!(language(&["en"], "tin/a.EN_gb.md").as_deref(), Some("en-GB"));
    }

    #[test]
    fn an_ending_that_only_looks_like_a_language_stays_part_of_the_name() {
        for file in
            ["tin/gia.so.md", "tin/bao-cao.2024.md", "tin/ra.md", "tin/so.la.md", "tin/.en.md"]
        {
            assert_eq!(read(&[], &[file]), [(None, file.to_owned(), false)], "{file}");
        }
        // Common, but nothing beside it speaks for it.
        assert_eq!(language(&[], "tin/di.it.md"), None);
        // Not common, whatever is beside it.
        assert!(read(&[], &["tin/tin.so.md", "tin/tin.md"]).iter().all(|it| it.0.is_none()));
    }

    #[test]
    fn a_common_language_is_known_by_a_file_beside_it() {
        let both = read(&[], &["tin/a.vi.md", "tin/a.fr.md"]);
        assert_eq!(both[1], (Some("fr".to_owned()), "tin/a.md".to_owned(), false));
        // Zola writes the main language without an ending: nearly sure, so it is said.
        let both = read(&[], &["tin/a.md", "tin/a.fr.md"]);
        assert_eq!(both[0].0, None);
        assert_eq!(both[1], (Some("fr".to_owned()), "tin/a.md".to_owned(), true));
        assert_eq!(language(&[], "tin/a.en-GB.md").as_deref(), Some("en-GB"));
    }

    #[test]
    fn an_index_has_a_language_by_its_code_alone() {
        for (file, code) in [("tin/a/index.so.md", "so"), ("tin/_index.en.md", "en")] {
            assert_eq!(language(&[], file).as_deref(), Some(code));
        }
        assert_eq!(language(&[], "tin/a/index.xx.md"), None);
    }

    #[test]
    fn a_folder_is_a_language_where_site_toml_names_it() {
        let english = |neutral: &str| vec![(Some("en".to_owned()), neutral.to_owned(), false)];
        assert_eq!(read(&["en"], &["en/tin/a.md"]), english("tin/a.md"));
        assert_eq!(read(&["en"], &["tin/en/a.md"]), english("tin/a.md"));
        assert_eq!(read(&["en"], &["en/tin/a/index.md"]), english("tin/a/index.md"));
        assert_eq!(read(&["en"], &["vi/tin/a.en.md"]), english("tin/a.md"));
        // A section of that name, an article of that name, a language that is not named.
        assert_eq!(language(&["ra"], "ra/x/a.md"), None);
        assert_eq!(language(&["en"], "tin/en/index.md"), None);
        assert_eq!(language(&[], "en/tin/a.md"), None);
        assert_eq!(language(&["en"], "en/a.md"), None);
    }
}
