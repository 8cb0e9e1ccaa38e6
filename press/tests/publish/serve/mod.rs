//! What a publisher sees of a site that `press serve` shows: files, types, conditions, ranges, compression.

mod conditions;
mod hostile;
mod packing;
mod paths;
mod replaced;

use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use press::serve::{Folder, router};
use tower::ServiceExt as _;

use crate::publisher::{Publisher, Result};

/// A site as it is served.
struct Host(Router);

/// An answer, read to its end.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Host {
    fn of(site: &Path) -> Result<Self> {
        Ok(Self(router(Folder::open(site)?)))
    }

    /// Asks for a path, with headers, each as `name: value`.
    async fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Result<Answer> {
        let mut request = Request::builder().method(method).uri(path);
        for header in headers {
            let (name, value) = header.split_once(": ").ok_or("not a header")?;
            request = request.header(name, value);
        }
        let answer = self.0.clone().oneshot(request.body(Body::empty())?).await?;
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await?.to_vec();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    async fn get(&self, path: &str) -> Result<Answer> {
        self.ask("GET", path, &[]).await
    }
}

impl Answer {
    /// The values of a header, joined; empty if there is none.
    fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).iter();
        values.map(|it| it.to_str().unwrap_or("?")).collect::<Vec<_>>().join(" | ")
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A printed site with an article of some length, at a base path.
fn printed(base: &str, options: &[&str]) -> Result<Publisher> {
    let publisher = Publisher::new()?;
    let words = "Chợ nổi họp từ lúc rạng đông, thuyền cập bến đông. ".repeat(40);
    let text = format!("---\ntitle: Chợ nổi\ndate: 2026-01-01\n---\n\n{words}\n");
    publisher.write("edition/content/tin/cho-noi/index.md", text)?;
    let output = publisher.print(&[&["--base", base], options].concat())?;
    assert_eq!(output.status.code(), Some(0), "{}", crate::said(&output));
    Ok(publisher)
}
