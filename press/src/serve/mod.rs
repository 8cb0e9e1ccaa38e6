//! Serve: a site over HTTP, as a good CDN would serve it.
//!
//! tower-http's `ServeDir` finds the files, answers ranges and conditional requests and sends compressed files that
//! lie beside the plain ones; its `CompressionLayer` compresses what has none. What is here is what hosts add to
//! that: the site's `_headers` and `_redirects`, its `404.html`, and which files are for readers. The browser tests
//! run against it, so that they see what a reader sees.

mod answer;
mod conditions;
mod files;
mod folder;
mod headers;
mod kept;
mod partner;
mod paths;
mod redirects;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use answer::MayCompress;
pub(crate) use answer::answer;
pub use folder::Folder;

/// Of 11 for Brotli and 9 for gzip. The app, the largest file, takes some milliseconds.
const QUALITY: i32 = 5;

/// The router that serves a site.
pub fn router(folder: Folder) -> Router {
    compressed(Router::new().fallback(get(answer)).with_state(Arc::new(folder)))
}

/// The name of what a path means, relative to the site; with a slash at its end for a page.
pub(crate) fn name(folder: &Folder, path: &str) -> Option<String> {
    path.strip_prefix(folder.base_path()).and_then(paths::name)
}

/// A router whose answers are compressed where that is of use.
pub(crate) fn compressed(router: Router) -> Router {
    let compresses = |_: StatusCode, _: Version, _: &HeaderMap, of: &Extensions| {
        of.get::<MayCompress>().is_some()
    };
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(QUALITY))
        .compress_when(compresses);
    router.layer(compression)
}

/// Serves the site in `site` at `address` until the process is interrupted, and prints where; and a partner's
/// page with embeds of it at `partner`, where that is asked for and possible.
///
/// # Errors
/// If the folder holds no site, or `address` is taken.
pub async fn run(site: &Path, address: SocketAddr, partner: Option<SocketAddr>) -> Result<()> {
    let folder = Folder::open(site)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port"))?;
    let url = format!("http://localhost:{}{}", listener.local_addr()?.port(), folder.base_path());
    #[allow(clippy::print_stdout, reason = "the address is the command's output")]
    {
        println!("Serving {} at {url} (Ctrl+C stops)", site.display());
    }
    let partner = async {
        if let Some(address) = partner
            && let Err(error) = partner::run(address, url, site).await
        {
            // The site is shown all the same.
            #[allow(clippy::print_stderr, reason = "the error is the command's output")]
            {
                eprintln!("warning: no partner's page is shown: {error:#}");
            }
        }
        std::future::pending::<()>().await;
    };
    let stop = async {
        // Without a handler the process just ends on Ctrl+C, which is as good.
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        ended = axum::serve(listener, router(folder)).with_graceful_shutdown(stop) => Ok(ended?),
        () = partner => Ok(()),
    }
}
