//! The context: what every part of the app reads, and what the reader can be told.

use std::sync::Arc;

use leptos::prelude::*;

use crate::contract::Site;
use crate::phrases::Phrases;
use crate::urls::Urls;

/// Why a page that was asked for is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageError {
    /// No answer came.
    Network,
    /// The server answered that there is no such page.
    Gone,
    /// The server answered with any other error.
    Server,
    /// What came is not a page of this site.
    Unreadable,
}

/// Why the service worker could not do what it was asked for: the error codes of
/// `js/protocol.d.ts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// No answer came.
    Network,
    /// The server answered with an error.
    Server,
    /// There is no room on the device.
    Full,
    /// There is no service worker or no storage: a private window, an old browser, a policy.
    NoStore,
    /// The server answered that there is no such page.
    Gone,
    /// What came is not a page of this site.
    Unreadable,
    /// The address is not one of this site.
    Foreign,
}

/// What the reader asked for and did not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// The page at a path could not be shown.
    Page(PageError, String),
    /// An article could not be saved. Its title, unless it is the one that is shown.
    Save(StoreError, Option<String>),
}

/// What the reader is told in passing. It stays until it is put away or no longer so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The page is a copy from the store, kept at this moment, as it is printed.
    Copy(String),
    /// The page has a new text, which is shown when the reader asks.
    Changed,
    /// There is a new build of the app, which comes when the reader wants it.
    NewBuild,
    /// The network went.
    WentOffline,
    /// The network is there again.
    CameOnline,
}

/// What every part of the app reads.
#[derive(Clone)]
pub struct Context {
    /// The site.
    pub site: Arc<Site>,
    /// Builds the paths that the parts link to.
    pub urls: Arc<Urls>,
    /// The words of the interface.
    pub phrases: &'static Phrases,
    /// The last failure, until the reader puts it away or a page opens.
    pub alert: RwSignal<Option<Alert>>,
    /// What is said in passing.
    pub status: RwSignal<Option<Status>>,
}

impl Context {
    /// The context of a site. Needs a reactive owner.
    pub fn new(site: impl Into<Arc<Site>>) -> Self {
        let site = site.into();
        Self {
            urls: Arc::new(Urls::of(&site)),
            phrases: Phrases::of(&site.language),
            site,
            alert: RwSignal::new(None),
            status: RwSignal::new(None),
        }
    }

    /// The context that [`App`](crate::app::App) was given.
    pub fn expect() -> Self {
        expect_context()
    }
}
