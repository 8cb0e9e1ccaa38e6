//! What must never be shown: messages of libraries are cleaned of it.

use std::env;
use std::sync::{Mutex, PoisonError};

/// What was read from files.
static READ: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// The variables that hold something secret, by parts of their names.
const SECRET: [&str; 5] = ["SECRET", "TOKEN", "PASSWORD", "_KEY", "SAS"];
/// What is shorter is in too many words.
const SHORTEST: usize = 8;

/// Remembers something secret that is in no variable.
pub(super) fn remember(secret: &str) {
    READ.lock().unwrap_or_else(PoisonError::into_inner).push(secret.to_owned());
}

/// A text without anything secret in it.
pub(super) fn without(text: &str) -> String {
    let variables = env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
        SECRET.iter().any(|it| name.contains(it)).then_some(value)
    });
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let all = variables.chain(read).filter(|it| it.len() >= SHORTEST);
    let hidden = all.fold(text.to_owned(), |text, secret| text.replace(&secret, "***"));
    // The signature in the address of a request to Azure.
    match hidden.split_once("sig=") {
        Some((before, after)) => {
            let end = after.find(['&', ' ', '"', ')']).unwrap_or(after.len());
            format!("{before}sig=***{}", after.get(end..).unwrap_or_default())
        }
        None => hidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_in_messages() {
        remember("very-secret-1");
        let told = without("a very-secret-1 b https://x/?sig=abc%3D&b=1 c");
        assert_eq!(told, "a *** b https://x/?sig=***&b=1 c");
    }
}
