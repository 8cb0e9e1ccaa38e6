//! The server: what is shown at the moment, with a script in each page that waits for what comes next.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use broadsheet::ids::ROOT;
use futures::Stream;

use super::live::{Live, Open, document};
use super::told::Told;
use crate::hash::short_hash;
use crate::{kinds, serve};

/// No name of a site begins with a dot, so none is hidden by these.
const FOLDER: &str = "/.press-dev/";
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");
/// Shown until a first site was printed.
const WAITING: &str = include_str!("waiting.html");

/// The router that shows what is shown at the moment.
pub(super) fn router(live: Arc<Live>) -> Router {
    serve::compressed(Router::new().fallback(get(answer)).with_state(live))
}

async fn answer(State(live): State<Arc<Live>>, request: Request) -> Response {
    let path = request.uri().path();
    match path.strip_prefix(FOLDER) {
        Some("page.js") => return text("text/javascript", SCRIPT),
        Some("page.css") => return text("text/css", STYLE),
        Some("events") => return events(live, request.uri().query().unwrap_or_default()),
        _ => {}
    }
    let is_get = *request.method() == Method::GET;
    let Some(folder) = live.folder() else {
        return with_script(text("text/html", WAITING), Some(String::new())).await;
    };
    let name = serve::name(&folder, path).map(|name| document(&name));
    let newer = name.and_then(|name| Some((live.newer(&name)?, name)));
    let answer = match newer {
        Some((bytes, name)) => {
            let kind = kinds::content_type(&name).unwrap_or_default();
            let headers =
                [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".into())];
            (headers, Bytes::from_owner(bytes)).into_response()
        }
        None => serve::answer(State(folder), request).await,
    };
    match is_get {
        true => with_script(answer, None).await,
        false => answer,
    }
}

fn text(kind: &'static str, text: &'static str) -> Response {
    let kind = format!("{kind}; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())];
    (headers, text).into_response()
}

/// Puts the script into a page of the app. Other documents, such as embed pages, have policies that allow none.
async fn with_script(answer: Response, version: Option<String>) -> Response {
    let is_page = matches!(answer.status(), StatusCode::OK | StatusCode::NOT_FOUND)
        && answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let root = format!("id=\"{ROOT}\"");
    let Some((page, (start, end))) = str::from_utf8(&bytes)
        .ok()
        .filter(|page| page.contains(&root) || version.is_some())
        .and_then(|page| Some((page, page.split_once("</head>")?)))
    else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let version = version.unwrap_or_else(|| short_hash(page.as_bytes()));
    let script =
        format!("<script defer src=\"{FOLDER}page.js\" data-version=\"{version}\"></script>\n");
    let page = [start, &script, "</head>", end].concat();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    Response::from_parts(parts, Body::from(page))
}

/// What an open page hears: that it has become another one, and what is wrong.
fn events(live: Arc<Live>, query: &str) -> Response {
    let (mut path, mut version) = ("/".to_owned(), String::new());
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "page" => path = value.into_owned(),
            "version" => version = value.into_owned(),
            _ => {}
        }
    }
    // A page that the app went to by itself is as new as what is shown.
    if version == "new" {
        version = live.version(&path);
    }
    let listener = Listener {
        open: live.open(&path),
        turns: live.turns(),
        told: Arc::default(),
        live,
        path,
        version,
    };
    Sse::new(listener.events()).keep_alive(KeepAlive::default()).into_response()
}

struct Listener {
    /// Says that the page is open, as long as it listens.
    #[allow(dead_code, reason = "it counts by being there")]
    open: Open,
    turns: tokio::sync::watch::Receiver<u64>,
    told: Arc<Told>,
    live: Arc<Live>,
    path: String,
    version: String,
}

impl Listener {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold(self, |mut it| async move { Some((Ok(it.next().await?), it)) })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            self.turns.borrow_and_update();
            let told = self.live.told();
            if *told != *self.told {
                self.told = told;
                let json = serde_json::to_string(&*self.told).ok()?;
                return Some(Event::default().event("problems").data(json));
            }
            let version = self.live.version(&self.path);
            if version != self.version {
                self.version = version;
                return Some(Event::default().event("changed").data("new"));
            }
            self.turns.changed().await.ok()?;
        }
    }
}
