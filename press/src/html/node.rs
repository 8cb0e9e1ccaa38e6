//! What a tree of HTML is made of.

use html5ever::LocalName;

/// A node of a tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    /// Text as it is read, not escaped.
    Text(String),
    /// What is not printed: the root, comments.
    Other,
}

/// An element without its content.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: LocalName,
    /// In the order in which they are printed.
    pub(crate) attributes: Vec<(LocalName, String)>,
}

impl Element {
    /// An element with attributes.
    pub(crate) fn new<'a>(
        name: &str,
        attributes: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Self {
        let attributes = attributes.into_iter().map(|(key, value)| (key.into(), value));
        Self { name: name.into(), attributes: attributes.collect() }
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| **name == *key);
        found.map(|(_, value)| value.as_str())
    }

    /// Sets an attribute. One that is new comes last.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<String>) {
        match self.attributes.iter_mut().find(|(name, _)| **name == *key) {
            Some((_, earlier)) => *earlier = value.into(),
            None => self.attributes.push((key.into(), value.into())),
        }
    }

    /// Removes an attribute and gives its value.
    pub(crate) fn take(&mut self, key: &str) -> Option<String> {
        let at = self.attributes.iter().position(|(name, _)| **name == *key)?;
        Some(self.attributes.remove(at).1)
    }

    /// Sets attributes and puts them before all others.
    pub(crate) fn lead_with<'a>(&mut self, first: impl IntoIterator<Item = (&'a str, String)>) {
        let mut all: Vec<_> = first.into_iter().map(|(key, value)| (key.into(), value)).collect();
        for (key, value) in self.attributes.drain(..) {
            if all.iter().all(|(name, _)| *name != key) {
                all.push((key, value));
            }
        }
        self.attributes = all;
    }
}

impl Node {
    /// The element that the node is.
    pub(crate) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of the element that the node is.
    pub(crate) fn name(&self) -> Option<&str> {
        self.element().map(|element| &*element.name)
    }
}
