//! A partner's page for a look at embeds: on a port of its own, so that it is another origin than the site.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::response::Html;

const PAGE: &str = include_str!("partner.html");

/// Serves the page at `address` until the process ends. `site` is the URL at which the site is shown, `script`
/// the text of its `embed.js`, which has the element's name.
pub(super) async fn run(address: SocketAddr, site: String, script: &str) -> Result<()> {
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port"))?;
    let url = format!("http://localhost:{}/", listener.local_addr()?.port());
    #[allow(clippy::print_stdout, reason = "the address is the command's output")]
    {
        println!("Showing a partner's page with embeds at {url}");
    }
    let element = script.split("\"element\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let element = element.context("embed.js of the site names no element: print the site again")?;
    let page = PAGE.replace("{site}", &site).replace("{element}", element);
    let app = Router::new().fallback(move || async move { Html(page) });
    Ok(axum::serve(listener, app).await?)
}
