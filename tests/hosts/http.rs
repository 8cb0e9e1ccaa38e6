//! A client that sends a path as it is written, follows nothing and unpacks nothing.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tests::Result;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a host may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a host answered.
pub(crate) type Answer = Response<Bytes>;

/// Asks for a path.
pub(crate) async fn get(host: SocketAddr, path: &str) -> Result<Answer> {
    ask(host, "GET", path, &[]).await
}

/// Asks with a method and more headers.
pub(crate) async fn ask(
    host: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Result<Answer> {
    let asking = async {
        let stream = TcpStream::connect(host).await?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("host", host.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = sender.send_request(request.body(Empty::<Bytes>::new())?).await?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        connection.abort();
        anyhow::Ok(Response::from_parts(parts, body))
    };
    timeout(PATIENCE, asking)
        .await
        .context("no answer")
        .flatten()
        .with_context(|| format!("{method} {path}"))
}

/// The value of a header, empty if there is none.
pub(crate) fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
}
