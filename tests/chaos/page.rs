//! What a reader sees: the page of a tab, read off its document and told apart.

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::json;
use tests::{Browser, Result};

use crate::network::{PORTAL_TITLE, TROUBLE_TITLE};
use crate::publisher::{self, SECTIONS, TITLE};

/// Reads a document. Marks (`a3v2`) say which texts it shows.
const LOOK: &str = r"(() => {
    const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? null;
    const marks = (text) => [...(text ?? '').matchAll(/\ba(\d+)v(\d+)\b/g)].map((it) => [Number(it[1]), Number(it[2])]);
    return {
        ours: location.protocol === 'http:',
        path: location.pathname,
        title: document.title,
        heading: text('main h1') ?? text('h1'),
        length: document.body?.innerText.trim().length ?? 0,
        paper: !!document.querySelector('[data-build]'),
        runs: performance.getEntriesByName('broadsheet-ready').length > 0,
        article: !!document.querySelector('.article'),
        saved_page: !!document.querySelector('#shelf, #app-saved-page'),
        marks: marks(text('.prose')),
        lede: marks(text('.article__lede')),
        note: text('.article__word, .article__note') ?? '',
        pressed: document.querySelector('.save')?.ariaPressed ?? null,
        alert: (document.querySelector('[role=alert]')?.innerText ?? '').trim(),
        message: (document.querySelector('.shelf__word, .saved-page__status')?.textContent ?? '').trim(),
        noindex: !!document.querySelector('meta[name=robots][content*=noindex]'),
        pictures: [...document.querySelectorAll('.article img')].map((it) => [it.getAttribute('src'), it.complete, it.naturalWidth]),
    };
})()";

/// The document of a tab.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Look {
    /// Not a page of the browser's own.
    pub(crate) ours: bool,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) heading: Option<String>,
    length: usize,
    /// A page that the press printed.
    paper: bool,
    /// The app has taken the page over.
    pub(crate) runs: bool,
    article: bool,
    saved_page: bool,
    marks: Vec<(usize, usize)>,
    lede: Vec<(usize, usize)>,
    /// What the newspaper says of the article.
    pub(crate) note: String,
    /// The state of the button that saves.
    pub(crate) pressed: Option<String>,
    /// The loud message.
    pub(crate) alert: String,
    /// The message of the page of saved articles.
    pub(crate) message: String,
    noindex: bool,
    /// Address, completeness and width in pixels of an article's pictures.
    pub(crate) pictures: Vec<(String, bool, usize)>,
}

/// What a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A version of an article.
    Article(usize, usize),
    /// What is left of an article that was withdrawn.
    Withdrawn(usize),
    /// A list of articles.
    List,
    /// The page of saved articles.
    Saved,
    /// What the worker shows where it has nothing.
    Offline,
    /// The newspaper's answer to an address that leads nowhere.
    Missing,
    /// A page of somebody else: a captive portal.
    Portal,
    /// The server's own page for an error.
    Trouble,
    /// The browser's own page: the navigation failed.
    Failed,
    /// An empty document that no page has replaced yet.
    Nothing,
}

/// Reads the document of the current tab.
pub(crate) async fn look(browser: &Browser) -> Result<Look> {
    let value = browser.eval(LOOK).await?;
    serde_json::from_value(value.clone()).with_context(|| format!("the document is {value}"))
}

impl Look {
    /// Tells the page apart. Fails where it is none that a reader may see.
    pub(crate) fn shown(&self) -> Result<Shown> {
        if self.title == PORTAL_TITLE {
            return Ok(Shown::Portal);
        }
        if self.title == TROUBLE_TITLE {
            return Ok(Shown::Trouble);
        }
        if !self.paper {
            return Ok(if self.length == 0 { Shown::Nothing } else { Shown::Failed });
        }
        anyhow::ensure!(self.length > 50, "the page is blank: {self:?}");
        let heading = self.heading.as_deref().unwrap_or_default();
        if self.article {
            return self.article(heading);
        }
        if self.saved_page {
            self.titled(&format!("{heading} – {TITLE}"))?;
            return Ok(Shown::Saved);
        }
        match heading {
            "Không có kết nối mạng" => {
                self.titled(&format!("{heading} – {TITLE}")).map(|()| Shown::Offline)
            }
            "Không tìm thấy trang" => {
                self.titled(&format!("{heading} – {TITLE}")).map(|()| Shown::Missing)
            }
            _ => self.list(heading),
        }
    }

