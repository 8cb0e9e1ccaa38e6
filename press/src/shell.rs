//! The shell: what Trunk built, read from its folder or out of the program, and named by the bytes of each file.
//!
//! The site names CSS, JS glue and WASM by a hash of their final bytes, so that they can be cached
//! for ever and two builds never mix. Trunk's own file names are not used: it hashes before
//! wasm-bindgen or wasm-opt have run.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use broadsheet::contract::Site;

use crate::hash::short_hash;

/// A file of the shell, under the name it has in the site.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Relative to the site's base path, `assets/app.1a2b3c4d.css`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What embed pages and partners' pages are made of.
#[derive(Debug, Clone)]
pub struct EmbedShell {
    /// The source of `embed.js`, which partners' pages load.
    pub element: String,
    /// The inline script of an embed page.
    pub frame_script: String,
    /// The inline style sheet of an embed page.
    pub frame_style: String,
    /// The inline script of the page of a player.
    pub player_script: String,
    /// Its inline style sheet.
    pub player_style: String,
    /// The script of the page about embedding.
    pub page_script: Asset,
    /// The style sheet of that page, after the site's.
    pub page_style: Asset,
}

/// The shell of a site.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The document that every page is printed into, Trunk's tags taken out.
    pub document: String,
    /// The inline script that starts the app.
    pub boot: String,
    /// The source of the service worker.
    pub worker: String,
    /// The kill switch: the worker that takes the place of an installed one, and goes.
    pub kill_switch: String,
    /// The style sheet.
    pub css: Asset,
    /// The JS glue.
    pub js: Asset,
    /// The app.
    pub wasm: Asset,
    /// The script of the page of saved articles.
    pub saved_page: Asset,
    /// The script of what plays.
    pub player: Asset,
    /// The script that opens pictures in the page.
    pub viewer: Asset,
    /// What embedding takes.
    pub embed: EmbedShell,
    /// What is copied as it is: path relative to the base path, and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Names this build: a hash of what a page and its worker run.
    pub build: String,
}

impl Shell {
    /// Reads the folder that Trunk wrote.
    ///
    /// # Errors
    /// If the folder cannot be read, or lacks a file of the shell.
    pub fn read(folder: &Path) -> Result<Self> {
        let files = read_folder(folder).and_then(Self::from_files);
        files.with_context(|| {
            format!("the shell in {} is not complete: run `make shell` first", folder.display())
        })
    }

    /// Makes a shell of the files that Trunk wrote, by their names relative to its folder.
    ///
    /// # Errors
    /// If a file of the shell is missing, or is not what it must be.
    pub fn from_files(mut files: BTreeMap<String, Vec<u8>>) -> Result<Self> {
        let mut take =
            |name: &str| files.remove(name).with_context(|| format!("{name} is missing"));
        let index = text(take("index.html")?)?;
        let boot = text(take("boot.js")?)?.trim().to_owned();
        let worker = text(take("sw.js")?)?;
        let kill_switch = text(take("kill-switch.js")?)?;
        let js = asset("app", "js", take("broadsheet.js")?);
        let wasm = asset("app", "wasm", take("broadsheet_bg.wasm")?);
        let saved_page = asset("saved-page", "js", take("saved-page.js")?);
        let player = asset("player", "js", take("player.js")?);
        let viewer = asset("viewer", "js", take("viewer.js")?);
        let embed = EmbedShell {
            element: text(take("embed.js")?)?,
            frame_script: text(take("embed-frame.js")?)?.trim().to_owned(),
            frame_style: text(take("embed-frame.css")?)?.trim().to_owned(),
            player_script: text(take("embed-player.js")?)?.trim().to_owned(),
            player_style: text(take("embed-player.css")?)?.trim().to_owned(),
            page_script: asset("embed-page", "js", take("embed-page.js")?),
            page_style: asset("embed-page", "css", take("embed-page.css")?),
        };
        let mut css = Vec::new();
        for sheet in style_sheets(&index) {
            css.extend_from_slice(strip_comments(&text(take(sheet)?)?).as_bytes());
        }
        if css.is_empty() {
            bail!("index.html of the shell names no style sheet");
        }
        let css = asset("app", "css", css);
        files.retain(|name, _| !name.ends_with(".ts"));
        if let Some(snippet) = files.keys().find(|name| name.starts_with("snippets/")) {
            bail!("the JS glue imports {snippet}: a crate with a JS snippet came in");
        }
        let document = strip_trunk_tags(&index);
        let names = [&css.name, &js.name, &wasm.name, &saved_page.name, &player.name, &viewer.name];
        let parts = [&document, &boot, &worker].into_iter().chain(names);
        let build = short_hash(parts.map(String::as_str).collect::<String>().as_bytes());
        Ok(Self {
            document,
            boot,
            worker,
            kill_switch,
            css,
            js,
            wasm,
            saved_page,
            player,
            viewer,
            embed,
            files,
            build,
        })
    }

    /// Names this build in a site: it changes with what all its pages share, too, which installed
    /// workers keep.
    pub fn build_in(&self, site: &Site) -> String {
        // A site is plain data: it always has JSON.
        let site = serde_json::to_string(site).unwrap_or_default();
        short_hash([&self.build, &site].map(String::as_str).concat().as_bytes())
    }

    /// The style sheet, the JS glue, the app, and the scripts that load later: of the page of saved articles, of
    /// what plays, of pictures that are opened.
    pub fn assets(&self) -> [&Asset; 6] {
        [&self.css, &self.js, &self.wasm, &self.saved_page, &self.player, &self.viewer]
    }
}

/// A file that is named by its bytes.
pub(crate) fn asset(stem: &str, extension: &str, bytes: Vec<u8>) -> Asset {
    let name = format!("assets/{stem}.{}.{extension}", short_hash(&bytes));
    Asset { name, bytes }
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("a file of the shell is not UTF-8")
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// The value of an attribute in the text of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}="))?.1;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '>']).next(),
    }
}

/// The file names of the style sheets that Trunk linked, in their order.
fn style_sheets(index: &str) -> Vec<&str> {
    index
        .split("<link")
        .filter(|tag| attribute(tag, "rel") == Some("stylesheet"))
        .filter_map(|tag| attribute(tag, "href"))
        .map(|href| href.trim_start_matches(['.', '/']))
        .collect()
}

/// Takes out the links and scripts that Trunk wrote: the press writes its own.
fn strip_trunk_tags(index: &str) -> String {
    let kept = index.lines().filter(|line| {
        let line = line.trim_start();
        let written_by_trunk = line.starts_with("<link")
            && ["stylesheet", "modulepreload", "preload"]
                .iter()
                .any(|rel| attribute(line, "rel") == Some(rel));
        !written_by_trunk && !line.is_empty()
    });
    kept.map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// Takes out comments and indentation, which are for who reads the source.
fn strip_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheets_keep_their_order() {
        let index = r#"<link rel="stylesheet" href="/tokens-1.css" integrity="x"/>
            <link rel=stylesheet href=./base.css><link rel="icon" href="x.svg">"#;
        assert_eq!(style_sheets(index), ["tokens-1.css", "base.css"]);
    }

    #[test]
    fn comments_do_not_travel() {
        assert_eq!(strip_comments("/* a */\na {\n  b: c; /* d */\n}\n"), "a {\nb: c;\n}\n");
    }
}
