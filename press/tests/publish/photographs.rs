//! What becomes of pictures: upright, in the right colours, at several widths, and nothing private in them.

use std::io::Cursor;

use jpeg_encoder::{ColorType, SamplingFactor};
use press::pictures::{Form, Refusal, make};

use crate::album::{self, JPEG, Jpeg, SECRETS};
use crate::publisher::Result;

/// The pixels of a file as red, green, blue: its sides and samples.
pub(crate) fn pixels(name: &str, bytes: &[u8]) -> Result<(u32, u32, Vec<u8>)> {
    let rgb = |data: Vec<u8>, samples: usize| -> Vec<u8> {
        data.chunks_exact(samples)
            .flat_map(|it| match samples {
                3 | 4 => [it[0], it[1], it[2]],
                _ => [it[0]; 3],
            })
            .collect()
    };
    match name.rsplit('.').next() {
        Some("webp") => {
            let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes))?;
            let (width, height) = decoder.dimensions();
            let samples = if decoder.has_alpha() { 4 } else { 3 };
            let mut data = vec![0; decoder.output_buffer_size().ok_or("no size")?];
            decoder.read_image(&mut data)?;
            Ok((width, height, rgb(data, samples)))
        }
        Some("png") => {
            let mut decoder = png::Decoder::new(Cursor::new(bytes));
            decoder.set_transformations(png::Transformations::normalize_to_color8());
            let mut reader = decoder.read_info()?;
            let mut data = vec![0; reader.output_buffer_size().ok_or("no size")?];
            let info = reader.next_frame(&mut data)?;
            Ok((info.width, info.height, rgb(data, info.color_type.samples())))
        }
        _ => {
            let mut decoder = jpeg_decoder::Decoder::new(bytes);
            let data = decoder.decode()?;
            let info = decoder.info().ok_or("no header")?;
            Ok((u32::from(info.width), u32::from(info.height), rgb(data, 3)))
        }
    }
}

/// How far two pictures are apart: the mean difference of their samples.
fn apart(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len(), "they have the same size");
    let sum: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / a.len().max(1) as f64
}

/// The file that is no WebP, and its pixels.
fn plain(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>)> {
    let (made, files) = make(bytes)?;
    let (name, file) = files.iter().find(|(name, _)| name.starts_with("plain")).ok_or("none")?;
    assert!(name.ends_with(&made.ending), "{name}");
    pixels(name, file)
}

pub(crate) fn rgb_png(data: &[u8], width: u32, height: u32) -> Result<Vec<u8>> {
    album::png(data, width, height, png::ColorType::Rgb, png::BitDepth::Eight)
}

/// Files of all formats with all the metadata that they can have.
fn private() -> Result<Vec<(&'static str, Vec<u8>)>> {
    let sides = (300, 200);
    let photo = album::photo(300, 200);
    let exif = album::exif(1)?;
    let xmp = album::xmp();
    let text = ["Author\0".as_bytes(), SECRETS[2].as_bytes()].concat();
    let itxt = ["XML:com.adobe.xmp\0\0\0\0\0".as_bytes(), xmp.as_bytes()].concat();
    let loaded = |mut png: Vec<u8>| {
        for (name, data) in [(b"eXIf", &exif), (b"tEXt", &text), (b"iTXt", &itxt)] {
            png = album::with_chunk(&png, name, data);
        }
        png
    };
    let webp = album::webp(&photo, 300, 200, false)?;
    let after = [album::riff(b"EXIF", &exif), album::riff(b"XMP ", xmp.as_bytes())].concat();
    let moving = album::moving_webp([&webp, &webp], sides);
    let apng = [
        album::chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]),
        album::chunk(
            b"fcTL",
            &[
                &[0; 4][..],
                &300_u32.to_be_bytes(),
                &200_u32.to_be_bytes(),
                &[0; 8],
                &[0, 1, 0, 10, 0, 0],
            ]
            .concat(),
        ),
    ];
    let mut animated = rgb_png(&photo, 300, 200)?;
    animated.splice(33..33, apng.concat());
    Ok(vec![
        ("camera.jpg", album::jpeg(&photo, 300, 200, Jpeg { orientation: Some(1), ..JPEG })?),
        ("photo.png", loaded(rgb_png(&photo, 300, 200)?)),
        ("chart.png", loaded(rgb_png(&album::chart(300, 200), 300, 200)?)),
        ("moving.png", loaded(animated)),
        ("photo.webp", album::extended(&webp, sides, 0b1100, &[], &after)),
        ("moving.webp", moving),
        ("still.gif", album::gif(300, 200, 1)?),
        ("moving.gif", album::gif(300, 200, 3)?),
        ("photo.avif", album::avif(&photo, 300, 200)?),
    ])
}

