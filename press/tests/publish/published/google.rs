//! A store that speaks the language of Google Cloud Storage: a server of the test's own that follows the documentation of its
//! XML API. Of the emulators, fake-gcs-server refuses to write by that API, and gcp-storage-emulator and drongo know no
//! conditions for writing (`x-goog-if-generation-match`), on which the lock depends.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use tokio::runtime::Runtime;

use super::s3::for_readers;
use super::{Destination, names, newspaper, publish_to};
use crate::publisher::Result;

/// What an object is kept with.
fn kept() -> [HeaderName; 3] {
    [header::CONTENT_TYPE, header::CACHE_CONTROL, header::CONTENT_ENCODING]
}

#[derive(Clone)]
struct Object {
    bytes: Bytes,
    generation: u64,
    headers: HeaderMap,
}

#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Object>,
    count: u64,
    /// The names of what was put, in their order.
    puts: Vec<String>,
}

struct Google {
    url: String,
    bucket: Arc<Mutex<Bucket>>,
    _runtime: Runtime,
}

impl Google {
    fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let bucket = Arc::new(Mutex::new(Bucket::default()));
        let held = bucket.clone();
        let answer = move |request: Request| {
            let held = held.clone();
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
                let mut bucket = held.lock().unwrap_or_else(PoisonError::into_inner);
                bucket.answer(&parts.method, &parts.uri, &parts.headers, body)
            }
        };
        let socket = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", socket.local_addr()?);
        runtime.spawn(async move { axum::serve(socket, Router::new().fallback(answer)).await });
        Ok(Self { url, bucket, _runtime: runtime })
    }

    fn bucket(&self) -> std::sync::MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bucket {
    fn answer(
        &mut self,
        method: &Method,
        uri: &axum::http::Uri,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Response {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let path = uri.path().trim_start_matches('/');
        let (bucket, name) = path.split_once('/').unwrap_or((path, ""));
        if bucket != "paper" {
            return StatusCode::NOT_FOUND.into_response();
        }
        let name = decoded(name);
        match *method {
            Method::GET if name.is_empty() => {
                let query = uri.query().unwrap_or_default();
                let prefix = query.split('&').find_map(|it| it.strip_prefix("prefix="));
                self.list(&decoded(&prefix.unwrap_or_default().replace('+', " ")))
            }
            Method::GET | Method::HEAD => match self.objects.get(&name) {
                Some(object) if *method == Method::GET => {
                    object.answer(Body::from(object.bytes.clone()))
                }
                Some(object) => {
                    let mut response = object.answer(Body::empty());
                    let length = HeaderValue::from(object.bytes.len());
                    response.headers_mut().insert(header::CONTENT_LENGTH, length);
                    response
                }
                None => StatusCode::NOT_FOUND.into_response(),
            },
            Method::DELETE => match self.objects.remove(&name) {
                Some(_) => StatusCode::NO_CONTENT.into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            Method::PUT => self.put(name, headers, body),
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        }
    }

    /// Put Object, and Copy Object where a source is named.
    fn put(&mut self, name: String, headers: &HeaderMap, body: Bytes) -> Response {
        let value = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
        let there = self.objects.get(&name).map_or(0, |it| it.generation);
        // "If set to 0, makes the request succeed only if there is no live version of the object."
        if value("x-goog-if-generation-match").is_some_and(|it| it.parse() != Ok(there)) {
            return StatusCode::PRECONDITION_FAILED.into_response();
        }
        let source = value("x-goog-copy-source").map(|it| {
            let source = percent_decode_str(it).decode_utf8_lossy().into_owned();
            source.trim_start_matches('/').strip_prefix("paper/").map(str::to_owned)
        });
        let mut object = match source {
            None => {
                let kept = kept().into_iter();
                let kept = kept.filter_map(|it| Some((it.clone(), headers.get(&it)?.clone())));
                Object { bytes: body, generation: 0, headers: kept.collect() }
            }
            Some(source) => match source.and_then(|it| self.objects.get(&it)) {
                Some(object) => object.clone(),
                None => return StatusCode::NOT_FOUND.into_response(),
            },
        };
        self.count += 1;
        object.generation = 1_700_000_000 + self.count;
        let answer = object.answer(Body::empty());
        self.puts.push(name.clone());
        self.objects.insert(name, object);
        answer
    }

    fn list(&self, prefix: &str) -> Response {
        let found = self.objects.iter().filter(|(name, _)| name.starts_with(prefix));
        let entries: String = found
            .map(|(name, object)| {
                format!(
                    "<Contents><Key>{}</Key><Size>{}</Size><ETag>\"{}\"</ETag>\
                     <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>",
                    name.replace('&', "&amp;"),
                    object.bytes.len(),
                    object.generation
                )
            })
            .collect();
        let text = format!("<?xml version='1.0'?><ListBucketResult>{entries}</ListBucketResult>");
        ([(header::CONTENT_TYPE, "application/xml")], text).into_response()
    }
}

impl Object {
    fn answer(&self, body: Body) -> Response {
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.extend(self.headers.clone());
        let number =
            |it: String| HeaderValue::from_str(&it).unwrap_or(HeaderValue::from_static("0"));
        headers.insert(header::ETAG, number(format!("\"{}\"", self.generation)));
        headers.insert("x-goog-generation", number(self.generation.to_string()));
        headers.insert(
            header::LAST_MODIFIED,
            HeaderValue::from_static("Thu, 01 Jan 2026 00:00:00 GMT"),
        );
        response
    }
}

impl Destination for Google {
    fn to(&self) -> String {
        "gs://paper/tòa soạn".to_owned()
    }

    fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let bucket = self.bucket();
        let all = bucket.objects.iter().filter_map(|(name, it)| {
            Some((name.strip_prefix("tòa soạn/")?.to_owned(), it.bytes.to_vec()))
        });
        Ok(all.collect())
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        Some(self.bucket().objects.get(&format!("tòa soạn/{name}"))?.bytes.to_vec())
    }

    fn prepare(&self, command: &mut Command) {
        let key = serde_json::json!({
            "gcs_base_url": self.url, "disable_oauth": true, "client_email": "", "private_key": "", "private_key_id": "",
        });
        command.env("GOOGLE_SERVICE_ACCOUNT_KEY", key.to_string());
    }
}

#[test]
fn a_store_of_google_gets_what_changed_and_goes_back() -> Result {
    let (google, publisher) = (Google::start()?, newspaper(4)?);
    publish_to(&publisher, &google, &[])?;
    let first = for_readers(&publisher)?;
    assert_eq!(google.site()?, first);
    google.must_be_whole()?;
    let page = google.bucket().objects["tòa soạn/tin/bai-1/index.html"].headers.clone();
    assert_eq!(page[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(page[header::CACHE_CONTROL], "no-cache");

    google.bucket().puts.clear();
    publisher.article("moi", 9)?;
    let report = publish_to(&publisher, &google, &[])?;
    let own = |name: &String| {
        let name = name.strip_prefix("tòa soạn/").filter(|it| !it.starts_with(".press-published/"));
        name.map(str::to_owned)
    };
    let put: std::collections::BTreeSet<String> =
        google.bucket().puts.iter().filter_map(own).collect();
    assert_eq!(put, names(&report["sending"]["sent"]));
    assert!(put.len() < first.len() / 2, "{put:?}");
    let second = for_readers(&publisher)?;
    assert_eq!(google.site()?, second);

    publish_to(&publisher, &google, &["--rollback", "--keep-removed", "0s"])?;
    assert_eq!(google.site()?, first);
    let headers = google.bucket().objects["tòa soạn/tin/bai-1/index.html"].headers.clone();
    assert_eq!(headers, page, "a copy has the headers of what it is one of");
    publish_to(&publisher, &google, &[])?;
    assert_eq!(google.site()?, second);
    Ok(())
}

#[test]
fn two_publishers_to_a_store_of_google_end_with_one_site() -> Result {
    super::locks::two_at_once(&Google::start()?, for_readers)
}

#[test]
fn a_bucket_of_google_that_is_not_there_is_named() -> Result {
    let (google, publisher) = (Google::start()?, newspaper(1)?);
    let mut press = super::command(&publisher, "gs://khong-co", &[]);
    google.prepare(&mut press);
    let output = press.output()?;
    assert_eq!(output.status.code(), Some(5), "{}", super::heard(&output));
    assert!(
        super::heard(&output).contains("gs://khong-co/ does not exist"),
        "{}",
        super::heard(&output)
    );
    Ok(())
}
