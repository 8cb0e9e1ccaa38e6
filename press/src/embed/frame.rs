//! Embed pages: an article, or the newest of a list, as a document for frames of other sites.

use broadsheet::contract::Item;
use broadsheet::phrases::Phrases;
use broadsheet::urls::Route;

use super::html::{date, lang, link, picture, word};
use super::{Embeds, File, LIST};
use crate::edition::{Article, EmbedConfig, direction};
use crate::html::{attribute, text};
use crate::shell::EmbedShell;

/// The name of the front's embed page.
pub(super) const FRONT: &str = "embed/front.html";

/// The style sheet of all embed pages of a site: the shell's, with the publisher's accent colour.
pub(super) fn style(shell: &EmbedShell, config: &EmbedConfig) -> String {
    let Some(rgb) = config.accent else { return shell.frame_style.clone() };
    let [r, g, b] = rgb;
    // Half white is readable on the dark paper, whatever is readable on the light one.
    let [lr, lg, lb] = rgb.map(|value| value / 2 + 128);
    let accent =
        format!(":root{{--accent-light:rgb({r},{g},{b});--accent-dark:rgb({lr},{lg},{lb})}}");
    [&shell.frame_style, &*accent].concat()
}

/// The name of an article's embed page. Hosts give an `index.html` the address and the headers of a page, which
/// may not be framed (`js/embed/address.js` has the same rule).
pub(super) fn article_name(article: &Article) -> String {
    let name = if article.slug == "index" { "_index" } else { &article.slug };
    format!("embed/article/{}/{name}.html", article.section)
}

/// The embed page of an article. A note of the newsroom takes the place of the lede.
pub(super) fn article(embeds: &Embeds<'_>, article: &Article, item: &Item) -> String {
    let site = &embeds.pages.site;
    let language = &article.language;
    let interface = &site.language;
    let path = embeds.urls().local(&item.url);
    let extension = &item.extension;
    let note = match (&extension.withdrawn, &extension.corrected) {
        (Some(why), _) => Some((word(interface, |it| it.withdrawn.to_owned()), why)),
        (None, Some(what)) => Some((word(interface, |it| it.corrected.to_owned()), what)),
        (None, None) => None,
    };
    let below = match (note, &item.summary) {
        (Some((start, words)), _) => format!(
            "<p class=\"note\"><b lang=\"{}\">{start}</b> {}</p>",
            attribute(interface),
            text(words)
        ),
        (None, Some(lede)) => format!("<p class=\"lede\">{}</p>", text(lede)),
        (None, None) => String::new(),
    };
    let body = format!(
        "<main class=\"article\">{}<div class=\"article__text\"><h1 class=\"title\">{}</h1>{below}</div></main>\n{}",
        picture(embeds, item, "article__picture"),
        link(&path, &text(&item.title), interface),
        foot(embeds, item)
    );
    document(embeds, &item.title, language, &item.url, &body)
}

/// The embed pages of the front and of every section.
pub(super) fn lists(embeds: &Embeds<'_>) -> Vec<File> {
    let site = &embeds.pages.site;
    let latest = Phrases::of(&site.language).latest;
    let front = (FRONT.to_owned(), list(embeds, None, latest, &site.language, Route::Front));
    let sections = site.sections.iter().map(|section| {
        let language = section.language.as_ref().unwrap_or(&site.language);
        let route = Route::Section(&section.slug);
        let html = list(embeds, Some(&section.slug), &section.title, language, route);
        (format!("embed/section/{}.html", section.slug), html)
    });
    [front].into_iter().chain(sections).collect()
}

fn list(
    embeds: &Embeds<'_>,
    section: Option<&str>,
    title: &str,
    language: &str,
    route: Route<'_>,
) -> String {
    let site = &embeds.pages.site;
    let path = embeds.urls().path(route);
    let newest = embeds.pages.newest(section, LIST);
    let rows = newest.iter().map(|item| row(embeds, item, language)).collect::<String>();
    let heading = match section {
        None => word(language, |phrases| phrases.latest.to_owned()),
        Some(_) => text(title),
    };
    let main = if rows.is_empty() {
        let empty = word(language, |phrases| phrases.empty.to_owned());
        format!("<p class=\"paper\">{empty}</p>")
    } else {
        format!("<ul class=\"rows\">{rows}</ul>")
    };
    let body = format!(
        "<header class=\"paper paper--head\"><h1>{}</h1>{}</header>\n<main>{main}</main>",
        link(&path, &heading, &site.language),
        home(embeds)
    );
    document(embeds, title, language, &embeds.urls().absolute(&path), &body)
}

/// An article of a list.
fn row(embeds: &Embeds<'_>, item: &Item, page: &str) -> String {
    let site = &embeds.pages.site;
    let own = item.language.as_ref().unwrap_or(&site.language);
    format!(
        "<li class=\"row\">{}<div class=\"row__text\"><h2 class=\"title\"{}>{}</h2><p class=\"date\">{}</p></div></li>\n",
        picture(embeds, item, "row__picture"),
        lang(own, page),
        link(&embeds.urls().local(&item.url), &text(&item.title), &site.language),
        date(item, &site.language)
    )
}

/// The newspaper's name, and the date of an article.
fn foot(embeds: &Embeds<'_>, item: &Item) -> String {
    let language = &embeds.pages.site.language;
    let date = date(item, language);
    format!(
        "<footer class=\"paper paper--foot\" lang=\"{}\" dir=\"{}\">{}{date}</footer>",
        attribute(language),
        direction(language),
        home(embeds)
    )
}

/// The link to the front.
fn home(embeds: &Embeds<'_>) -> String {
    let site = &embeds.pages.site;
    link(&embeds.urls().path(Route::Front), &text(&site.title), &site.language)
}

/// The document around a body. It needs nothing but itself and its pictures.
fn document(embeds: &Embeds<'_>, title: &str, language: &str, url: &str, body: &str) -> String {
    let Embeds { style, policy, shell, config, pages, .. } = embeds;
    let referrer = if config.referrer { " data-referrer" } else { "" };
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\"{referrer}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <title>{} – {}</title>\n<link rel=\"canonical\" href=\"{}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<style>{style}</style>\n</head>\n<body>\n{body}\n\
         <script>{}</script>\n</body>\n</html>\n",
        attribute(language),
        direction(language),
        attribute(policy),
        text(title),
        text(&pages.site.title),
        attribute(url),
        shell.frame_script
    )
}
