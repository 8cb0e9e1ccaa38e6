//! Encoders of pictures: bytes at equal quality (SSIMULACRA2) and seconds, on the sample edition's photographs at
//! the width of the text and on those of the folder `PHOTOGRAPHS`, and how many photographs of a camera are made in a
//! second.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use fast_ssim2::{PixelDescriptor, PixelSlice, compute_ssimulacra2};
use image::RgbImage;
use press::pictures::make;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
/// Writes a picture at a quality.
type Encode = fn(&RgbImage, u8) -> Result<Vec<u8>>;
/// Reads it again.
type Decode = fn(&[u8]) -> Result<RgbImage>;

const WIDTH: u32 = 750;
/// "High quality" on the scale of SSIMULACRA2 is 70.
const WANTED: f64 = 70.0;
const PHOTOGRAPHS: usize = 12;
const CAMERA: usize = 8;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).ok_or("no repository")?;
    let sample = photographs(&root.join("edition/content"), PHOTOGRAPHS)?;
    println!("The sample edition's photographs:");
    encoders(&sample)?;
    if let Some(folder) = std::env::var_os("PHOTOGRAPHS").filter(|it| !it.is_empty()) {
        println!("\nThose of PHOTOGRAPHS:");
        encoders(&photographs(Path::new(&folder), usize::MAX)?)?;
    }
    resizers(&sample[0])?;
    camera(&sample)
}

/// Prints what each encoder needs for the photographs to look equally good.
fn encoders(photographs: &[RgbImage]) -> Result<()> {
    println!("{} at {WIDTH} pixels, SSIMULACRA2 {WANTED}:", photographs.len());
    println!("| encoder | quality | bytes | ms a megapixel |\n|---|---|---|---|");
    let encoders: [(&str, Encode, Decode); 8] = [
        ("JPEG: jpeg-encoder, progressive", jpeg, decode),
        ("JPEG: image", image_jpeg, decode),
        ("JPEG: mozjpeg", mozjpeg, decode),
        ("WebP: libwebp, method 4", |it, q| webp(it, q, 4), decode),
        ("WebP: libwebp, method 6", |it, q| webp(it, q, 6), decode),
        ("AVIF: ravif, speed 6", |it, q| avif(it, q, 6), decode_avif),
        ("AVIF: ravif, speed 8", |it, q| avif(it, q, 8), decode_avif),
        ("AVIF: ravif, speed 10", |it, q| avif(it, q, 10), decode_avif),
    ];
    for (name, encode, decode) in encoders {
        let (mut bytes, mut quality, mut took, mut pixels) = (0, 0_u64, Duration::ZERO, 0_u64);
        for photograph in photographs {
            let (file, at) = at_quality(photograph, encode, decode)?;
            let start = processor_time()?;
            encode(photograph, at)?;
            took += processor_time()? - start;
            bytes += file.len();
            quality += u64::from(at);
            pixels += u64::from(photograph.width() * photograph.height());
        }
        let count = photographs.len();
        println!(
            "| {name} | {} | {} | {:.0} |",
            quality / count as u64,
            bytes / count,
            took.as_secs_f64() * 1e9 / pixels as f64
        );
    }
    Ok(())
}

/// What this process has had of the processors; a busy machine changes it little.
fn processor_time() -> Result<Duration> {
    Ok(Duration::try_from(rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime))?)
}

/// The smallest quality at which the picture is as good as wanted.
fn at_quality(picture: &RgbImage, encode: Encode, decode: Decode) -> Result<(Vec<u8>, u8)> {
    let (mut low, mut high) = (20_u8, 98_u8);
    while low < high {
        let middle = low.midpoint(high);
        match score(picture, &decode(&encode(picture, middle)?)?)? >= WANTED {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Ok((encode(picture, low)?, low))
}

fn score(a: &RgbImage, b: &RgbImage) -> Result<f64> {
    let slice = |it: &'_ RgbImage| (it.width(), it.height(), it.width() as usize * 3);
    let (width, height, stride) = slice(a);
    let a = PixelSlice::new(a.as_raw(), width, height, stride, PixelDescriptor::RGB8_SRGB)?;
    let b = PixelSlice::new(b.as_raw(), width, height, stride, PixelDescriptor::RGB8_SRGB)?;
    Ok(compute_ssimulacra2(&a, &b)?)
}

/// At most so many photographs of a folder and those in it, as wide as the text.
fn photographs(folder: &Path, most: usize) -> Result<Vec<RgbImage>> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "jpg" || it == "jpeg") {
                files.push(path);
            }
        }
    }
    files.sort();
    let step = (files.len() / most).max(1);
    let read = |path: &PathBuf| -> Result<RgbImage> {
        let whole = image::load_from_memory(&fs::read(path)?)?.to_rgb8();
        let height = whole.height() * WIDTH / whole.width();
        let source = ImageRef::new(whole.width(), whole.height(), whole.as_raw(), PixelType::U8x3)?;
        let mut target = Image::new(WIDTH, height, PixelType::U8x3);
        Resizer::new().resize(&source, &mut target, None)?;
        RgbImage::from_raw(WIDTH, height, target.into_vec()).ok_or_else(|| "sides".into())
    };
    files.iter().step_by(step).take(most).map(read).collect()
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb)?;
    Ok(out)
}

