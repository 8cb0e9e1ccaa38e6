//! A host that does something wrong with a site.

use std::io::{self, Read as _};
use std::process::{Command, Output};
use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, StreamExt as _, stream};
use press::serve::{Folder, router};

use crate::publisher::{Publisher, Result, said};

/// What a host does wrong: it gets the path and the answer of a good one.
pub(super) type Wrong = fn(&str, Answer) -> Answer;

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    pub(super) fn set(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    pub(super) fn without(mut self, name: HeaderName) -> Self {
        self.headers.remove(name);
        self
    }

    pub(super) fn status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(self.status);
        self
    }

    pub(super) fn body(mut self, change: impl Fn(&str) -> String) -> Self {
        self.body = change(&String::from_utf8_lossy(&self.body)).into();
        self.headers.remove(header::CONTENT_LENGTH);
        self
    }

    pub(super) fn policy(mut self, change: impl Fn(&str) -> String) -> Self {
        let given = self.headers.get(header::CONTENT_SECURITY_POLICY);
        let given = given.and_then(|it| it.to_str().ok()).unwrap_or_default();
        if let Ok(value) = HeaderValue::from_str(&change(given)) {
            self.headers.insert(header::CONTENT_SECURITY_POLICY, value);
        }
        self
    }

    /// As a host does that writes something into pages.
    pub(super) fn add(self, what: &str) -> Self {
        match self.is_page() {
            true => self.body(|text| text.replace("</body>", &format!("{what}</body>"))),
            false => self,
        }
    }

    pub(super) fn gzip(mut self) -> Self {
        let mut packed = Vec::new();
        let mut packer = flate2::read::GzEncoder::new(&self.body[..], flate2::Compression::fast());
        packer.read_to_end(&mut packed).unwrap_or_default();
        self.body = packed.into();
        self.headers.remove(header::CONTENT_LENGTH);
        self
    }

    pub(super) fn is_page(&self) -> bool {
        self.headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|it| it.as_bytes().starts_with(b"text/html"))
    }
}

/// A site below a path, printed once for all tests: two articles that link to each other, and an old address.
fn site(base: &str) -> Result<&'static Publisher> {
    static SITES: [OnceLock<std::result::Result<Publisher, String>>; 2] =
        [OnceLock::new(), OnceLock::new()];
    let print = || -> Result<Publisher> {
        let publisher = Publisher::new()?;
        for icon in ["apple-touch-icon.png", "favicon.svg", "icon-192.png"] {
            publisher.write(&format!("shell/icons/{icon}"), "<svg/>")?;
        }
        let words = "Chợ nổi họp từ lúc rạng đông. ".repeat(90);
        let text = format!(
            "---\ntitle: Chợ\ndate: 2026-01-02\naliases: [/tin/cu/]\n---\n\n[bến](ben.md)\n\n{words}\n"
        );
        publisher.write("edition/content/tin/cho.md", text)?;
        let text = format!("---\ntitle: Bến\ndate: 2026-01-01\n---\n\n{words}\n");
        publisher.write("edition/content/tin/ben.md", text)?;
        let output = publisher.print(&["--base", base])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        Ok(publisher)
    };
    let site = SITES[usize::from(base != "/")].get_or_init(|| print().map_err(|it| it.to_string()));
    Ok(site.as_ref().map_err(String::as_str)?)
}

/// Looks at a site of a host that does something wrong. `asked` changes what the host is asked for.
pub(super) async fn look(
    base: &'static str,
    print: bool,
    asked: fn(&mut Request),
    wrong: Wrong,
) -> Result<Output> {
    let publisher = site(base)?;
    let host = router(Folder::open(&publisher.path("site"))?);
    let host: Router = host.layer(from_fn(move |mut request: Request, next: Next| async move {
        let path = request.uri().path().to_owned();
        asked(&mut request);
        let (parts, body) = next.run(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let answer = wrong(&path, Answer { status: parts.status, headers: parts.headers, body });
        // 599: the answer breaks off.
        let body = match answer.status.as_u16() {
            599 => Body::from_stream(breaking_off(answer.body)),
            _ => Body::from(answer.body),
        };
        let mut response: Response = body.into_response();
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        response
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move { axum::serve(listener, host).await });
    let output = tokio::task::spawn_blocking(move || {
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press
            .args(["check-live", "--json", "--sample", "100"])
            .arg(format!("http://{address}{base}"));
        if print {
            press.arg("--print").arg(publisher.path("site"));
        }
        press.output()
    });
    let output = output.await??;
    server.abort();
    Ok(output)
}

/// The half of what a host answers, and then an error.
fn breaking_off(bytes: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    let half = bytes.slice(..bytes.len() / 2);
    let error = async {
        // The half is sent when the next part is waited for.
        tokio::task::yield_now().await;
        Err(io::Error::other("off"))
    };
    stream::once(async { Ok(half) }).chain(stream::once(error))
}
