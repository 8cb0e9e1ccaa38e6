//! Parts of embed pages.

use broadsheet::contract::Item;
use broadsheet::dates;
use broadsheet::phrases::{ENGLISH, Phrases, VIETNAMESE};
use broadsheet::pictures::{self, Place};

use super::Embeds;
use crate::edition::direction;
use crate::html::{attribute, text};

/// A word in both languages of the interface; the page's own is shown, unless the address of the frame chooses
/// the other. One that is the same in both is printed once.
pub(super) fn word(language: &str, of: impl Fn(&'static Phrases) -> String) -> String {
    let (vietnamese, english) = (of(&VIETNAMESE), of(&ENGLISH));
    if vietnamese == english {
        return text(&vietnamese);
    }
    let own = Phrases::of(language);
    let span = |phrases: &Phrases, lang: &str, word: &str| {
        let class = if phrases == own { "word" } else { "word other" };
        format!("<span class=\"{class}\" lang=\"{lang}\">{}</span>", text(word))
    };
    span(&VIETNAMESE, "vi", &vietnamese) + &span(&ENGLISH, "en", &english)
}

/// The date of an article.
pub(super) fn date(item: &Item, language: &str) -> String {
    let date = word(language, |phrases| dates::short(&item.date_published, phrases));
    format!("<time datetime=\"{}\">{date}</time>", attribute(&item.date_published))
}

/// A link to the newspaper. It opens a window of its own, and tells who listens.
pub(super) fn link(path: &str, inside: &str, language: &str) -> String {
    let hint = word(language, |phrases| format!(" {}", phrases.new_window));
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{inside}<span class=\"unseen\">{hint}</span></a>",
        attribute(path)
    )
}

/// The picture of an article. The title says it all, so it has no words of its own.
pub(super) fn picture(embeds: &Embeds<'_>, item: &Item, class: &'static str) -> String {
    let picture = item.image.as_ref().zip(item.extension.picture.as_ref());
    // A row is 108 wide.
    let (most, sizes) = if class == "row__picture" { (320, "108px") } else { (1280, "100vw") };
    let place = Place { class, sizes, most, first: false };
    picture.map_or_else(String::new, |(src, picture)| {
        let html = pictures::html(&embeds.urls().local(src), picture, "", place);
        format!("<picture>{html}</picture>")
    })
}

/// `lang` and `dir`, where something is in another language than the page.
pub(super) fn lang(own: &str, page: &str) -> String {
    if own == page {
        return String::new();
    }
    format!(" lang=\"{}\" dir=\"{}\"", attribute(own), direction(own))
}
