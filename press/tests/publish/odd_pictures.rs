//! A folder of odd pictures: what formats allow, what disks break, and what was made to break programs. The press
//! reads them all, in little memory, and says of each what became of it.

use std::fmt::Write as _;

use jpeg_encoder::{ColorType, SamplingFactor};
use nix::sys::resource::{UsageWho, getrusage};
use png::{BitDepth, ColorType as Png};
use serde_json::Value;

use crate::album::{self, JPEG, Jpeg};
use crate::publisher::{Publisher, Result, said};

/// What the press may use while it makes pictures, in kilobytes.
const MEMORY: i64 = 600_000;

/// A picture of one colour, for sides at which others take too long to make.
fn flat(width: u32, height: u32) -> Vec<u8> {
    [90, 120, 40].repeat(width as usize * height as usize)
}

/// All formats at these sides.
pub(crate) fn formats(width: u32, height: u32) -> Result<Vec<(String, Vec<u8>)>> {
    let photo = album::photo(width, height);
    let one: Vec<u8> = photo.iter().step_by(3).copied().collect();
    let two: Vec<u8> = one.iter().flat_map(|it| [*it, 200]).collect();
    let four: Vec<u8> = photo.chunks_exact(3).flat_map(|it| [it[0], it[1], it[2], it[0]]).collect();
    let six: Vec<u8> = photo.iter().flat_map(|it| [*it, 1]).collect();
    let bits = vec![0b1010_0101; width.div_ceil(8) as usize * height as usize];
    let png = |data: &[u8], color, depth| album::png(data, width, height, color, depth);
    let jpeg = |data: &[u8], how| album::jpeg(data, width, height, how);
    let mut all = vec![
        ("rgb.png", png(&photo, Png::Rgb, BitDepth::Eight)?),
        ("rgba.png", png(&four, Png::Rgba, BitDepth::Eight)?),
        ("grey.png", png(&one, Png::Grayscale, BitDepth::Eight)?),
        ("grey-alpha.png", png(&two, Png::GrayscaleAlpha, BitDepth::Eight)?),
        ("bits.png", png(&bits, Png::Grayscale, BitDepth::One)?),
        ("sixteen.png", png(&six, Png::Rgb, BitDepth::Sixteen)?),
        ("palette.png", png(&one, Png::Indexed, BitDepth::Eight)?),
        ("passes.png", album::interlaced(&photo, width, height)),
        ("rgb.jpg", jpeg(&photo, JPEG)?),
        ("progressive.jpg", jpeg(&photo, Jpeg { progressive: true, ..JPEG })?),
        ("full-colour.jpg", jpeg(&photo, Jpeg { sampling: SamplingFactor::R_4_4_4, ..JPEG })?),
        ("grey.jpg", jpeg(&one, Jpeg { color: ColorType::Luma, ..JPEG })?),
        ("inks.jpg", jpeg(&four, Jpeg { color: ColorType::Cmyk, ..JPEG })?),
        ("turned.jpg", jpeg(&photo, Jpeg { orientation: Some(8), ..JPEG })?),
        ("still.gif", album::gif(width as u16, height as u16, 1)?),
        ("moving.gif", album::gif(width as u16, height as u16, 3)?),
        ("lossy.webp", album::webp(&photo, width, height, false)?),
        ("lossless.webp", album::webp(&four, width, height, true)?),
    ];
    if width > 8 && height > 8 && width * height < 1_000_000 {
        all.push(("photo.avif", album::avif(&photo, width, height)?));
    }
    Ok(all.into_iter().map(|(name, it)| (format!("{width}-{height}-{name}"), it)).collect())
}

/// What is large, what lies about its size, what is no picture, and what is cut off in all formats.
fn broken_and_large() -> Result<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| all.push((name.to_owned(), bytes));
    add("large.jpg", album::jpeg(&flat(12_000, 12_000), 12_000, 12_000, JPEG)?);
    add("large.png", album::png(&flat(12_000, 12_000), 12_000, 12_000, Png::Rgb, BitDepth::Eight)?);
    add("large.gif", album::gif(12_000, 12_000, 1)?);
    let progressive = Jpeg { progressive: true, ..JPEG };
    add("large-progressive.jpg", album::jpeg(&flat(6000, 6000), 6000, 6000, progressive)?);
    add("too-large-progressive.jpg", album::jpeg(&flat(7000, 7000), 7000, 7000, progressive)?);
    add("large.webp", album::webp(&flat(6000, 6000), 6000, 6000, true)?);
    add("bomb.png", album::bomb(65_535, 65_535));
    add("longer-bomb.png", album::bomb(1, u32::MAX));
    add("wider-bomb.png", album::bomb(150_000_000, 1));
    for (name, bytes) in formats(97, 61)? {
        for (part, of) in [(1, 20), (1, 3), (9, 10)] {
            add(&format!("cut-{part}-{of}-{name}"), bytes[..bytes.len() * part / of].to_vec());
        }
        // A byte in sixteen is another one.
        let mut worn = bytes.clone();
        worn.iter_mut()
            .skip(40)
            .step_by(16)
            .for_each(|it| *it = it.wrapping_mul(31).wrapping_add(7));
        add(&format!("worn-{name}"), worn);
    }
    let photo = album::photo(97, 61);
    add("png-in-truth.jpg", album::png(&photo, 97, 61, Png::Rgb, BitDepth::Eight)?);
    add("jpeg-in-truth.webp", album::jpeg(&photo, 97, 61, JPEG)?);
    add("empty.png", Vec::new());
    add("text.jpg", b"This picture could not be found.".to_vec());
    add("noughts.gif", vec![0; 5000]);
    Ok(all)
}

#[test]
fn no_picture_stops_the_press_or_fills_the_memory() -> Result {
    let publisher = Publisher::new()?;
    let mut pictures = broken_and_large()?;
    for (width, height) in [(1, 1), (3, 2), (12_000, 1), (1, 12_000)] {
        pictures.extend(formats(width, height)?);
    }
    assert!(pictures.len() > 60, "{}", pictures.len());
    let mut names = Vec::new();
    for (number, (name, bytes)) in pictures.drain(..).enumerate() {
        let text = format!("---\ntitle: A\ndate: 2026-01-01\n---\n\nChữ.\n\n![a]({name})\n");
        publisher.write(&format!("edition/content/tin/bai-{number}/index.md"), text)?;
        publisher.write(&format!("edition/content/tin/bai-{number}/{name}"), bytes)?;
        names.push(name);
    }
    let output = publisher.print(&["--json", "--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    assert!(used < MEMORY, "{used} kB");

    let object: Value = serde_json::from_slice(&output.stdout)?;
    let told = object["diagnostics"].as_array().ok_or("no diagnostics")?;
    let (mut shown, mut silent) = (0, String::new());
    for (number, name) in names.iter().enumerate() {
        let page = publisher.read(&format!("tin/bai-{number}/index.html")).unwrap_or_default();
        let file = format!("content/tin/bai-{number}/index.md");
        let is_told = told.iter().any(|it| it["file"] == *file && it["line"] == 8);
        match page.contains("<img ") {
            true => shown += 1,
            false if !is_told => writeln!(silent, "{name}")?,
            false => {}
        }
        let wanted =
            !["cut", "worn", "bomb", "too-large", "empty", "text", "noughts", "wider", "longer"]
                .iter()
                .any(|it| name.starts_with(it));
        assert!(!wanted || page.contains("<img "), "{name} is shown: {told:?}");
    }
    assert_eq!(silent, "", "neither shown nor told of");
    assert!(shown > 80, "{shown}");
    Ok(())
}
