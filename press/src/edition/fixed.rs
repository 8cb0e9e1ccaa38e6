//! Texts that the program itself has, such as a reason in a message, read back from what was kept.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize as _, Deserializer};

/// A text that lives as long as the program.
pub(crate) type Fixed = &'static str;

/// Reads a text of the program. There are as many as the program has, so each is held once for ever.
pub(crate) fn fixed<'de, D: Deserializer<'de>>(source: D) -> Result<Fixed, D::Error> {
    static KNOWN: Mutex<BTreeSet<Fixed>> = Mutex::new(BTreeSet::new());
    let text = String::deserialize(source)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(fixed) = known.get(text.as_str()) {
        return Ok(fixed);
    }
    let fixed: Fixed = Box::leak(text.into_boxed_str());
    known.insert(fixed);
    Ok(fixed)
}
