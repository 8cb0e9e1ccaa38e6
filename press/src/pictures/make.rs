//! Making the files of a picture from its bytes.

use broadsheet::pictures::widths;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::card::{self, Focus};
use super::kind::Kind;
use super::pixels::{Model, Pixels};
use super::resize::resize;
use super::strip;
use super::{colour, decode, encode, limits, orient, tint};

/// The widest file of a picture: what shows it on a whole screen.
const WIDEST: u32 = 1920;
/// The longest side, since WebP has no longer one than 16,383 (RFC 9649, section 2.5).
const LONGEST: u32 = 16_000;
/// The widest JPEG or PNG file. Feeds, search engines and browsers without WebP load it.
const WIDEST_PLAIN: u32 = 1280;
/// A drawing that is no larger than this is loaded as it is, in bytes.
const LIGHT: usize = 24_000;
/// What has no longer side is an icon and stays as it was drawn, in pixels.
const ICON: u32 = 128;

/// How a picture lies in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A photograph: WebP at all its widths, AVIF as there is time, and one JPEG file.
    Photo,
    /// A large drawing: WebP at all its widths, and one PNG file.
    Drawing,
    /// One file: what moves, what is small, and AVIF.
    Alone,
}

/// What was made of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// How it lies in the site.
    pub form: Form,
    /// The width of its widest file, upright.
    pub width: u32,
    /// The height of that file.
    pub height: u32,
    /// The ending of the file that is not WebP or AVIF at one of the widths.
    pub ending: String,
    /// The sides of that file.
    pub plain: (u32, u32),
    /// The colour of its place, as `tint` says it.
    pub tint: Option<String>,
    /// Whether it is large enough for a card.
    pub card: bool,
    /// Whether all of its data was there.
    pub whole: bool,
}

/// The files of a picture: their names in its folder of the store, and their bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// The name of the file of a picture that is neither WebP nor AVIF at one of its widths.
pub(super) fn plain_name(ending: &str) -> String {
    format!("plain.{ending}")
}

/// The name of the file at a width.
pub(super) fn name(width: u32, format: &str) -> String {
    format!("{width}.{format}")
}

/// The name of a card.
pub(super) fn card_name(focus: Focus) -> String {
    format!("{}.jpg", focus.card())
}

/// A picture upright in sRGB, as wide as its widest file.
#[derive(Debug)]
pub(super) struct Master {
    pixels: Pixels,
    lossless: bool,
    whole: bool,
    /// Whether its pixels are those of the file.
    untouched: bool,
}

/// What a picture will need while it is made, in bytes.
pub(super) fn memory(bytes: &[u8], kind: Kind) -> Result<u64, Refusal> {
    match kind {
        Kind::Avif | Kind::Svg => Ok(bytes.len() as u64),
        _ => Ok(decode::head(bytes, kind)?.memory + bytes.len() as u64),
    }
}

/// Decodes a picture and prepares its pixels.
pub(super) fn prepare(bytes: &[u8], kind: Kind) -> Result<Master, Refusal> {
    let decoded = decode::decode(bytes, kind, WIDEST)?;
    let swapped = orient::swaps(decoded.orientation);
    let (wide, high) = match swapped {
        true => (decoded.height, decoded.width),
        false => (decoded.width, decoded.height),
    };
    let (width, height) = fit(wide, high);
    let (stored_width, stored_height) = if swapped { (height, width) } else { (width, height) };
    let before = &decoded.pixels;
    let reduced = (stored_width, stored_height) != (before.width, before.height);
    let pixels = match reduced {
        true => resize(before, None, stored_width, stored_height)?,
        false => decoded.pixels,
    };
    let source = pixels.model;
    let converted = colour::to_srgb(pixels, decoded.profile.as_deref());
    let untouched = !reduced
        && decoded.orientation == 1
        && decoded.profile.is_none()
        && source == converted.model;
    let pixels = orient::upright(converted, decoded.orientation);
    Ok(Master { pixels, lossless: decoded.lossless, whole: decoded.whole, untouched })
}

/// The sides of the widest file.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let wanted = [WIDEST as f64 / f64::from(width), LONGEST as f64 / f64::from(height), 1.0];
    let scale = wanted.into_iter().fold(1.0, f64::min);
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    (side(width), side(height))
}

/// The height of the file at a width.
fn height_at(width: u32, (widest, highest): (u32, u32)) -> u32 {
    let exact = f64::from(width) * f64::from(highest) / f64::from(widest.max(1));
    (exact.round() as u32).max(1)
}

