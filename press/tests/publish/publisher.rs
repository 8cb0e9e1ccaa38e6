//! An edition in a folder, with a stand-in for the shell.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

pub(crate) const SITE: &str = "title = \"Báo Thử\"\ntagline = \"Mỗi ngày\"\nlanguage = \"vi\"\n\
    timezone = \"Asia/Ho_Chi_Minh\"\nbase_url = \"https://paper.example/\"\npage_size = 2\n\
    [[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";

/// An edition in a folder, with a stand-in for the shell.
pub(crate) struct Publisher {
    folder: TempDir,
}

impl Publisher {
    pub(crate) fn new() -> Result<Self> {
        let publisher = Self { folder: tempfile::tempdir()? };
        let index = "<!doctype html>\n<html lang=\"und\">\n<head>\n<!--press:head-->\n\
            <link rel=\"stylesheet\" href=\"/a.css\">\n</head>\n<body>\n<!--press:body-->\n</body>\n</html>\n";
        publisher.write("shell/index.html", index)?;
        publisher.write("shell/a.css", "p { color: red }")?;
        publisher.write("shell/boot.js", "start()")?;
        publisher.write("shell/sw.js", "const shell = PRESS_SHELL;\n")?;
        publisher.write("shell/kill-switch.js", "registration.unregister();\n")?;
        publisher.write("shell/saved-page.js", "export const show = () => {}")?;
        publisher.write("shell/player.js", "export const open = () => {}")?;
        publisher.write("shell/embed-player.js", "play()")?;
        publisher.write("shell/embed-player.css", "a{color:red}")?;
        publisher.write("shell/viewer.js", "export const open = () => {}")?;
        publisher.write("shell/embed.js", "define(PRESS_EMBED)")?;
        publisher.write("shell/embed-frame.js", "report()")?;
        publisher.write("shell/embed-frame.css", "p{color:red}")?;
        publisher.write("shell/embed-page.js", "show()")?;
        publisher.write("shell/embed-page.css", "p{color:blue}")?;
        publisher.write("shell/broadsheet.js", "export default 1")?;
        publisher.write("shell/broadsheet_bg.wasm", "wasm")?;
        publisher.write("edition/site.toml", SITE)?;
        Ok(publisher)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
        Ok(fs::write(path, content)?)
    }

    pub(crate) fn article(&self, slug: &str, day: u32) -> Result {
        let text = format!(
            "---\ntitle: Bài {slug}\ndate: 2026-01-{day:02}T08:00:00+07:00\nsummary: Lede {slug}\n\
             author: Hạ\nsource: Báo Bạn\ntags: [a, b]\n---\n\nThân bài.\n"
        );
        self.write(&format!("edition/content/tin/{slug}.md"), &text)
    }

    pub(crate) fn print(&self, options: &[&str]) -> Result<Output> {
        Ok(self.command().args(options).output()?)
    }

    /// Every file of a site that is printed from nothing.
    pub(crate) fn print_fresh(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press.arg("build").arg(self.path("edition")).arg("--shell").arg(self.path("shell"));
        press.arg("--out").arg(self.path("fresh")).output()?;
        self.files_of("fresh")
    }

    /// The command that prints the edition.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
        command.arg("build").arg(self.path("edition"));
        command.arg("--shell").arg(self.path("shell")).arg("--out").arg(self.path("site"));
        command
    }

    /// Another command of the press for the edition.
    pub(crate) fn press(&self, command: &str, options: &[&str]) -> Result<Output> {
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        Ok(press.arg(command).arg(self.path("edition")).args(options).output()?)
    }

    /// Every file of the site, by its name relative to it.
    pub(crate) fn files(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        self.files_of("site")
    }

    fn files_of(&self, folder: &str) -> Result<BTreeMap<String, Vec<u8>>> {
        let site = self.path(folder);
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&site) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&site)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(entry.path())?);
            }
        }
        Ok(files)
    }

    pub(crate) fn read(&self, name: &str) -> Result<String> {
        let path = self.path("site").join(name);
        Ok(fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    pub(crate) fn json(&self, name: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.read(name)?)?)
    }
}

/// What the press said of problems.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What the press said of what it did.
pub(crate) fn answer(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