fn image_jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(
        &mut out, quality,
    ))?;
    Ok(out)
}

fn mozjpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(picture.width() as usize, picture.height() as usize);
    encoder.set_quality(f32::from(quality));
    let mut started = encoder.start_compress(Vec::new())?;
    started.write_scanlines(picture.as_raw())?;
    Ok(started.finish()?)
}

fn webp(picture: &RgbImage, quality: u8, method: u8) -> Result<Vec<u8>> {
    let config = webpx::EncoderConfig::new().quality(f32::from(quality)).method(method);
    let (width, height) = picture.dimensions();
    let file = config.encode_rgb(picture.as_raw(), width, height, webpx::Unstoppable);
    file.map_err(|error| format!("{error:?}").into())
}

fn avif(picture: &RgbImage, quality: u8, speed: u8) -> Result<Vec<u8>> {
    let pixels: Vec<ravif::RGB8> =
        picture.pixels().map(|it| ravif::RGB8::new(it[0], it[1], it[2])).collect();
    let encoder = ravif::Encoder::new()
        .with_quality(f32::from(quality))
        .with_speed(speed)
        .with_num_threads(Some(1));
    let (width, height) = picture.dimensions();
    let image = ravif::Img::new(&*pixels, width as usize, height as usize);
    Ok(encoder.encode_rgb(image)?.avif_file)
}

fn decode(file: &[u8]) -> Result<RgbImage> {
    Ok(image::load_from_memory(file)?.to_rgb8())
}

/// By a program of the system: no decoder that is kept well is made of Rust alone.
fn decode_avif(file: &[u8]) -> Result<RgbImage> {
    let folder = tempfile::tempdir()?;
    let (from, to) = (folder.path().join("a.avif"), folder.path().join("a.png"));
    fs::write(&from, file)?;
    let status = std::process::Command::new("avifdec").arg(&from).arg(&to).output()?.status;
    if !status.success() {
        return Err("avifdec (of libavif-bin) does not read it".into());
    }
    decode(&fs::read(&to)?)
}

fn resizers(picture: &RgbImage) -> Result<()> {
    let large = image::imageops::resize(picture, 4000, 3000, image::imageops::FilterType::Triangle);
    let start = Instant::now();
    image::imageops::resize(&large, 1920, 1440, image::imageops::FilterType::Lanczos3);
    let by_image = start.elapsed();
    let start = Instant::now();
    let source = ImageRef::new(4000, 3000, large.as_raw(), PixelType::U8x3)?;
    Resizer::new().resize(&source, &mut Image::new(1920, 1440, PixelType::U8x3), None)?;
    println!(
        "\n12 megapixels to 1920, Lanczos: image {} ms, fast_image_resize {} ms",
        by_image.as_millis(),
        start.elapsed().as_millis()
    );
    Ok(())
}

/// How many photographs of 12 megapixels are made in a second on one core, AVIF apart.
fn camera(photographs: &[RgbImage]) -> Result<()> {
    let files = photographs.iter().take(CAMERA).map(|it| {
        let large =
            image::imageops::resize(it, 4000, 3000, image::imageops::FilterType::CatmullRom);
        jpeg(&large, 92)
    });
    let files = files.collect::<Result<Vec<_>>>()?;
    let start = Instant::now();
    let mut bytes = 0;
    for file in &files {
        bytes += make(file)?.1.iter().map(|(_, it)| it.len()).sum::<usize>();
    }
    let before: usize = files.iter().map(Vec::len).sum();
    println!(
        "12 megapixels: {:.2} photographs a second and core (all widths as WebP, JPEG, card; no AVIF), \
         {} kB become {} kB",
        files.len() as f64 / start.elapsed().as_secs_f64(),
        before / files.len() / 1000,
        bytes / files.len() / 1000
    );
    Ok(())
}