/// Makes all files of a picture but AVIF.
pub(super) fn make(bytes: &[u8], kind: Kind) -> Result<(Made, Files), Refusal> {
    if kind == Kind::Avif {
        let sides = imagesize::blob_size(bytes)
            .map_err(|error| Refusal::Damaged(format!("it is damaged ({error})")))?;
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let sides = limits::sides(side(sides.width), side(sides.height))?;
        return Ok(as_it_came(strip::avif::strip(bytes)?, kind, sides));
    }
    let head = decode::head(bytes, kind)?;
    if head.animated {
        let stripped = match kind {
            Kind::Png => strip::png::strip(bytes),
            Kind::Gif => strip::gif::strip(bytes),
            _ => strip::webp::strip(bytes),
        };
        return Ok(as_it_came(stripped, kind, (head.width, head.height)));
    }
    let master = prepare(bytes, kind)?;
    let Pixels { width, height, .. } = master.pixels;
    let is_icon = width <= ICON && height <= ICON;
    let drawing = master.lossless && (is_icon || encode::is_line_art(&master.pixels));
    match drawing {
        true => make_drawing(&master, bytes, kind),
        false => make_photo(&master),
    }
}

fn as_it_came(bytes: Vec<u8>, kind: Kind, (width, height): (u32, u32)) -> (Made, Files) {
    let ending = kind.ending().to_owned();
    let files = vec![(plain_name(&ending), bytes)];
    let plain = (width, height);
    let made = Made {
        form: Form::Alone,
        width,
        height,
        ending,
        plain,
        tint: None,
        card: false,
        whole: true,
    };
    (made, files)
}

fn describe(master: &Master, form: Form, ending: &str, plain: (u32, u32)) -> Made {
    let Pixels { width, height, .. } = master.pixels;
    Made {
        form,
        width,
        height,
        ending: ending.to_owned(),
        plain,
        tint: tint::of(&master.pixels),
        card: card::fits(width, height),
        whole: master.whole,
    }
}

fn make_photo(master: &Master) -> Result<(Made, Files), Refusal> {
    let pixels = &master.pixels;
    let sides = (pixels.width, pixels.height);
    let mut files = Files::new();
    let mut plain = sides;
    for width in widths(pixels.width) {
        let smaller = resize(pixels, None, width, height_at(width, sides))?;
        files.push((name(width, "webp"), encode::webp(&smaller)?));
        if width <= WIDEST_PLAIN || files.len() == 1 {
            plain = (smaller.width, smaller.height);
        }
    }
    let smaller = on_white(resize(pixels, None, plain.0, plain.1)?);
    files.push((plain_name("jpg"), encode::jpeg(&smaller)?));
    let made = describe(master, Form::Photo, "jpg", plain);
    if made.card {
        files.push(make_card(master, Focus::Centre)?);
    }
    Ok((made, files))
}

fn make_drawing(master: &Master, bytes: &[u8], kind: Kind) -> Result<(Made, Files), Refusal> {
    let pixels = &master.pixels;
    let sides = (pixels.width, pixels.height);
    let mut png = encode::png(pixels)?;
    if kind == Kind::Png && master.untouched && master.whole {
        // What a better encoder has made of the same pixels.
        let own = strip::png::strip(bytes);
        png = if own.len() < png.len() { own } else { png };
    }
    let form = if png.len() <= LIGHT { Form::Alone } else { Form::Drawing };
    let mut files = Files::new();
    if form == Form::Drawing {
        for width in widths(pixels.width) {
            let smaller = resize(pixels, None, width, height_at(width, sides))?;
            let mut file = encode::lossless_webp(&smaller)?;
            if width < pixels.width {
                // Its pixels are mixed ones anyway.
                let lossy = encode::webp(&smaller)?;
                file = if lossy.len() < file.len() { lossy } else { file };
            }
            files.push((name(width, "webp"), file));
        }
    }
    files.push((plain_name("png"), png));
    let made = describe(master, form, "png", sides);
    if made.card {
        files.push(make_card(master, Focus::Centre)?);
    }
    Ok((made, files))
}

/// The card of a picture: its name and its bytes.
pub(super) fn make_card(master: &Master, focus: Focus) -> Result<(String, Vec<u8>), Refusal> {
    let card = on_white(card::cut(&master.pixels, focus)?);
    Ok((card_name(focus), encode::jpeg(&card)?))
}

/// One AVIF file of a picture.
pub(super) fn make_avif(master: &Master, width: u32) -> Result<Vec<u8>, Refusal> {
    let sides = (master.pixels.width, master.pixels.height);
    encode::avif(&resize(&master.pixels, None, width, height_at(width, sides))?)
}

/// JPEG knows no transparency.
fn on_white(pixels: Pixels) -> Pixels {
    if pixels.model != Model::Rgba {
        return pixels;
    }
    let mix = |it: &[u8]| {
        let alpha = u16::from(it[3]);
        let over = |value: u8| ((u16::from(value) * alpha + 255 * (255 - alpha)) / 255) as u8;
        [over(it[0]), over(it[1]), over(it[2])]
    };
    let data = pixels.data.chunks_exact(4).flat_map(mix).collect();
    Pixels { model: Model::Rgb, data, ..pixels }
}
