//! The headings of an article: levels that leave none out, and ids that are unique and fit for an address.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::edition::body::html::{self, Piece};
use crate::edition::{addresses::slug, body::names};

/// What the headings become, in their order, and all ids there will be.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) headings: Vec<Heading>,
    pub(crate) ids: HashSet<String>,
}

/// One heading.
#[derive(Debug, Default)]
pub(crate) struct Heading {
    pub(crate) level: usize,
    pub(crate) id: String,
    text: String,
}

/// Looks through printed HTML.
pub(crate) fn plan(html: &str) -> Plan {
    let mut plan = Plan::default();
    let mut inside = false;
    for piece in html::pieces(html) {
        match piece {
            Piece::Start(tag) => {
                let id = tag.get("id").map(String::from).unwrap_or_default();
                if let Some(level) = level(tag.name) {
                    inside = true;
                    plan.headings.push(Heading { level, id, text: String::new() });
                } else if !id.is_empty() {
                    plan.ids.insert(id);
                }
            }
            Piece::Text(text) if inside => {
                if let Some(heading) = plan.headings.last_mut() {
                    heading.text.push_str(text);
                }
            }
            Piece::End { name, .. } if level(name).is_some() => inside = false,
            _ => {}
        }
    }
    plan.choose_levels();
    plan.choose_ids();
    plan
}

/// The level of a heading's tag.
pub(crate) fn level(name: &str) -> Option<usize> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
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
            let folded = slug::fold(&html::text(&heading.text));
            let wanted = match folded.as_str() {
                "" => "section",
                folded => folded,
            };
            heading.id = ids.free(wanted);
        }
    }

    /// The id that a link to `#name` means.
    pub(crate) fn target(&self, name: &str) -> Option<String> {
        let folded = slug::fold(name);
        let choices = [names::id(name), names::id_of_author(name).into(), names::id(&folded)];
        choices.into_iter().find(|id| self.ids.contains(&**id)).map(Cow::into_owned)
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
        let headings = plan(html).headings.into_iter();
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
}
