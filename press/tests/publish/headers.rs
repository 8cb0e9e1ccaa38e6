//! What a publisher's host is told to send, and what `press serve` sends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::publisher::{Publisher, Result};

/// `press serve`, ended when dropped.
pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    pub(crate) fn start(publisher: &Publisher) -> Result<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_press"))
            .arg("serve")
            .arg(publisher.path("site"))
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let port = line.split("localhost:").nth(1).and_then(|it| it.split('/').next());
        let port = port.ok_or(line.clone())?.parse()?;
        Ok(Self { process, port })
    }

    /// The answer to a request as it is written, whatever its path is.
    pub(crate) fn raw(&self, method: &str, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The values of a header in the answer for a path, one a line.
    fn header(&self, path: &str, name: &str) -> Result<String> {
        let answer = self.raw("GET", path)?;
        let head = answer.split("\r\n\r\n").next().unwrap_or_default();
        let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let values = fields.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        Ok(values.map(|(_, value)| value).collect::<Vec<_>>().join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn publisher(base: &str) -> Result<Publisher> {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: A\ndate: 2026-01-01\n---\n\n![a](a.svg)\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    publisher
        .write("edition/content/tin/a/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")?;
    assert_eq!(publisher.print(&["--strict", "--base", base])?.status.code(), Some(0));
    Ok(publisher)
}

fn drawing(publisher: &Publisher) -> Result<String> {
    let html = publisher.read("tin/a/index.html")?;
    let path = html.split("<img src=\"").nth(1).and_then(|it| it.split('"').next());
    Ok(path.filter(|it| it.ends_with(".svg")).ok_or("no drawing")?.to_owned())
}

#[test]
fn a_drawing_that_is_opened_by_its_address_is_in_a_sandbox() -> Result {
    for base in ["/", "/news/"] {
        let publisher = publisher(base)?;
        let server = Server::start(&publisher)?;
        let policy = |path: &str| server.header(path, "content-security-policy");
        let of_drawing = policy(&drawing(&publisher)?)?;
        assert!(of_drawing.starts_with("default-src 'none'; style-src 'unsafe-inline'; "));
        assert!(of_drawing.ends_with("; sandbox") && !of_drawing.contains(['*', ',', '\n']));
        for path in ["", "tin/", "tin/a/", "sw.js"] {
            let policy = policy(&format!("{base}{path}"))?;
            assert!(policy.contains("script-src 'self' 'sha256-"), "{path}: {policy}");
            assert!(!policy.contains([',', '\n']), "{path} has one policy: {policy}");
        }
        let sniff = server.header(&drawing(&publisher)?, "x-content-type-options")?;
        assert_eq!(sniff, "nosniff");
    }
    Ok(())
}

#[test]
fn the_worker_and_data_are_asked_for_again_each_time() -> Result {
    for (base, scope) in [("/", ""), ("/news/", "/news"), ("/a/b/", "/a/b")] {
        let publisher = publisher(base)?;
        let server = Server::start(&publisher)?;
        let header = |path: &str, name: &str| server.header(&format!("{base}{path}"), name);
        assert_eq!(header("sw.js", "service-worker-allowed")?, scope);
        for path in ["sw.js", "index.json", "tin/a/index.json", "corrections.json", "edition.json"]
        {
            assert_eq!(header(path, "cache-control")?, "no-cache", "{path}");
        }
        assert_eq!(header("tin/", "service-worker-allowed")?, "");
        let css = publisher.read("index.html")?;
        let css = css.split("assets/app.").nth(1).and_then(|it| it.split('"').next());
        let css = format!("assets/app.{}", css.ok_or("no style sheet")?);
        assert!(header(&css, "cache-control")?.contains("immutable"), "{css}");
        assert_eq!(header("assets/none.css", "cache-control")?, "no-cache", "it may come");
        // The host of the publisher is told the same.
        let rules = publisher.read("_headers")?;
        assert_eq!(rules.contains("Service-Worker-Allowed"), !scope.is_empty(), "{rules}");
        assert!(rules.contains(&format!("{base}*.json\n  Cache-Control: no-cache\n")), "{rules}");
    }
    Ok(())
}

#[test]
fn other_sites_frame_embed_pages_and_nothing_else() -> Result {
    for base in ["/", "/news/"] {
        let publisher = publisher(base)?;
        let server = Server::start(&publisher)?;
        let header = |path: &str, name: &str| server.header(&format!("{base}{path}"), name);
        for path in
            ["", "tin/", "tin/a/", "saved/", "embed/", "embed/en/", "no/page/", "tin/a/index.html"]
        {
            let policy = header(path, "content-security-policy")?;
            assert!(policy.ends_with("; frame-ancestors 'none'"), "{path}: {policy}");
            assert_eq!(header(path, "x-frame-options")?, "DENY", "{path}");
        }
        for path in ["embed/front.html", "embed/section/tin.html", "embed/article/tin/a.html"] {
            let policy = header(path, "content-security-policy")?;
            let flags = "; frame-ancestors *; sandbox allow-scripts allow-popups \
                allow-popups-to-escape-sandbox";
            assert!(policy.ends_with(flags), "{path}: {policy}");
            assert!(!policy.contains([',', '\n']), "{path} has one policy: {policy}");
            assert_eq!(header(path, "x-frame-options")?, "", "{path}");
        }
        assert_eq!(header("embed.js", "cache-control")?, "public, max-age=300");
        assert_eq!(header("embed.js", "access-control-allow-origin")?, "*");
    }
    Ok(())
}
