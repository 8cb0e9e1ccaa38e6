//! Requests that say more than a path: HEAD, parts, conditions, encodings, queries; and paths that lead outside.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context as _, ensure};
use tests::{Event, Host, HostKind, Paper, Result, Server, report};

use crate::edition;
use crate::http::{Answer, ask, get, header};

macro_rules! on_every_server {
    ($($name:ident;)*) => {
        $(mod $name {
            use super::*;

            #[tokio::test]
            async fn on_nginx() -> Result {
                on(HostKind::Nginx, super::$name).await
            }
            #[tokio::test]
            async fn on_caddy() -> Result {
                on(HostKind::Caddy, super::$name).await
            }
            #[tokio::test]
            async fn on_apache() -> Result {
                on(HostKind::Apache, super::$name).await
            }
            #[tokio::test]
            async fn on_press_serve() -> Result {
                let paper = edition::precompressed()?;
                fs::write(paper.site().with_file_name(SECRET_FILE), SECRET)?;
                let server = Server::start(paper).await?;
                super::$name(server.address(), paper).await
            }
        })*
    };
}

on_every_server! {
    head_answers_as_get_without_the_content;
    a_part_of_a_picture_is_sent_alone;
    what_a_browser_has_is_not_sent_again;
    compressed_files_are_sent_to_who_takes_them;
    a_query_changes_nothing_and_outlives_a_redirect;
    no_path_leads_outside_of_the_site;
    no_file_is_kept_for_ever_under_a_name_that_may_change;
}

/// A file beside the folder that is served, which no path may show.
const SECRET_FILE: &str = "secret.txt";
const SECRET: &str = "a secret of the host";

/// Runs a test on a server, or reports that it is not there.
async fn on(kind: HostKind, test: impl AsyncFn(SocketAddr, &Paper) -> Result) -> Result {
    if let Some(why) = kind.missing() {
        return report(Event::NotRun, &why);
    }
    let paper = edition::precompressed()?;
    let host = Host::start(kind, paper).await?;
    fs::write(host.folder().join(SECRET_FILE), SECRET)?;
    test(host.address(), paper).await
}

/// Paths of files that have compressed ones beside them.
const COMPRESSED: [&str; 5] = ["/", "/thoi-su/", "/index.json", "/embed.js", "/rss.xml"];

/// The path of a picture with a hash in its name.
fn picture(paper: &Paper) -> Result<String> {
    paper.pictures()?.into_iter().next().context("no picture")
}

async fn head_answers_as_get_without_the_content(host: SocketAddr, paper: &Paper) -> Result {
    for path in ["/", "/thoi-su", "/index.json", "/khong-co/", &picture(paper)?] {
        let (full, head) = (get(host, path).await?, ask(host, "HEAD", path, &[]).await?);
        ensure!(head.status() == full.status(), "{path}: {}", head.status());
        ensure!(head.body().is_empty(), "{path}");
        for name in ["content-type", "cache-control", "location", "etag", "content-security-policy"]
        {
            ensure!(header(&head, name) == header(&full, name), "{path}: {name}");
        }
    }
    Ok(())
}

async fn a_part_of_a_picture_is_sent_alone(host: SocketAddr, paper: &Paper) -> Result {
    let path = picture(paper)?;
    let full = get(host, &path).await?;
    let part = ask(host, "GET", &path, &[("range", "bytes=10-19")]).await?;
    ensure!(part.status() == 206, "{}", part.status());
    ensure!(part.body() == &full.body()[10..20]);
    let range = format!("bytes 10-19/{}", full.body().len());
    ensure!(header(&part, "content-range") == range, "{:?}", part.headers());
    let beyond = ask(host, "GET", &path, &[("range", "bytes=999999999-")]).await?;
    ensure!(beyond.status() == 416, "{}", beyond.status());
    Ok(())
}

async fn what_a_browser_has_is_not_sent_again(host: SocketAddr, paper: &Paper) -> Result {
    for path in ["/", "/thoi-su/", "/edition.json", "/sw.js", &picture(paper)?] {
        let full = get(host, path).await?;
        let (tag, date) = (header(&full, "etag"), header(&full, "last-modified"));
        ensure!(!tag.is_empty(), "{path} has no entity tag");
        let again = ask(host, "GET", path, &[("if-none-match", tag)]).await?;
        ensure!(again.status() == 304 && again.body().is_empty(), "{path}: {}", again.status());
        // Kept under the same rules (RFC 9110, section 15.4.5).
        for name in ["cache-control", "etag", "content-security-policy"] {
            // Apache calls the tag of a file weak in the second in which it was written.
            let [again_said, said] =
                [&again, &full].map(|it| header(it, name).trim_start_matches("W/"));
            ensure!(again_said == said, "{path}: {name} of 304: {:?}", again.headers());
        }
        let other = ask(host, "GET", path, &[("if-none-match", "\"another\"")]).await?;
        ensure!(other.status() == 200 && other.body() == full.body(), "{path}: {}", other.status());
        if !date.is_empty() {
            let again = ask(host, "GET", path, &[("if-modified-since", date)]).await?;
            ensure!(again.status() == 304, "{path}: {}", again.status());
        }
    }
    Ok(())
}

