//! Redirects: an old address of an article leads to the new one, on any host, without a script.

use crate::html::{attribute, text};

/// The document at an alias of an article in `language`. Search engines take an instant refresh as a permanent
/// redirect.
pub(super) fn document(url: &str, path: &str, language: &str) -> String {
    let (href, label) = (attribute(path), text(url));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{label}</title>\n\
         <link rel=\"canonical\" href=\"{}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n<body>\n\
         <p><a href=\"{href}\">{label}</a></p>\n</body>\n</html>\n",
        attribute(language),
        attribute(url)
    )
}
