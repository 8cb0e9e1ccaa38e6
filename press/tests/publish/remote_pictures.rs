//! What becomes of pictures that lie on other sites.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::album::{self, JPEG, Jpeg, SECRETS};
use crate::publisher::{Publisher, Result, SITE, said};

const FETCH: &str = "[pictures]\nfetch = true\n";

/// Another site: answers each path with a head and a body, and notes what it was asked for.
struct OtherSite {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl OtherSite {
    fn start(answers: HashMap<&'static str, (String, Vec<u8>)>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &answers, &log);
            }
        });
        Ok(Self { address, asked })
    }

    /// What it was asked for since the last time, in the order of paths.
    fn asked(&self) -> Vec<String> {
        let mut asked =
            std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        asked.sort();
        asked
    }
}

fn answer(
    mut stream: TcpStream,
    answers: &HashMap<&'static str, (String, Vec<u8>)>,
    log: &Mutex<Vec<String>>,
) -> Result {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().ok_or("no request")??;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (head, body) = answers.get(path.as_str()).cloned().unwrap_or_else(|| {
        ("HTTP/1.1 404 Not Found\r\n".to_owned(), b"<!doctype html>nothing".to_vec())
    });
    log.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    stream.write_all(head.as_bytes())?;
    write!(stream, "Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    Ok(stream.write_all(&body)?)
}

fn found(kind: &str, body: &[u8]) -> (String, Vec<u8>) {
    (format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"), body.to_vec())
}

fn moved(to: &str) -> (String, Vec<u8>) {
    (format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\n"), Vec::new())
}

/// A photograph with a place and a name in it.
fn photograph() -> Result<Vec<u8>> {
    let (width, height) = (600, 400);
    let jpeg = Jpeg { orientation: Some(1), ..JPEG };
    album::jpeg(&album::photo(width, height), width, height, jpeg)
}

#[test]
fn a_picture_of_another_site_is_fetched_once_and_published_as_the_newspapers_own() -> Result {
    let photograph = photograph()?;
    let site = OtherSite::start(HashMap::from([
        ("/a/%E1%BA%A2nh.jpg?w=9", found("image/jpeg", &photograph)),
        ("/lead", moved("/deep/lead.jpg")),
        ("/deep/lead.jpg", found("application/octet-stream", &photograph)),
    ]))?;
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", format!("{SITE}{FETCH}"))?;
    let text = format!(
        "---\ntitle: A\ndate: 2026-01-01\nimage: {0}/lead\n---\n\nText.\n\n![Bến]({0}/a/Ảnh.jpg?w=9 \"Chú thích\")\n",
        site.address
    );
    publisher.write("edition/content/tin/a.md", &text)?;
    publisher.write("edition/content/tin/b.md", text.replace("title: A", "title: B"))?;
    let output = publisher.print(&["--strict", "--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(site.asked(), ["/a/%E1%BA%A2nh.jpg?w=9", "/deep/lead.jpg", "/lead"]);
    let page = publisher.read("tin/a/index.html")?;
    assert!(!page.contains("127.0.0.1"), "{page}");
    assert!(page.contains("srcset=\"/tin/a/anh-240.") && page.contains("alt=\"Bến\""), "{page}");
    for (name, bytes) in publisher.files()? {
        let told = |it: &str| bytes.windows(it.len()).any(|part| part == it.as_bytes());
        assert_eq!(SECRETS.iter().find(|it| told(it)), None, "{name}");
    }
    // Its host may be gone by then.
    publisher.article("them", 2)?;
    let output = publisher.print(&["--strict", "--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(site.asked(), [""; 0]);
    assert!(publisher.read("tin/b/index.html")?.contains("srcset=\"/tin/b/anh-240."));
    Ok(())
}

#[test]
fn a_picture_that_cannot_be_fetched_is_a_link_and_the_article_goes_out() -> Result {
    let site = OtherSite::start(HashMap::from([
        ("/page.jpg", found("image/jpeg", b"<!doctype html><html>Sign in</html>")),
        ("/huge.png", found("image/png", &vec![0; 30_000_001])),
        ("/round.png", moved("/round.png")),
        ("/file.png", moved("file:///etc/passwd")),
    ]))?;
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", format!("{SITE}{FETCH}"))?;
    let names = ["page.jpg", "huge.png", "round.png", "file.png", "gone.png"];
    for name in names {
        let text = format!(
            "---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n\n![Bến]({}/{name})\n",
            site.address
        );
        publisher.write(&format!("edition/content/tin/{}.md", name.replace('.', "-")), text)?;
    }
    let output = publisher.print(&["--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for name in names {
        let article = name.replace('.', "-");
        let page = publisher.read(&format!("tin/{article}/index.html"))?;
        assert!(page.contains(&format!("<a href=\"{}/{name}\"", site.address)), "{name}: {page}");
        let warning = format!(
            "content/tin/{article}.md:8: warning: the picture \"{}/{name}\" could not be fetched",
            site.address
        );
        assert!(said(&output).contains(&warning), "{warning} in {}", said(&output));
    }
    // Every print asks again.
    site.asked();
    publisher.print(&["--picture-seconds", "0"])?;
    assert!(site.asked().contains(&"/gone.png".to_owned()));
    Ok(())
}

#[test]
fn no_other_site_is_asked_unless_the_publisher_wants_it() -> Result {
    let site = OtherSite::start(HashMap::from([("/a.jpg", found("image/jpeg", &photograph()?))]))?;
    let publisher = Publisher::new()?;
    let text = format!(
        "---\ntitle: A\ndate: 2026-01-01\nimage: {0}/a.jpg\n---\n\nText.\n\n![Bến]({0}/a.jpg)\n",
        site.address
    );
    publisher.write("edition/content/tin/a.md", &text)?;
    publisher.print(&[])?;
    assert!(
        publisher.read("tin/a/index.html")?.contains(&format!("href=\"{}/a.jpg\"", site.address))
    );
    // Nor where nothing is printed.
    publisher.write("edition/site.toml", format!("{SITE}{FETCH}"))?;
    let output = publisher.press("check", &[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(site.asked(), [""; 0]);
    Ok(())
}
