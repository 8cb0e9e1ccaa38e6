//! How long the press takes for an archive: 2,000 articles of about 500 words, on one core.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use press::edition::{Diagnostics, Edition};
use press::shell::Shell;
use tests::NOW;

const ARTICLES: usize = 2_000;
const RUNS: usize = 9;
const WORDS: [&str; 12] =
    ["thuyền", "cập", "bến", "lúc", "rạng", "đông", "chợ", "đã", "đông", "người", "mua", "bán"];

fn main() -> Result<(), Box<dyn Error>> {
    // One core, as a small CI machine has.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global()?;
    let folder = tempfile::tempdir()?;
    write_edition(folder.path())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no repository")?;
    let shell = Shell::read(&root.join("dist"))?;
    let mut seconds = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut diagnostics = Diagnostics::default();
        let edition = Edition::read(folder.path(), NOW, &mut diagnostics)?;
        let printed = press::site::print(&edition, &shell, &folder.path().join("site"))?;
        seconds.push(start.elapsed().as_secs_f64());
        if printed.articles != ARTICLES {
            return Err(format!("only {} articles: {:?}", printed.articles, diagnostics).into());
        }
    }
    seconds.sort_by(f64::total_cmp);
    println!(
        "{ARTICLES} articles read and printed on one core: median {:.2} s, {:.2} to {:.2} s of {RUNS}",
        seconds[RUNS / 2],
        seconds[0],
        seconds[RUNS - 1]
    );
    Ok(())
}

/// An edition in five sections, with headings, lists and links in every article.
fn write_edition(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut site = String::from(
        "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
         base_url = \"https://paper.example/\"\n",
    );
    for section in 0..5 {
        write!(site, "[[sections]]\nslug = \"muc-{section}\"\ntitle = \"Mục {section}\"\n")?;
        fs::create_dir_all(folder.join(format!("content/muc-{section}")))?;
    }
    fs::write(folder.join("site.toml"), site)?;
    for number in 0..ARTICLES {
        let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 1, 2020 + number / 336 % 6);
        let mut text = format!(
            "---\ntitle: Bài số {number}\ndate: {year}-{month:02}-{day:02}T08:00:00+07:00\n\
             summary: Tóm tắt của bài số {number}.\nauthor: Nguyễn Thị Hạ\n\
             tags: [tag{}, tag{}]\n---\n\n",
            number % 7,
            number % 11
        );
        for paragraph in 0..10 {
            if paragraph % 4 == 3 {
                writeln!(
                    text,
                    "## Mục {paragraph}\n\n- một\n- hai [liên kết](https://example.org/)\n"
                )?;
            }
            for word in 0..48 {
                let word = WORDS[(number + paragraph + word * 5) % WORDS.len()];
                write!(text, "{word} ")?;
            }
            text.push_str("\n\n");
        }
        fs::write(folder.join(format!("content/muc-{}/bai-{number}.md", number % 5)), text)?;
    }
    Ok(())
}
