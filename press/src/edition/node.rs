//! A value with its line: what front matter and `site.toml` become, whichever language they are written in.

/// A value and the line it starts on (for a value in a table: the line of its key).
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// Numbers, dates and booleans stay text, so that `title: 1.10` keeps its nought.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Text(String),
    List(Vec<Node>),
    Table(Table),
}

/// Names and values in the order they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<(String, Node)>,
    /// Names that were written again, and where.
    pub(super) doubled: Vec<(String, usize)>,
}

/// Text that cannot be read as YAML or TOML.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) what: String,
}

impl Node {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    pub(super) fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Whether there is anything: `tags:` and `source: ""` say as little as no line at all.
    pub(super) fn is_absent(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The items of a list; a single value is a list of one.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries.iter().find(|(name, _)| name == key);
        entry.map(|(_, node)| node).filter(|n| !n.is_absent())
    }

    /// The first of several names that has a value, here or below `extra` and `params`, where other
    /// generators keep what they have no name for.
    pub(super) fn first<'a>(&'a self, names: &[&'a str]) -> Option<(&'a str, &'a Node)> {
        let nested = ["extra", "params"].map(|key| self.get(key).and_then(Node::table));
        let tables = std::iter::once(self).chain(nested.into_iter().flatten());
        for table in tables {
            for name in names {
                if let Some(node) = table.get(name) {
                    return Some((name, node));
                }
            }
        }
        None
    }

    /// Adds a value. One that has the name of another takes its place, as it does in other generators.
    pub(super) fn insert(&mut self, key: String, node: Node) {
        match self.entries.iter_mut().find(|(name, _)| *name == key) {
            Some((_, earlier)) => {
                self.doubled.push((key, node.line));
                *earlier = node;
            }
            None => self.entries.push((key, node)),
        }
    }
}
