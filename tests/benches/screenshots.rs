//! Takes the pictures of the README: the sample edition on a desktop and on a phone.

use std::path::Path;

use tests::{Browser, Result, Server, sample};

#[tokio::main]
async fn main() -> Result {
    let server = Server::start(sample()).await?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures");
    std::fs::create_dir_all(&folder)?;
    let article = sample().articles().max_by_key(|path| sample().length(path)).unwrap_or("/");
    for (name, path, width, dark) in [
        ("front", "/", 1280, false),
        ("article", article, 1280, true),
        ("phone", article, 360, false),
    ] {
        let browser = Browser::open_with(width, dark, true).await?;
        browser.goto_app(&server.url(path)).await?;
        browser
            .until("[...document.images].every((it) => it.complete || it.loading === 'lazy')")
            .await?;
        browser.screenshot(&folder.join(format!("{name}.png"))).await?;
        browser.close().await?;
    }
    Ok(())
}
