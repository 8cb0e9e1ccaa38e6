//! Every problem that an edition can have: its code, its weight, its sentence and what to do about it, at one
//! place. A code never changes its meaning; tools read it with `--json`.

use std::path::PathBuf;

use miette::Diagnostic;
use thiserror::Error;

/// What is wrong. The message is the end of a sentence that begins with the file and the line.
#[derive(Clone, Debug, Error, Diagnostic, PartialEq, Eq)]
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
    SectionSlug { slug: String, reason: &'static str },

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
    WrongKind { name: String, kind: &'static str, wanted: String, hint: &'static str },

    #[error("\"{name}\" is \"{text}\", neither true nor false")]
    #[diagnostic(code(value::truth), help("write {name} as true or false"))]
    NotTruth { name: String, text: String },

    #[error("\"{text}\" is no language")]
    #[diagnostic(code(value::language), help("write its short name, such as vi or en"))]
    NotLanguage { text: String },

    #[error("\"{text}\" is not the address of a web page")]
    #[diagnostic(code(value::web_address), help("write it in full, beginning with https://"))]
    NotWebAddress { text: String },

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
    FrontMatterWithoutEnd { fence: &'static str },

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

    #[error("\"{name}\" does not say which picture")]
    #[diagnostic(
        code(front_matter::picture_without_file),
        help("write src below {name}, with the name of the file")
    )]
    PictureWithoutFile { name: String },

    #[error("\"{name}\" does not say what was corrected")]
    #[diagnostic(
        code(front_matter::empty_correction),
        help("write {name}: and in a sentence what was wrong and what is right")
    )]
    EmptyCorrection { name: &'static str },

    // Addresses.
    #[error("the slug \"{slug}\" {reason}")]
    #[diagnostic(
        code(address::slug),
        help("write slug: and a short name in plain letters into the front matter")
    )]
    Slug { slug: String, reason: &'static str },

    #[error("its address {path} is that of {} already", owner.display())]
    #[diagnostic(
        code(address::taken),
        help("write another slug: into the front matter of one of the two")
    )]
    AddressTaken { path: String, owner: PathBuf },

    #[error("the alias \"{alias}\" {reason}")]
    #[diagnostic(
        code(address::alias),
        help("write the old path on this site, such as /news/old-name/")
    )]
    Alias { alias: String, reason: &'static str },

    #[error("the alias {alias} is the address of {}", owner.display())]
    #[diagnostic(code(address::alias_taken), help("take the alias out"))]
    AliasTaken { alias: String, owner: PathBuf },

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
    TemplateWithoutEnd { mark: &'static str },

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
    #[diagnostic(code(media::unfit), help("{fix}"))]
    MediaUnfit { src: String, reason: String, fix: &'static str },

    #[error("the picture \"{src}\" is on another site and is not shown")]
    #[diagnostic(
        code(media::foreign),
        severity(Warning),
        help("save a copy beside the article, if its licence allows, and name that")
    )]
    MediaForeign { src: String },
}
