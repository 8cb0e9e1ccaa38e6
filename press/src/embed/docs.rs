//! `/embed/`: how partners embed, printed with the site in both languages of the interface. The newspaper's own
//! language is at `/embed/`, the other one below it.

use broadsheet::urls::Route;

use super::{Embeds, File, element, frame};
use crate::html::{attribute, text};

/// The texts, with names in braces where a site's own come.
const VIETNAMESE: &str = include_str!("docs.vi.html");
const ENGLISH: &str = include_str!("docs.en.html");

/// The page in both languages. `policy` is the content security policy of the site's pages.
pub(super) fn files(embeds: &Embeds<'_>, policy: &str) -> Vec<File> {
    let vietnamese = embeds.pages.site.language.split('-').next() == Some("vi");
    let (own, other) = if vietnamese { ("vi", "en") } else { ("en", "vi") };
    let page = |language: &str, name: String| {
        let body = if language == "vi" { VIETNAMESE } else { ENGLISH };
        (name, document(embeds, policy, language, body))
    };
    vec![page(own, "embed/index.html".to_owned()), page(other, format!("embed/{other}/index.html"))]
}

fn document(embeds: &Embeds<'_>, policy: &str, language: &str, body: &str) -> String {
    let body = filled(embeds, language, body);
    let title = body.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>"));
    let base = embeds.urls().base_path();
    let files = embeds.shell;
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<title>{} – {}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"stylesheet\" href=\"{base}{}\">\n<link rel=\"stylesheet\" href=\"{base}{}\">\n\
         <link rel=\"icon\" href=\"{base}icons/favicon.svg\" type=\"image/svg+xml\">\n</head>\n<body>\n{body}\n\
         <script async src=\"{base}{}\"></script>\n<script defer src=\"{base}{}\"></script>\n</body>\n</html>\n",
        attribute(policy),
        title.map_or("", |(title, _)| title),
        text(&embeds.pages.site.title),
        embeds.site_style,
        files.page_style.name,
        element::NAME,
        files.page_script.name,
    )
}

/// The text of one language with the names and addresses of the site.
fn filled(embeds: &Embeds<'_>, language: &str, body: &str) -> String {
    let site = &embeds.pages.site;
    let urls = embeds.urls();
    let base = urls.base_path();
    let host = site.base_url.find("//").map_or(0, |at| at + 2);
    let end = site.base_url[host..].find('/').map_or(site.base_url.len(), |at| host + at);
    let sections = site.sections.iter().map(|it| {
        let (slug, title) = (attribute(&it.slug), text(&it.title));
        format!("<option value=\"{slug}\">{title}</option>")
    });
    let oldest = embeds.pages.oldest();
    let example = oldest.map_or_else(|| base.to_owned(), |it| embeds.pages.article_path(it));
    let example_frame = oldest.map_or_else(|| frame::FRONT.to_owned(), frame::article_name);
    let section = site.sections.first();
    let section_path =
        section.map_or_else(|| base.to_owned(), |it| urls.path(Route::Section(&it.slug)));
    let own = site.language.split('-').next() == Some("vi");
    let own = if own { "vi" } else { "en" };
    let [other, lang_other] = if language == own {
        let other = if own == "vi" { "en" } else { "vi" };
        [format!("{base}embed/{other}/"), other.to_owned()]
    } else {
        [format!("{base}embed/"), own.to_owned()]
    };
    let config = embeds.config;
    let names = [
        ("site", site.base_url.clone()),
        ("origin", site.base_url[..end].to_owned()),
        ("host", site.base_url[host..end].to_owned()),
        ("base", base.to_owned()),
        ("title", site.title.clone()),
        ("element", config.element.clone()),
        ("script", embeds.absolute(element::NAME)),
        ("pinned", embeds.absolute(&embeds.script.name)),
        ("integrity", element::integrity(&embeds.script.bytes)),
        ("article", example.clone()),
        ("article_url", urls.absolute(&example)),
        ("article_frame", embeds.absolute(&example_frame)),
        ("section", section.map(|it| it.slug.clone()).unwrap_or_default()),
        ("section_title", section.map(|it| it.title.clone()).unwrap_or_default()),
        ("section_url", urls.absolute(&section_path)),
        ("front_frame", embeds.absolute(frame::FRONT)),
        ("other", other),
        ("lang_other", lang_other),
    ];
    let mut out = body.replace("{sections}", &sections.collect::<String>());
    for (name, value) in names {
        out = out.replace(&format!("{{{name}}}"), &attribute(&value));
    }
    out
}
