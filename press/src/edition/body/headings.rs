//! The headings of an article: levels that leave none out, and ids that are unique and fit for an address.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::edition::{addresses::slug, body::names};
use crate::html::elements::heading_level;
use crate::html::{Element, NodeId, Tree};
use crate::text;

/// What the headings become, in their order, and all ids there will be.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    headings: Vec<Heading>,
    pub(crate) ids: HashSet<String>,
}

/// One heading.
#[derive(Debug)]
struct Heading {
    node: NodeId,
    level: usize,
    id: String,
    text: String,
}

/// Whether an element is the mention of a footnote, whose number is no word of the text.
pub(crate) fn is_footnote(element: &Element) -> bool {
    element.get("role") == Some("doc-noteref")
}

/// Looks through a tree.
pub(crate) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan::default();
    for node in tree.nodes() {
        let Some(element) = node.value().element() else {
            continue;
        };
        let id = element.get("id").unwrap_or_default().to_owned();
        if let Some(level) = heading_level(&element.name) {
            let text = text::line(&tree.words(node.id(), is_footnote));
            plan.headings.push(Heading { node: node.id(), level, id, text });
        } else if !id.is_empty() {
            plan.ids.insert(id);
        }
    }
    plan.choose_levels();
    plan.choose_ids();
    plan
}

impl Plan {
    /// The page's only h1 is the article's title. Below it a heading is one deeper than the nearest heading
    /// before it that was written less deep; so equals stay equal and no level is left out.
    fn choose_levels(&mut self) {
        let mut above: Vec<usize> = Vec::new();
        for heading in &mut self.headings {
            while above.last().is_some_and(|written| *written >= heading.level) {
                above.pop();
            }
            above.push(heading.level);
            heading.level = (above.len() + 1).min(6);
        }
    }

    fn choose_ids(&mut self) {
        let Self { headings, ids } = self;
        let mut ids = Ids { taken: ids, counts: HashMap::new() };
        // Ids that were asked for come first, so that a folded title never takes one away.
        for heading in headings.iter_mut().filter(|h| !h.id.is_empty()) {
            heading.id = ids.free(&heading.id);
        }
        for heading in headings.iter_mut().filter(|h| h.id.is_empty()) {
            let folded = slug::fold(&heading.text);
            let wanted = match folded.as_str() {
                "" => "section",
                folded => folded,
            };
            heading.id = ids.free(wanted);
        }
    }

    /// Gives the headings their levels and ids.
    pub(crate) fn apply(&self, tree: &mut Tree) {
        for heading in &self.headings {
            tree.rename(heading.node, &format!("h{}", heading.level));
            let id = heading.id.clone();
            tree.change(heading.node, |element| element.lead_with([("id", id)]));
        }
    }

    /// The id that a link to `#name` means.
    pub(crate) fn target(&self, name: &str) -> Option<String> {
        find_id(name, &self.ids)
    }
}

/// Which of an article's ids a link to `#name` means. Generators differ in what they make of a heading: this one's
/// rule is tried first, then that of two equal headings, then letters and digits alone.
pub(crate) fn find_id(name: &str, ids: &HashSet<String>) -> Option<String> {
    let name: String = name.nfc().collect();
    let folded = slug::fold(&name);
    let choices =
        [names::id(&name), names::id_of_author(&name).into(), names::id(&folded), next(&folded)];
    if let Some(id) = choices.into_iter().find(|id| ids.contains(&**id)) {
        return Some(id.into_owned());
    }
    let bare = |id: &str| id.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let wanted = bare(&folded);
    let mut alike = ids.iter().filter(|id| !wanted.is_empty() && bare(id) == wanted);
    alike.next().filter(|_| alike.next().is_none()).cloned()
}

/// The second of two equal headings is `x-1` in other generators and `x-2` here.
fn next(id: &str) -> Cow<'_, str> {
    let numbered = id.rsplit_once('-').and_then(|(name, n)| Some((name, n.parse::<u32>().ok()?)));
    match numbered {
        Some((name, number)) => format!("{}-{}", names::id(name), number.saturating_add(1)).into(),
        None => id.into(),
    }
}

struct Ids<'a> {
    taken: &'a mut HashSet<String>,
    /// How often each id was wanted: thousands of equal headings must not be counted anew each time.
    counts: HashMap<String, usize>,
}

impl Ids<'_> {
    fn free(&mut self, wanted: &str) -> String {
        let count = self.counts.entry(wanted.to_owned()).or_insert(0);
        loop {
            *count += 1;
            let id = match *count {
                1 => names::id(wanted).into_owned(),
                count => format!("{}-{count}", names::id(wanted)),
            };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(html: &str) -> Vec<(usize, String)> {
        let headings = plan(&Tree::parse(html)).headings.into_iter();
        headings.map(|h| (h.level, h.id)).collect()
    }

    #[test]
    fn levels_start_at_two_and_leave_none_out() {
        let levels = |written: &[usize]| -> Vec<usize> {
            let html: String = written.iter().map(|l| format!("<h{l}>x</h{l}>")).collect();
            planned(&html).into_iter().map(|(level, _)| level).collect()
        };
        assert_eq!(levels(&[1, 2, 3, 1]), [2, 3, 4, 2]);
        assert_eq!(levels(&[3, 3, 4]), [2, 2, 3]);
        assert_eq!(levels(&[2, 4, 4, 3]), [2, 3, 3, 3]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }

    #[test]
    fn ids_are_folded_and_unique() {
        let html = "<p id=\"fn-1\">a</p><h2>Đường về</h2><h2>Đường <em>về</em></h2><h2>Fn 1</h2>\
                    <h2>Main</h2><h2>App root</h2><h2>…</h2><h3 id=\"x\">y</h3><h3>X</h3>";
        let ids: Vec<String> = planned(html).into_iter().map(|(_, id)| id).collect();
        assert_eq!(
            ids,
            ["duong-ve", "duong-ve-2", "fn-1-2", "main", "c-app-root", "section", "x", "x-2"]
        );
    }

    #[test]
    fn letters_and_digits_alone_find_a_heading_if_it_is_the_only_one() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<HashSet<_>>();
        let found = find_id("whats-in-1.28", &ids(&["what-s-in-1-28", "x"]));
        assert_eq!(found.as_deref(), Some("what-s-in-1-28"));
        assert_eq!(find_id("a-b", &ids(&["ab", "a--b"])), None);
        assert_eq!(find_id("…", &ids(&["-"])), None);
    }

    #[test]
    fn a_link_finds_its_heading_as_other_generators_write_it() {
        let plan =
            plan(&Tree::parse("<h2>Giá lúa</h2><h2>Giá lúa</h2><h2>App</h2><p id=\"c-bến\">x</p>"));
        for (written, id) in [
            ("gia-lua", Some("gia-lua")),
            ("giá-lúa", Some("gia-lua")),
            ("gia\u{301}-lu\u{301}a", Some("gia-lua")),
            ("Giá lúa", Some("gia-lua")),
            ("giá-lúa-1", Some("gia-lua-2")),
            ("gia-lua-2", Some("gia-lua-2")),
            ("be\u{302}\u{301}n", Some("c-bến")),
            ("gia-gao", None),
        ] {
            assert_eq!(plan.target(written).as_deref(), id, "{written}");
        }
    }
}
