//! The grid of a table (HTML, "Forming a table"): cells do not cover each other, a cell begins in every column,
//! and columns are said where all rows have them.

use std::collections::BTreeSet;

use super::tree::{Element, Node, elements, elements_mut};

/// Tables have fewer columns; cells behind them have one column each.
const MOST_COLUMNS: usize = 1000;

/// Fits the parts of a table, with rows in them that have cells, into its grid.
pub(super) fn fit(parts: &mut Vec<Node<'_>>) {
    let mut begins = BTreeSet::new();
    let mut places = Vec::new();
    let (mut width, mut fullness) = (0, Vec::new());
    for part in elements(parts) {
        // For how many rows from here on each column is taken.
        let mut taken: Vec<usize> = Vec::new();
        for row in elements(&part.children).filter(|it| it.name == "tr") {
            let mut free = 0;
            for cell in elements(&row.children) {
                while taken.get(free).is_some_and(|rows| *rows > 0) {
                    free += 1;
                }
                let most = MOST_COLUMNS.saturating_sub(free).max(1);
                let wanted = cell.number("colspan").unwrap_or(1).clamp(1, most);
                let gap = taken.iter().skip(free).take(wanted).take_while(|rows| **rows == 0);
                let end = match free + gap.count() {
                    end if end < taken.len() => end,
                    _ => free + wanted,
                };
                taken.resize(taken.len().max(end), 0);
                let rows = cell.number("rowspan").unwrap_or(1);
                taken[free..end].fill(if rows == 0 { usize::MAX } else { rows });
                begins.insert(free);
                places.push(free..end);
                free = end;
            }
            fullness.push(taken.iter().filter(|rows| **rows > 0).count());
            for rows in taken.iter_mut().filter(|rows| **rows != usize::MAX) {
                *rows = rows.saturating_sub(1);
            }
        }
        width = width.max(taken.len());
    }
    let said: usize = elements(parts).map(columns).sum();
    if said != width || begins.len() != width || fullness.iter().any(|columns| *columns != width) {
        parts.retain(|part| part.name() != Some("colgroup"));
    }
    let mut places = places.into_iter();
    for part in elements_mut(parts) {
        for row in elements_mut(&mut part.children).filter(|it| it.name == "tr") {
            for cell in elements_mut(&mut row.children) {
                let columns = places.next().map_or(1, |it| begins.range(it).count());
                cell.set_span("colspan", columns);
            }
        }
    }
}

/// For how many columns a part of a table speaks.
fn columns(part: &Element<'_>) -> usize {
    let spans = || elements(&part.children).map(|col| col.number("span").unwrap_or(1));
    match part.name {
        "colgroup" if elements(&part.children).next().is_none() => part.number("span").unwrap_or(1),
        "colgroup" => spans().sum(),
        _ => 0,
    }
}