async fn compressed_files_are_sent_to_who_takes_them(host: SocketAddr, paper: &Paper) -> Result {
    for path in COMPRESSED {
        let plain = get(host, path).await?;
        ensure!(header(&plain, "content-encoding").is_empty(), "{path}: {:?}", plain.headers());
        for (takes, encoding) in [("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("br", "br")]
        {
            let packed = ask(host, "GET", path, &[("accept-encoding", takes)]).await?;
            let about = format!("{path} for {takes}: {:?}", packed.headers());
            ensure!(header(&packed, "content-encoding") == encoding, "{about}");
            ensure!(unpack(&packed, encoding)? == plain.body()[..], "{about}");
            let varies = header(&packed, "vary").to_ascii_lowercase();
            ensure!(varies.contains("accept-encoding"), "{about}");
            ensure!(
                header(&packed, "etag") != header(&plain, "etag"),
                "one tag for two contents: {about}"
            );
            for name in ["content-type", "cache-control", "content-security-policy"] {
                ensure!(header(&packed, name) == header(&plain, name), "{name}: {about}");
            }
        }
    }
    let picture = ask(host, "GET", &picture(paper)?, &[("accept-encoding", "br, gzip")]).await?;
    ensure!(header(&picture, "content-encoding").is_empty(), "{:?}", picture.headers());
    Ok(())
}

fn unpack(answer: &Answer, encoding: &str) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    if encoding == "br" {
        brotli::BrotliDecompress(&mut &answer.body()[..], &mut out)?;
        return Ok(out);
    }
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), answer.body())?;
    let read = fs::File::open(file.path())?;
    let output = Command::new("gzip").arg("--decompress").arg("--stdout").stdin(read).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

async fn a_query_changes_nothing_and_outlives_a_redirect(
    host: SocketAddr,
    paper: &Paper,
) -> Result {
    for path in ["/", "/thoi-su/", "/index.json", &picture(paper)?] {
        let (plain, asked) =
            (get(host, path).await?, get(host, &format!("{path}?utm_source=a/b")).await?);
        ensure!(
            asked.status() == 200 && asked.body() == plain.body(),
            "{path}: {}",
            asked.status()
        );
        let (right, sent) = (header(&plain, "cache-control"), header(&asked, "cache-control"));
        ensure!(right == sent, "{path}: {sent}");
    }
    let moved = get(host, "/thoi-su?utm_source=a").await?;
    let location = header(&moved, "location");
    // Caddy 2.6 leaves it out where it adds the slash; pages count nothing by it.
    let query = if header(&moved, "server") == "Caddy" { "" } else { "?utm_source=a" };
    ensure!(location.ends_with(&format!("/thoi-su/{query}")), "{location}");
    Ok(())
}

async fn no_path_leads_outside_of_the_site(host: SocketAddr, _: &Paper) -> Result {
    for path in [
        "/../secret.txt",
        "/thoi-su/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/thoi-su/%2e%2e/%2e%2e/secret.txt",
        "/thoi-su/..%5c..%5csecret.txt",
        "//secret.txt",
        "/thoi-su/..//../secret.txt",
        "/%00/../../secret.txt",
    ] {
        let answer = get(host, path).await?;
        ensure!(answer.status().is_client_error(), "{path}: {}", answer.status());
        ensure!(!String::from_utf8_lossy(answer.body()).contains(SECRET), "{path}");
    }
    // A redirect never leads to another host.
    for path in
        ["//thoi-su", "//example.org", "//example.org/", "/\\example.org", "//example.org/.."]
    {
        let answer = get(host, path).await?;
        let location = header(&answer, "location");
        ensure!(
            !location.starts_with("//") && !location.contains("//example.org"),
            "{path}: {location}"
        );
    }
    Ok(())
}

async fn no_file_is_kept_for_ever_under_a_name_that_may_change(
    host: SocketAddr,
    paper: &Paper,
) -> Result {
    for path in [
        "/",
        "/sw.js",
        "/embed.js",
        "/kill-switch.js",
        "/icons/favicon.svg",
        "/manifest.webmanifest",
    ] {
        let answer = get(host, path).await?;
        ensure!(!header(&answer, "cache-control").contains("immutable"), "{path}");
    }
    let answer = get(host, &picture(paper)?).await?;
    ensure!(header(&answer, "cache-control").contains("immutable"), "{:?}", answer.headers());
    Ok(())
}
