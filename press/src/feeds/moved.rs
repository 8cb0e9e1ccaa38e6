//! Where other generators put feeds: their readers ask there for years.
//!
//! What is a file there gets a copy of the feed. What is a folder gets a page that leads to the feed and names it,
//! because a host without rules sends HTML for a folder whatever is in it. Hosts with rules send readers on.

use std::collections::HashSet;

use crate::edition::{Book, Owner, place_key};

/// An old address of a feed, and the feed. Both are paths of the site that begin with `/`, without the base path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The old address; a folder if it ends with a slash.
    pub old: String,
    /// The feed that is there now.
    pub new: String,
}

/// What stands at an old address, in the folder of the front or of a section.
const FEEDS: [(&str, &str); 5] = [
    // Hugo ("RSS templates").
    ("index.xml", "rss.xml"),
    // Jekyll (jekyll-feed) and many that were made by hand.
    ("feed.xml", "atom.xml"),
    // WordPress ("WordPress feeds").
    ("feed/", "rss.xml"),
    ("feed/atom/", "atom.xml"),
    // Ghost.
    ("rss/", "rss.xml"),
];
/// The same for the front alone.
const FEEDS_OF_THE_FRONT: [(&str, &str); 6] = [
    ("feed.json", "index.json"),
    // Eleventy (its plugin for feeds, and the starter of its documentation).
    ("feed/feed.xml", "atom.xml"),
    ("feed/feed.json", "index.json"),
    ("feed/index.xml", "rss.xml"),
    ("feed/rss/", "rss.xml"),
    ("feed/rss2/", "rss.xml"),
];

impl Moved {
    /// The name of the file that stands at the old address, relative to the site.
    pub fn file(&self) -> String {
        let name = self.old.trim_start_matches('/');
        if self.is_folder() { format!("{name}index.html") } else { name.to_owned() }
    }

    /// Whether a page stands at the old address and not a feed.
    pub fn is_folder(&self) -> bool {
        self.old.ends_with('/')
    }
}

/// Gives out the places of old addresses that nobody else has: whatever a publisher put there, stays. Sections come
/// before the front, so that a section that is called `feed` has its own.
pub fn claim<'a>(sections: impl IntoIterator<Item = &'a str>, book: &mut Book) -> Vec<Moved> {
    let mut taken = HashSet::new();
    let mut claimed = Vec::new();
    let sections = sections.into_iter().map(|slug| (slug, true));
    for (section, is_section) in sections.chain([("", false)]) {
        let folder = if is_section { format!("/{section}/") } else { "/".to_owned() };
        // Sections of Jekyll are categories, whose feeds are elsewhere.
        let of_category = is_section.then(|| format!("/feed/{section}.xml"));
        let of_the_front = if is_section { &[][..] } else { &FEEDS_OF_THE_FRONT };
        let in_folder = FEEDS.iter().chain(of_the_front);
        let in_folder = in_folder.map(|(old, new)| (format!("{folder}{old}"), *new));
        let all = of_category.map(|old| (old, "atom.xml")).into_iter().chain(in_folder);
        for (old, new) in all {
            let moved = Moved { old, new: format!("{folder}{new}") };
            let owner = if is_section { Owner::Section(section.to_owned()) } else { Owner::Site };
            let file = moved.file();
            if !taken.contains(&*place_key(&file)) && is_given(&file, &owner, book) {
                taken.insert(place_key(&file).into_owned());
                claimed.push(moved);
            }
        }
    }
    claimed
}

/// Whether a list may have a file: one in its own folder, or one that is free.
fn is_given(file: &str, owner: &Owner, book: &mut Book) -> bool {
    match book.owner_of(file) {
        Some(of) => of == owner,
        None => book.file(file, owner).is_ok(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::*;

    fn book(sections: &[&str]) -> Book {
        let mut book = Book::default();
        for slug in sections {
            book.page(slug, &Owner::Section((*slug).to_owned())).unwrap();
        }
        book
    }

    fn leads(moved: &[Moved], old: &str) -> Option<String> {
        let mut found = moved.iter().filter(|it| it.old == old);
        let first = found.next().map(|it| it.new.clone());
        assert_eq!(found.next(), None, "{old} leads to one feed");
        first
    }

    #[test]
    fn an_old_address_of_a_feed_leads_to_the_feed() {
        let moved = claim(["tin"], &mut book(&["tin"]));
        for (old, new) in [
            ("/index.xml", "/rss.xml"),
            ("/tin/index.xml", "/tin/rss.xml"),
            ("/feed.xml", "/atom.xml"),
            ("/feed/", "/rss.xml"),
            ("/tin/feed/atom/", "/tin/atom.xml"),
            ("/feed/feed.json", "/index.json"),
            ("/feed/tin.xml", "/tin/atom.xml"),
        ] {
            assert_eq!(leads(&moved, old).as_deref(), Some(new), "{old}");
        }
    }

    #[test]
    fn what_a_publisher_has_at_an_old_address_stays() {
        // Sections of these names, an article at /tin/feed/, an alias at /tin/rss/.
        let names = ["feed", "rss", "tin"];
        let mut book = book(&names);
        let article = Owner::Article(Path::new("a.md").into());
        book.page("/tin/feed/", &article).unwrap();
        book.file("tin/rss/index.html", &article).unwrap();
        let moved = claim(names, &mut book);
        for old in ["/feed/", "/rss/", "/tin/feed/", "/tin/feed/feed.xml", "/tin/rss/"] {
            assert_eq!(leads(&moved, old), None, "{old}");
        }
        assert_eq!(leads(&moved, "/feed/feed.xml").as_deref(), Some("/feed/atom.xml"));
        assert_eq!(leads(&moved, "/feed/index.xml").as_deref(), Some("/feed/rss.xml"));
        assert_eq!(leads(&moved, "/rss/index.xml").as_deref(), Some("/rss/rss.xml"));
        assert_eq!(leads(&moved, "/feed.xml").as_deref(), Some("/atom.xml"));
        let places: HashSet<String> =
            moved.iter().map(|it| place_key(&it.file()).into_owned()).collect();
        assert_eq!(places.len(), moved.len(), "no place is given out twice");
    }
}
