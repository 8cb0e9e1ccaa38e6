//! The imports of a crate's modules. A module is a file; what it names by a path that begins with
//! `crate`, `super`, `self` or one of its children, it imports. `mod x;` alone imports nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, Macro, UseTree};

use crate::graph::Graph;
use tests::Result;

/// A module's path from the crate's root; the root's is empty.
type Module = Vec<String>;

/// Reads the modules of the crate whose root is `lib.rs` in this folder.
pub(crate) fn imports(source: &Path) -> Result<Graph> {
    let files = crate::files(source, "rs")?;
    let modules = files.iter().map(|file| module_of(source, file)).collect::<Result<Vec<_>>>()?;
    let known = modules.iter().cloned().collect::<BTreeSet<_>>();
    let mut graph = Graph::default();
    for (file, module) in files.iter().zip(&modules) {
        let text = fs::read_to_string(file)?;
        let syntax = syn::parse_file(&text).with_context(|| file.display().to_string())?;
        let mut reader =
            Reader { known: &known, at: module.clone(), file: module, graph: &mut graph };
        reader.visit_file(&syntax);
    }
    Ok(graph)
}

fn module_of(source: &Path, file: &Path) -> Result<Module> {
    let below = file.strip_prefix(source)?.with_extension("");
    let mut module: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    Ok(module)
}

fn name(module: &[String]) -> String {
    if module.is_empty() { "the root".to_owned() } else { module.join("::") }
}

struct Reader<'a> {
    known: &'a BTreeSet<Module>,
    /// The module that is read: that of the file, or one inside it.
    at: Module,
    file: &'a Module,
    graph: &'a mut Graph,
}

impl Reader<'_> {
    /// Notes what a path names, if that is a module of this crate or lies in one.
    fn path(&mut self, segments: &[String]) {
        let mut absolute = match segments.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.at.clone(),
            Some(first) => {
                let child = [self.at.as_slice(), &[first.to_owned()]].concat();
                if !self.known.contains(&child) {
                    return;
                }
                self.at.clone()
            }
            None => return,
        };
        for segment in segments {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => {
                    absolute.pop();
                }
                other => absolute.push(other.to_owned()),
            }
        }
        while !self.known.contains(&absolute) && absolute.pop().is_some() {}
        self.graph.add(&name(self.file), &name(&absolute));
    }

    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        match tree {
            UseTree::Path(it) => self.tree(&with(&it.ident), &it.tree),
            UseTree::Name(it) => self.path(&with(&it.ident)),
            UseTree::Rename(it) => self.path(&with(&it.ident)),
            UseTree::Glob(_) => self.path(before),
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.tree(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter().map(|it| it.ident.to_string()).collect::<Vec<_>>();
        if segments.len() > 1 {
            self.path(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        // `pub(in path)` and attributes of a declaration import nothing either.
        self.at.push(item.ident.to_string());
        if let Some((_, items)) = &item.content {
            items.iter().for_each(|item| self.visit_item(item));
        }
        self.at.pop();
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    /// What stands in a macro is not parsed: its paths are read off its text.
    fn visit_macro(&mut self, item: &'ast Macro) {
        let text = item.tokens.to_string().replace(" :: ", "::").replace(":: ", "::");
        let parts = text.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == ':'));
        for part in parts.filter(|it| it.contains("::")) {
            let segments = part.trim_matches(':').split("::").map(str::to_owned);
            self.path(&segments.collect::<Vec<_>>());
        }
        visit::visit_macro(self, item);
    }
}
