//! A deploy: what readers of earlier builds are sent of a new one.

use std::collections::BTreeMap;

use serde_json::Value;

use press::hash::short_hash;

use crate::publisher::{Publisher, Result, said};

/// An app of a build: most of it is the same in all.
fn app(build: u8) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        (0..6_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    bytes.extend([build; 10]);
    bytes
}

fn print(publisher: &Publisher, build: u8) -> Result<BTreeMap<String, Vec<u8>>> {
    publisher.write("shell/broadsheet_bg.wasm", app(build))?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    publisher.files()
}

fn patch(from: u8, to: u8) -> String {
    format!("assets/{}-{}.bin", short_hash(&app(from)), short_hash(&app(to)))
}

fn patches(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files.keys().filter(|it| it.ends_with(".bin")).collect()
}

/// From which versions of the app there are patches, as the worker is told.
fn told(publisher: &Publisher) -> Result<Vec<String>> {
    let worker = publisher.read("sw.js")?;
    let list = worker.strip_prefix("self.PRESS_SHELL=").and_then(|it| it.split_once(";\n"));
    let list: Value = serde_json::from_str(list.ok_or("no list")?.0)?;
    let assets = list["assets"].as_array().ok_or("no assets")?;
    let app = assets.iter().find(|it| it["path"].as_str().is_some_and(|it| it.ends_with("wasm")));
    let from = app.ok_or("no app")?["from"].as_array().cloned().unwrap_or_default();
    Ok(from.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

#[test]
fn there_are_patches_from_the_last_five_builds_and_no_older_ones() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    assert!(patches(&print(&publisher, 0)?).is_empty());
    for build in 1..=7 {
        let files = print(&publisher, build)?;
        let earlier: Vec<u8> = (build.saturating_sub(5)..build).rev().collect();
        for from in &earlier {
            let patch = files.get(&patch(*from, build)).ok_or("no patch")?;
            assert!(patch.len() < 500, "{}", patch.len());
            assert_eq!(press::patch::apply(&app(*from), patch)?, app(build));
            let name = format!("assets/app.{}.wasm", short_hash(&app(*from)));
            assert_eq!(files.get(&name), Some(&app(*from)), "a tab may still ask for it");
        }
        let hashes: Vec<_> = earlier.iter().map(|from| short_hash(&app(*from))).collect();
        assert_eq!(told(&publisher)?, hashes);
        let of_the_app = format!("-{}.bin", short_hash(&app(build)));
        let found = patches(&files).into_iter().filter(|it| it.ends_with(&of_the_app)).count();
        assert_eq!(found, earlier.len());
        let apps = files.keys().filter(|it| it.ends_with(".wasm")).count();
        assert_eq!(apps, earlier.len() + 1);
    }
    Ok(())
}

#[test]
fn pages_that_every_reader_keeps_have_patches_too() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    let before = print(&publisher, 1)?;
    let after = print(&publisher, 2)?;
    let (old, new) = (&before["saved/index.html"], &after["saved/index.html"]);
    assert_ne!(old, new, "a page names its build");
    let patch = &after[&format!("assets/{}-{}.bin", short_hash(old), short_hash(new))];
    assert_eq!(&press::patch::apply(old, patch)?, new);
    Ok(())
}

#[test]
fn the_same_build_is_printed_again_as_it_is_and_an_earlier_one_comes_back() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    print(&publisher, 1)?;
    let second = print(&publisher, 2)?;
    assert!(print(&publisher, 2)? == second);
    // A patch of the old site that is damaged is made anew.
    publisher.write(&format!("site/{}", patch(1, 2)), "damaged")?;
    assert!(print(&publisher, 2)? == second);
    let back = print(&publisher, 1)?;
    assert!(back.contains_key(&patch(2, 1)) && !back.contains_key(&patch(1, 2)));
    assert_eq!(told(&publisher)?, [short_hash(&app(2))]);
    Ok(())
}

#[test]
fn a_build_that_resembles_no_earlier_one_is_sent_whole() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    print(&publisher, 1)?;
    let other: Vec<u8> = app(1)
        .iter()
        .scan(7_u8, |state, it| {
            *state = state.wrapping_mul(31).wrapping_add(*it);
            Some(*state)
        })
        .collect();
    publisher.write("shell/broadsheet_bg.wasm", &other)?;
    for _ in 0..2 {
        assert_eq!(publisher.print(&[])?.status.code(), Some(0));
        let patch = format!("assets/{}-{}.bin", short_hash(&app(1)), short_hash(&other));
        assert!(!publisher.path("site").join(patch).exists());
        assert!(told(&publisher)?.is_empty());
    }
    Ok(())
}

#[test]
fn a_list_of_versions_that_cannot_be_read_costs_the_patches_alone() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    print(&publisher, 1)?;
    publisher.write("site/.press-versions.json", "{\"form\": 9, \"files\": {}}")?;
    assert!(patches(&print(&publisher, 2)?).is_empty());
    publisher.write("site/.press-versions.json", "no list")?;
    assert!(patches(&print(&publisher, 3)?).is_empty());
    assert_eq!(patches(&print(&publisher, 4)?).iter().filter(|it| ***it == patch(3, 4)).count(), 1);
    Ok(())
}
