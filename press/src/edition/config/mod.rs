//! `site.toml`: what the newspaper is called, where it lives, and which sections it has.

mod embed;
mod feeds;
mod fields;
pub(crate) mod generator;
pub(crate) mod keys;
mod pictures;
mod players;
mod publish;

use std::path::Path;

use jiff::tz::TimeZone;

use crate::edition::addresses::permalinks::Permalinks;
use crate::edition::article::BundleFile;
use crate::edition::diagnostics::{Diagnostic, Diagnostics, FileDiagnostics, Problem, Severity};
use crate::edition::media::{Lookup, Media};
use crate::edition::picture::Picture;
use crate::edition::values::fields::Fields;
use crate::edition::values::node::{Node, Table};
use crate::edition::{addresses::urls, values::toml};
use crate::hosts::Host;
pub use embed::EmbedConfig;
pub use feeds::FeedsConfig;
pub use generator::Generator;
pub use pictures::PicturesConfig;
pub use players::PlayersConfig;
pub use publish::PublishConfig;

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
    /// All languages that articles are in, as far as `site.toml` names them; the main one first.
    pub languages: Vec<String>,
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
    /// The patterns by which another generator made addresses.
    pub permalinks: Permalinks,
    /// How many articles a list page shows.
    pub page_size: usize,
    /// Whether the site installs its service worker; without one it needs a network.
    pub offline: bool,
    /// How other sites embed articles and lists.
    pub embed: EmbedConfig,
    /// What feeds say beside the articles.
    pub feeds: FeedsConfig,
    /// Where the site goes, and what is done before and after.
    pub publish: PublishConfig,
    /// Which other sites may play something in an article.
    pub players: PlayersConfig,
    /// What becomes of pictures that lie on other sites.
    pub pictures: PicturesConfig,
    /// The hosts whose files are written; empty for all.
    pub hosts: Vec<Host>,
    /// The generator that the articles were written for; it decides what marks in their texts mean.
    pub generator: Option<Generator>,
    /// What the generator was guessed from, where `site.toml` does not name it.
    pub guessed_from: Option<&'static str>,
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

    pub(crate) fn section_language(&self, slug: &str) -> Option<&str> {
        let section = self.sections.iter().find(|section| section.slug == slug)?;
        section.language.as_deref()
    }

    /// Reads `site.toml`. Only a missing banner is a problem the site can be printed with.
    pub(crate) fn read(
        root: &Path,
        base: Option<&str>,
        media: &Media,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        let mut diagnostics = FileDiagnostics::new(Path::new(FILE));
        let site = Self::parse(root, base, media, &mut diagnostics);
        let first = diagnostics.all.iter().position(|it| it.problem.weight() == Severity::Error);
        match (site, first) {
            (Some(site), _) => {
                diagnostics.hand_over(gathered);
                Ok(site)
            }
            (None, Some(first)) => {
                let first = diagnostics.all.swap_remove(first);
                diagnostics.hand_over(gathered);
                Err(first)
            }
            (None, None) => {
                let reason = "it has no values".to_owned();
                Err(Diagnostic::new(FILE, Problem::NoSiteFile { reason }))
            }
        }
    }

    fn parse(
        root: &Path,
        base: Option<&str>,
        media: &Media,
        diagnostics: &mut FileDiagnostics,
    ) -> Option<Self> {
        let bytes = match std::fs::read(root.join(FILE)) {
            Ok(bytes) => bytes,
            Err(e) => {
                diagnostics.push(None, Problem::NoSiteFile { reason: e.to_string() });
                return None;
            }
        };
        Self::of_text(&String::from_utf8_lossy(&bytes), root, base, media, diagnostics)
    }

    /// Reads a text as that of `site.toml`.
    pub(crate) fn of_text(
        text: &str,
        root: &Path,
        base: Option<&str>,
        media: &Media,
        diagnostics: &mut FileDiagnostics,
    ) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut table = match toml::parse(&text, 1) {
            Ok(table) => table,
            Err(broken) => {
                diagnostics.push(broken.line, Problem::SiteSyntax { reason: broken.what });
                return None;
            }
        };
        keys::take_out_unknown(&mut table, diagnostics);
        let mut fields = Fields { table: &table, diagnostics };
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
        let permalinks = fields.permalinks();
        let more = fields.languages("languages");
        let embed = fields.embed();
        let feeds = fields.feeds();
        let publish = fields.publish();
        let players = fields.players();
        let pictures = fields.pictures();
        let hosts = fields.hosts();
        let generator = fields.generator();
        if diagnostics.has_errors() {
            return None;
        }
        let (timezone_name, timezone) = zone?;
        let language = language?;
        let mut languages = vec![language.clone()];
        languages.extend(more);
        languages.extend(sections.iter().filter_map(|section| section.language.clone()));
        let mut site = Self {
            title: title?.value,
            tagline,
            language,
            languages,
            timezone,
            timezone_name,
            base_url: base_url?,
            banner: None,
            sections,
            permalinks,
            page_size,
            offline,
            embed,
            feeds,
            publish,
            players,
            pictures,
            hosts,
            generator,
            guessed_from: None,
        };
        site.banner = site.banner(root, &table, media, diagnostics);
        Some(site)
    }

    fn banner(
        &self,
        root: &Path,
        table: &Table,
        media: &Media,
        diagnostics: &mut FileDiagnostics,
    ) -> Option<Banner> {
        let table = table.get("banner").and_then(Node::table)?;
        let mut fields = Fields { table, diagnostics };
        let alt = fields.text(&["alt"]).map(|alt| alt.value);
        let src = fields.text(&["image"]);
        let mut banner = Banner { image: None, alt, file: None };
        let Some(src) = src else {
            return Some(banner);
        };
        let known = match media.find(root, &src.value) {
            Lookup::File(file) => {
                let known = media.picture(&file);
                known.map_err(|why| Lookup::unfit(&src.value, why))
            }
            lookup => Err(lookup.complaint(&src.value)),
        };
        match known {
            Ok(known) => {
                if let Some(remark) = known.remark(&src.value) {
                    diagnostics.push(src.line, remark);
                }
                let url = urls::site_file(self.base_path(), &known.name);
                banner.image =
                    Some(Picture::of(&known, url, banner.alt.as_deref().unwrap_or_default()));
                banner.file = Some(BundleFile::shown(&known));
            }
            Err(problem) => diagnostics.push(src.line, problem),
        }
        Some(banner)
    }
}
