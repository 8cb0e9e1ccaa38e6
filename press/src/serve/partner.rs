//! A partner's page for a look at embeds: on a port of its own, so that it is another origin than the site.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::response::Html;

const PAGE: &str = include_str!("partner.html");

/// Serves the page at `address` until the process ends. `url` is where the site in `folder` is shown; its
/// `embed.js` has the element's name.
pub(super) async fn run(address: SocketAddr, url: String, folder: &Path) -> Result<()> {
    let script =
        std::fs::read_to_string(folder.join("embed.js")).context("the site has no embed.js")?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another --partner-port"))?;
    let here = format!("http://localhost:{}/", listener.local_addr()?.port());
    #[allow(clippy::print_stdout, reason = "the address is the command's output")]
    {
        println!("Showing a partner's page with embeds at {here}");
    }
    let element = script.split("\"element\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let element = element.context("embed.js of the site names no element: print the site again")?;
    let page = PAGE.replace("{site}", &url).replace("{element}", element);
    let app = Router::new().fallback(move || async move { Html(page) });
    Ok(axum::serve(listener, app).await?)
}
