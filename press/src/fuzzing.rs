//! What fuzzers call: each function takes any text, and panics when something does not hold that must.

/// Articles, their slugs, dates and old addresses, a line each: no place of the site is given out twice.
pub fn addresses(text: &str) {
    crate::edition::try_addresses(text);
}
