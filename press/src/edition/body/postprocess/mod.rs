//! What an article's clean tree goes through before it is printed, a step a file: pictures get their addresses
//! and sizes, and open large, links their targets, headings their ids, tables and code what the keyboard needs.

mod anchors;
mod gallery;
mod ids;
mod keyboard;
mod links;
pub(crate) mod pictures;
mod texts;
mod words;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::edition::article::BundleFile;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::conform::conform;
use crate::edition::body::headings;
use crate::edition::body::labels::Labels;
use crate::edition::body::links::Linker;
use crate::edition::body::players::{self, Player};
use crate::edition::config::PlayersConfig;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::picture::Picture;
use crate::html::Tree;

/// Browsers flatten what is nested deeper than some hundreds; no article is.
const DEEPEST: usize = 200;

/// An article's body, ready to print.
#[derive(Debug, Default)]
pub(crate) struct Processed {
    pub(crate) html: String,
    pub(crate) words: usize,
    pub(crate) pictures: Vec<Shown>,
    pub(crate) files: Vec<BundleFile>,
    /// The players of other sites.
    pub(crate) players: Vec<Player>,
}

/// A picture of this edition that the body shows.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) file: PathBuf,
    pub(crate) picture: Picture,
    pub(crate) in_figure: bool,
}

/// What a body needs to know of the article around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) linker: &'a Linker<'a>,
    pub(crate) labels: &'a Labels,
    /// Which other sites may play something.
    pub(crate) players: &'a PlayersConfig,
    /// The picture that the front matter names.
    pub(crate) lead: Option<&'a Path>,
}

/// Where the steps tell what is wrong.
#[derive(Debug)]
pub(crate) struct Complaints<'a> {
    text: &'a ArticleFile,
    diagnostics: &'a mut FileDiagnostics,
    told: HashSet<String>,
}

impl Complaints<'_> {
    /// Tells a problem with something that the author wrote, at its first line and once.
    pub(crate) fn once(&mut self, written: &str, problem: Problem) {
        if self.told.insert(written.to_owned()) {
            self.diagnostics.push(self.text.line_of(written), problem);
        }
    }
}

/// Finishes a clean tree.
pub(crate) fn finish(
    mut tree: Tree,
    surroundings: Surroundings<'_>,
    text: &ArticleFile,
    diagnostics: &mut FileDiagnostics,
) -> Processed {
    if tree.depth() > DEEPEST {
        diagnostics.push(None, Problem::Nested { levels: DEEPEST });
        return Processed::default();
    }
    let mut complaints = Complaints { text, diagnostics, told: HashSet::new() };
    texts::compose(&mut tree);
    anchors::adopt_names(&mut tree);
    players::mark(&mut tree);
    players::drop_posters(&mut tree, surroundings, &mut complaints);
    players::add_data(&mut tree, surroundings, &mut complaints);
    pictures::prepare(&mut tree, &mut complaints);
    let tree = &mut conform(&tree);
    let plan = headings::plan(tree);
    plan.apply(tree);
    ids::once(tree);
    let words = words::count(tree);
    let mut files = links::resolve(tree, &plan, surroundings, &mut complaints);
    let pictures = pictures::show(tree, surroundings, &mut complaints, &mut files);
    gallery::group(tree, surroundings.labels);
    gallery::enlarge(tree, surroundings.labels);
    links::name(tree, surroundings.labels);
    let players = players::show(tree, surroundings, &mut complaints, &files);
    keyboard::frame_tables(tree, surroundings.labels);
    keyboard::focus_code(tree);
    Processed { html: tree.to_html(), words, pictures, files, players }
}
