//! How many photographs of a camera (12 megapixels) are made in a second by the press, what its second run takes, and
//! what Hugo and Eleventy take for the first hundred: the same widths as WebP at the same quality, and one JPEG.
//!
//! `COUNT` is the number of photographs; `PRESS` the press; `HUGO` a program of Hugo that writes WebP; `ELEVENTY` a
//! folder with `@11ty/eleventy-img` in its `node_modules`. AVIF is left out: Hugo has none.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const COUNT: usize = 1_000;
/// So many are given to the peers.
const COMPARED: usize = 100;
/// So many pictures differ; the others are the same pixels in another file.
const DIFFERENT: usize = 25;
const SIZE: (u32, u32) = (4_000, 3_000);
/// What the press makes of a photograph (`src/pictures.rs`).
const WIDTHS: &str = "240, 320, 480, 750, 1000, 1280, 1920";

fn main() -> Result<()> {
    let named = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty());
    let count: usize = match named("COUNT") {
        Some(it) => it.to_str().ok_or("COUNT")?.parse()?,
        None => COUNT,
    };
    let press = named("PRESS").ok_or("PRESS names the press")?;
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    println!("Making {count} photographs");
    let bytes = photographs(&at("photographs"), count)?;
    println!("of {} kB", bytes / count / 1000);

    let compared = count.min(COMPARED);
    for (edition, pictures) in [("few", compared), ("all", count)] {
        edition_of(&at(edition), &at("photographs"), pictures)?;
    }
    let print = |edition: &str| {
        let mut command = Command::new(&press);
        command.args([
            "build",
            edition,
            "--out",
            &format!("{edition}-site"),
            "--picture-seconds",
            "0",
        ]);
        run(&mut command, folder.path())
    };
    tell("the press", compared, print("few")?);
    match named("HUGO") {
        Some(hugo) => {
            hugo_site(&at("hugo"), &at("photographs"), compared)?;
            tell("Hugo", compared, run(Command::new(hugo).arg("--quiet"), &at("hugo"))?);
        }
        None => println!("NOT RUN: Hugo, which HUGO names"),
    }
    match named("ELEVENTY") {
        Some(modules) => {
            eleventy(&at("eleventy"), Path::new(&modules), compared)?;
            tell("Eleventy", compared, run(Command::new("node").arg("make.mjs"), &at("eleventy"))?);
        }
        None => println!("NOT RUN: Eleventy, whose folder ELEVENTY names"),
    }
    tell("the press", count, print("all")?);
    tell("the press, again", count, print("all")?);
    Ok(())
}

fn tell(who: &str, count: usize, seconds: f64) {
    println!(
        "{who:<20} {count:>5} photographs {seconds:>7.1} s, {:>5.2} a second",
        count as f64 / seconds
    );
}

/// Runs it there, and answers the seconds.
fn run(command: &mut Command, folder: &Path) -> Result<f64> {
    let start = Instant::now();
    let output = command.current_dir(folder).output()?;
    let seconds = start.elapsed().as_secs_f64();
    match output.status.success() {
        true => Ok(seconds),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

/// Writes photographs, each file another one, and answers their bytes.
fn photographs(folder: &Path, count: usize) -> Result<usize> {
    fs::create_dir_all(folder)?;
    let mut sources = sources()?;
    let step = (sources.len() / DIFFERENT).max(1);
    sources = sources.into_iter().step_by(step).take(DIFFERENT).collect();
    let mut bytes = 0;
    for (at, source) in sources.iter().enumerate() {
        let file = photograph(source, at as u32)?;
        for number in (at..count).step_by(sources.len()) {
            let comment = format!("photograph {number}");
            // A comment (COM) behind the marker of the beginning: ITU T.81, B.2.4.5.
            let length = u16::try_from(comment.len() + 2)?.to_be_bytes();
            let whole =
                [&file[..2], &[0xff, 0xfe], &length, comment.as_bytes(), &file[2..]].concat();
            fs::write(folder.join(format!("p{number}.jpg")), &whole)?;
            bytes += whole.len();
        }
    }
    Ok(bytes)
}

/// The pictures of the sample edition, as files.
fn sources() -> Result<Vec<Vec<u8>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).ok_or("no repository")?;
    let mut files = Vec::new();
    let mut folders = vec![root.join("edition/content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "jpg") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|it| Ok(fs::read(it)?)).collect()
}

/// Made as large as a camera's, with the noise of a sensor.
fn photograph(source: &[u8], seed: u32) -> Result<Vec<u8>> {
    let small = image::load_from_memory(source)?.to_rgb8();
    let from = ImageRef::new(small.width(), small.height(), small.as_raw(), PixelType::U8x3)?;
    let mut large = Image::new(SIZE.0, SIZE.1, PixelType::U8x3);
    Resizer::new().resize(&from, &mut large, None)?;
    let mut pixels = large.into_vec();
    // Xorshift (Marsaglia 2003): the sum of four bytes is about a normal distribution.
    let mut state = seed + 1;
    for pixel in pixels.chunks_exact_mut(3) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let sum: i32 = state.to_le_bytes().iter().map(|it| i32::from(*it)).sum();
        let noise = (sum - 510) / 24;
        for value in pixel {
            *value = (i32::from(*value) + noise).clamp(0, 255) as u8;
        }
    }
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 88);
    encoder.encode(&pixels, SIZE.0 as u16, SIZE.1 as u16, jpeg_encoder::ColorType::Rgb)?;
    Ok(out)
}

