//! TOML into nodes.

use toml::de::{DeTable, DeValue};

use crate::edition::values::node::{Broken, Node, Table, Value};

/// Reads TOML whose first line is line `first_line` of its file.
pub(crate) fn parse(text: &str, first_line: usize) -> Result<Table, Broken> {
    let lines = Lines { text, first: first_line };
    match DeTable::parse(text) {
        Ok(table) => lines.table(table.get_ref()),
        Err(e) => Err(Broken {
            line: lines.at(e.span().map_or(0, |span| span.start)),
            what: e.message().to_owned(),
        }),
    }
}

struct Lines<'a> {
    text: &'a str,
    first: usize,
}

impl Lines<'_> {
    fn at(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        self.first + before.filter(|b| **b == b'\n').count()
    }

    fn table(&self, table: &DeTable<'_>) -> Result<Table, Broken> {
        let mut out = Table::default();
        for (key, value) in table.iter() {
            let node =
                Node { line: self.at(key.span().start), value: self.value(value.get_ref())? };
            out.insert(key.get_ref().to_string(), node);
        }
        Ok(out)
    }

    fn value(&self, value: &DeValue<'_>) -> Result<Value, Broken> {
        Ok(match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => Value::Text(number.as_str().to_owned()),
            DeValue::Float(number) => Value::Text(number.as_str().to_owned()),
            DeValue::Boolean(yes) => Value::Text(yes.to_string()),
            DeValue::Datetime(date) => Value::Text(date.to_string()),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| {
                        Ok(Node {
                            line: self.at(item.span().start),
                            value: self.value(item.get_ref())?,
                        })
                    })
                    .collect::<Result<_, Broken>>()?,
            ),
            DeValue::Table(table) => Value::Table(self.table(table)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toml_date_and_a_table_are_read() {
        let table =
            parse("title = 'x'\ndate = 2020-07-02T17:00:00\n[extra]\nsource = 'y'\n", 2).unwrap();
        let date = table.get("date").unwrap();
        assert_eq!((date.text(), date.line), (Some("2020-07-02T17:00:00"), 3));
        let (_, source) = table.first(&["source"]).unwrap();
        assert_eq!((source.text(), source.line), (Some("y"), 5));
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert_eq!(parse("a = 1\nb = \n", 2).unwrap_err().line, 3);
    }
}
