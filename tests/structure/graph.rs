//! Who imports whom.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The imports of modules, by name.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    imports: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Notes an import. One of the module itself is none.
    pub(crate) fn add(&mut self, from: &str, to: &str) {
        if from != to {
            self.imports.entry(from.to_owned()).or_default().insert(to.to_owned());
        }
    }

    /// How many imports there are.
    pub(crate) fn edges(&self) -> usize {
        self.imports.values().map(BTreeSet::len).sum()
    }

    /// The shortest circle through each module that is in one, each circle once.
    pub(crate) fn circles(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for start in self.imports.keys() {
            let Some(circle) = self.shortest(start) else { continue };
            let members = circle.iter().cloned().collect::<BTreeSet<_>>();
            if seen.insert(members) {
                circles.push(circle.join(" -> "));
            }
        }
        circles
    }

    /// The shortest way from a module back to it.
    fn shortest(&self, start: &str) -> Option<Vec<String>> {
        let mut came_from = BTreeMap::<&str, &str>::new();
        let mut queue = VecDeque::from([start]);
        while let Some(module) = queue.pop_front() {
            for next in self.imports.get(module).into_iter().flatten() {
                if next == start {
                    let mut way = vec![start.to_owned()];
                    let mut at = module;
                    while at != start {
                        way.push(at.to_owned());
                        at = came_from.get(at)?;
                    }
                    way.push(start.to_owned());
                    way.reverse();
                    return Some(way);
                }
                if !came_from.contains_key(next.as_str()) {
                    came_from.insert(next, module);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}