/// An edition of an article a photograph.
fn edition_of(folder: &Path, photographs: &Path, count: usize) -> Result<()> {
    let site = "title = \"Báo\"\nlanguage = \"vi\"\nbase_url = \"https://paper.example/\"\n\
                timezone = \"Asia/Ho_Chi_Minh\"\n\
                [[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";
    fs::create_dir_all(folder)?;
    fs::write(folder.join("site.toml"), site)?;
    for number in 0..count {
        let bundle = folder.join(format!("content/tin/a{number}"));
        fs::create_dir_all(&bundle)?;
        let text =
            format!("---\ntitle: Ảnh {number}\ndate: 2026-10-01\n---\n![Bến thuyền](p.jpg)\n");
        fs::write(bundle.join("index.md"), text)?;
        fs::hard_link(photographs.join(format!("p{number}.jpg")), bundle.join("p.jpg"))?;
    }
    Ok(())
}

fn hugo_site(folder: &Path, photographs: &Path, count: usize) -> Result<()> {
    let pictures = folder.join("assets/photographs");
    fs::create_dir_all(&pictures)?;
    fs::create_dir_all(folder.join("layouts"))?;
    let site = "baseURL = \"https://paper.example/\"\n\
                disableKinds = [\"taxonomy\", \"term\", \"rss\", \"sitemap\"]\n[imaging]\nquality = 78\n";
    fs::write(folder.join("hugo.toml"), site)?;
    let template = format!(
        "{{{{ range resources.Match \"photographs/*\" }}}}{{{{ $p := . }}}}{{{{ range slice {} }}}}\
         {{{{ ($p.Resize (printf \"%dx webp\" .)).RelPermalink }}}} {{{{ end }}}}\
         {{{{ ($p.Resize \"1280x jpg\").RelPermalink }}}}{{{{ end }}}}",
        WIDTHS.replace(',', "")
    );
    fs::write(folder.join("layouts/index.html"), template)?;
    for number in 0..count {
        let name = format!("p{number}.jpg");
        fs::hard_link(photographs.join(&name), pictures.join(&name))?;
    }
    Ok(())
}

fn eleventy(folder: &Path, modules: &Path, count: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    std::os::unix::fs::symlink(modules.join("node_modules"), folder.join("node_modules"))?;
    let script = format!(
        "import os from 'node:os';\nimport image from '@11ty/eleventy-img';\n\
         image.concurrency = os.cpus().length;\n\
         await Promise.all(Array.from({{ length: {count} }}, async (_, number) => {{\n\
         const file = `../photographs/p${{number}}.jpg`;\n\
         await image(file, {{ widths: [{WIDTHS}], formats: ['webp'], outputDir: 'out', \
         sharpWebpOptions: {{ quality: 78 }} }});\n\
         await image(file, {{ widths: [1280], formats: ['jpeg'], outputDir: 'out' }});\n\
         }}));\n"
    );
    Ok(fs::write(folder.join("make.mjs"), script)?)
}
