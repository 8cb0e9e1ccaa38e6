//! The one place that builds and takes apart the URLs of a site.
//!
//! A page's path ends in `/` and begins with the base path, which is `/` or, where a site lives
//! below a path, something like `/news/`. In the contract URLs are absolute, as JSON Feed asks;
//! pages link by path, so that a site works at any origin, a preview or a mirror too.

use crate::contract::Site;

/// A page of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route<'a> {
    /// The newest articles.
    Front,
    /// A numbered list of all articles, counted from the oldest.
    FrontPage(u32),
    /// The newest articles of a section.
    Section(&'a str),
    /// A numbered list of a section's articles.
    SectionPage(&'a str, u32),
    /// An article.
    Article(&'a str, &'a str),
    /// What can be read without a network.
    Offline,
    /// The articles that the reader saved.
    Saved,
    /// How partners embed articles and lists. Not a page of the app.
    Embed,
}

/// Builds and takes apart the URLs of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    base_url: String,
    base_path: String,
}

impl Urls {
    /// The URLs of `site`.
    pub fn of(site: &Site) -> Self {
        Self::new(&site.base_url, &site.base_path)
    }

    /// The URLs of a site at `base_url` (absolute, `/` at the end), whose path is `base_path`.
    pub fn new(base_url: &str, base_path: &str) -> Self {
        Self { base_url: base_url.to_owned(), base_path: base_path.to_owned() }
    }

    /// `/`, or the path below which the site lives.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The path of a page.
    pub fn path(&self, route: Route<'_>) -> String {
        let base = &self.base_path;
        match route {
            Route::Front => base.clone(),
            Route::FrontPage(page) => [base, "page/", &page.to_string(), "/"].concat(),
            Route::Section(section) => [base, section, "/"].concat(),
            Route::SectionPage(section, page) => {
                [base, section, "/page/", &page.to_string(), "/"].concat()
            }
            Route::Article(section, slug) => [base, section, "/", slug, "/"].concat(),
            Route::Offline => [base, "offline/"].concat(),
            Route::Saved => [base, "saved/"].concat(),
            Route::Embed => [base, "embed/"].concat(),
        }
    }

    /// The page of the app at a path, if one can be there. The base path is expected, a query is not.
    pub fn parse<'a>(&self, path: &'a str) -> Option<Route<'a>> {
        let rest = path.strip_prefix(self.base_path.as_str())?;
        let mut parts = rest.trim_end_matches('/').split('/');
        let number = |part: Option<&str>| part.and_then(|digits| digits.parse::<u32>().ok());
        let route = match (parts.next()?, parts.next(), parts.next()) {
            ("", None, _) => Route::Front,
            ("page", page, None) => Route::FrontPage(number(page)?),
            ("", ..) | (_, Some(""), _) | ("embed", ..) => return None,
            ("offline", None, _) => Route::Offline,
            ("saved", None, _) => Route::Saved,
            (section, None, _) => Route::Section(section),
            (section, Some("page"), page @ Some(_)) => Route::SectionPage(section, number(page)?),
            (section, Some(slug), None) => Route::Article(section, slug),
            _ => return None,
        };
        parts.next().is_none().then_some(route)
    }

    /// The canonical path of a page: `/index.html` taken off, the slash at the end put on.
    /// `None` if the path is outside the site, or that of a file.
    pub fn canonical(&self, path: &str) -> Option<String> {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let below = path.strip_prefix(self.base_path.as_str());
        if below.is_none() && [path, "/"].concat() == self.base_path {
            return Some(self.base_path.clone());
        }
        let last = below?.rsplit('/').next()?;
        match last {
            "" => Some(path.to_owned()),
            file if file.contains('.') => None,
            _ => Some([path, "/"].concat()),
        }
    }

    /// The path of the page about embedding, with what is to be embedded chosen.
    pub fn embed(&self, kind: &str, path: &str) -> String {
        [&self.path(Route::Embed), "?", kind, "=", path].concat()
    }

    /// The path of a page's data.
    pub fn data(&self, page_path: &str) -> String {
        [page_path, "index.json"].concat()
    }

    /// The address of an article's oEmbed document beside its page: `json` or `xml`.
    pub fn oembed(&self, page: &str, format: &str) -> String {
        [page, "oembed.", format].concat()
    }

    /// The path of the RSS feed of a list.
    pub fn rss(&self, list_path: &str) -> String {
        [list_path, "rss.xml"].concat()
    }

    /// The path of the Atom feed of a list.
    pub fn atom(&self, list_path: &str) -> String {
        [list_path, "atom.xml"].concat()
    }

    /// The absolute URL of a path of this site.
    pub fn absolute(&self, path: &str) -> String {
        match path.strip_prefix(self.base_path.as_str()) {
            Some(rest) => [&self.base_url, rest].concat(),
            None => path.to_owned(),
        }
    }

    /// The path of an absolute URL of this site; any other URL as it is.
    pub fn local(&self, url: &str) -> String {
        match url.strip_prefix(self.base_url.as_str()) {
            Some(rest) => [&self.base_path, rest].concat(),
            None => url.to_owned(),
        }
    }
}

/// The address of a picture at a width, or of another file of it, in a format: `a.1a2b3c4d.jpg` is
/// `a-480.1a2b3c4d.webp`.
pub fn picture(src: &str, width: impl ToString, format: &str) -> String {
    let mut parts = src.rsplitn(3, '.');
    let (_, hash, name) = (parts.next(), parts.next(), parts.next());
    [name.unwrap_or_default(), "-", &width.to_string(), ".", hash.unwrap_or_default(), ".", format]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below_news() -> Urls {
        Urls::new("https://paper.example/news/", "/news/")
    }

    #[test]
    fn a_path_leads_back_to_its_page() {
        for urls in [Urls::new("https://paper.example/", "/"), below_news()] {
            for route in [
                Route::Front,
                Route::FrontPage(12),
                Route::Section("kinh-te"),
                Route::SectionPage("kinh-te", 3),
                Route::Article("kinh-te", "cho-phien"),
                Route::Offline,
                Route::Saved,
            ] {
                assert_eq!(urls.parse(&urls.path(route)), Some(route));
            }
        }
    }

    #[test]
    fn what_is_no_page_has_no_route() {
        let urls = below_news();
        for path in
            ["/newsletter/", "/", "/news/a/b/c/", "/news/page/x/", "/news/a/page/-1/", "/news//a/"]
                .into_iter()
                .chain(["/news/embed/", "/news/embed/front.html"])
        {
            assert_eq!(urls.parse(path), None, "{path}");
        }
    }

    #[test]
    fn the_canonical_path_ends_in_a_slash() {
        let urls = below_news();
        let canonical = |path| urls.canonical(path);
        assert_eq!(canonical("/news/a/b").as_deref(), Some("/news/a/b/"));
        assert_eq!(canonical("/news/a/index.html").as_deref(), Some("/news/a/"));
        assert_eq!(canonical("/news").as_deref(), Some("/news/"));
        assert_eq!(canonical("/news/feed.xml"), None);
        assert_eq!(canonical("/newsletter/"), None);
    }

    #[test]
    fn an_absolute_url_becomes_a_path_and_back() {
        let urls = below_news();
        assert_eq!(urls.local("https://paper.example/news/a/b/"), "/news/a/b/");
        assert_eq!(urls.local("https://other.example/x"), "https://other.example/x");
        assert_eq!(urls.absolute("/news/a/"), "https://paper.example/news/a/");
    }
}
