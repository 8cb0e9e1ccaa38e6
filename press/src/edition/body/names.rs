//! The ids and classes of content. They never meet those of the app: every id of the app begins with
//! `app-`, which none made here does, and every class made here begins with `c-`, which none of the app does.

use std::borrow::Cow;

/// What ids of the app begin with.
const APP: &str = "app-";
/// What every class of content begins with, and every id that would not be told apart otherwise.
const CONTENT: &str = "c-";

/// The id that content gets where it asks for `wanted`. Every id of content is made here. Applied to its own
/// result it changes nothing.
pub(crate) fn id(wanted: &str) -> Cow<'_, str> {
    match wanted.get(..APP.len()) {
        Some(start) if start.eq_ignore_ascii_case(APP) => Cow::Owned(id_of_author(wanted)),
        _ => Cow::Borrowed(wanted),
    }
}

/// The id for one that an author wrote in HTML. It never takes away the id of a heading or a footnote.
pub(crate) fn id_of_author(written: &str) -> String {
    format!("{CONTENT}{written}")
}

/// The class that content gets where it asks for `wanted`.
pub(crate) fn class(wanted: &str) -> String {
    format!("{CONTENT}{wanted}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_the_app_is_never_made() {
        for (wanted, made) in [
            ("app-root", "c-app-root"),
            ("App-Root", "c-App-Root"),
            ("app-", "c-app-"),
            ("app", "app"),
            ("apple", "apple"),
            ("c-app-root", "c-app-root"),
            ("ấp-x", "ấp-x"),
        ] {
            assert_eq!(id(wanted), made);
            assert_eq!(id(made), made);
        }
    }
}
