//! Every problem that an edition can have: its code, its weight, its sentence and what to do about it, at one
//! place. A code never changes its meaning; tools read it with `--json`.

use std::path::PathBuf;

use miette::Diagnostic;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::edition::fixed::{Fixed, fixed};

/// What is wrong. The message is the end of a sentence that begins with the file and the line.
#[derive(Clone, Debug, Error, Diagnostic, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "message and help say what a field is")]
pub enum Problem {
    // The edition's folder and its files.
    #[error("the edition's folder cannot be read ({reason})")]
    #[diagnostic(code(edition::unreadable), help("name the folder that holds site.toml"))]
    NoEdition { reason: String },

    #[error("the folder cannot be read ({reason})")]
    #[diagnostic(
        code(edition::no_content),
        help("put the articles into content/<section>/ beside site.toml")
    )]
    NoContent { reason: String },

    #[error("the link leads out of the edition's folder")]
    #[diagnostic(code(file::outside), help("put the file itself there instead of a link"))]
    LinkOutOfEdition,

    #[error("it cannot be read ({reason})")]
    #[diagnostic(
        code(file::unreadable),
        help(
            "check that it exists and that you may read it; remove links that lead to themselves"
        )
    )]
    Unreadable { reason: String },

    #[error("its name is not UTF-8")]
    #[diagnostic(
        code(file::name_not_utf8),
        help("rename it, best with plain letters, digits and hyphens")
    )]
    NameNotUtf8,

    #[error("the text is not UTF-8")]
    #[diagnostic(code(file::not_utf8), help("save the file again with the encoding UTF-8"))]
    NotUtf8,

    #[error("the file is larger than {megabytes} MB")]
    #[diagnostic(
        code(file::too_large),
        help("split it into several articles; pictures go beside the text, not into it")
    )]
    TooLarge { megabytes: u64 },

    #[error("the article is in no section")]
    #[diagnostic(
        code(file::no_section),
        help("move it into a folder of content/, such as content/news/")
    )]
    NoSection,

    #[error("an index.md directly in a section's folder is no article")]
    #[diagnostic(
        code(file::section_index),
        help("rename it to _index.md if it describes the section, or give it a folder of its own")
    )]
    SectionIndex,

    #[error("it is not printed, because {} is one article", bundle.display())]
    #[diagnostic(
        code(file::inside_bundle),
        severity(Warning),
        help("move it out of that folder if it is an article of its own")
    )]
    InsideBundle { bundle: PathBuf },

    #[error(
        "its name is read as one in the language \"{language}\", which site.toml does not name"
    )]
    #[diagnostic(
        code(file::language),
        severity(Warning),
        help("write languages = [\"{language}\"] into site.toml, or take the dot out of the name")
    )]
    LanguageOfName { language: String },

    // Sections.
    #[error("\"{folder}\" cannot be the address of a section")]
    #[diagnostic(code(section::address), help("rename the folder; taken are: {taken}"))]
    SectionAddress { folder: String, taken: String },

    #[error("the section \"{folder}\" is not in site.toml")]
    #[diagnostic(
        code(section::unlisted),
        severity(Warning),
        help("add [[sections]] with slug = \"{slug}\" and a title")
    )]
    UnlistedSection { folder: String, slug: String },

    // site.toml.
    #[error("it cannot be read ({reason})")]
    #[diagnostic(
        code(site::unreadable),
        help("put a site.toml with title, language, timezone and base_url there")
    )]
    NoSiteFile { reason: String },

    #[error("{reason}")]
    #[diagnostic(
        code(site::syntax),
        help("mend the line; names and values look like title = \"…\"")
    )]
    SiteSyntax { reason: String },

    #[error("\"{name}\" is missing")]
    #[diagnostic(code(site::missing), help("write {example}"))]
    SiteMissing { name: String, example: String },

    #[error("\"{name}\" is not read: the press knows no such name here")]
    #[diagnostic(
        code(site::unknown),
        severity(Warning),
        help("take the line out, or write the name that is meant: {names}")
    )]
    SiteUnknown { name: String, names: String },

    #[error("\"{name}\" is no time zone that is known here")]
    #[diagnostic(code(site::time_zone), help("write its IANA name, such as Asia/Ho_Chi_Minh"))]
    TimeZone { name: String },

    #[error("\"{url}\" is not an address at which a site can live")]
    #[diagnostic(
        code(site::base_url),
        help("write it like https://example.org/ or https://example.org/news/")
    )]
    BaseUrl { url: String },

    #[error("the base path \"{base}\" is not one at which a site can live")]
    #[diagnostic(
        code(site::base_path),
        help("write it like /news/, with letters, digits and hyphens")
    )]
    BasePath { base: String },

    #[error("\"{name}\" is no generator that is known here")]
    #[diagnostic(
        code(site::generator),
        help(
            "write generator = \"hugo\", \"zola\", \"jekyll\" or \"eleventy\", or take the line out"
        )
    )]
    NotGenerator { name: String },

    #[error("\"{name}\" is no host that the press writes files for")]
    #[diagnostic(code(site::host), help("write hosts with names of these: {known}"))]
    NotHost { name: String, known: String },

    #[error("\"{size}\" is no number of articles for a page")]
    #[diagnostic(
        code(site::page_size),
        help("write a number from 1 to 500, such as page_size = 20")
    )]
    PageSize { size: String },

    #[error("the section has no slug")]
    #[diagnostic(
        code(site::section_without_slug),
        help("write the name of its folder: slug = \"kinh-te\"")
    )]
    SectionWithoutSlug,

    #[error("\"{slug}\" {reason}")]
    #[diagnostic(code(site::section_slug), help("choose another slug, such as kinh-te"))]
    SectionSlug {
        slug: String,
        #[serde(deserialize_with = "fixed")]
        reason: Fixed,
    },

    #[error("\"{name}\" is no name for a custom element")]
    #[diagnostic(
        code(site::embed_element),
        help("write small letters, digits and a hyphen, such as element = \"vinhlam-tin\"")
    )]
    EmbedElement { name: String },

    #[error("\"{origin}\" is not the origin of a partner's site")]
    #[diagnostic(
        code(site::embed_partner),
        help(
            "write scheme and host alone, such as https://school.example or https://*.school.example"
        )
    )]
    EmbedPartner { origin: String },

    #[error("\"{origin}\" is not the origin of a site whose frames may be shown")]
    #[diagnostic(
        code(site::players_frame),
        help(
            "write https and the host alone, such as https://maps.example.org or https://*.example.org"
        )
    )]
    PlayerFrame { origin: String },

    #[error("\"{colour}\" is no colour")]
    #[diagnostic(
        code(site::embed_colour),
        help("write six hexadecimal digits: accent = \"#9b1b1e\"")
    )]
    EmbedColour { colour: String },

    #[error(
        "the accent \"{colour}\" has a contrast of {contrast} with the paper, and text needs {needed}"
    )]
    #[diagnostic(
        code(site::embed_contrast),
        help("choose a darker colour, such as accent = \"#9b1b1e\"")
    )]
    EmbedContrast { colour: String, contrast: String, needed: String },

    // Values of site.toml and of front matter alike.
    #[error("\"{name}\" is {kind} and not {wanted}")]
    #[diagnostic(code(value::kind), help("write {name} as {wanted}{hint}"))]
    WrongKind {
        name: String,
        #[serde(deserialize_with = "fixed")]
        kind: Fixed,
        wanted: String,
        #[serde(deserialize_with = "fixed")]
        hint: Fixed,
    },

    #[error("\"{name}\" is \"{text}\", neither true nor false")]
    #[diagnostic(code(value::truth), help("write {name} as true or false"))]
    NotTruth { name: String, text: String },

    #[error("\"{text}\" is no language")]
    #[diagnostic(code(value::language), help("write its short name, such as vi or en"))]
    NotLanguage { text: String },

    #[error("\"{text}\" is not the address of a web page")]
    #[diagnostic(code(value::web_address), help("write it in full, beginning with https://"))]
    NotWebAddress { text: String },

    #[error("\"{text}\" is no key for IndexNow")]
    #[diagnostic(
        code(value::indexnow),
        help("write 8 to 128 letters of a to z, digits and hyphens")
    )]
    NotIndexNow { text: String },

    #[error("\"{text}\" is not a date")]
    #[diagnostic(code(value::date), help("write it like 2020-07-02 or 2020-07-02T17:00:00+07:00"))]
    NotDate { text: String },

    // Front matter.
    #[error("the file does not begin with front matter")]
    #[diagnostic(
        code(front_matter::missing),
        help("begin it with a line ---, then title: and date:, then a line ---")
    )]
    NoFrontMatter,

    #[error("the front matter has no end")]
    #[diagnostic(
        code(front_matter::no_end),
        help("write a line {fence} between the front matter and the text")
    )]
    FrontMatterWithoutEnd {
        #[serde(deserialize_with = "fixed")]
        fence: Fixed,
    },

    #[error("the front matter cannot be read: {reason}")]
    #[diagnostic(
        code(front_matter::syntax),
        help("mend the line; put values that hold a colon or begin with a sign into quotes")
    )]
    FrontMatterSyntax { reason: String },

    #[error("\"{name}\" is written twice")]
    #[diagnostic(code(front_matter::twice), help("take one of the two out"))]
    Twice { name: String },

    #[error("the article has no title")]
    #[diagnostic(
        code(front_matter::no_title),
        help("write title: and the headline into the front matter")
    )]
    NoTitle,

    #[error("the article has no date")]
    #[diagnostic(
        code(front_matter::no_date),
        help("write date: 2020-07-02 or date: 2020-07-02T17:00:00+07:00 into the front matter")
    )]
    NoDate,

    #[error("it is not printed, because \"{name}\" keeps it out of lists or without a page")]
    #[diagnostic(
        code(front_matter::unlisted),
        severity(Warning),
        help(
            "every article of a newspaper has a page and is in lists: take {name} out to print it"
        )
    )]
    Unlisted { name: String },

    #[error("\"{name}\" does not say which picture")]
    #[diagnostic(
        code(front_matter::picture_without_file),
        help("write src below {name}, with the name of the file")
    )]
    PictureWithoutFile { name: String },

    #[error("\"{name}\" is no part of a picture, and its middle is shown")]
    #[diagnostic(
        code(front_matter::focus),
        severity(Warning),
        help("write focus: left, right, top, bottom or centre")
    )]
    Focus { name: String },

    #[error("\"{name}\" does not say what was corrected")]
    #[diagnostic(
        code(front_matter::empty_correction),
        help("write {name}: and in a sentence what was wrong and what is right")
    )]
    EmptyCorrection {
        #[serde(deserialize_with = "fixed")]
        name: Fixed,
    },

    // Addresses.
    #[error("the slug \"{slug}\" {reason}")]
    #[diagnostic(
        code(address::slug),
        help("write slug: and a short name in plain letters into the front matter")
    )]
    Slug {
        slug: String,
        #[serde(deserialize_with = "fixed")]
        reason: Fixed,
    },

    #[error("its address {path} is that of {owner} already")]
    #[diagnostic(
        code(address::taken),
        help("write another slug: into the front matter of one of the two")
    )]
    AddressTaken { path: String, owner: String },

    #[error("the {name} \"{alias}\" {reason}, and leads nobody to the article")]
    #[diagnostic(
        code(address::alias),
        severity(Warning),
        help("write the old path on this site, such as /news/old-name/, or take it out")
    )]
    Alias {
        #[serde(deserialize_with = "fixed")]
        name: Fixed,
        alias: String,
        #[serde(deserialize_with = "fixed")]
        reason: Fixed,
    },

    #[error("the {name} {alias} leads nobody to the article, because {owner} has its place")]
    #[diagnostic(code(address::alias_taken), severity(Warning), help("take it out"))]
    AliasTaken {
        #[serde(deserialize_with = "fixed")]
        name: Fixed,
        alias: String,
        owner: String,
    },

    #[error("the pattern \"{pattern}\" holds \"{word}\", which is no word of Hugo or Jekyll")]
    #[diagnostic(
        code(address::permalink),
        severity(Warning),
        help("write it like permalinks = \"/:year/:month/:day/:slug/\"")
    )]
    PermalinkWord { pattern: String, word: String },

    #[error("the link \"{href}\" leads nowhere on this site")]
    #[diagnostic(
        code(link::dead),
        severity(Warning),
        help("correct it; if it is an old address of an article, add it there to aliases:")
    )]
    LinkDead { href: String },

    #[error("the link \"{href}\" leads to a place that its page does not have")]
    #[diagnostic(
        code(link::fragment),
        severity(Warning),
        help("name a heading of that page behind the #, in small letters with hyphens")
    )]
    LinkFragment { href: String },

    #[error("the reference \"{name}\" names no article, and its words are printed without a link")]
    #[diagnostic(
        code(link::reference),
        severity(Warning),
        help("write the path of the article's file from content/, such as news/name.md")
    )]
    LinkReference { name: String },

    // The body.
    #[error("the shortcode \"{name}\" names no picture of this edition")]
    #[diagnostic(
        code(body::shortcode_without_picture),
        severity(Warning),
        help("put the picture beside the article and write ![description](name.jpg \"caption\")")
    )]
    ShortcodeWithoutPicture { name: String },

    #[error("the shortcode \"{name}\" of another generator was left out")]
    #[diagnostic(
        code(body::shortcode_left_out),
        severity(Warning),
        help("say the same in Markdown or HTML; text between its two ends was kept")
    )]
    ShortcodeLeftOut { name: String },

    #[error("the template mark {text} has no value here and was left out")]
    #[diagnostic(
        code(body::template_left_out),
        severity(Warning),
        help(
            "write what it should say (a link without its address keeps only its words), or put it between \
             {{% raw %}} and {{% endraw %}} if readers are to see it"
        )
    )]
    TemplateLeftOut { text: String },

    #[error("the template mark {mark} has no end and was left out")]
    #[diagnostic(
        code(body::template_without_end),
        severity(Warning),
        help("close it, or put it into code if readers are to see it")
    )]
    TemplateWithoutEnd {
        #[serde(deserialize_with = "fixed")]
        mark: Fixed,
    },

    #[error("WordPress' shortcode [{name}] was left out")]
    #[diagnostic(
        code(body::wordpress_left_out),
        severity(Warning),
        help("put what it showed beside the article and write it in Markdown")
    )]
    WordpressLeftOut { name: String },

    #[error("the text is nested more than {levels} levels deep")]
    #[diagnostic(
        code(body::nested),
        help("look for tags that are never closed, and for long runs of \">\" or \"-\"")
    )]
    Nested { levels: usize },

    #[error("thousands of tags are opened and never closed")]
    #[diagnostic(
        code(body::open_tags),
        help("close them, or look for long runs of \">\" before a line")
    )]
    OpenTags,

    // Pictures and other files.
    #[error("the path \"{src}\" leads out of the edition's folder")]
    #[diagnostic(code(media::outside), help("put the file into the edition and name it there"))]
    MediaOutside { src: String },

    #[error("the picture \"{src}\" does not exist")]
    #[diagnostic(
        code(media::missing),
        help("put the file beside the article, or correct its name")
    )]
    MediaMissing { src: String },

    #[error("the picture \"{src}\" does not exist")]
    #[diagnostic(code(media::missing), help("mind capitals: there is \"{similar}\""))]
    MediaMisspelt { src: String, similar: String },

    #[error("the picture \"{src}\" cannot be shown: {reason}")]
    #[diagnostic(
        code(media::unfit),
        help("save it with fewer pixels; see that the press may read it and has room on the disk")
    )]
    MediaUnfit { src: String, reason: String },

    #[error("the picture \"{src}\" was left out: {reason}")]
    #[diagnostic(code(media::unshown), severity(Warning), help("{fix}"))]
    MediaUnshown {
        src: String,
        reason: String,
        #[serde(deserialize_with = "fixed")]
        fix: Fixed,
    },

    #[error("the picture \"{src}\" was left out: {reason}")]
    #[diagnostic(
        code(media::damaged),
        severity(Warning),
        help("save it again with a drawing program, or put a whole copy there")
    )]
    MediaDamaged { src: String, reason: String },

    #[error("the picture \"{src}\" is cut off, and only its beginning is shown")]
    #[diagnostic(
        code(media::cut_off),
        severity(Warning),
        help("put a whole copy of the file there")
    )]
    MediaCutOff { src: String },

    #[error("the picture \"{src}\" is {kind} in truth; it is published with the ending .{ending}")]
    #[diagnostic(
        code(media::misnamed),
        severity(Warning),
        help("give the file the ending .{ending}, here and where it is named")
    )]
    MediaMisnamed {
        src: String,
        #[serde(deserialize_with = "fixed")]
        kind: Fixed,
        #[serde(deserialize_with = "fixed")]
        ending: Fixed,
    },

    #[error("the picture \"{src}\" is on another site and is not shown")]
    #[diagnostic(
        code(media::foreign),
        severity(Warning),
        help("save a copy beside the article, if its licence allows, and name that")
    )]
    MediaForeign { src: String },

    #[error("the picture \"{src}\" could not be fetched and is a link: {reason}")]
    #[diagnostic(
        code(media::not_fetched),
        severity(Warning),
        help("the next print asks again; or save a copy beside the article, and name that")
    )]
    MediaNotFetched { src: String, reason: String },

    #[error("the picture \"{src}\" could not be fetched and is not shown: {reason}")]
    #[diagnostic(
        code(media::not_fetched),
        severity(Warning),
        help("the next print asks again; or save a copy beside the article, and name that")
    )]
    LeadNotFetched { src: String, reason: String },

    #[error("the picture \"{words}\" has no address that a picture may have, and is not shown")]
    #[diagnostic(
        code(media::no_address),
        severity(Warning),
        help("put the file beside the article, and name it: ![{words}](name.jpg)")
    )]
    MediaWithoutAddress { words: String },

    #[error("what {host} shows became a link, because site.toml does not allow frames of it")]
    #[diagnostic(
        code(players::linked),
        severity(Warning),
        help(
            "if readers may load it after a click, add \"https://{host}\" to frames in [players] of site.toml"
        )
    )]
    PlayerLinked { host: String },

    #[error("the poster \"{src}\" of a film cannot be shown")]
    #[diagnostic(
        code(players::poster),
        severity(Warning),
        help("put a picture beside the article, and name that")
    )]
    PosterLeftOut { src: String },

    #[error("what \"{words}\" plays has no address that may be loaded, and is not shown")]
    #[diagnostic(
        code(players::no_address),
        severity(Warning),
        help("write the address of the film or of its page there, beginning with https://")
    )]
    PlayerWithoutAddress { words: String },

    #[error("the table \"{src}\" of a picture cannot be shown: {reason}")]
    #[diagnostic(
        code(players::chart_data),
        severity(Warning),
        help(
            "save it as CSV in UTF-8 with one head and the same columns in each row, at most 200 by 20"
        )
    )]
    ChartData { src: String, reason: String },

    // The output folder.
    #[error("it is not empty and holds no site")]
    #[diagnostic(code(output::not_a_site), help("choose another folder, or empty it"))]
    OutputNotASite,

    #[error("it is no folder")]
    #[diagnostic(code(output::not_a_folder), help("name a folder to print into, or a new one"))]
    OutputNotAFolder,

    #[error("it holds a site, but the list of the press's files in it cannot be read ({reason})")]
    #[diagnostic(
        code(output::without_list),
        help(
            "put files of your own (.git, CNAME) elsewhere and delete the folder, or print into another one"
        )
    )]
    OutputWithoutList { reason: String },

    #[error("the press is printing into it already{who}")]
    #[diagnostic(
        code(output::in_use),
        help("wait until that is finished, or print with --wait, which waits for it")
    )]
    OutputInUse { who: String },

    #[error("it was changed after the edition was read, and the site would show parts of both")]
    #[diagnostic(code(output::file_changed), help("print again"))]
    FileChanged,

    #[error("files of yours have names of the site: {files}")]
    #[diagnostic(code(output::occupied), help("move or rename them, and print again"))]
    OutputOccupied { files: String },

    #[error("files of yours are there, left by a press that was stopped, and cannot be moved back")]
    #[diagnostic(code(output::left_behind), help("move what you need out of it, and delete it"))]
    OutputLeftBehind,

    // Hosts.
    #[error("it is yours, and the press's file of this name was not written")]
    #[diagnostic(
        code(output::host_file),
        severity(Warning),
        help(
            "delete it to have the press's, or add the rules of another site that the press printed to yours"
        )
    )]
    HostFile,

    #[error("the site has {files} files, and {host} takes {limit} of an account that does not pay")]
    #[diagnostic(
        code(output::host_files),
        severity(Warning),
        help("choose another plan or another host, or print without --precompress")
    )]
    HostFiles { host: String, files: usize, limit: usize },

    #[error("there are {total} old addresses, more than some hosts have rules for: {hosts}")]
    #[diagnostic(
        code(output::host_redirects),
        severity(Warning),
        help(
            "nothing need be done: the others are pages that lead on; to hear of your host alone, write hosts = [\"nginx\"] \
             with its name into site.toml"
        )
    )]
    HostRedirects { total: usize, hosts: String },

    #[error("rules for headers were left out, because some hosts take no more: {hosts}")]
    #[diagnostic(
        code(output::host_rules),
        severity(Warning),
        help(
            "name fewer sections or partners in site.toml; pages carry their policy in themselves, and nothing is cached \
             too long"
        )
    )]
    HostRules { hosts: String },

    // Articles that are online.
    #[error("the article is online at /{path} and would go because of an error")]
    #[diagnostic(
        code(article::live),
        help("mend the error; write draft: true to take it off, or print with --keep-going")
    )]
    LiveArticle { path: String },
}
