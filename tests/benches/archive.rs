//! Editions of any size for benches: Vietnamese articles of about 500 words in five sections, with headings, lists and
//! links in every one.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const WORDS: [&str; 12] =
    ["thuyền", "cập", "bến", "lúc", "rạng", "đông", "chợ", "đã", "đông", "người", "mua", "bán"];

/// Writes an edition of so many articles.
pub(crate) fn write(folder: &Path, articles: usize) -> Result<(), Box<dyn Error>> {
    let mut site = String::from(
        "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
         base_url = \"https://paper.example/\"\n",
    );
    for section in 0..5 {
        write!(site, "[[sections]]\nslug = \"muc-{section}\"\ntitle = \"Mục {section}\"\n")?;
        fs::create_dir_all(folder.join(format!("content/muc-{section}")))?;
    }
    fs::write(folder.join("site.toml"), site)?;
    (0..articles).try_for_each(|number| write_article(folder, number))
}

/// Writes one of the articles.
pub(crate) fn write_article(folder: &Path, number: usize) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join(file(number)), text(number, &format!("Bài số {number}"))?)?;
    Ok(())
}

/// The file of an article, relative to the edition.
pub(crate) fn file(number: usize) -> String {
    format!("content/muc-{}/bai-{number}.md", number % 5)
}

/// The text of an article with a title.
pub(crate) fn text(number: usize, title: &str) -> Result<String, Box<dyn Error>> {
    let (minute, day, month, year) =
        (number % 60, number % 28 + 1, number / 28 % 12 + 1, 2020 + number / 336 % 6);
    let mut text = format!(
        "---\ntitle: {title}\ndate: {year}-{month:02}-{day:02}T08:{minute:02}:00+07:00\n\
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
    Ok(text)
}