#[test]
fn nothing_private_is_left_in_a_picture() -> Result {
    for (name, bytes) in private()? {
        let has = |bytes: &[u8], secret: &str| {
            bytes.windows(secret.len()).any(|it| it == secret.as_bytes())
        };
        assert!(SECRETS.iter().any(|it| has(&bytes, it)), "{name} has something to hide");
        let (made, files) = make(&bytes)?;
        assert!(made.whole, "{name}");
        assert!(!files.is_empty(), "{name}");
        for (file, bytes) in files {
            let read = exif::Reader::new().read_from_container(&mut Cursor::new(&bytes));
            let fields: Vec<_> = read.iter().flat_map(|it| it.fields()).map(|it| it.tag).collect();
            assert!(fields.is_empty(), "{name}: {file} has {fields:?}");
            for secret in SECRETS.iter().chain(&["xmpmeta", "II*\0", "MM\0*", "8BIM"]) {
                assert!(!has(&bytes, secret), "{name}: {file} says {secret}");
            }
        }
    }
    Ok(())
}

#[test]
fn what_moves_goes_on_moving() -> Result {
    for (name, bytes) in private()?.iter().filter(|(name, _)| name.starts_with("moving")) {
        let (made, files) = make(bytes)?;
        assert_eq!((made.form, made.width, made.height), (Form::Alone, 300, 200), "{name}");
        let file = &files[0].1;
        let frames = match made.ending.as_str() {
            "gif" => {
                let mut decoder = gif::Decoder::new(Cursor::new(file))?;
                assert_eq!(decoder.repeat(), gif::Repeat::Infinite, "{name}");
                let mut frames = 0;
                while decoder.read_next_frame()?.is_some() {
                    frames += 1;
                }
                frames
            }
            "webp" => image_webp::WebPDecoder::new(Cursor::new(file))?.num_frames(),
            _ => {
                let reader = png::Decoder::new(Cursor::new(file)).read_info()?;
                reader.info().animation_control.map_or(0, |it| it.num_frames + 2)
            }
        };
        assert!(frames >= 2, "{name}: {frames}");
    }
    Ok(())
}

#[test]
fn a_picture_stands_upright_however_it_lies_in_its_file() -> Result {
    let sides = (300, 200);
    let drawing = album::chart(300, 200);
    let photo = album::photo(300, 200);
    for orientation in 1..=8 {
        let exif = album::exif(orientation)?;
        // Drawings keep every pixel, so there is nothing to forgive.
        let (data, width, height) = album::laid(&drawing, sides, orientation);
        let png = album::with_chunk(&rgb_png(&data, width, height)?, b"eXIf", &exif);
        assert_eq!(plain(&png)?, (300, 200, drawing.clone()), "PNG, {orientation}");
        let webp = album::webp(&data, width, height, true)?;
        let exif = album::riff(b"EXIF", &exif);
        let webp = album::extended(&webp, (width, height), 0b1000, &[], &exif);
        assert_eq!(plain(&webp)?, (300, 200, drawing.clone()), "WebP, {orientation}");
        let (data, width, height) = album::laid(&photo, sides, orientation);
        let how = Jpeg { orientation: Some(orientation), ..JPEG };
        let (width, height, shown) = plain(&album::jpeg(&data, width, height, how)?)?;
        assert_eq!((width, height), sides, "JPEG, {orientation}");
        let apart = apart(&photo, &shown);
        assert!(apart < 4.0, "JPEG, {orientation}: {apart}");
    }
    Ok(())
}

