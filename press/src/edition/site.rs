//! `site.toml`: what the newspaper is called, where it lives, and which sections it has.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::article::{BundleFile, Picture};
use super::embed::EmbedConfig;
use super::fields::Fields;
use super::library::{Library, Lookup};
use super::node::{Node, Table};
use super::problem::{Notes, Problem, Report, Severity};
use super::{toml_text, urls};

/// First path segments that the site itself uses.
pub(super) const RESERVED_SECTIONS: [&str; 7] =
    ["assets", "embed", "icons", "offline", "page", "saved", "schema"];
/// Second path segments that the site itself uses.
pub(super) const RESERVED_SLUGS: [&str; 1] = ["page"];

const FILE: &str = "site.toml";

/// What `site.toml` says.
#[derive(Clone, Debug)]
pub struct SiteConfig {
    /// The newspaper's name.
    pub title: String,
    /// A line below the name; may be empty.
    pub tagline: String,
    /// The main language, such as `vi`.
    pub language: String,
    /// The time zone in which dates are printed.
    pub timezone: TimeZone,
    /// The time zone's IANA name, such as `Asia/Ho_Chi_Minh`.
    pub timezone_name: String,
    /// Where the site will live; ends with `/`.
    pub base_url: String,
    /// The masthead picture.
    pub banner: Option<Banner>,
    /// The sections in the order of the menu; those found only as folders come last.
    pub sections: Vec<Section>,
    /// How many articles a list page shows.
    pub page_size: usize,
    /// Whether the site installs its service worker; without one it needs a network.
    pub offline: bool,
    /// How other sites embed articles and lists.
    pub embed: EmbedConfig,
}

/// The masthead picture.
#[derive(Clone, Debug)]
pub struct Banner {
    /// The picture, published at the site's root.
    pub image: Option<Picture>,
    /// What the picture says, for those who do not see it.
    pub alt: Option<String>,
    /// The file behind the picture.
    pub file: Option<BundleFile>,
}

/// A section of the newspaper.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// Its language, where it is not the site's.
    pub language: Option<String>,
    /// What it is about.
    pub description: Option<String>,
}

impl SiteConfig {
    /// The path of the base address: `/`, or `/news/` for a site that lives below another.
    pub fn base_path(&self) -> &str {
        let host = self.base_url.find("//").map_or(0, |at| at + 2);
        let path = self.base_url.get(host..).and_then(|rest| rest.find('/'));
        path.and_then(|at| self.base_url.get(host + at..)).unwrap_or("/")
    }

    pub(super) fn section_language(&self, slug: &str) -> Option<&str> {
        let section = self.sections.iter().find(|section| section.slug == slug)?;
        section.language.as_deref()
    }

    /// Reads `site.toml`. Only a missing banner is a problem the site can be printed with.
    pub(super) fn read(
        root: &Path,
        base: Option<&str>,
        library: &Library,
        report: &mut Report,
    ) -> Result<Self, Problem> {
        let mut notes = Notes::new(Path::new(FILE));
        let site = Self::parse(root, base, library, &mut notes);
        let first = notes.problems.iter().position(|p| p.severity == Severity::Error);
        match (site, first) {
            (Some(site), _) => {
                notes.hand_over(report);
                Ok(site)
            }
            (None, Some(first)) => {
                let problem = notes.problems.swap_remove(first);
                notes.hand_over(report);
                Err(problem)
            }
            (None, None) => Err(Problem {
                severity: Severity::Error,
                file: PathBuf::from(FILE),
                line: None,
                what: "it cannot be read".into(),
                fix: "write title, language, timezone and base_url".into(),
            }),
        }
    }

    fn parse(
        root: &Path,
        base: Option<&str>,
        library: &Library,
        notes: &mut Notes,
    ) -> Option<Self> {
        let bytes = match std::fs::read(root.join(FILE)) {
            Ok(bytes) => bytes,
            Err(e) => {
                let fix = "put a site.toml with title, language, timezone and base_url there";
                notes.error(None, format!("it cannot be read ({e})"), fix);
                return None;
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let table = match toml_text::parse(&text, 1) {
            Ok(table) => table,
            Err(broken) => {
                let fix = "mend the line; names and values look like title = \"…\"";
                notes.error(broken.line, broken.what, fix);
                return None;
            }
        };
        let mut fields = Fields { table: &table, notes };
        let title = fields.needed("title", "title = \"Tỉnh ủy Nghệ An\"");
        let tagline = fields.text(&["tagline"]).map(|t| t.value).unwrap_or_default();
        fields.needed("language", "language = \"vi\"");
        let language = fields.language(&["language"]);
        let zone = fields.needed("timezone", "timezone = \"Asia/Ho_Chi_Minh\"");
        let zone = zone.and_then(|name| fields.zone(name));
        let base_url = fields.needed("base_url", "base_url = \"https://example.org/\"");
        let base_url = base_url.and_then(|url| fields.base_url(url));
        let base_url = match base {
            Some(base) => base_url.and_then(|url| fields.moved(&url, base)),
            None => base_url,
        };
        let page_size = fields.page_size();
        let offline = fields.yes("offline").unwrap_or(true);
        let sections = fields.sections();
        let embed = fields.embed();
        if notes.has_errors() {
            return None;
        }
        let (timezone_name, timezone) = zone?;
        let mut site = Self {
            title: title?.value,
            tagline,
            language: language?,
            timezone,
            timezone_name,
            base_url: base_url?,
            banner: None,
            sections,
            page_size,
            offline,
            embed,
        };
        site.banner = site.banner(root, &table, library, notes);
        Some(site)
    }

    fn banner(
        &self,
        root: &Path,
        table: &Table,
        library: &Library,
        notes: &mut Notes,
    ) -> Option<Banner> {
        let table = table.get("banner").and_then(Node::table)?;
        let mut fields = Fields { table, notes };
        let alt = fields.text(&["alt"]).map(|alt| alt.value);
        let src = fields.text(&["image"]);
        let mut banner = Banner { image: None, alt, file: None };
        let Some(src) = src else {
            return Some(banner);
        };
        let known = match library.find(root, &src.value) {
            Lookup::File(file) => {
                let known = library.picture(&file);
                known.map_err(|why| Lookup::unfit(&src.value, &why))
            }
            lookup => Err(lookup.complaint(&src.value)),
        };
        match known {
            Ok(known) => {
                let url = urls::site_file(self.base_path(), &known.name);
                banner.image =
                    Some(Picture::of(&known, url, banner.alt.as_deref().unwrap_or_default()));
                banner.file = Some(BundleFile::shown(&known));
            }
            Err((what, fix)) => notes.error(src.line, what, fix),
        }
        Some(banner)
    }
}
