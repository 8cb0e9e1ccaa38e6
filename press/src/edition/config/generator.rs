//! The generator that an archive was written for. `site.toml` names it; else it is guessed from the files that only
//! one generator has, and from the marks in the articles.

use std::fmt;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::edition::config::SiteConfig;
use crate::edition::content::{Found, has_part};
use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::Fields;

/// A program that printed the articles before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// Hugo, with shortcodes `{{< … >}}`.
    Hugo,
    /// Zola, with shortcodes that are calls.
    Zola,
    /// Jekyll, with Liquid and kramdown.
    Jekyll,
    /// Eleventy, with Liquid or Nunjucks.
    Eleventy,
}

impl Generator {
    /// The generator of a name in `site.toml`.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "hugo" => Some(Self::Hugo),
            "zola" => Some(Self::Zola),
            "jekyll" => Some(Self::Jekyll),
            "eleventy" | "11ty" => Some(Self::Eleventy),
            _ => None,
        }
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Jekyll => "Jekyll",
            Self::Eleventy => "Eleventy",
        })
    }
}

impl Fields<'_> {
    pub(crate) fn generator(&mut self) -> Option<Generator> {
        let text = self.text(&["generator"])?;
        let generator = Generator::named(&text.value);
        if generator.is_none() {
            self.diagnostics.push(text.line, Problem::NotGenerator { name: text.value });
        }
        generator
    }
}

impl SiteConfig {
    /// A sentence on the generator that was guessed.
    pub fn guess(&self) -> Option<String> {
        let (generator, from) = (self.generator?, self.guessed_from?);
        let article = if generator == Generator::Eleventy { "an" } else { "a" };
        let name = generator.to_string().to_lowercase();
        Some(format!(
            "Read as {article} {generator} site, because of {from}; generator = \"{name}\" in site.toml makes that sure"
        ))
    }

    /// Guesses the generator where `site.toml` does not name it.
    pub(crate) fn guess_generator(
        &mut self,
        root: &Path,
        has_posts: bool,
        marks: impl Iterator<Item = Marks>,
    ) {
        if self.generator.is_some() {
            return;
        }
        let guess = by_file(root).or_else(|| by_folder(has_posts)).or_else(|| by_marks(marks));
        if let Some((generator, from)) = guess {
            (self.generator, self.guessed_from) = (Some(generator), Some(from));
        }
    }
}

type Guess = (Generator, &'static str);

fn by_file(root: &Path) -> Option<Guess> {
    let files: [(&'static str, Generator); 14] = [
        ("_config.yml", Generator::Jekyll),
        ("_config.yaml", Generator::Jekyll),
        (".eleventy.js", Generator::Eleventy),
        ("eleventy.config.js", Generator::Eleventy),
        ("eleventy.config.mjs", Generator::Eleventy),
        ("eleventy.config.cjs", Generator::Eleventy),
        ("eleventy.config.ts", Generator::Eleventy),
        ("hugo.toml", Generator::Hugo),
        ("hugo.yaml", Generator::Hugo),
        ("hugo.yml", Generator::Hugo),
        ("hugo.json", Generator::Hugo),
        ("config/_default", Generator::Hugo),
        ("config.yaml", Generator::Hugo),
        ("archetypes", Generator::Hugo),
    ];
    if let Some((name, generator)) = files.into_iter().find(|(name, _)| root.join(name).exists()) {
        return Some((generator, name));
    }
    let config = std::fs::read_to_string(root.join("config.toml")).ok()?;
    let has = |name: &str| {
        let mut lines = config.lines().map(str::trim_start);
        lines.any(|line| line.get(..name.len()).is_some_and(|l| l.eq_ignore_ascii_case(name)))
    };
    match (has("baseURL"), has("base_url")) {
        (true, _) => Some((Generator::Hugo, "config.toml")),
        (_, true) => Some((Generator::Zola, "config.toml")),
        _ => None,
    }
}

fn by_folder(has_posts: bool) -> Option<Guess> {
    has_posts.then_some((Generator::Jekyll, "the folder _posts"))
}

/// Whether any of the files is in a folder that only Jekyll has.
pub(crate) fn has_posts(found: &[Found]) -> bool {
    let is_post = |it: &Found| has_part(&it.file, "_posts") || has_part(&it.file, "_drafts");
    found.par_iter().any(is_post)
}

/// Marks that one generator alone has.
const MARKS: [(Generator, &[&str]); 4] = [
    (Generator::Hugo, &["{{< ", "{{% ", "{{</", "{{<"]),
    (Generator::Zola, &["](@/", "{% end %}"]),
    (
        Generator::Jekyll,
        &[
            "{% post_url ",
            "{% highlight ",
            "{% assign ",
            "{% include ",
            "{% link ",
            "{{ site.baseurl",
            "{{site.baseurl",
            "{{ site.url",
            "{{site.url",
            "| relative_url",
            "| absolute_url",
            "\n{: .",
            "\n{:.",
            "\n{:toc}",
            "{{ page.",
            "{{page.",
        ],
    ),
    (
        Generator::Eleventy,
        &[
            "{% image ",
            "{% Img ",
            "{% Aside ",
            "{% endAside ",
            "{% codetitle ",
            "{% callout ",
            "| url }}",
            "{% set ",
            "{% css %}",
            "{% renderTemplate",
            "{{ collections.",
        ],
    ),
];

/// Of which generators a body has marks, a bit for each of [`MARKS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marks(u8);

impl Marks {
    /// Looks through a body.
    pub(crate) fn of(body: &str) -> Self {
        if !body.contains('{') && !body.contains("](@/") {
            return Self::default();
        }
        let found = MARKS
            .iter()
            .enumerate()
            .filter(|(_, (_, signs))| signs.iter().any(|it| body.contains(it)));
        Self(found.map(|(place, _)| 1 << place).sum())
    }
}

/// Marks decide where those of other generators are few.
fn by_marks(all: impl Iterator<Item = Marks>) -> Option<Guess> {
    let mut counts = [0_usize; 4];
    for Marks(marks) in all.filter(|it| it.0 != 0) {
        for (place, count) in counts.iter_mut().enumerate() {
            *count += usize::from(marks >> place & 1);
        }
    }
    let total: usize = counts.iter().sum();
    let most = counts.iter().zip(&MARKS).max_by_key(|(count, _)| **count)?;
    let (count, (generator, _)) = most;
    (*count > 0 && *count >= 4 * (total - count))
        .then_some((*generator, "the marks in its articles"))
}