#[test]
fn all_ways_to_write_pixels_show_the_same_picture() -> Result {
    use png::{BitDepth, ColorType as Png};
    let (width, height) = (320, 240);
    let photo = album::photo(width, height);
    let sixteen: Vec<u8> = photo.iter().flat_map(|it| [*it, 77]).collect();
    let clear: Vec<u8> = photo.chunks_exact(3).flat_map(|it| [it[0], it[1], it[2], 255]).collect();
    let inks: Vec<u8> =
        photo.chunks_exact(3).flat_map(|it| [255 - it[0], 255 - it[1], 255 - it[2], 0]).collect();
    let jpeg = |data: &[u8], how: Jpeg| album::jpeg(data, width, height, how);
    let mut files = vec![
        ("PNG of 16 bits", album::png(&sixteen, width, height, Png::Rgb, BitDepth::Sixteen)?),
        ("PNG with transparency", album::png(&clear, width, height, Png::Rgba, BitDepth::Eight)?),
        ("PNG in passes", album::interlaced(&photo, width, height)),
        ("lossless WebP", album::webp(&photo, width, height, true)?),
        ("WebP", album::webp(&photo, width, height, false)?),
        ("WebP with transparency", album::webp(&clear, width, height, false)?),
        ("JPEG in inks", jpeg(&inks, Jpeg { color: ColorType::Cmyk, ..JPEG })?),
        ("JPEG in inks and luminance", jpeg(&inks, Jpeg { color: ColorType::CmykAsYcck, ..JPEG })?),
        ("JPEG with four bytes", jpeg(&clear, Jpeg { color: ColorType::Rgba, ..JPEG })?),
    ];
    for sampling in [SamplingFactor::R_4_4_4, SamplingFactor::R_4_2_2, SamplingFactor::R_4_1_1] {
        files.push(("JPEG", jpeg(&photo, Jpeg { sampling, ..JPEG })?));
        files.push((
            "progressive JPEG",
            jpeg(&photo, Jpeg { sampling, progressive: true, ..JPEG })?,
        ));
    }
    for (name, bytes) in files {
        let (wide, high, shown) = plain(&bytes).map_err(|error| format!("{name}: {error}"))?;
        assert_eq!((wide, high), (width, height), "{name}");
        let apart = apart(&photo, &shown);
        assert!(apart < 5.0, "{name}: {apart}");
    }
    Ok(())
}

#[test]
fn grey_and_palettes_have_their_colours() -> Result {
    use png::{BitDepth, ColorType as Png};
    let ramp: Vec<u8> = (0..200_u32 * 100).map(|at| (at % 200) as u8).collect();
    let grey: Vec<u8> = ramp.iter().flat_map(|it| [*it; 3]).collect();
    let palette: Vec<u8> = ramp.iter().flat_map(|it| [*it, 255 - *it, *it / 2]).collect();
    let with_alpha: Vec<u8> = ramp.iter().flat_map(|it| [*it, 255]).collect();
    let sixteen: Vec<u8> = ramp.iter().flat_map(|it| [*it, 9]).collect();
    let png = |data: &[u8], color, depth| album::png(data, 200, 100, color, depth);
    for (name, bytes, wanted) in [
        ("grey", png(&ramp, Png::Grayscale, BitDepth::Eight)?, &grey),
        ("grey of 16 bits", png(&sixteen, Png::Grayscale, BitDepth::Sixteen)?, &grey),
        ("grey with transparency", png(&with_alpha, Png::GrayscaleAlpha, BitDepth::Eight)?, &grey),
        ("palette", png(&ramp, Png::Indexed, BitDepth::Eight)?, &palette),
        (
            "grey JPEG",
            album::jpeg(&ramp, 200, 100, Jpeg { color: ColorType::Luma, ..JPEG })?,
            &grey,
        ),
    ] {
        let (wide, high, shown) = plain(&bytes).map_err(|error| format!("{name}: {error}"))?;
        assert_eq!((wide, high, shown.len()), (200, 100, 60_000), "{name}");
        // The first columns of the palette are transparent, and have no colour.
        let seen = |data: &[u8]| -> Vec<u8> {
            data.chunks_exact(600).flat_map(|row| row[60..].to_vec()).collect()
        };
        let apart = apart(&seen(wanted), &seen(&shown));
        assert!(apart < 2.0, "{name}: {apart}");
    }
    Ok(())
}

#[test]
fn colours_of_a_wide_screen_become_those_of_every_screen() -> Result {
    let profile = moxcms::ColorProfile::new_display_p3().encode()?;
    let data = [180, 60, 60].repeat(200 * 200);
    let how = |profile: &[u8]| -> Result<Vec<u8>> {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
        encoder.add_icc_profile(profile)?;
        encoder.encode(&data, 200, 200, ColorType::Rgb)?;
        Ok(out)
    };
    let (_, _, shown) = plain(&how(&profile)?)?;
    // Display P3 (180, 60, 60) is sRGB (196, 49, 55), by the matrices of both (SMPTE EG 432-1, IEC 61966-2-1).
    assert!(apart(&shown[..3], &[196, 49, 55]) < 3.0, "{:?}", &shown[..3]);
    let (_, _, shown) = plain(&how(b"no profile at all")?)?;
    assert!(apart(&shown[..3], &[180, 60, 60]) < 3.0, "{:?}", &shown[..3]);
    Ok(())
}

