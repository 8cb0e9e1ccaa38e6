//! Colours: what has a profile is converted to sRGB, which is what a picture without a profile is taken for.
//! Inks become light by their profile too, else by the simple rule.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::pixels::{Model, Pixels};

/// The picture in sRGB. A profile that cannot be read counts as none: so browsers take it, too.
pub(super) fn to_srgb(pixels: Pixels, profile: Option<&[u8]>) -> Pixels {
    let converted = profile.and_then(|icc| convert(&pixels, icc));
    match (converted, pixels.model) {
        (Some(data), model) => {
            let model = if model == Model::Cmyk { Model::Rgb } else { model };
            Pixels { model, data, ..pixels }
        }
        (None, Model::Cmyk) => {
            let light = |it: &[u8]| {
                let paper = 255 - u16::from(it[3]);
                [it[0], it[1], it[2]].map(|ink| ((255 - u16::from(ink)) * paper / 255) as u8)
            };
            let data = pixels.data.chunks_exact(4).flat_map(light).collect();
            Pixels { model: Model::Rgb, data, ..pixels }
        }
        (None, _) => pixels,
    }
}

fn convert(pixels: &Pixels, icc: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let count = pixels.width as usize * pixels.height as usize;
    let run = |from: Layout, to: Layout, source: &[u8], samples: usize| {
        let transform = profile.create_transform_8bit(from, &srgb, to, options).ok()?;
        let mut out = vec![0; count * samples];
        transform.transform(source, &mut out).ok()?;
        Some(out)
    };
    match (profile.color_space, pixels.model) {
        (DataColorSpace::Rgb, Model::Rgb) => {
            let out = run(Layout::Rgb, Layout::Rgb, &pixels.data, 3)?;
            differs(&pixels.data, &out).then_some(out)
        }
        (DataColorSpace::Rgb, Model::Rgba) => {
            let out = run(Layout::Rgba, Layout::Rgba, &pixels.data, 4)?;
            differs(&pixels.data, &out).then_some(out)
        }
        (DataColorSpace::Gray, Model::Rgb) => {
            let grey: Vec<u8> = pixels.data.chunks_exact(3).map(|it| it[0]).collect();
            run(Layout::Gray, Layout::Rgb, &grey, 3)
        }
        (DataColorSpace::Gray, Model::Rgba) => {
            let grey: Vec<u8> = pixels.data.chunks_exact(4).flat_map(|it| [it[0], it[3]]).collect();
            run(Layout::GrayAlpha, Layout::Rgba, &grey, 4)
        }
        // Inks have the layout of a colour with transparency.
        (DataColorSpace::Cmyk, Model::Cmyk) => run(Layout::Rgba, Layout::Rgb, &pixels.data, 3),
        _ => None,
    }
}

/// Whether a conversion did more than round: an sRGB profile must leave line art as it is.
fn differs(before: &[u8], after: &[u8]) -> bool {
    before.iter().zip(after).any(|(a, b)| a.abs_diff(*b) > 1)
}
