//! The app: what every page is made of, and the one context that all parts read.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::use_navigate;

use crate::components::{Banner, Footer, NoticeBar, PageView, RelatedView};
use crate::contract::{Feed, PageKind, Site};
use crate::phrases::Phrases;
use crate::urls::Urls;

/// The `id` of the element that the app is rendered into, and that it takes over.
pub const ROOT_ID: &str = "app";
/// The `id` of a page's heading. The focus goes there after a navigation.
pub const HEADING_ID: &str = "heading";
/// The `id` of the live region that announces a navigation.
pub const ANNOUNCER_ID: &str = "announcer";
/// The `id` of the inlined [`Site`].
pub const SITE_DATA_ID: &str = "site-data";
/// The `id` of the inlined [`Feed`] of the page.
pub const PAGE_DATA_ID: &str = "page-data";

/// Why a page that was asked for is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer came.
    Network,
    /// The server answered that there is no such page.
    Missing,
    /// The server answered with any other error.
    Server,
    /// What came is not a page of this site.
    Data,
}

/// Why the device did not keep an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepFailure {
    /// There is no service worker: a private window, an old browser, a policy.
    NoStore,
    /// There is no room.
    Full,
    /// It could not be fetched.
    Network,
}

/// What the reader asked for and did not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The page at a path could not be shown.
    Page(Failure, String),
    /// The device could not keep something.
    Keep(KeepFailure),
}

/// What the reader is told in passing. It stays until it is put away or no longer so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
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

/// Changes the address through the router.
pub type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// What every part of the app reads.
#[derive(Clone)]
pub struct Context {
    /// The newspaper.
    pub site: Arc<Site>,
    /// Builds the paths that the parts link to.
    pub urls: Arc<Urls>,
    /// The words of the interface.
    pub phrases: &'static Phrases,
    /// The page that is shown.
    pub page: RwSignal<Arc<Feed>>,
    /// The page whose related news are shown: `page`, as soon as that is painted.
    pub related: RwSignal<Arc<Feed>>,
    /// The last failure, until the reader puts it away or a page opens.
    pub notice: RwSignal<Option<Notice>>,
    /// What is said in passing.
    pub remark: RwSignal<Option<Remark>>,
    /// The article that is shown is saved.
    pub saved: RwSignal<bool>,
    /// The router's way to change the address, once there is a router.
    pub navigate: StoredValue<Option<Navigate>>,
}

impl Context {
    /// The context of a page. Needs a reactive owner.
    pub fn new(site: Site, page: Feed) -> Self {
        let page = Arc::new(page);
        Self {
            urls: Arc::new(Urls::of(&site)),
            phrases: Phrases::of(&site.language),
            site: Arc::new(site),
            related: RwSignal::new(page.clone()),
            page: RwSignal::new(page),
            notice: RwSignal::new(None),
            remark: RwSignal::new(None),
            saved: RwSignal::new(false),
            navigate: StoredValue::new(None),
        }
    }

    /// The context that [`App`] was given.
    pub fn expect() -> Self {
        expect_context()
    }
}

/// The text of `<title>` for a page.
pub fn document_title(site: &Site, page: &Feed) -> String {
    let phrases = Phrases::of(&site.language);
    let mut title = page.title.clone();
    if let Some(number) = page.extension.page {
        title.push_str(&[" – ", phrases.page, &number.to_string()].concat());
    }
    if page.extension.kind == PageKind::Front && page.extension.page.is_none() {
        if !site.tagline.is_empty() {
            title.push_str(&[" – ", &site.tagline].concat());
        }
    } else if page.title != site.title {
        title.push_str(&[" – ", &site.title].concat());
    }
    title
}

/// Everything inside the root element. Expects [`Context`] to be provided.
///
/// `Router` keeps the history and the location. There are no `Routes`: they would change the view
/// as soon as the URL changes, before the page's data is there. The page shown is the one whose
/// data has arrived, and its kind is written in the data.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Paper />
        </Router>
    }
}

/// The page from head to foot.
#[component]
fn Paper() -> impl IntoView {
    let Context { phrases, navigate, .. } = Context::expect();
    navigate.set_value(Some(Arc::new(use_navigate())));
    view! {
        <a class="skip" href="#main">
            {phrases.skip}
        </a>
        <Banner />
        <main id="main" class="page">
            <PageView />
            <RelatedView />
        </main>
        <Footer />
        <NoticeBar />
        <p id=ANNOUNCER_ID class="unseen" role="status"></p>
    }
}
