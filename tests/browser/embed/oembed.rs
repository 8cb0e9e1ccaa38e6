//! A site that a partner pastes an address into: an oEmbed client of others finds and reads what an article
//! offers (oEmbed, "2.3.4 Response parameters" and "4 Discovery").

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tests::{Result, Server, sample};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// What the client is asked, as a module for Node.js. Arguments: the address that the newspaper is published
/// at, the server that stands for it, the path of an article.
const CLIENT: &str = "
    import { extract } from '@extractus/oembed-extractor';
    const [site, server, path] = process.argv.slice(2);
    const fetcher = (url, options) => fetch(String(url).replace(site, server), options);
    console.log(JSON.stringify(await extract(site + path, { maxwidth: 500 }, fetcher)));
";

/// What the client makes of an article of the sample.
async fn extract(server: &Server, path: &str) -> Result<Value> {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js");
    let mut node = Command::new("node")
        .args(["--input-type=module", "-", "https://vinhlam.example", &server.url(""), path])
        .current_dir(packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("node does not start")?;
    node.stdin.take().context("no input")?.write_all(CLIENT.as_bytes()).await?;
    let output = node.wait_with_output().await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

#[tokio::test]
async fn a_client_of_others_finds_and_reads_what_an_article_offers() -> Result {
    let server = Server::start(sample()).await?;
    let found = extract(&server, super::ARTICLE).await?;
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (text("method"), text("type"), text("version")),
        ("auto-discovery".into(), "rich".into(), "1.0".into())
    );
    assert_eq!(text("provider_name"), "Báo Vĩnh Lam");
    assert!(text("title").contains("diều"), "{found}");
    let frame = "src=\"https://vinhlam.example/embed/article/van-hoa/dieu-sao-dong-vong.html";
    assert!(text("html").contains("<iframe") && text("html").contains(frame), "{found}");
    for size in ["width", "height", "thumbnail_width", "thumbnail_height"] {
        assert!(found[size].as_u64().is_some_and(|it| it > 0), "{size}: {found}");
    }
    // The picture is where it says.
    let picture = text("thumbnail_url").replace("https://vinhlam.example", "");
    assert!(sample().picture_files()?.contains(&picture), "{picture}");
    Ok(())
}
