//! The card that networks show where an article is shared: 1200 x 630, cut around the subject.

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::pixels::Pixels;
use super::resize::resize;

/// The sides of a card: 1.91 to 1, what the Open Graph consumers ask for.
pub(crate) const SIDES: (u32, u32) = (1200, 630);
/// A narrower or lower picture would have to be blown up to more than twice its size.
const SMALLEST: (u32, u32) = (600, 315);

/// Where the subject of a picture is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Focus {
    /// In the middle.
    #[default]
    Centre,
    /// At the left.
    Left,
    /// At the right.
    Right,
    /// At the top.
    Top,
    /// At the bottom.
    Bottom,
}

impl Focus {
    /// The focus of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "centre" | "center" | "middle" => Self::Centre,
            "left" => Self::Left,
            "right" => Self::Right,
            "top" => Self::Top,
            "bottom" => Self::Bottom,
            _ => return None,
        })
    }

    /// The name of a card that was cut so; another cut is another file.
    pub(crate) fn card(self) -> &'static str {
        match self {
            Self::Centre => "card",
            Self::Left => "card-left",
            Self::Right => "card-right",
            Self::Top => "card-top",
            Self::Bottom => "card-bottom",
        }
    }
}

/// Whether a picture of these sides is large enough for a card.
pub(super) fn fits(width: u32, height: u32) -> bool {
    width >= SMALLEST.0 && height >= SMALLEST.1
}

/// The card of a picture.
pub(super) fn cut(pixels: &Pixels, focus: Focus) -> Result<Pixels, Refusal> {
    let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
    let proportion = f64::from(SIDES.0) / f64::from(SIDES.1);
    let (wide, high) = match width / height > proportion {
        true => (height * proportion, height),
        false => (width, width / proportion),
    };
    let (spare_x, spare_y) = ((width - wide).max(0.0), (height - high).max(0.0));
    let (left, top) = match focus {
        Focus::Centre => (spare_x / 2.0, spare_y / 2.0),
        Focus::Left => (0.0, spare_y / 2.0),
        Focus::Right => (spare_x, spare_y / 2.0),
        Focus::Top => (spare_x / 2.0, 0.0),
        Focus::Bottom => (spare_x / 2.0, spare_y),
    };
    resize(pixels, Some((left, top, wide, high)), SIDES.0, SIDES.1)
}
