//! YAML into nodes, through the parser of `serde-saphyr`: its events keep the line and the spelling of every
//! value, which its serde side does not.

use std::collections::HashMap;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use crate::edition::values::node::{Broken, Node, Table, Value};

/// Deeper than any front matter, shallower than any stack.
const DEEPEST: usize = 32;
/// Bytes that the nodes of one text may take: aliases can multiply a small text without end.
const BUDGET: usize = 16 << 20;

/// Reads a YAML mapping whose first line is line `first_line` of its file.
pub(crate) fn parse(text: &str, first_line: usize) -> Result<Table, Broken> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        anchors: HashMap::new(),
        spent: 0,
        offset: first_line.saturating_sub(1),
        last_line: first_line,
    };
    let Some(node) = reader.next_node(0)? else {
        return Ok(Table::default());
    };
    let line = reader.last_line;
    match node.value {
        // A second document would be read by nobody: better to say so.
        _ if reader.next_node(0)?.is_some() => {
            Err(Broken { line, what: "there is more than one document".into() })
        }
        Value::Table(table) => Ok(table),
        Value::Null => Ok(Table::default()),
        _ => Err(Broken { line: node.line, what: "there are no \"name: value\" lines".into() }),
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    spent: usize,
    offset: usize,
    last_line: usize,
}

impl<'a> Reader<'a> {
    /// The next value, or `None` at the end of the collection or of the text.
    fn next_node(&mut self, depth: usize) -> Result<Option<Node>, Broken> {
        while let Some(next) = self.parser.next() {
            let (event, span) =
                next.map_err(|e| Broken { line: e.marker().line() + self.offset, what: e.info() })?;
            self.last_line = span.start.line() + self.offset;
            match event {
                Event::SequenceEnd | Event::MappingEnd | Event::StreamEnd => return Ok(None),
                Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::MappingStart(..)
                | Event::Alias(_) => return self.node(event, span, depth).map(Some),
                _ => {}
            }
        }
        Ok(None)
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Broken> {
        let line = span.start.line() + self.offset;
        let broken = |what: &str| Broken { line, what: what.into() };
        if depth > DEEPEST {
            return Err(broken("the values are nested too deeply"));
        }
        let (value, anchor) = match event {
            Event::Alias(id) => {
                let node = self.anchors.get(&id).cloned();
                (node.map_or(Value::Null, |node| node.value), 0)
            }
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(_, anchor, _) => {
                let mut items = Vec::new();
                while let Some(item) = self.next_node(depth + 1)? {
                    items.push(item);
                }
                (Value::List(items), anchor)
            }
            Event::MappingStart(_, anchor, _) => (Value::Table(self.table(depth)?), anchor),
            _ => (Value::Null, 0),
        };
        let node = Node { line, value };
        self.spent += weight(&node.value);
        if self.spent > BUDGET {
            return Err(broken("the aliases unfold into too much text"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn table(&mut self, depth: usize) -> Result<Table, Broken> {
        let mut table = Table::default();
        while let Some(key) = self.next_node(depth + 1)? {
            let Some(mut node) = self.next_node(depth + 1)? else {
                break;
            };
            node.line = key.line;
            let Value::Text(name) = key.value else {
                continue;
            };
            // A merge key would need a second pass; nothing that is read here is ever merged.
            if name != "<<" {
                table.insert(name, node);
            }
        }
        Ok(table)
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        Value::Null
    } else {
        Value::Text(text.to_owned())
    }
}

fn weight(value: &Value) -> usize {
    let inner: usize = match value {
        Value::Null => 0,
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(|node| weight(&node.value)).sum(),
        Value::Table(table) => {
            let entries = table.entries.iter();
            entries.map(|(k, node)| k.len() + weight(&node.value)).sum()
        }
    };
    64 + inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_spelling_and_its_line() {
        let table = parse("title: 1.10\ntags:\n  - a\n  - b # no\nnothing:\n", 2).unwrap();
        let title = table.get("title").unwrap();
        assert_eq!((title.text(), title.line), (Some("1.10"), 2));
        let tags = table.get("tags").unwrap();
        assert_eq!((tags.line, tags.items().len()), (3, 2));
        assert_eq!(tags.items()[1].line, 5);
        assert!(table.get("nothing").is_none());
    }

    #[test]
    fn a_broken_line_is_named_by_its_line_in_the_file() {
        let broken = parse("title: a\ndate: \"2020\ntags: [a\n", 2).unwrap_err();
        assert!(broken.line >= 3, "{broken:?}");
        assert!(parse("just words", 2).is_err());
    }

    #[test]
    fn aliases_that_multiply_are_stopped() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let list = vec![format!("*a{}", i - 1); 10].join(", ");
            text.push_str(&format!("a{i}: &a{i} [{list}]\n"));
        }
        assert!(parse(&text, 1).is_err());
        assert!(parse(&"[".repeat(5000), 1).is_err());
        assert!(parse(&"- ".repeat(5000), 1).is_err());
    }
}
