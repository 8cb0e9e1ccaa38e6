//! Versions: of an article in several languages a list shows one, that in the list's language.

use std::collections::HashSet;

use crate::edition::{Article, Translation, same_language};

/// How an article is named among all.
type Key<'a> = (&'a str, &'a str);

fn key(article: &Article) -> Key<'_> {
    (&article.section, &article.slug)
}

fn key_of(translation: &Translation) -> Key<'_> {
    (&translation.section, &translation.slug)
}

/// How well a language suits a list, best first: its own, one of its regions, that of the newspaper, any.
fn fitness<'a>(language: &'a str, list: &str, site: &str) -> (bool, bool, bool, &'a str) {
    (language != list, !same_language(language, list), !same_language(language, site), language)
}

/// Leaves of articles that are translations of each other the one that suits a list in the language `list`.
pub(super) fn one_of_each<'a, T: Copy>(
    all: Vec<T>,
    article: impl Fn(T) -> &'a Article,
    list: &str,
    site: &str,
) -> Vec<T> {
    if all.iter().all(|it| article(*it).translations.is_empty()) {
        return all;
    }
    let present: HashSet<Key<'_>> = all.iter().map(|it| key(article(*it))).collect();
    let best = |it: &&T| {
        let article = article(**it);
        let own = fitness(&article.language, list, site);
        let others = article.translations.iter().filter(|it| present.contains(&key_of(it)));
        others.into_iter().all(|it| own < fitness(&it.language, list, site))
    };
    all.iter().filter(best).copied().collect()
}

/// Whether two articles say the same in two languages.
pub(super) fn are_translations(a: &Article, b: &Article) -> bool {
    a.translations.iter().any(|it| key_of(it) == key(b))
}

/// The languages and addresses of an article and of its `others`, as `hreflang` has them; none where there are no
/// others. Readers of any other language are sent to the one in the language of the newspaper.
pub(crate) fn alternates<'a>(
    own: (&'a str, &'a str),
    others: impl IntoIterator<Item = (&'a str, &'a str)>,
    newspaper: &str,
) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![own];
    all.extend(others);
    if all.len() == 1 {
        return Vec::new();
    }
    let of_the_site = all.iter().find(|(language, _)| same_language(language, newspaper));
    let fallback = of_the_site.map(|(_, url)| ("x-default", *url));
    all.sort_unstable();
    all.extend(fallback);
    all
}
