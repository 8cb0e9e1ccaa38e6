//! What a publisher has who has nothing but the press: one file, in a root folder that holds no other program, no
//! time zones, no home and no environment.

mod root;

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use root::Root;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

#[test]
fn one_file_is_all_that_a_newspaper_takes() -> Result {
    let Some(root) = Root::new()? else { return Ok(()) };
    let run = |arguments: &[&str]| root.run(arguments);
    run(&["new-edition", "/paper", "--title", "Báo Một Tệp"])?;
    let told = run(&["new", "Chuyến đò sớm", "--edition", "/paper", "--draft=false"])?;
    assert!(told.contains("content/tin-tuc/chuyen-do-som/index.md"), "{told}");
    let told = run(&["check", "/paper"])?;
    assert!(told.contains("Read 3 articles (0 errors, 0 warnings"), "{told}");
    run(&["build", "/paper", "--out", "/paper/site"])?;
    // A second print finds the first.
    run(&["build", "/paper", "--out", "/paper/site", "--strict"])?;

    let mut serve = root.command(&["serve", "/paper/site", "--port", "0"]);
    let mut serving = Serving(serve.stdout(Stdio::piped()).spawn()?);
    let out = serving.0.stdout.take().ok_or("the server has no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let port = line.split("http://localhost:").nth(1).and_then(|it| it.split('/').next());
    let port: u16 = port.ok_or_else(|| format!("no address: {line}"))?.parse()?;
    let front = get(port, "/")?;
    assert!(front.starts_with("HTTP/1.1 200"), "{front}");
    assert!(front.contains("Báo Một Tệp") && front.contains("Chuyến đò sớm"), "{front}");
    let article = get(port, "/tin-tuc/chuyen-do-som/")?;
    assert!(article.contains("Chuyến đò sớm</h1>"), "{article}");
    // What the browser runs came out of the program, too.
    let script = article.split("\"/assets/app.").nth(1).and_then(|it| it.split('"').next());
    let script = format!("/assets/app.{}", script.ok_or("the page names no file of the app")?);
    assert!(get(port, &script)?.starts_with("HTTP/1.1 200"), "{script}");
    Ok(())
}

/// A server that ends with the test.
struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks for a path, as a program without any other knowledge of HTTP can (RFC 9112).
fn get(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// The shell that is in the program is the one that was built last.
#[cfg(feature = "embedded-shell")]
#[test]
fn the_shell_in_the_program_is_that_of_the_folder() -> Result {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::process::Command;

    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir()?;
    let print = |name: &str, options: &[&Path]| -> Result<BTreeMap<String, Vec<u8>>> {
        let site = folder.path().join(name);
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press.arg("build").arg(repository.join("edition")).arg("--out").arg(&site);
        // Which pictures there is time to write as AVIF differs from print to print.
        press.args(["--at", "2026-11-21T00:00:00Z", "--picture-seconds", "0"]).args(options);
        let output = press.output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&site) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&site)?.to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path())?);
            }
        }
        Ok(files)
    };
    let inside = print("inside", &[])?;
    let outside = print("outside", &[Path::new("--shell"), &repository.join("dist")])?;
    let differing: Vec<&String> = inside
        .iter()
        .filter(|(name, bytes)| outside.get(*name) != Some(bytes))
        .map(|it| it.0)
        .collect();
    assert!(differing.is_empty() && inside.len() == outside.len(), "{differing:?}");
    Ok(())
}
