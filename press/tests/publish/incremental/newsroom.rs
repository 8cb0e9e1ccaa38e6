//! A newsroom that edits at random.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use press::edition::{Diagnostics, Edition, Memory};
use press::pictures::{Settings, Workshop};
use press::shell::Shell;
use press::site::{Options, PendingState, Printed};

use super::files;
use crate::album;
use crate::publisher::{Publisher, Result, SITE};

const SECTIONS: [&str; 3] = ["tin", "bien", "cho"];
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// What is known of a site, gone by as in a large one: a folder's files are taken as they were if it is as it was. Nobody
/// changes a folder within so few milliseconds after it was looked at.
pub(super) fn as_of_a_large_site(out: &Path) -> PendingState {
    PendingState::of(out).asking_each_of(0, Duration::from_millis(20))
}

/// Numbers that are random and the same for the same seed (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or(0)
    }

    pub(super) fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// A publisher who edits at random.
pub(super) struct Newsroom {
    pub(super) publisher: Publisher,
    pub(super) random: Random,
    workshop: Arc<Workshop>,
    /// In days after the first article.
    today: usize,
    pub(super) told: Vec<String>,
}

impl Newsroom {
    pub(super) fn new(seed: u64) -> Result<Self> {
        let publisher = Publisher::new()?;
        let (store, random) = (publisher.path("pictures"), Random(seed));
        let workshop = Settings { store, avif: Duration::ZERO, progress: false };
        let workshop = Arc::new(Workshop::new(workshop));
        let mut newsroom = Self { publisher, random, workshop, today: 3, told: Vec::new() };
        for _ in 0..6 {
            newsroom.write_article()?;
        }
        Ok(newsroom)
    }

    fn now(&self) -> Result<Timestamp> {
        Ok(format!("2026-03-{:02}T12:00:00Z", self.today + 1).parse()?)
    }

    fn any_file(&mut self) -> Result<Option<String>> {
        let content = self.publisher.path("edition/content");
        let mut names: Vec<String> = files(&content).unwrap_or_default().into_keys().collect();
        names.retain(|it| it.ends_with(".md"));
        Ok((!names.is_empty()).then(|| names.swap_remove(self.random.below(names.len()))))
    }

    fn text(&mut self) -> String {
        let random = &mut self.random;
        let day = 1 + random.below(12);
        let mut text = format!(
            "---\ntitle: Bài {} {}\ndate: 2026-03-{day:02}T08:00:00+07:00\ntags: [{}, {}]\n",
            random.of(&NAMES),
            random.below(9),
            random.of(&["cá", "lúa"]),
            random.of(&["mưa", "nắng"])
        );
        for (line, odds) in [
            ("summary: Tóm tắt\n", 2),
            ("corrected: Bản trước ghi nhầm tên\n", 6),
            ("withdrawn: Chúng tôi rút bài này\n", 9),
            ("draft: true\n", 9),
            ("expiryDate: 2026-03-09T00:00:00Z\n", 6),
            ("date: hôm qua\n", 15),
        ] {
            text.push_str(if random.below(odds) == 0 { line } else { "" });
        }
        if random.below(5) == 0 {
            text.push_str(&format!("aliases: [/cu/{}/]\n", random.of(&NAMES)));
        }
        if random.below(6) == 0 {
            text.push_str(&format!("slug: {}\n", random.of(&NAMES)));
        }
        text.push_str("---\n\nMột câu.\n\n");
        let (section, name) = (random.of(&SECTIONS), random.of(&NAMES));
        text.push_str(match random.below(6) {
            0 => "![Chợ](/static/cho.gif)\n\n",
            1 => "![Thuyền](thuyen.gif)\n\n",
            2 => "## Mưa\n\nNước lên.\n\n",
            _ => "",
        });
        text.push_str(&format!("Xem [bài kia](/{section}/{name}/#c-mua) và [đó](../{name}.md).\n"));
        text
    }

    fn write_article(&mut self) -> Result {
        let (section, name) = (self.random.of(&SECTIONS), self.random.of(&NAMES));
        let ending = self.random.of(&[".md", ".md", ".en.md", "/index.md"]);
        let (file, text) = (format!("{section}/{name}{ending}"), self.text());
        self.told.push(format!("writes {file}:\n{text}"));
        self.publisher.write(&format!("edition/content/{file}"), text)
    }

