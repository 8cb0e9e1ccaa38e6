//! The files of a new edition: `site.toml` that explains every name, two articles, and a picture.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::{SignedDuration, Timestamp};

use super::quote;
use crate::edition::config::SiteConfig;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::media::Media;
use crate::text::line;

pub(super) const SITE: &str = include_str!("site.toml");
const PICTURE: &[u8] = include_bytes!("river.png");

/// The language that the texts of a new edition are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// What the texts are in one language.
struct Words {
    language: &'static str,
    timezone: &'static str,
    title: &'static str,
    tagline: &'static str,
    sections: [(&'static str, &'static str); 2],
    /// The names of the two articles, and their texts.
    articles: [(&'static str, &'static str); 2],
    picture: &'static str,
}

const VI: Words = Words {
    language: "vi",
    timezone: "Asia/Ho_Chi_Minh",
    title: "Báo Mới Mở",
    tagline: "Viết một dòng giới thiệu ở đây",
    sections: [("tin-tuc", "Tin tức"), ("toa-soan", "Tòa soạn")],
    articles: [
        ("to-bao-mo-trang-dau-tien", include_str!("vi/welcome.md")),
        ("ba-viec-truoc-khi-dua-bao-len-mang", include_str!("vi/second.md")),
    ],
    picture: "ben-song.png",
};

const EN: Words = Words {
    language: "en",
    timezone: "Etc/UTC",
    title: "The New Paper",
    tagline: "Write a line about it here",
    sections: [("news", "News"), ("newsroom", "Newsroom")],
    articles: [
        ("the-newspaper-opens-its-first-page", include_str!("en/welcome.md")),
        ("three-things-before-going-online", include_str!("en/second.md")),
    ],
    picture: "river.png",
};

/// A new edition.
#[derive(Clone, Debug)]
pub struct NewEdition<'a> {
    /// The language of its texts.
    pub texts: Texts,
    /// The newspaper's name, where it is known.
    pub title: Option<&'a str>,
    /// Where the site will live, where that is known.
    pub base_url: Option<&'a str>,
    /// The IANA name of the time zone; else one that fits the language.
    pub timezone: Option<&'a str>,
    /// The moment at which its articles are new.
    pub now: Timestamp,
}

impl NewEdition<'_> {
    /// Writes the edition into a folder that is empty or not there, and says which files, relative to it.
    ///
    /// # Errors
    /// If the folder holds anything, cannot be written, or a value is not one that `site.toml` may have.
    pub fn write(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let files = self.files(folder)?;
        let place = || folder.display().to_string();
        match std::fs::read_dir(folder) {
            Ok(mut entries) => ensure!(
                entries.next().is_none(),
                "{} is not empty: name a folder that is, or a new one",
                place()
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(place),
        }
        for (name, bytes) in &files {
            let path = folder.join(name);
            let within = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(within).with_context(|| within.display().to_string())?;
            std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        }
        Ok(files.into_iter().map(|(name, _)| name).collect())
    }

    fn files(&self, folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let words = match self.texts {
            Texts::Vi => &VI,
            Texts::En => &EN,
        };
        let [(first, first_title), (second, second_title)] = words.sections;
        let [(welcome, welcome_text), (more, more_text)] = words.articles;
        let title = self.title.map(line).unwrap_or_else(|| words.title.to_owned());
        ensure!(!title.is_empty(), "the title is empty");
        let site = filled(
            SITE,
            &[
                ("title", &quote::toml(&title)),
                ("tagline", &quote::toml(words.tagline)),
                ("language", &quote::toml(words.language)),
                ("timezone", &quote::toml(self.timezone.unwrap_or(words.timezone))),
                ("base_url", &quote::toml(self.base_url.unwrap_or("https://example.org/"))),
                ("section_1_slug", &quote::toml(first)),
                ("section_1_title", &quote::toml(first_title)),
                ("section_2_slug", &quote::toml(second)),
                ("section_2_title", &quote::toml(second_title)),
            ],
        );
        let zone = checked(&site, folder)?.timezone;
        let date = |minutes| {
            let at = self.now - SignedDuration::from_mins(minutes);
            at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        };
        let article = |text, date: &str| {
            let values = [
                ("date", date),
                ("first_section", first),
                ("second_section", second),
                ("second_slug", more),
            ];
            filled(text, &values)
        };
        let bundle = Path::new("content").join(first).join(welcome);
        let second_bundle = Path::new("content").join(second).join(more);
        Ok(vec![
            ("site.toml".into(), site.into_bytes()),
            // The folder that the printed site goes into, where the examples put it.
            (".gitignore".into(), b"/site/\n".to_vec()),
            (bundle.join("index.md"), article(welcome_text, &date(1)).into_bytes()),
            (bundle.join(words.picture), PICTURE.to_vec()),
            (second_bundle.join("index.md"), article(more_text, &date(60)).into_bytes()),
        ])
    }
}

/// Reads a text as `site.toml`, as the press will.
fn checked(site: &str, folder: &Path) -> Result<SiteConfig> {
    let mut diagnostics = FileDiagnostics::new(Path::new("site.toml"));
    let read = SiteConfig::of_text(site, folder, None, &Media::new(folder, None), &mut diagnostics);
    match (read, diagnostics.all.into_iter().next()) {
        (Some(site), None) => Ok(site),
        (_, Some(problem)) => {
            bail!("{}; {}", problem.problem, problem.problem.fix())
        }
        (None, None) => bail!("the values make no site.toml"),
    }
}

/// A text with its names between `@` replaced. Every name that it holds is in the list.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match values.iter().find(|(name, _)| *name == part) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(part),
        }
    }
    out
}
