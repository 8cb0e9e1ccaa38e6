//! Readers while a new print is brought online by `press publish`: they click, reload and save, and notice nothing.

use std::fs;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use press::progress::Progress;
use press::publish::{FolderStore, Options, Watcher, publish};
use tests::own_edition;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::*;

in_every_engine! {
    a_reader_notices_nothing_of_a_print_that_is_being_published;
}

/// Says each stage of a run, and goes on when it may.
struct Halts {
    stage: Mutex<String>,
    reached: UnboundedSender<String>,
    going: Mutex<Receiver<()>>,
}

impl Watcher for Halts {
    fn step(&self, stage: &str, _: usize, _: usize) {
        let mut last = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != stage && self.reached.send(stage.to_owned()).is_ok() {
            stage.clone_into(&mut last);
            // Nobody waits any more where the test has failed.
            let _ = self.going.lock().unwrap_or_else(PoisonError::into_inner).recv();
        }
    }
}

const OPTIONS: Options = Options {
    keep_removed: Duration::from_secs(86_400),
    way_back: true,
    compress: false,
    break_lock: false,
};

/// What a reader does: reloads the front, clicks a story, reloads that, saves it and gives it up. The title.
async fn read(browser: &Browser, server: &Server) -> Result<String> {
    browser.goto_app(&server.url("/")).await?;
    browser.until("document.querySelectorAll('.cards > li').length > 5").await?;
    let path = follow(browser, STORY).await?;
    until_pictures_shown(browser).await?;
    browser.goto_app(&server.url(&path)).await?;
    until_pictures_shown(browser).await?;
    for saved in [true, false] {
        browser.click(".save").await?;
        browser
            .until(&format!("document.querySelector('.save')?.ariaPressed === '{saved}'"))
            .await?;
    }
    assert_eq!(browser.text(ALERT).await?, "");
    browser.text("document.querySelector('h1').textContent").await
}

async fn a_reader_notices_nothing_of_a_print_that_is_being_published(browser: Browser) -> Result {
    let edition = own_edition()?;
    let online = Paper::print(edition.path(), None)?;
    let store = FolderStore::open(&online.site())?;
    publish(&Paper::print(edition.path(), None)?.site(), &store, &OPTIONS, &Progress::new(false))?;
    let server = Server::start(&online).await?;
    open_front(&browser, &server).await?;
    let before = read(&browser, &server).await?;

    // Every page says something else, and nearly all files have other names.
    let toml = edition.path().join("site.toml");
    fs::write(&toml, fs::read_to_string(&toml)?.replacen("title = \"", "title = \"Tờ ", 1))?;
    let next = Paper::of_build(edition.path(), "next")?;
    let (reached, mut stages) = unbounded_channel();
    let (go, going): (Sender<()>, _) = channel();
    let halts = Halts { stage: Mutex::default(), reached, going: Mutex::new(going) };
    let site = next.site();
    let run = thread::spawn(move || publish(&site, &store, &OPTIONS, &halts));
    let mut seen = Vec::new();
    while let Some(stage) = stages.recv().await {
        let title = read(&browser, &server).await.with_context(|| format!("during {stage}"))?;
        assert_eq!(title, before, "during {stage}");
        seen.push(stage);
        go.send(())?;
    }
    run.join().map_err(|_| anyhow::anyhow!("the run panicked"))??;
    assert!(seen.len() > 5, "the stages of the run: {seen:?}");
    assert_eq!(read(&browser, &server).await?, before);
    browser.until("document.querySelector('.masthead').textContent.includes('Tờ ')").await?;
    browser.close().await
}