    fn titled(&self, title: &str) -> Result {
        anyhow::ensure!(
            self.title == title,
            "the tab says {:?}, the page {title:?}: {self:?}",
            self.title
        );
        Ok(())
    }

    fn list(&self, heading: &str) -> Result<Shown> {
        let number = self.path.split_once("page/").map(|it| it.1.trim_end_matches('/'));
        let number = number.map(|it| format!(" – Trang {it}")).unwrap_or_default();
        let section = SECTIONS.iter().find(|it| self.path.starts_with(&format!("/{it}/")));
        let title = match section {
            Some(section) => {
                anyhow::ensure!(heading == format!("Mục {section}"), "another section: {self:?}");
                format!("Mục {section}{number} – {TITLE}")
            }
            None => format!("{TITLE}{number}"),
        };
        self.titled(&title)?;
        Ok(Shown::List)
    }

    /// An article: address, title of the tab, heading, lede and body are of one version.
    fn article(&self, heading: &str) -> Result<Shown> {
        let number = publisher::number_of(&self.path);
        let number =
            number.with_context(|| format!("an article at an address of none: {self:?}"))?;
        let version = heading.rsplit_once(&format!("a{number}v")).and_then(|it| it.1.parse().ok());
        let version =
            version.with_context(|| format!("the heading is of another article: {self:?}"))?;
        anyhow::ensure!(
            heading == publisher::title_of(number, version),
            "no such heading: {self:?}"
        );
        self.titled(&format!("{heading} – {TITLE}"))?;
        if self.note.contains(&format!("Taken back: article {number}.")) {
            anyhow::ensure!(
                self.marks.is_empty() && self.lede.is_empty(),
                "text of a withdrawn article: {self:?}"
            );
            anyhow::ensure!(self.pictures.is_empty(), "pictures of a withdrawn article: {self:?}");
            return Ok(Shown::Withdrawn(number));
        }
        let own = (number, version);
        anyhow::ensure!(
            self.marks == [own, own],
            "the body is not whole, or of another version: {self:?}"
        );
        anyhow::ensure!(self.lede == [own], "the lede is of another version: {self:?}");
        anyhow::ensure!(
            self.pictures.len() == publisher::pictures_of(number),
            "the pictures are not all there: {self:?}"
        );
        Ok(Shown::Article(number, version))
    }

    /// A page of an article that came as a document is one that search engines may keep.
    pub(crate) fn may_be_indexed(&self) -> Result {
        anyhow::ensure!(!self.noindex, "the page tells search engines to forget it: {self:?}");
        Ok(())
    }
}

/// Asks the worker, and gives what it answers: `{done}` or `{failed}`.
pub(crate) async fn ask(
    browser: &Browser,
    task: &str,
    details: &[&str],
) -> Result<serde_json::Value> {
    let message = json!(std::iter::once(task).chain(details.iter().copied()).collect::<Vec<_>>());
    let script = format!(
        "(async () => {{
            const {{ active }} = await navigator.serviceWorker.ready;
            const {{ port1, port2 }} = new MessageChannel();
            const answer = new Promise((done) => {{
                port1.onmessage = ({{ data }}) => data.working || done(JSON.parse(JSON.stringify(data)));
            }});
            active.postMessage({message}, [port2]);
            const late = new Promise((done) => setTimeout(done, 25000, {{ failed: 'late' }}));
            return Promise.race([answer, late]);
        }})()"
    );
    browser.resolve(&script).await
}
