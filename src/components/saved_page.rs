//! The body of the page of saved articles. The press prints it; `js/saved-page.js` fills it in, with
//! the words that stand here.

use leptos::prelude::*;

use super::saved_page_phrases::SavedPagePhrases;
use crate::contract::Site;
use crate::ids;
use crate::phrases::Phrases;

/// How many of the newest articles can be downloaded.
const COUNTS: [&str; 4] = ["20", "50", "100", "200"];

/// The controls for saved articles, for downloads, and for storage. Names of
/// controls, and words in `data-` attributes, are what the script goes by.
#[component]
pub fn SavedPage(
    /// The newspaper.
    site: Site,
) -> impl IntoView {
    let phrases = Phrases::of(&site.language);
    let words = SavedPagePhrases::of(&site.language);
    view! {
        <p class="list__why without-app">{words.needs_app}</p>
        <div
            class="needs-app"
            data-network=phrases.no_network
            data-server=phrases.save_server
            data-full=phrases.save_full
            data-no-store=phrases.no_store
            data-gone=phrases.save_gone
            data-unreadable=phrases.save_unreadable
            data-foreign=phrases.save_foreign
            data-wrong-file=words.import_wrong
        >
            <p class="saved-page__status" role="status" data-left-out=words.export_left></p>
            <p class="list__why" data-part="none" data-gone=words.saved_gone hidden>
                {words.saved_none}
            </p>
            <ul class="saved-articles" data-part="saved"></ul>
            <template>{row(phrases, words)}</template>
            <p class="saved-page__ways">
                <button type="button" name="export">
                    {words.export}
                </button>
                <label class="file" data-left=words.import_left>
                    {words.import}
                    <input
                        type="file"
                        name="import"
                        accept=".json,application/json,application/feed+json"
                        class="unseen"
                    />
                </label>
            </p>
            {downloads(&site, phrases, words)}
            {pictures(words)}
            {storage(phrases, words)}
        </div>
    }
}

/// A saved article. Its title and its date, which the script fills in, are such that the row is valid without
/// them.
fn row(phrases: &'static Phrases, words: &'static SavedPagePhrases) -> impl IntoView {
    view! {
        <li class="saved-article">
            <div>
                <h2 class="card__title">
                    <a dir="auto">"…"</a>
                </h2>
                <p class="saved-article__note" data-withdrawn=phrases.withdrawn data-corrected=phrases.corrected></p>
                <p class="card__facts">
                    <time datetime="P0D"></time>
                    <span data-part="kept-at">{phrases.kept_at}</span>
                    <span data-part="size"></span>
                </p>
            </div>
            <button type="button" name="remove">
                {words.remove}
            </button>
        </li>
    }
}

/// The choice of sections and number, what that weighs, and how far it has come.
fn downloads(
    site: &Site,
    phrases: &'static Phrases,
    words: &'static SavedPagePhrases,
) -> impl IntoView + use<> {
    let sections = site
        .sections
        .iter()
        .map(|section| {
            view! {
                <label lang=section.language.clone()>
                    <input type="checkbox" name="section" value=section.slug.clone() checked />
                    {section.title.clone()}
                </label>
            }
        })
        .collect::<Vec<_>>();
    let counts = COUNTS.map(|count| view! { <option>{count}</option> }).to_vec();
    view! {
        <form class="saved-page__part">
            <h2>{words.downloads}</h2>
            <p>{words.downloads_why}</p>
            <fieldset class="choices">
                <legend>{phrases.sections}</legend>
                {sections}
            </fieldset>
            <label class="choice">{words.how_many} <select name="count">{counts}</select></label>
            <p
                role="status"
                data-part="plan"
                data-to-fetch=words.to_fetch
                data-all-here=words.all_here
                data-fetched=words.fetched
                data-gone=words.gone
            ></p>
            <progress max="1" value="0" aria-label=words.downloads hidden></progress>
            <button type="submit" name="download" data-stop=words.stop disabled>
                {words.download}
            </button>
        </form>
    }
}

/// The choice of small pictures.
fn pictures(words: &'static SavedPagePhrases) -> impl IntoView + use<> {
    view! {
        <div class="saved-page__part">
            <h2>{words.pictures}</h2>
            <label class="choice">
                <input type="checkbox" name="small" />
                {words.small_pictures}
            </label>
        </div>
    }
}

/// What each kind takes, and what can be freed.
fn storage(phrases: &'static Phrases, words: &'static SavedPagePhrases) -> impl IntoView {
    let row = |name: &'static str, kind: &'static str| {
        let clear = (kind != "saved").then(|| {
            view! {
                <button
                    type="button"
                    name="clear"
                    value=kind
                    aria-label=[words.clear, ": ", name].concat()
                >
                    {words.clear}
                </button>
            }
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-kind=kind></td>
                <td>{clear}</td>
            </tr>
        }
    };
    view! {
        <section class="saved-page__part" aria-labelledby=ids::STORAGE>
            <h2 id=ids::STORAGE>{words.storage}</h2>
            <table class="usage">
                <tbody>
                    {row(phrases.saved, "saved")} {row(words.kind_downloads, "downloads")}
                    {row(words.kind_read, "read")} {row(words.kind_pictures, "pictures")}
                </tbody>
            </table>
            <p data-part="persisted" data-yes=words.persisted>
                {words.not_persisted}
            </p>
            <button type="button" name="persist">
                {words.persist}
            </button>
        </section>
    }
}
