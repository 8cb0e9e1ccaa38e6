//! A round: the edition is read, the open pages are printed and shown, then the site is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::Timestamp;

use super::live::Live;
use super::told::Told;
use super::{Round, Settings, Shown};
use crate::edition::{Article, Diagnostics, Edition, Memory};
use crate::pictures::{self, Workshop};
use crate::shell::Shell;
use crate::site;

/// What is kept from round to round.
pub(super) struct Rounds {
    settings: Settings,
    live: Arc<Live>,
    workshop: Arc<Workshop>,
    memory: Memory,
    /// The articles of the last site, by their files.
    articles: HashMap<PathBuf, Article>,
    base_path: String,
    /// The newspaper's language, as far as it is known.
    language: String,
    /// When something appears or goes by itself.
    due: Option<Timestamp>,
}

impl Rounds {
    pub(super) fn new(settings: Settings, live: Arc<Live>) -> Self {
        let mut store = settings.out.clone().into_os_string();
        store.push(".pictures");
        // AVIF takes seconds for each picture, and the others look the same.
        let avif = Duration::ZERO;
        let pictures = pictures::Settings { store: store.into(), avif, progress: true };
        Self {
            settings,
            live,
            workshop: Arc::new(Workshop::new(pictures)),
            memory: Memory::default(),
            articles: HashMap::new(),
            base_path: "/".to_owned(),
            language: "en".to_owned(),
            due: None,
        }
    }

    pub(super) fn edition(&self) -> &Path {
        &self.settings.edition
    }

    pub(super) fn base_path(&self) -> &str {
        &self.base_path
    }

    pub(super) fn build(&self) -> Option<&str> {
        self.settings.build.as_deref()
    }

    /// How long it takes until something appears or goes by itself.
    pub(super) fn wait(&self) -> Option<Duration> {
        let wait = self.due?.as_millisecond() - Timestamp::now().as_millisecond();
        Some(Duration::from_millis(u64::try_from(wait).unwrap_or(0)) + Duration::from_millis(1))
    }

    /// Reads, prints and shows the edition.
    pub(super) fn go(&mut self, shell: &Result<Shell>, tell: &impl Fn(Round<'_>)) {
        let start = Instant::now();
        // What was done before has nothing to do with how long this takes.
        self.workshop.quiet();
        let mut diagnostics = Diagnostics::default();
        let mut first = Duration::ZERO;
        let printed = match shell {
            Ok(shell) => self.print(shell, &mut diagnostics, || first = start.elapsed()),
            Err(error) => Err(anyhow::anyhow!("{error:#}")),
        };
        if let Err(error) = &printed {
            let told = Told::new(&self.language, &diagnostics, Some(error));
            self.live.show(HashMap::new(), told);
        }
        let took = (first, start.elapsed());
        tell(Round { diagnostics: &diagnostics, printed, took });
    }

    fn print(
        &mut self,
        shell: &Shell,
        diagnostics: &mut Diagnostics,
        mut shown: impl FnMut(),
    ) -> Result<Shown> {
        let Settings { edition: root, out, base, at, offline, .. } = &self.settings;
        let now = at.unwrap_or_else(Timestamp::now);
        let (base, memory) = (base.as_deref(), &mut self.memory);
        let mut edition =
            Edition::read_again(root, base, now, Some(&self.workshop), memory, diagnostics)?;
        self.workshop.quiet();
        self.due = match at {
            Some(_) => None,
            None => edition.timetable.next().first().map(|it| it.at.timestamp()),
        };
        edition.site.offline &= offline;
        edition.make_room(shell.files.keys().map(String::as_str), diagnostics);
        self.language.clone_from(&edition.site.language);
        // What is online stays as it was, until its mistake is mended.
        let mut kept = 0;
        if diagnostics.errors().next().is_some() {
            for endangered in site::endangered(&edition, diagnostics, out) {
                let old = self.articles.get(&endangered.file);
                kept += usize::from(old.is_some_and(|old| edition.keep_old(old)));
            }
        }
        let told = Told::new(&self.language, diagnostics, None);
        let newer = site::pages_first(&edition, shell, out, &self.live.open_pages())?;
        let newer = newer.into_iter().map(|(name, bytes)| (name, Arc::from(bytes))).collect();
        let opened = self.live.show(newer, told);
        shown();
        // Their browser is quicker while it has the processor for itself.
        self.live.wait_for_opened(opened);
        let printed = site::print(&edition, shell, out)?;
        edition.site.base_path().clone_into(&mut self.base_path);
        self.live.printed(&self.base_path);
        let written = printed.changes.added.len() + printed.changes.changed.len();
        let articles = printed.articles;
        self.articles =
            edition.articles.into_iter().map(|it| (it.file.to_path_buf(), it)).collect();
        Ok(Shown { articles, written, kept })
    }
}
