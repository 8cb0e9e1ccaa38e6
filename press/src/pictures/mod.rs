//! Pictures: the bytes of a photograph or a drawing in, and what is published in its place out: turned upright, in
//! sRGB, without metadata, at the widths of the layout, in the formats that browsers show.
//!
//! Nothing here knows of editions or pages. `decode` reads (within `limits`), `make` prepares the picture and writes
//! its files, `strip` takes the metadata out of what is published as it came (animations, AVIF), `store` keeps what
//! was made between two prints, `workshop` does all that for many pictures at once.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod card;
mod colour;
mod decode;
mod encode;
pub(crate) mod exif;
pub(crate) mod kind;
mod limits;
mod make;
mod orient;
mod pixels;
mod resize;
mod store;
mod strip;
mod tint;
mod workshop;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use card::Focus;
pub(crate) use card::SIDES as CARD;
pub use make::{Files, Form, Made};
pub use workshop::{Counts, Settings, Workshop};
pub(crate) use workshop::{Picture, at_widths};

/// Why a picture cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is larger than the limits, or cannot be had: somebody must decide what to do.
    Unfit(String),
    /// No browser shows it: another format, another kind of file, a drawing that is no XML.
    NoPicture(String),
    /// It is damaged: no decoder can make anything of it.
    Damaged(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit(why) | Self::NoPicture(why) | Self::Damaged(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Refusal {}

/// Makes the files of a picture from its bytes, all but AVIF, which takes longest: what was made, and the files by
/// their names.
///
/// # Errors
///
/// When the bytes are no picture, more than the limits allow, or damaged beyond use.
pub fn make(bytes: &[u8]) -> Result<(Made, Files), Refusal> {
    let kind = kind::Kind::of(bytes).map_err(Refusal::NoPicture)?;
    workshop::walled(|| make::make(bytes, kind))
}

/// Whether a picture is within the limits, as far as its header says it.
pub(crate) fn within_limits(bytes: &[u8], kind: kind::Kind) -> Result<(), Refusal> {
    match workshop::walled(|| make::memory(bytes, kind)) {
        Err(refusal @ Refusal::Unfit(_)) => Err(refusal),
        Ok(_) | Err(Refusal::Damaged(_) | Refusal::NoPicture(_)) => Ok(()),
    }
}

/// What a mutex holds, also after a thread that held it has panicked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
