//! Alternation: a view that is made anew, with new elements, instead of changed in place.
//!
//! A browser that translates a page wraps each text in an element of its own. A text that is changed
//! in place is then changed where nobody sees it.

use leptos::either::Either;

/// Puts a view on the other side when `anew` says so: the framework then makes all its elements
/// anew. `side` is kept from one time to the next.
pub(super) fn alternate<V>(view: V, anew: bool, side: &mut bool) -> Either<V, V> {
    *side ^= anew;
    if *side { Either::Right(view) } else { Either::Left(view) }
}
