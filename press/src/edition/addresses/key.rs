//! Paths as they are compared: two paths with one key are one place on some disk or host.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The key of a path: decoded text, composed, in small letters, without slashes at its ends. Windows takes a dot or
/// a space at the end of a name for nothing.
pub(crate) fn of(path: &str) -> String {
    let path = path.trim_matches('/');
    if is_own(path) {
        return path.to_owned();
    }
    let mut key = String::with_capacity(path.len());
    let small: String = path.nfc().flat_map(char::to_lowercase).collect();
    // Small letters may compose where capitals did not.
    let small: String = small.nfc().collect();
    for part in small.split('/').map(|part| part.trim_end_matches(['.', ' '])) {
        if !part.is_empty() {
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(part);
        }
    }
    key
}

/// The same, without taking memory where a path is its own key.
pub(crate) fn short(path: &str) -> Cow<'_, str> {
    let path = path.trim_matches('/');
    if is_own(path) { Cow::Borrowed(path) } else { Cow::Owned(of(path)) }
}

/// Whether a path is surely its own key: most are, and need not be looked at letter by letter.
pub(crate) fn is_own(path: &str) -> bool {
    // No part is empty or ends with a dot.
    let mut before = b'/';
    for byte in path.bytes().chain([b'/']) {
        let fits = match byte {
            b'/' => !matches!(before, b'/' | b'.'),
            b'-' | b'_' | b'.' => true,
            _ => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    true
}

/// A key's folder, and its last name.
pub(crate) fn split(key: &str) -> (&str, &str) {
    key.rsplit_once('/').unwrap_or(("", key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_key() {
        for path in ["/Tin/Ph\u{1edf}/", "tin/pho\u{31b}\u{309}", "//tin/phở./", "TIN/PHỞ "] {
            assert_eq!(of(path), "tin/phở");
        }
        assert_eq!(of("/"), "");
        assert_eq!(split("a/b/c"), ("a/b", "c"));
        assert_eq!(split("c"), ("", "c"));
    }
}
