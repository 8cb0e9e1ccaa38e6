//! A picture: one address for all browsers, and what a browser chooses from by its screen.

use leptos::prelude::*;

use crate::contract::Picture;
use crate::pictures::srcset;

/// How a picture is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The class of the `<img>`.
    pub(super) class: Option<&'static str>,
    /// How wide it is (HTML, "sizes attributes"), as the style sheet has it.
    pub(super) sizes: &'static str,
    /// The widest file that is of use there, in pixels.
    pub(super) most: u32,
    /// Whether it is among the first things that are seen.
    pub(super) first: bool,
}

/// The picture at `src`, a path.
pub(super) fn picture(
    src: String,
    picture: &Picture,
    alt: String,
    place: Place,
) -> impl IntoView + use<> {
    let Place { class, sizes, most, first } = place;
    let sources = picture
        .formats
        .split(' ')
        .filter(|format| !format.is_empty())
        .map(|format| {
            let set = srcset(&src, picture.width, most, format);
            view! { <source type=["image/", format].concat() srcset=set sizes=sizes /> }
        })
        .collect::<Vec<_>>();
    view! {
        <picture>
            {sources}
            <img
                class=class
                loading=(!first).then_some("lazy")
                decoding="async"
                fetchpriority=first.then_some("high")
                src=src
                width=picture.width
                height=picture.height
                alt=alt
                data-tint=picture.tint.clone()
            />
        </picture>
    }
}
