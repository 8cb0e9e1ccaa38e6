//! Making a picture smaller: Lanczos with three lobes, in the light as it is coded, as browsers do it, so that a
//! picture looks the same whoever made it small.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::Refusal;
use super::pixels::{Model, Pixels};

/// A part of a picture: left, top, width, height.
pub(super) type Part = (f64, f64, f64, f64);

/// The picture, or a part of it, with these sides.
pub(super) fn resize(
    pixels: &Pixels,
    part: Option<Part>,
    width: u32,
    height: u32,
) -> Result<Pixels, Refusal> {
    if part.is_none() && (width, height) == (pixels.width, pixels.height) {
        return Ok(pixels.clone());
    }
    let kind = match pixels.model {
        Model::Rgb => PixelType::U8x3,
        Model::Rgba | Model::Cmyk => PixelType::U8x4,
    };
    let failed =
        |error: &dyn std::fmt::Display| Refusal::Damaged(format!("it cannot be reduced ({error})"));
    let source = ImageRef::new(pixels.width, pixels.height, &pixels.data, kind)
        .map_err(|error| failed(&error))?;
    let mut target = Image::new(width, height, kind);
    let mut options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(pixels.model == Model::Rgba);
    if let Some((left, top, wide, high)) = part {
        options = options.crop(left, top, wide, high);
    }
    Resizer::new().resize(&source, &mut target, &options).map_err(|error| failed(&error))?;
    Ok(Pixels { width, height, model: pixels.model, data: target.into_vec() })
}
