//! What must never be shown: messages of libraries are cleaned of it.

use std::env;
use std::sync::{Mutex, PoisonError};

/// What was read from files.
static READ: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// The variables that hold something secret, by parts of their names.
const SECRET: [&str; 5] = ["SECRET", "TOKEN", "PASSWORD", "_KEY", "SAS"];
/// The names of what is secret in a query; clouds put something before them, as in `X-Amz-Signature`.
const QUERY: [&str; 7] = ["sig", "signature", "token", "key", "credential", "password", "secret"];
/// What is shorter is in too many words.
const SHORTEST: usize = 8;

/// Remembers something secret that is in no variable.
#[cfg(any(feature = "cloud", test))]
pub(super) fn remember(secret: &str) {
    READ.lock().unwrap_or_else(PoisonError::into_inner).push(secret.to_owned());
}

/// A text without anything secret in it.
pub fn without(text: &str) -> String {
    let variables = env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
        SECRET.iter().any(|it| name.contains(it)).then_some(value)
    });
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let all = variables.chain(read).filter(|it| it.len() >= SHORTEST);
    let hidden = all.fold(text.to_owned(), |text, secret| text.replace(&secret, "***"));
    without_parts(&hidden)
}

/// A text without what addresses say of who asks: name and password, signatures, keys and tokens of the query.
fn without_parts(text: &str) -> String {
    let end = |text: &str| {
        text.find(|c: char| c.is_whitespace() || "&\"')<>,;".contains(c)).unwrap_or(text.len())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['=', ':']) {
        let (before, after) = rest.split_at(at);
        let value = after.get(1..).unwrap_or_default();
        out.push_str(before);
        out.push_str(after.get(..1).unwrap_or_default());
        rest = value;
        if after.starts_with('=') {
            let name =
                before.rsplit(['?', '&', ' ']).next().unwrap_or_default().to_ascii_lowercase();
            if QUERY.iter().any(|it| name == *it || name.ends_with(&format!("-{it}"))) {
                out.push_str("***");
                rest = value.get(end(value)..).unwrap_or_default();
            }
        } else if let Some(address) = value.strip_prefix("//") {
            let host = address.split(['/', '?', ' ', '"', ')']).next().unwrap_or_default();
            if let Some((who, _)) = host.rsplit_once('@') {
                out.push_str("//***");
                rest = address.get(who.len()..).unwrap_or_default();
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_in_messages() {
        remember("very-secret-1");
        for (text, told) in [
            ("a very-secret-1 b https://x/?sig=abc%3D&b=1 c", "a *** b https://x/?sig=***&b=1 c"),
            (
                "https://x/?sig=abc: https://x/?sig=abc (again)",
                "https://x/?sig=*** https://x/?sig=*** (again)",
            ),
            ("(https://hoa:pw@x.example:80/a)", "(https://***@x.example:80/a)"),
            (
                "/?X-Amz-Signature=ab&X-Amz-Security-Token=cd",
                "/?X-Amz-Signature=***&X-Amz-Security-Token=***",
            ),
            ("https://hub/?KEY=a&b=c and d: e=f", "https://hub/?KEY=***&b=c and d: e=f"),
            ("a line: b, c=d", "a line: b, c=d"),
        ] {
            assert_eq!(without(text), told);
        }
    }
}
