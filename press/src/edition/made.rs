//! What becomes of the body of an article.

use std::path::Path;

use crate::edition::addresses::guide::Answered;
use crate::edition::article::BundleFile;
use crate::edition::body::links::ArticleLink;
use crate::edition::body::players::Player;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::media::Asked;
use crate::edition::picture::Picture;
use crate::edition::prose::Prose;

/// What an article shows below its headline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) prose: Prose,
    /// The lede that the text itself marks.
    pub(crate) lede: Option<String>,
    pub(crate) words: usize,
    pub(crate) image: Option<Picture>,
    pub(crate) lead_in_body: bool,
    pub(crate) files: Vec<BundleFile>,
    pub(crate) players: Vec<Player>,
}

/// What became of a body.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) body: Option<Body>,
    pub(crate) diagnostics: FileDiagnostics,
    pub(crate) links: Vec<ArticleLink>,
    /// What was asked of the files around it.
    pub(crate) asked: Vec<Asked>,
    /// What was asked of the directory.
    pub(crate) led: Vec<Answered>,
    /// Whether it was made just now.
    pub(crate) is_new: bool,
}

impl Made {
    /// What became of a body that could not be read.
    pub(crate) fn nothing(file: &Path) -> Self {
        Self {
            body: None,
            diagnostics: FileDiagnostics::new(file),
            links: Vec::new(),
            asked: Vec::new(),
            led: Vec::new(),
            is_new: false,
        }
    }
}
