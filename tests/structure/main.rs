//! The structure of the sources: no circle of imports among the modules of `src/`, and none in
//! `js/`.

mod graph;
mod javascript;
mod rust;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use graph::Graph;
use tests::Result;

fn repository() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The files below a folder whose names end like this, without those of packages.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                found.extend(files(&path, extension)?);
            }
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn no_circle(graph: &Graph) -> Result {
    let circles = graph.circles();
    ensure!(circles.is_empty(), "modules import each other in a circle:\n{}", circles.join("\n"));
    Ok(())
}

#[test]
fn no_modules_of_the_reader_import_each_other_in_a_circle() -> Result {
    let graph = rust::imports(&repository().join("src"))?;
    ensure!(graph.edges() > 50, "only {} imports were found", graph.edges());
    no_circle(&graph)
}

#[test]
fn no_modules_of_the_scripts_import_each_other_in_a_circle() -> Result {
    let graph = javascript::imports(&repository().join("js"))?;
    ensure!(graph.edges() > 3, "only {} imports were found", graph.edges());
    no_circle(&graph)
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        fs::write(path, text)?;
    }
    Ok(folder)
}

#[test]
fn circles_of_rust_modules_are_found() -> Result {
    let circle = |b: &str| -> Result<Vec<String>> {
        let files = [
            ("lib.rs", "mod a;\nmod d;"),
            ("a/mod.rs", "mod b;\nmod c;\npub struct A;\npub fn f() { d::g() }\nuse crate::d;"),
            ("a/b.rs", b),
            ("a/c.rs", "use super::b::{self, B};\n#[cfg(test)]\nmod tests { use super::*; }"),
            ("d.rs", "pub fn g() {}"),
        ];
        Ok(rust::imports(folder(&files)?.path())?.circles())
    };
    assert_eq!(circle("pub struct B;")?, Vec::<String>::new());
    // A parent that only declares its children is imported by them without a circle.
    assert_eq!(circle("use super::A;")?, Vec::<String>::new());
    for text in [
        "use super::c::C;",
        "use crate::a::c;",
        "fn f() -> super::c::C {}",
        "fn f() { view! { <p>{crate::a::c::name()}</p> } }",
        "pub use super::c::*;",
    ] {
        assert_eq!(circle(text)?, ["a::b -> a::c -> a::b"], "{text}");
    }
    let reexport =
        [("lib.rs", "mod a;"), ("a/mod.rs", "mod b;\npub use b::B;"), ("a/b.rs", "use super::A;")];
    assert_eq!(rust::imports(folder(&reexport)?.path())?.circles(), ["a -> a::b -> a"]);
    Ok(())
}

#[test]
fn circles_of_scripts_are_found() -> Result {
    let circle = |b: &str| -> Result<Vec<String>> {
        let files = [
            ("boot.js", "import { a } from './worker/a.js';"),
            ("worker/a.js", "import {\n  b,\n} from \"./b.js\";"),
            ("worker/b.js", b),
            ("node_modules/idb/index.js", "import './other.js';"),
        ];
        Ok(javascript::imports(folder(&files)?.path())?.circles())
    };
    for text in [
        "import { openDB } from 'idb';",
        "// import './a.js'\n/** @type {import('./a.js').A} */\nexport const b = 'x';",
        "const text = \"// \"; /* import './a.js' */",
    ] {
        assert_eq!(circle(text)?, Vec::<String>::new(), "{text}");
    }
    for text in [
        "import './a.js';",
        "export * from './a.js';",
        "export { a } from '../worker/a.js';",
        "const url = 'https://a/'; const it = await import('./a.js');",
    ] {
        assert_eq!(circle(text)?, ["worker/a.js -> worker/b.js -> worker/a.js"], "{text}");
    }
    Ok(())
}
