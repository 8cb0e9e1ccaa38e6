//! Redirects: an old address of an article leads to the new one, on any host, without a script.

use crate::html::{attribute, text};

/// The document at an alias of an article in `language`. Search engines take an instant refresh as a permanent
/// redirect.
pub(super) fn document(url: &str, path: &str, language: &str) -> String {
    page(url, path, language, "")
}

/// The document at an old address of a feed of this type. A feed reader that finds HTML there looks for the feed that
/// it names (RSS Advisory Board, "RSS Autodiscovery").
pub(super) fn of_feed(url: &str, path: &str, language: &str, media_type: &str) -> String {
    let link = format!(
        "<link rel=\"alternate\" type=\"{media_type}\" title=\"{}\" href=\"{}\">\n",
        attribute(url),
        attribute(url)
    );
    page(url, path, language, &link)
}

fn page(url: &str, path: &str, language: &str, links: &str) -> String {
    let (href, label) = (attribute(path), text(url));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{label}</title>\n\
         <link rel=\"canonical\" href=\"{}\">\n{links}<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n<body>\n\
         <p><a href=\"{href}\">{label}</a></p>\n</body>\n</html>\n",
        attribute(language),
        attribute(url)
    )
}
