//! Embeds: what a partner and the partner's readers notice of an article or a list on another site.

mod element;
mod frame;
mod hostile;
mod oembed;
mod page;
mod trouble;
mod wordpress;

use anyhow::Context as _;
use tests::{Browser, Paper, Result, Server, sample};

/// An article with a picture.
const ARTICLE: &str = "/van-hoa/dieu-sao-dong-vong/";
/// One with a word of the newsroom.
const CORRECTED: &str = "/kinh-te/buoi-loc-doanh-duoc-mua/";
/// The embed page of the front.
const FRONT: &str = "/embed/front.html";
/// Where the partner's page is.
const PLACE: &str = "/partner/";

/// The frame of the first element is shown in place of the words inside.
const SHOWN: &str = "(() => {
    const { shadowRoot } = document.querySelector('broadsheet-embed');
    return shadowRoot && shadowRoot.querySelector('iframe').style.visibility === ''
        && shadowRoot.querySelector('slot').style.display === 'none';
})()";

/// Every element shows its frame.
const ALL_SHOWN: &str = "[...document.querySelectorAll('broadsheet-embed')].every((it) =>
    it.shadowRoot && it.shadowRoot.querySelector('iframe').style.visibility === '')";

/// A newspaper, and the site of a partner on another origin.
struct Sites {
    paper: Server,
    partner: Server,
}

impl Sites {
    async fn start() -> Result<Self> {
        Self::of(sample()).await
    }

    async fn of(paper: &Paper) -> Result<Self> {
        Ok(Self { paper: Server::start(paper).await?, partner: Server::start(sample()).await? })
    }

    /// The origin of the newspaper.
    fn origin(&self) -> String {
        self.paper.url("")
    }

    /// A page of the partner with the newspaper's script, and styles that would spoil a frame they reach.
    fn put(&self, body: &str) {
        self.put_with(body, "");
    }

    /// The same under a content security policy.
    fn put_with(&self, body: &str, policy: &str) {
        let origin = self.origin();
        let inline = if policy.is_empty() {
            "<script>window.wrong = []; addEventListener('error', (it) => wrong.push(it.message));</script>
             <style>iframe { width: 9px !important; border: 9px solid red !important } * { color: red }</style>"
        } else {
            ""
        };
        let document = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Partner</title>{inline}
             <script async src=\"{origin}/embed.js\"></script><body>{body}<p id=\"after\">After</p></body></html>"
        );
        self.partner.put(PLACE, &document, policy);
    }

    async fn visit(&self, browser: &Browser) -> Result {
        browser.goto(&self.partner.url(PLACE)).await
    }
}

/// An element with these attributes and a link inside.
fn embed(attributes: &str) -> String {
    format!(
        "<broadsheet-embed {attributes}><a href=\"/link/\">The newspaper</a></broadsheet-embed>"
    )
}

/// Enters the frame of an element: from then on the browser is asked of the embed page.
async fn enter(browser: &Browser, place: usize) -> Result {
    let script = format!(
        "return document.querySelectorAll('broadsheet-embed')[{place}].shadowRoot.querySelector('iframe');"
    );
    let frame =
        browser.driver().execute(script, Vec::new()).await?.element().context("no frame")?;
    Ok(frame.enter_frame().await?)
}

async fn leave(browser: &Browser) -> Result {
    Ok(browser.driver().enter_default_frame().await?)
}
