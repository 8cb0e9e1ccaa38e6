//! The shelf: the body of the page of saved articles. The press prints it; `public/shelf.js` fills
//! it in, with the words that stand here.

use leptos::prelude::*;

use super::shelf_phrases::ShelfPhrases;
use crate::contract::Site;
use crate::phrases::Phrases;

/// How many of the newest articles can be taken along.
const COUNTS: [&str; 4] = ["20", "50", "100", "200"];

/// The controls for saved articles, for taking an edition along, and for storage. Names of
/// controls, and words in `data-` attributes, are what the script goes by.
#[component]
pub fn Shelf(
    /// The newspaper.
    site: Site,
) -> impl IntoView {
    let phrases = Phrases::of(&site.language);
    let shelf = ShelfPhrases::of(&site.language);
    view! {
        <p class="list__why without-app">{shelf.needs_app}</p>
        <div
            class="needs-app"
            data-no-store=phrases.no_store
            data-full=phrases.store_full
            data-network=phrases.failed_network
            data-wrong-file=shelf.import_wrong
        >
            <p class="shelf__word" role="status"></p>
            <p class="list__why" data-part="none" data-gone=shelf.saved_gone hidden>
                {shelf.saved_none}
            </p>
            <ul class="kept" data-part="saved"></ul>
            <template>{row(phrases, shelf)}</template>
            <p class="shelf__ways">
                <button type="button" name="export">
                    {shelf.export}
                </button>
                <label class="file" data-left=shelf.import_left>
                    {shelf.import}
                    <input
                        type="file"
                        name="import"
                        accept=".json,application/json,application/feed+json"
                        class="unseen"
                    />
                </label>
            </p>
            {take_along(&site, phrases, shelf)}
            {storage(phrases, shelf)}
        </div>
    }
}

/// A saved article.
fn row(phrases: &'static Phrases, shelf: &'static ShelfPhrases) -> impl IntoView {
    view! {
        <li class="kept__article">
            <div>
                <h2 class="card__title">
                    <a></a>
                </h2>
                <p class="kept__word" data-withdrawn=phrases.withdrawn data-corrected=phrases.corrected></p>
                <p class="card__facts">
                    <time></time>
                    <span data-part="kept-at">{phrases.kept_at}</span>
                    <span data-part="size"></span>
                </p>
            </div>
            <button type="button" name="remove">
                {shelf.remove}
            </button>
        </li>
    }
}

/// The choice of sections and number, what that weighs, and how far it has come.
fn take_along(
    site: &Site,
    phrases: &'static Phrases,
    shelf: &'static ShelfPhrases,
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
        <form class="shelf__part">
            <h2>{shelf.take_along}</h2>
            <p>{shelf.take_along_why}</p>
            <fieldset class="choices">
                <legend>{phrases.sections}</legend>
                {sections}
            </fieldset>
            <label class="choice">{shelf.how_many} <select name="count">{counts}</select></label>
            <p
                role="status"
                data-part="plan"
                data-to-fetch=shelf.to_fetch
                data-all-here=shelf.all_here
                data-fetched=shelf.fetched
            ></p>
            <progress max="1" value="0" aria-label=shelf.take_along hidden></progress>
            <button type="button" name="take" data-stop=shelf.stop disabled>
                {shelf.download}
            </button>
        </form>
    }
}

/// What each kind takes, and what can be freed.
fn storage(phrases: &'static Phrases, shelf: &'static ShelfPhrases) -> impl IntoView {
    let row = |name: &'static str, kind: &'static str| {
        let clear = (kind != "saved").then(|| {
            view! {
                <button
                    type="button"
                    name="clear"
                    value=kind
                    aria-label=[shelf.clear, ": ", name].concat()
                >
                    {shelf.clear}
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
        <section class="shelf__part" aria-labelledby="storage">
            <h2 id="storage">{shelf.storage}</h2>
            <table class="usage">
                <tbody>
                    {row(phrases.saved, "saved")} {row(shelf.kind_edition, "edition")}
                    {row(shelf.kind_read, "read")} {row(shelf.kind_pictures, "pictures")}
                </tbody>
            </table>
            <p data-part="persisted" data-yes=shelf.persisted>
                {shelf.not_persisted}
            </p>
            <button type="button" name="persist">
                {shelf.persist}
            </button>
        </section>
    }
}
