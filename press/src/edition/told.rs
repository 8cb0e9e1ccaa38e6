//! What an article says beside what lists and neighbours are arranged by. It may be lazy: then it is read when somebody
//! asks for it.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::edition::card;
use crate::edition::picture::Picture;
use crate::edition::prose::Prose;
use crate::edition::slot::Slot;
use crate::hash::Hash;

/// What an article says.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The headline, as plain text.
    pub title: String,
    /// The lede, as plain text.
    pub summary: Option<String>,
    /// The body.
    pub prose: Prose,
    /// How many words the body has.
    pub words: usize,
    /// The lead picture: the one that the front matter names, else the first figure of the body.
    pub image: Option<Picture>,
    /// Whether the body shows the lead picture, so that the page need not.
    pub lead_in_body: bool,
    /// Whether only the day of publication was written; the time is midnight then.
    pub date_only: bool,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it was first published.
    pub source: Option<Source>,
}

/// Where an article was first published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The publisher's name.
    pub name: String,
    /// The first publication.
    pub url: Option<String>,
}

/// What an article says, which may be read only when somebody asks for it.
#[derive(Clone, Debug)]
pub(crate) struct LazyTold {
    told: OnceLock<Box<Told>>,
    from: Option<Origin>,
}

/// What it is read from.
#[derive(Clone, Debug)]
struct Origin {
    slot: Arc<Slot>,
    reads: Arc<dyn ReadTold>,
    /// The hashes of all that the article's own page says of it, and of what other pages do.
    seals: [Hash; 2],
}

/// What an article is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) file: &'a Arc<Path>,
    pub(crate) section: &'a str,
    pub(crate) slug: &'a str,
    pub(crate) language: &'a str,
}

/// Reads what articles say of what is remembered.
pub(crate) trait ReadTold: fmt::Debug + Send + Sync {
    /// What an article says whose slot this is; nothing if that cannot be read.
    fn told(&self, named: Named<'_>, slot: &Slot) -> Option<Told>;
}

impl From<Told> for LazyTold {
    fn from(told: Told) -> Self {
        Self { told: OnceLock::from(Box::new(told)), from: None }
    }
}

impl LazyTold {
    /// What is read of a slot when somebody asks for it; `seals` are the hashes of all that the article's own page says of
    /// it and of what other pages do.
    pub(crate) fn new(slot: Arc<Slot>, reads: Arc<dyn ReadTold>, seals: [Hash; 2]) -> Self {
        Self { told: OnceLock::new(), from: Some(Origin { slot, reads, seals }) }
    }

    /// What an article of this name says.
    pub(crate) fn get(&self, named: Named<'_>) -> &Told {
        self.told.get_or_init(|| {
            let from = self.from.as_ref();
            let told = from.and_then(|it| it.reads.told(named, &it.slot));
            Box::new(told.unwrap_or_else(|| {
                card::note_unreadable();
                Told::default()
            }))
        })
    }

    /// The hashes that are known without reading it.
    pub(crate) fn seals(&self) -> Option<[Hash; 2]> {
        self.from.as_ref().map(|it| it.seals)
    }
}
