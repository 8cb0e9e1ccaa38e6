//! Strings with which authors, or what they copied, might run a script in a reader's browser.
//!
//! In each string `RUN` stands for a statement that leaves a mark on the window, `LOAD` for an address that the
//! server notes, `NAME` for the string's own name, `DEEP` for
//! thousands of tags. So a mark or a request tells which string it was.

mod addresses;
mod clobbering;
mod drawings;
mod elements;
mod front_matter;
mod handlers;
mod markdown;
mod mutations;
mod oddities;
mod players;
mod refused;
mod shortcodes;
mod styles;
mod unclosed;

/// What the marks on the window begin with.
const MARK: &str = "ran_";
/// What the addresses begin with that no string may make a browser ask for.
pub(super) const TRAP: &str = "/attack/";

/// The name of a string, and the string.
type Row = (&'static str, &'static str);

/// A string as an author would write it.
#[derive(Debug, Clone)]
pub(super) struct Attack {
    pub(super) name: &'static str,
    pub(super) text: String,
}

impl Attack {
    fn of(name: &'static str, text: &str) -> Self {
        let text = text
            .replace("RUN", &format!("top.{MARK}{name}=1"))
            .replace("LOAD", &format!("{TRAP}{name}"))
            .replace("NAME", name)
            .replace("DEEP", &"<b>".repeat(2_000));
        Self { name, text }
    }
}

fn all(rows: &[Row]) -> Vec<Attack> {
    rows.iter().map(|(name, text)| Attack::of(name, text)).collect()
}

/// Strings for the body of an article that leave what follows as it is.
pub(super) fn closed() -> Vec<Attack> {
    let families = [
        handlers::HANDLERS,
        addresses::ADDRESSES,
        mutations::MUTATIONS,
        elements::ELEMENTS,
        styles::STYLES,
        clobbering::CLOBBERING,
        markdown::MARKDOWN,
        shortcodes::SHORTCODES,
        players::PLAYERS,
        oddities::ODDITIES,
    ];
    let long = oddities::long();
    let long = long.iter().map(|(name, text)| Attack::of(name, text));
    families.into_iter().flat_map(all).chain(long).collect()
}

/// Strings that must be the last of their article.
pub(super) fn unclosed() -> Vec<Attack> {
    all(unclosed::UNCLOSED)
}

/// Lines of front matter.
pub(super) fn front_matter() -> Vec<Attack> {
    all(front_matter::FRONT_MATTER)
}

/// Pictures: one with all parts, and the whole files.
pub(super) fn drawings() -> Vec<Attack> {
    let parts: String = all(drawings::PARTS).iter().map(|it| it.text.as_str()).collect();
    let text = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:s='http://www.w3.org/2000/svg' \
         xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:h='http://www.w3.org/1999/xhtml' \
         width='90' height='90'>{parts}<rect width='9' height='9'/></svg>"
    );
    let parts = Attack { name: "parts", text };
    std::iter::once(parts).chain(all(drawings::WHOLE)).collect()
}

/// Pictures that cannot be published.
pub(super) fn refused_drawings() -> Vec<Attack> {
    all(drawings::REFUSED)
}

/// Articles that cannot be published.
pub(super) fn refused() -> Vec<Attack> {
    all(refused::REFUSED)
}

/// The names of all strings.
pub(super) fn names() -> Vec<&'static str> {
    let pictures = [drawings::PARTS, drawings::WHOLE].into_iter().flat_map(all);
    let texts = closed().into_iter().chain(unclosed()).chain(front_matter()).chain(refused());
    let texts = texts.chain(refused_drawings());
    texts.chain(pictures).map(|it| it.name).collect()
}
