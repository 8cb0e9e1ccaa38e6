//! Pictures as articles show them.

use serde::{Deserialize, Serialize};

use crate::edition::media::MediaFile;
use crate::pictures::Form;

/// A picture of the edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its published address: a path that begins with the base path.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Whose picture it is.
    pub credit: Option<String>,
    /// The formats in which it lies there at all its widths, the best one first, parted by blanks.
    pub formats: String,
    /// The colour of its place, as the style sheet has it: `r3g5b7`.
    pub tint: Option<String>,
    /// The published address of its card, 1200 x 630 pixels.
    pub card: Option<String>,
}

impl Picture {
    pub(crate) fn of(known: &MediaFile, src: String, alt: &str) -> Self {
        let (width, height) = known.size;
        let made = known.picture.as_ref().map(|picture| &picture.made);
        let formats = made.filter(|made| made.form != Form::Alone).map_or("", |_| "webp");
        Self {
            src,
            width,
            height,
            alt: alt.trim().to_owned(),
            caption: None,
            credit: None,
            formats: formats.to_owned(),
            tint: made.and_then(|made| made.tint.clone()),
            card: None,
        }
    }
}