#[test]
fn a_photograph_lies_there_at_the_widths_of_the_layout() -> Result {
    let photo = album::jpeg(&album::photo(2400, 1600), 2400, 1600, JPEG)?;
    let (made, files) = make(&photo)?;
    assert_eq!(
        (made.form, made.width, made.height, made.plain),
        (Form::Photo, 1920, 1280, (1280, 853))
    );
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let widths =
        ["240.webp", "320.webp", "480.webp", "750.webp", "1000.webp", "1280.webp", "1920.webp"];
    assert_eq!(names, [&widths[..], &["plain.jpg", "card.jpg"]].concat());
    for (name, bytes) in &files {
        let (width, height, shown) = pixels(name, bytes)?;
        let wanted = match name.as_str() {
            "card.jpg" => (1200, 630),
            "plain.jpg" => (1280, 853),
            name => {
                let width: u32 = name.trim_end_matches(".webp").parse()?;
                (width, (width * 2).div_ceil(3))
            }
        };
        assert!(width == wanted.0 && height.abs_diff(wanted.1) <= 1, "{name}: {width} x {height}");
        let dark = &shown[(5 * width as usize + 5) * 3..][..3];
        assert!(dark.iter().all(|it| *it < 60), "{name} shows the corner: {dark:?}");
    }
    assert_eq!(made.tint.as_deref(), Some("r4g4b3"), "the mean of the picture in eight steps");
    let (made, files) = make(&album::jpeg(&album::photo(200, 100), 200, 100, JPEG)?)?;
    assert_eq!((made.width, files.len(), made.card), (200, 2, false), "nothing is blown up");
    Ok(())
}

#[test]
fn drawings_and_icons_keep_every_pixel() -> Result {
    for (width, height) in [(40, 40), (900, 500)] {
        let drawing = album::chart(width, height);
        let (made, files) = make(&rgb_png(&drawing, width, height)?)?;
        assert_eq!(made.ending, "png");
        for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("card")) {
            let (wide, high, shown) = pixels(name, bytes)?;
            if (wide, high) == (width, height) {
                assert!(shown == drawing, "{name} of {width} x {height}");
            }
        }
    }
    // A photograph in the same format is one.
    let (made, files) = make(&rgb_png(&album::photo(900, 600), 900, 600)?)?;
    assert_eq!((made.form, made.ending.as_str()), (Form::Photo, "jpg"));
    assert!(files.iter().map(|it| it.1.len()).sum::<usize>() < 900 * 600, "it is light");
    Ok(())
}

#[test]
fn what_a_broken_disk_left_of_a_picture_is_shown() -> Result {
    let photo = album::photo(600, 400);
    let progressive = Jpeg { progressive: true, ..JPEG };
    for (name, bytes) in [
        ("JPEG", album::jpeg(&photo, 600, 400, JPEG)?),
        ("progressive JPEG", album::jpeg(&photo, 600, 400, progressive)?),
        ("PNG", rgb_png(&photo, 600, 400)?),
        ("PNG in passes", album::interlaced(&photo, 600, 400)),
    ] {
        let (made, _) = make(&bytes)?;
        assert!(made.whole, "{name}");
        let half = &bytes[..bytes.len() * 3 / 5];
        let (made, _) = make(half).map_err(|error| format!("{name}: {error}"))?;
        assert!(!made.whole, "{name}");
        let (_, _, shown) = plain(half)?;
        if !name.contains("passes") {
            let top = 600 * 100 * 3;
            let apart = apart(&photo[..top], &shown[..top]);
            assert!(apart < 12.0, "{name}: {apart}");
        }
        let refused = make(&bytes[..60]);
        assert!(matches!(refused, Err(Refusal::Damaged(_))), "{name}: {refused:?}");
    }
    Ok(())
}

#[test]
fn a_small_file_cannot_hold_a_picture_that_fills_the_memory() -> Result {
    let mut jpeg = album::jpeg(&album::photo(16, 16), 16, 16, JPEG)?;
    let sof = jpeg.windows(2).position(|it| it == [0xff, 0xc0]).ok_or("no frame")?;
    jpeg[sof + 5..sof + 9].fill(0xff);
    let mut gif = album::gif(8, 8, 1)?;
    gif[6..10].fill(0xff);
    for (name, bytes) in [("PNG", album::bomb(60_000, 60_000)), ("JPEG", jpeg), ("GIF", gif)] {
        let refused = make(&bytes);
        let why = match &refused {
            Err(Refusal::Unfit(why)) => why.as_str(),
            _ => "",
        };
        assert!(why.contains("megapixels"), "{name}: {refused:?}");
    }
    Ok(())
}
