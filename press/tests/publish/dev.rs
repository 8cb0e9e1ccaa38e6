//! What an author sees of `press dev`: a page hears of what was saved, shows it, and keeps the old text beside an error.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::publisher::{Publisher, Result};

/// A `press dev` that is running.
struct Dev {
    process: Child,
    port: u16,
}

impl Dev {
    fn start(publisher: &Publisher) -> Result<Self> {
        Self::start_with(publisher, &[])
    }

    fn start_with(publisher: &Publisher, options: &[&str]) -> Result<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_press"))
            .arg("dev")
            .arg(publisher.path("edition"))
            .arg("--shell")
            .arg(publisher.path("shell"))
            .arg("--out")
            .arg(publisher.path("dev"))
            .args(["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = process.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(out).lines();
        let address = loop {
            let line = lines.next().ok_or("press dev has ended")??;
            if let Some((_, address)) = line.split_once("http://localhost:") {
                break address.to_owned();
            }
        };
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let port = address.split('/').next().unwrap_or_default().parse()?;
        Ok(Self { process, port })
    }

    fn ask(&self, path: &str) -> Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        Ok(stream)
    }

    fn get(&self, path: &str) -> Result<String> {
        let mut answer = String::new();
        self.ask(path)?.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Waits until a page shows a text, as a browser does that loads it again whenever it is told to.
    fn until_shows(&self, page: &str, text: &str) -> Result {
        loop {
            let mut events = self.listen(page)?;
            if self.get(page)?.contains(text) {
                return Ok(());
            }
            events.until("changed")?;
        }
    }

    /// What a page hears that was loaded just now.
    fn listen(&self, page: &str) -> Result<Events> {
        let html = self.get(page)?;
        let version = html.split("data-version=\"").nth(1).and_then(|it| it.split('"').next());
        let version = version.ok_or_else(|| format!("no script in {html}"))?;
        let stream = self.ask(&format!("/.press-dev/events?page={page}&version={version}"))?;
        Ok(Events(BufReader::new(stream)))
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for an event of this name, and answers its data.
    fn until(&mut self, name: &str) -> Result<String> {
        let wanted = format!("event: {name}");
        let mut found = false;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err(format!("{name} did not come").into());
            }
            match line.trim_end().strip_prefix("data:") {
                Some(data) if found => return Ok(data.trim().to_owned()),
                _ => found |= line.trim_end() == wanted,
            }
        }
    }
}

fn text(title: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n\nNước lên.\n")
}

#[test]
fn an_open_page_hears_of_what_was_saved_and_shows_it_however_the_editor_saves() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    let dev = Dev::start(&publisher)?;
    let file = publisher.path("edition/content/tin/a.md");
    let mut page = dev.listen("/tin/a/")?;
    fs::write(&file, text("Ghi đè"))?;
    page.until("changed")?;
    dev.until_shows("/tin/a/", "Ghi đè</h1>")?;
    // As Vim and most others do: another file takes the place of the first.
    let other = publisher.path("edition/content/tin/.a.md.swp");
    fs::write(&other, text("Đổi tên"))?;
    fs::rename(other, file)?;
    dev.until_shows("/tin/a/", "Đổi tên</h1>")?;
    // An article in a folder that was not there, seen from the front page and from its own.
    assert!(dev.get("/bien/b/")?.starts_with("HTTP/1.1 404"));
    publisher.write("edition/content/bien/b/index.md", text("Bài mới"))?;
    dev.until_shows("/bien/b/", "Bài mới</h1>")?;
    dev.until_shows("/", "Bài mới")?;
    Ok(())
}

#[test]
fn an_error_is_told_in_the_page_with_file_line_and_what_to_do_and_the_old_text_stays() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.article("b", 2)?;
    let dev = Dev::start(&publisher)?;
    let mut page = dev.listen("/tin/a/")?;
    publisher.write("edition/content/tin/a.md", "---\ntitle: Hỏng\ndate: hôm qua\n---\n\nx\n")?;
    let told: Value = serde_json::from_str(&page.until("problems")?)?;
    let problem = &told["problems"][0];
    assert_eq!(problem["place"], "content/tin/a.md:3", "{told}");
    assert!(problem["fix"].as_str().is_some_and(|it| it.contains("2020-07-02")), "{told}");
    assert_eq!(
        (told["language"].as_str(), told["heading"].as_str()),
        (Some("vi"), Some("Chưa in được: 1 lỗi"))
    );
    assert!(dev.get("/tin/a/")?.contains("Bài a</h1>"));
    // The others go on, and their lists have the old article.
    publisher.write("edition/content/tin/b.md", text("Bài kia"))?;
    dev.until_shows("/tin/b/", "Bài kia</h1>")?;
    assert!(dev.get("/tin/b/")?.contains("Bài a"), "the broken one is still its neighbour");
    publisher.write("edition/content/tin/a.md", text("Đã sửa"))?;
    let told: Value = serde_json::from_str(&page.until("problems")?)?;
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(0));
    dev.until_shows("/tin/a/", "Đã sửa</h1>")?;
    Ok(())
}

#[test]
fn an_edition_that_cannot_be_printed_says_so_until_it_can() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    let site = fs::read(publisher.path("edition/site.toml"))?;
    publisher.write("edition/site.toml", "title = ")?;
    let dev = Dev::start(&publisher)?;
    let mut page = dev.listen("/")?;
    assert!(page.until("problems")?.contains("site.toml:1"));
    publisher.write("edition/site.toml", site)?;
    page.until("changed")?;
    dev.until_shows("/", "Bài a")?;
    Ok(())
}

#[test]
fn what_shows_a_new_page_is_never_printed() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.print(&[])?;
    let dev = Dev::start(&publisher)?;
    let page = dev.get("/tin/a/")?;
    assert!(page.contains("<script defer src=\"/.press-dev/page.js\""), "{page}");
    for folder in ["site", "dev"] {
        for entry in walkdir::WalkDir::new(publisher.path(folder)) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let bytes = fs::read(entry.path())?;
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains("press-dev"), "{}", entry.path().display());
            }
        }
    }
    // `press serve` knows nothing of it, and other documents than the app's have none.
    let embed = dev.get("/embed/article/tin/a.html")?;
    assert!(embed.contains("</head>") && !embed.contains("press-dev"), "{embed}");
    Ok(())
}

#[test]
fn a_source_that_was_saved_is_built_and_the_pages_have_what_was_built() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.write("source.css", "p { color: red }")?;
    let [source, built] = ["source.css", "shell/a.css"].map(|it| publisher.path(it));
    let build = format!("cp '{}' '{}'", source.display(), built.display());
    let source = source.to_string_lossy();
    let dev = Dev::start_with(&publisher, &["--watch", &source, "--run", &build])?;
    let mut page = dev.listen("/tin/a/")?;
    publisher.write("source.css", "p { color: blue }")?;
    page.until("changed")?;
    let html = dev.get("/tin/a/")?;
    let style = html.split("href=\"/assets/app.").nth(1).and_then(|it| it.split('"').next());
    // It is there when the page is.
    let style = dev.get(&format!("/assets/app.{}", style.ok_or("no style sheet")?))?;
    assert!(style.contains("blue"), "{style}");
    Ok(())
}
