//! The two checkers of HTML: what is asked of them, and what they answer.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tests::Result;
use walkdir::WalkDir;

/// A checker of HTML, from the packages of `js/package.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checker {
    /// W3C's Nu checker, a program for Java.
    Nu,
    /// html-validate, a program for Node.js. `js/.htmlvalidate.js` says what it checks.
    HtmlValidate,
}

/// A file of the folder `js`.
fn package(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../js").join(name)
}

/// The files of a site that end in `.html`.
pub(crate) fn documents(site: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(site).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|it| it == "html") {
            found.push(path);
        }
    }
    Ok(found)
}

impl Checker {
    /// Whether this machine has what the checker runs on. Node.js is needed by the build as well, so a machine
    /// without it is broken.
    pub(crate) fn is_available(self) -> bool {
        let java = || Command::new("java").arg("-version").output();
        self != Checker::Nu || java().is_ok_and(|it| it.status.success())
    }

    /// The errors in these documents of a site, each as `file:line: message`.
    pub(crate) fn errors(self, site: &Path, documents: &[PathBuf]) -> Result<Vec<String>> {
        match self {
            Checker::Nu => nu(site, documents),
            Checker::HtmlValidate => html_validate(site, documents),
        }
    }
}

/// What a checker says of a line of a file, with the file's path inside the site.
fn told(site: &Path, file: &str, line: &Value, message: &Value) -> String {
    let path = Path::new(file.strip_prefix("file:").unwrap_or(file));
    let path = path.strip_prefix(site).unwrap_or(path);
    format!("{}:{line}: {}", path.display(), message.as_str().unwrap_or_default())
}

/// What a program printed as JSON.
fn json(output: &Output, printed: &[u8]) -> Result<Value> {
    serde_json::from_slice(printed)
        .with_context(|| format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)))
}

fn nu(site: &Path, documents: &[PathBuf]) -> Result<Vec<String>> {
    let output = Command::new("java")
        .arg("-jar")
        .arg(package("node_modules/vnu-jar/build/dist/vnu.jar"))
        .args(["--stdout", "--format", "json", "--exit-zero-always"])
        .args(documents)
        .output()
        .context("java does not start")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer = json(&output, &output.stdout)?;
    let messages = answer["messages"].as_array().context("no list of messages")?;
    // What is no error is of the type "info"; a file that cannot be read is an error as well.
    let errors = messages.iter().filter(|it| it["type"] != "info");
    Ok(errors
        .map(|it| {
            let file = it["url"].as_str().unwrap_or_default();
            told(site, file, &it["lastLine"], &it["message"])
        })
        .collect())
}

fn html_validate(site: &Path, documents: &[PathBuf]) -> Result<Vec<String>> {
    let output = Command::new("node")
        .arg(package("node_modules/html-validate/bin/html-validate.mjs"))
        .arg("--config")
        .arg(package(".htmlvalidate.js"))
        .args(["--formatter", "json"])
        .args(documents)
        .output()
        .context("node does not start")?;
    let answer = json(&output, &output.stdout)?;
    let files = answer.as_array().context("no list of files")?;
    let mut errors = Vec::new();
    for file in files {
        let name = file["filePath"].as_str().unwrap_or_default();
        for it in file["messages"].as_array().into_iter().flatten() {
            let rule = it["ruleId"].as_str().unwrap_or_default();
            errors.push(format!("{} ({rule})", told(site, name, &it["line"], &it["message"])));
        }
    }
    // The program ends with 1 where it has found errors.
    ensure!(output.status.success() == errors.is_empty(), "{}", output.status);
    Ok(errors)
}
