//! A proxy that answers nothing and notes whom a browser wanted to reach: every request to a site that is not on this
//! machine.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::Result;

/// A proxy on a port of its own. It ends when it is dropped.
pub struct Proxy {
    address: SocketAddr,
    hosts: Arc<Mutex<BTreeSet<String>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Starts a proxy.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let hosts: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let noted = hosts.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let noted = noted.clone();
                tokio::spawn(async move {
                    if let Some(host) = refuse(stream).await {
                        noted.lock().unwrap_or_else(PoisonError::into_inner).insert(host);
                    }
                });
            }
        });
        Ok(Self { address, hosts, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The hosts that were asked for so far.
    pub fn hosts(&self) -> BTreeSet<String> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The host of a request: `CONNECT host:443` (RFC 9110, "CONNECT"), or `GET http://host/path`.
async fn refuse(stream: TcpStream) -> Option<String> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let target = line.split(' ').nth(1)?.to_owned();
    let _ = stream
        .write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .await;
    let rest = target.split_once("://").map_or(target.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?;
    Some(host.to_ascii_lowercase())
}
