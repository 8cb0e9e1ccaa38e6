//! Editions in which the strings stand.

use std::fs;
use std::path::Path;

use press::edition::{Diagnostics, Edition};
use tempfile::TempDir;
use tests::{NOW, Paper, Result};

use super::strings::{self, Attack};

const SITE: &str = "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
    base_url = \"https://paper.example/\"\n[players]\nframes = [\"https://frames.example\"]\n[[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";
/// The place of all articles.
pub(super) const SECTION: &str = "/tin/";

/// A picture of one pixel.
const DOT: [u8; 70] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x56, 0xc7, 0x2f, 0x0d, 0, 0,
    0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Says of a PNG file that it moves (PNG, "acTL"): such a file is published as it came, without being decoded.
const MOVES: [u8; 20] =
    [0, 0, 0, 8, b'a', b'c', b'T', b'L', 0, 0, 0, 2, 0, 0, 0, 0, 0xf3, 0x8d, 0x93, b'p'];

/// An article with some of the strings.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) slug: String,
    /// The strings whose end must be seen.
    pub(super) ends: Vec<&'static str>,
    front: String,
    body: String,
}

impl Story {
    pub(super) fn path(&self) -> String {
        format!("{SECTION}{}/", self.slug)
    }

    /// Whether its front matter is tried, and it was not withdrawn.
    pub(super) fn is_front(&self) -> bool {
        !self.front.is_empty() && !self.front.contains("withdrawn =")
    }

    fn new(slug: String) -> Self {
        Self { slug, ends: Vec::new(), front: String::new(), body: "One.\n\n".to_owned() }
    }

    fn add(&mut self, attack: &Attack) {
        self.body.push_str(&format!("{}\n\nafter {}.\n\n", attack.text, attack.name));
        self.ends.push(attack.name);
    }
}

/// The articles: as many as there are strings that take along what follows, and those with front matter.
pub(super) fn stories() -> Vec<Story> {
    let unclosed = strings::unclosed();
    let mut stories: Vec<Story> =
        (0..unclosed.len()).map(|i| Story::new(format!("than-{i}"))).collect();
    for (attack, i) in strings::closed().iter().zip((0..unclosed.len()).cycle()) {
        stories[i].add(attack);
    }
    for (story, attack) in stories.iter_mut().zip(unclosed) {
        story.body.push_str(&attack.text);
    }
    stories.extend(fronts());
    let mut drawings = Story::new("hinh".to_owned());
    for attack in strings::drawings() {
        drawings.body.push_str(&format!("![{0}]({0}.svg)\n\n", attack.name));
    }
    stories.push(drawings);
    stories
}

/// Lines that say the same thing never stand in one article.
fn fronts() -> Vec<Story> {
    let mut stories: Vec<(Vec<String>, Story)> = Vec::new();
    for attack in strings::front_matter() {
        let key = attack.text.split(['_', ' ']).next().unwrap_or_default();
        let key = match key {
            "description" => "summary",
            "author" => "authors",
            key => key,
        };
        let free = |(keys, _): &&mut (Vec<String>, Story)| {
            let withdrawn = |key: &str| key == "withdrawn";
            !keys.iter().any(|it| it == key || withdrawn(it)) && !withdrawn(key)
        };
        let found = stories.iter_mut().find(free);
        let (keys, story) = match found {
            Some(found) => found,
            None => {
                let story = Story::new(format!("dau-{}", stories.len()));
                stories.push((Vec::new(), story));
                let last = stories.len() - 1;
                &mut stories[last]
            }
        };
        keys.push(key.to_owned());
        story.front.push_str(&format!("{}\n", attack.text));
        if key == "slug" {
            story.slug = "x-onclick-top-ran-slug-1".to_owned();
        }
    }
    stories.into_iter().map(|(_, story)| story).collect()
}

/// Prints the edition of these articles.
pub(super) fn print(stories: &[Story]) -> Result<Paper> {
    let folder = folder()?;
    for (i, story) in stories.iter().enumerate() {
        let mut front = story.front.clone();
        if !front.contains("title =") {
            front.insert_str(0, &format!("title = 'Story {i}'\n"));
        }
        let text = format!("+++\n{front}date = 2026-11-20T08:00:00+07:00\n+++\n{}", story.body);
        fs::write(folder.path().join(format!("content/tin/{}.md", story.slug)), text)?;
    }
    for attack in strings::drawings() {
        fs::write(folder.path().join(format!("{}.svg", attack.name)), attack.text)?;
    }
    Paper::print(folder.path(), None)
}

/// An article that shows the picture `a.svg`.
pub(super) const SHOWS_A_DRAWING: &str = "---\ntitle: A\ndate: 2026-11-20\n---\n![a](/a.svg)\n";

/// What is told of an edition with this article alone, and what it publishes: articles and files.
pub(super) fn alone(text: &str, drawing: &str) -> Result<(Vec<String>, usize, usize)> {
    let folder = folder()?;
    fs::write(folder.path().join("a.svg"), drawing)?;
    fs::write(folder.path().join("content/tin/a.md"), text)?;
    let mut diagnostics = Diagnostics::default();
    let edition = Edition::read(folder.path(), NOW, &mut diagnostics)?;
    let told = diagnostics.all.iter().map(ToString::to_string).collect();
    let files = edition.articles.iter().map(|article| article.files.len()).sum();
    Ok((told, edition.articles.len(), files))
}

fn folder() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let write = |name: &str, bytes: &[u8]| fs::write(Path::join(folder.path(), name), bytes);
    fs::create_dir_all(folder.path().join("content/tin"))?;
    write("site.toml", SITE.as_bytes())?;
    write("dot.png", &DOT)?;
    // Its size can be read, its picture cannot.
    write("broken.png", &[&DOT[..33], &MOVES].concat())?;
    Ok(folder)
}
