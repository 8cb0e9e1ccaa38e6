//! What becomes of the body of an article.

use crate::edition::article::{BundleFile, Picture};
use crate::edition::body::link_lines::Link;
use crate::edition::body::links::ArticleLink;
use crate::edition::body::players::Player;
use crate::edition::diagnostics::{FileDiagnostics, Problem};

/// What an article shows below its headline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) html: String,
    /// The lede that the text itself marks.
    pub(crate) lede: Option<String>,
    pub(crate) words: usize,
    pub(crate) image: Option<Picture>,
    pub(crate) lead_in_body: bool,
    pub(crate) files: Vec<BundleFile>,
    pub(crate) players: Vec<Player>,
}

/// What became of a body.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) body: Option<Body>,
    pub(crate) diagnostics: FileDiagnostics,
    pub(crate) links: Vec<ArticleLink>,
    pub(crate) problems: Vec<(Link, Problem)>,
}