    pub(super) fn edit(&mut self) -> Result {
        let content = self.publisher.path("edition/content");
        match (self.random.below(20), self.any_file()?) {
            (0, Some(file)) => {
                self.told.push(format!("deletes {file}"));
                fs::remove_file(content.join(file))?;
            }
            (1, Some(file)) => {
                let to = format!("{}/{}.md", self.random.of(&SECTIONS), self.random.of(&NAMES));
                self.told.push(format!("renames {file} {to}"));
                fs::create_dir_all(content.join(&to).parent().unwrap_or(&content))?;
                fs::rename(content.join(file), content.join(to))?;
            }
            (2 | 3, Some(file)) => {
                let text = self.text();
                self.told.push(format!("writes {file}:\n{text}"));
                fs::write(content.join(file), text)?;
            }
            (4, Some(file)) => {
                let text = fs::read_to_string(content.join(&file))?.replace("Bài", "Tin");
                self.told.push(format!("corrects {file}"));
                fs::write(content.join(file), text)?;
            }
            (5, _) => {
                let (size, place) = (1 + self.random.below(9), self.random.below(4));
                let file = ["static/cho.gif", "content/tin/thuyen.gif", "content/bien/thuyen.gif"]
                    .get(place)
                    .unwrap_or(&"content/cho/a/thuyen.gif");
                self.told.push(format!("draws {file} {size}"));
                let picture = album::gif(8 + size as u16, 8, 1)?;
                self.publisher.write(&format!("edition/{file}"), picture)?;
            }
            (6, _) => {
                let title = self.random.of(&["Báo Thử", "Báo Khác"]);
                let size = 1 + self.random.below(3);
                let order = self.random.of(&["tin", "bien"]);
                self.told.push(format!("site.toml: {title} {size} {order}"));
                let site = SITE
                    .replace("Báo Thử", title)
                    .replace("page_size = 2", &format!("page_size = {size}"));
                self.publisher
                    .write("edition/site.toml", site.replace("\"Tin\"", &format!("\"{order}\"")))?;
            }
            (7 | 8, _) => {
                self.today = (self.today + 2) % 20;
                self.told.push(format!("day {}", self.today));
            }
            (9, _) => self.told.push("nothing".to_owned()),
            (10, Some(file)) => {
                self.told.push(format!("touches {file}"));
                fs::write(content.join(&file), fs::read(content.join(&file))?)?;
            }
            (11, Some(file)) => self.replace_unnoticed(&content.join(file))?,
            (12, Some(file)) => {
                let (from, to) = [("Mưa", "Gió"), ("Gió", "Mưa")][self.random.below(2)];
                self.told.push(format!("heading of {file}: {to}"));
                let text = fs::read_to_string(content.join(&file))?;
                fs::write(
                    content.join(file),
                    text.replace(&format!("## {from}"), &format!("## {to}")),
                )?;
            }
            (13 | 14, Some(file)) => {
                let line = match self.random.below(3) {
                    0 => format!("aliases: [/cu/{}/]", self.random.of(&NAMES)),
                    1 => format!("slug: {}", self.random.of(&NAMES)),
                    _ => "image: thuyen.gif".to_owned(),
                };
                self.told.push(format!("adds {line} to {file}"));
                let text = fs::read_to_string(content.join(&file))?;
                fs::write(
                    content.join(file),
                    text.replacen("---\n", &format!("---\n{line}\n"), 1),
                )?;
            }
            (15, Some(file)) => {
                let to = file.replace(".en.md", ".md").replace(".md", ".en.md");
                self.told.push(format!("translates {file}"));
                fs::copy(content.join(file), content.join(to))?;
            }
            (16, _) => self.damage_memory()?,
            _ => self.write_article()?,
        }
        Ok(())
    }

    /// Another text in the place of a file, of the same size and time.
    fn replace_unnoticed(&mut self, file: &Path) -> Result {
        self.told.push(format!("replaces {}", file.display()));
        let text = fs::read_to_string(file)?.replace("Xem [", "Coi [");
        let before = fs::metadata(file)?;
        let other = file.with_extension("new");
        fs::write(&other, &text)?;
        fs::File::options().write(true).open(&other)?.set_modified(before.modified()?)?;
        fs::rename(&other, file)?;
        assert_eq!(fs::metadata(file)?.len(), before.len());
        Ok(())
    }

    fn damage_memory(&mut self) -> Result {
        let file = self.publisher.path(".press-memory-site");
        let Ok(mut bytes) = fs::read(&file) else { return Ok(()) };
        let place = self.random.below(bytes.len());
        match self.random.below(3) {
            0 => bytes.truncate(place),
            1 => bytes[place] ^= 1 << self.random.below(8),
            _ => bytes.clear(),
        }
        self.told.push(format!("damages the memory at {place}"));
        Ok(fs::write(file, bytes)?)
    }

    pub(super) fn print(&self, out: &str, shell: &Shell) -> Result<Printed> {
        let root = self.publisher.path("edition");
        let (now, mut told) = (self.now()?, Diagnostics::default());
        let edition = Edition::read_to_print(&root, None, now, &self.workshop, &mut told)?;
        Ok(press::site::print(&edition, shell, &self.publisher.path(out))?)
    }

    /// The same of an edition that is remembered in the process, as `press dev` does it, or on the disk, as `press build`
    /// does it. What is told must be the same, too.
    pub(super) fn print_again(
        &self,
        out: &str,
        shell: &Shell,
        memory: &mut Memory,
        is_large: bool,
    ) -> Result<Printed> {
        let root = self.publisher.path("edition");
        let (mut told, mut fresh) = (Diagnostics::default(), Diagnostics::default());
        let (now, workshop) = (self.now()?, &self.workshop);
        let edition = Edition::read_again(&root, None, now, Some(workshop), memory, &mut told)?;
        Edition::read_to_print(&root, None, now, workshop, &mut fresh)?;
        assert_eq!(told.all, fresh.all);
        let out = self.publisher.path(out);
        let state = is_large.then(|| as_of_a_large_site(&out));
        let options = Options { state: state.as_ref(), ..Options::default() };
        let printed = press::site::print_with(&edition, shell, &out, options)?;
        memory.keep()?;
        Ok(printed)
    }
}
