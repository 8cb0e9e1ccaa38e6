//! The numbers behind a picture: where `bieu-do.csv` lies beside `bieu-do.png`, they follow the picture as a table that
//! readers open.

use std::fs;

use percent_encoding::percent_decode_str;

use crate::edition::addresses::urls;
use crate::edition::body::names;
use crate::edition::body::postprocess::{Complaints, Surroundings};
use crate::edition::diagnostics::Problem;
use crate::edition::media::Lookup;
use crate::html::{Element, Node, NodeId, Tree};

/// A table that people read, and no archive.
const MOST_ROWS: usize = 200;
const MOST_COLUMNS: usize = 20;
const LARGEST: u64 = 100_000;

/// Adds the tables of all pictures that have one.
pub(crate) fn add_data(
    tree: &mut Tree,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) {
    for id in tree.all(|name| name == "img") {
        let src = tree.element(id).and_then(|it| it.get("src")).unwrap_or_default().to_owned();
        if tree.is_inside(id, |name| name == "a") {
            continue;
        }
        let Some(data) = beside(&src, surroundings) else { continue };
        let rows = match rows(&data, surroundings) {
            Ok(rows) => rows,
            Err(reason) => {
                complaints.once(&data, Problem::ChartData { src: data.clone(), reason });
                continue;
            }
        };
        let block = tree.above(id, |name| name == "figure");
        let block = block.or_else(|| tree.above(id, |name| name == "p")).unwrap_or(id);
        if tree.above(block, |name| name == "table").is_none() {
            insert(tree, block, &rows, surroundings.labels.data);
        }
    }
}

/// The address of the table that lies beside a picture. One look at the disk has to do: few pictures have one.
fn beside(src: &str, surroundings: Surroundings<'_>) -> Option<String> {
    let (path, _) = urls::split_path(src);
    let (stem, _) = path.rsplit_once('.').filter(|_| !urls::is_foreign(src))?;
    let data = format!("{stem}.csv");
    let decoded = percent_decode_str(&data).decode_utf8().ok()?;
    let dir = surroundings.linker.dir;
    let place = match decoded.strip_prefix('/') {
        Some(below) => surroundings.linker.media.root().join(below),
        None => dir.join(&*decoded),
    };
    surroundings.linker.media.has(&place).then_some(data)
}

fn rows(data: &str, surroundings: Surroundings<'_>) -> Result<Vec<Vec<String>>, String> {
    let linker = surroundings.linker;
    let Lookup::File(file) = linker.media.find(linker.dir, data) else {
        return Err("it lies outside of the edition".to_owned());
    };
    if fs::metadata(&file).is_ok_and(|it| it.len() > LARGEST) {
        return Err(format!("it is larger than {} kB", LARGEST / 1000));
    }
    let bytes = fs::read(&file).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    parse(text.trim_start_matches('\u{feff}'))
}

fn parse(text: &str) -> Result<Vec<Vec<String>>, String> {
    let first = text.lines().next().unwrap_or_default();
    // Where a comma parts decimals, spreadsheets part columns by semicolons.
    let count = |sign: char| first.matches(sign).count();
    let delimiter = [';', '\t'].into_iter().find(|it| count(*it) > count(',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        rows.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
        if rows.len() > MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(format!("it has over {MOST_ROWS} rows or {MOST_COLUMNS} columns"));
        }
    }
    if rows.len() < 2 {
        return Err("it has no rows below its head".to_owned());
    }
    Ok(rows)
}

fn insert(tree: &mut Tree, block: NodeId, rows: &[Vec<String>], label: &str) {
    let details = Element::new("details", [("class", names::class("data"))]);
    let Some(details) = tree.insert_after(block, Node::Element(details)) else { return };
    let mut add = |parent: NodeId, element: Element| tree.append(parent, Node::Element(element));
    let plain = |name: &str| Element::new(name, []);
    let Some(summary) = add(details, plain("summary")) else { return };
    let Some(table) = add(details, plain("table")) else { return };
    let mut texts = vec![(summary, label.to_owned())];
    let parts = [("thead", "th", "col", &rows[..1]), ("tbody", "td", "", &rows[1..])];
    for (part, cell, scope, rows) in parts {
        let Some(part) = add(table, plain(part)) else { return };
        for row in rows {
            let Some(line) = add(part, plain("tr")) else { return };
            for text in row {
                let scope = (!scope.is_empty()).then(|| ("scope", scope.to_owned()));
                let Some(cell) = add(line, Element::new(cell, scope)) else { return };
                texts.push((cell, text.clone()));
            }
        }
    }
    for (cell, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        tree.append(cell, Node::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn columns_are_parted_as_the_spreadsheet_parts_them() {
        let wanted =
            Ok(vec![vec!["Năm".to_owned(), "Tấn".into()], vec!["2024".into(), "1,5".into()]]);
        for text in ["Năm;Tấn\n2024;1,5\n", "Năm,Tấn\r\n2024,\"1,5\"", "Năm\tTấn\n2024\t1,5"]
        {
            assert_eq!(parse(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", "a,b\n", "a,b\n1,2,3\n", &"a,b\n".repeat(300)] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
