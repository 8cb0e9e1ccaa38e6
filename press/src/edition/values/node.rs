//! A value with its line: what front matter and `site.toml` become, whichever language they are written in.

/// A value and the line it starts on (for a value in a table: the line of its key).
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) value: Value,
}

/// Numbers, dates and booleans stay text, so that `title: 1.10` keeps its nought.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Text(String),
    List(Vec<Node>),
    Table(Table),
}

/// Names and values in the order they were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<(String, Node)>,
    /// Names that were written again, and where.
    pub(crate) doubled: Vec<(String, usize)>,
}

/// Text that cannot be read as YAML or TOML.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Node {
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    pub(crate) fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Whether there is anything: `tags:` and `source: ""` say as little as no line at all.
    pub(crate) fn is_absent(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The items of a list; a single value is a list of one.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries.iter().find(|(name, _)| name == key);
        entry.map(|(_, node)| node).filter(|n| !n.is_absent())
    }

    /// The first of several names that has a value, here or below `extra` and `params`, where other
    /// generators keep what they have no name for.
    pub(crate) fn first<'a>(&'a self, names: &[&'a str]) -> Option<(&'a str, &'a Node)> {
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
    pub(crate) fn insert(&mut self, key: String, node: Node) {
        match self.entries.iter_mut().find(|(name, _)| *name == key) {
            Some((_, earlier)) => {
                self.doubled.push((key, node.line));
                *earlier = node;
            }
            None => self.entries.push((key, node)),
        }
    }
}
