//! Who is told of what was published: hubs of feeds, and search engines.

use std::process::{Command, Output};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::published::Destination as _;
use crate::published::{Folder, publish};
use crate::publisher::{Publisher, Result, SITE, said};

/// The paths and bodies of requests.
type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// Somebody who listens, and answers what comes to `/403` with 403.
async fn listener() -> Result<(String, Heard)> {
    let heard = Heard::default();
    let note = heard.clone();
    let answer = move |request: Request<Body>| {
        let note = note.clone();
        async move {
            let path = request.uri().path().to_owned();
            let body = to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
            let body = String::from_utf8_lossy(&body).into_owned();
            note.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), body));
            // The path says what is answered.
            let status = path.trim_start_matches('/').parse().ok();
            let status = status.and_then(|it| StatusCode::from_u16(it).ok());
            let status = status.unwrap_or(StatusCode::ACCEPTED);
            let response: Response = status.into_response();
            response
        }
    };
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", socket.local_addr()?);
    tokio::spawn(async move { axum::serve(socket, Router::new().fallback(answer)).await });
    Ok((url, heard))
}

fn ping(publisher: &Publisher, search: &str) -> Result<Output> {
    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    press.arg("ping").arg(publisher.path("edition")).arg("--out").arg(publisher.path("site"));
    Ok(press.args(["--json", "--indexnow", search]).output()?)
}

fn all(heard: &Heard) -> Vec<(String, String)> {
    std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner))
}

#[tokio::test(flavor = "multi_thread")]
async fn hubs_and_search_engines_are_told_once_what_has_changed() -> Result {
    let (url, heard) = listener().await?;
    let (publisher, folder) = (Publisher::new()?, Folder::new()?);
    let config =
        format!("{SITE}[feeds]\nhub = \"{url}/hub\"\n[publish]\nindexnow = \"a1b2c3d4\"\n");
    publisher.write("edition/site.toml", config)?;
    publisher.article("mot", 1)?;
    publisher.article("hai", 2)?;
    publish(&publisher, &folder.to(), &[])?;
    assert_eq!(folder.object("indexnow.txt").as_deref(), Some(&b"a1b2c3d4"[..]));
    assert_eq!(ping(&publisher, &url)?.status.code(), Some(0));
    all(&heard);

    publisher.article("hai", 3)?;
    publish(&publisher, &folder.to(), &[])?;
    let output = ping(&publisher, &format!("{url}/search"))?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let requests = all(&heard);
    let feeds: Vec<_> =
        requests.iter().filter(|it| it.0 == "/hub").map(|it| it.1.as_str()).collect();
    let feed =
        |path: &str| format!("hub.mode=publish&hub.url=https%3A%2F%2Fpaper.example%2F{path}");
    for path in ["rss.xml", "atom.xml", "index.json", "tin%2Frss.xml"] {
        assert!(feeds.contains(&feed(path).as_str()), "{path}: {feeds:?}");
    }
    let search = requests.iter().find(|it| it.0 == "/search").ok_or("no search engine was told")?;
    let told: Value = serde_json::from_str(&search.1)?;
    assert_eq!((&told["host"], &told["key"]), (&"paper.example".into(), &"a1b2c3d4".into()));
    assert_eq!(told["keyLocation"], "https://paper.example/indexnow.txt");
    let pages = told["urlList"].as_array().ok_or("no pages")?;
    assert!(pages.contains(&"https://paper.example/tin/hai/".into()), "{pages:?}");
    assert!(
        !pages.iter().any(|it| it.as_str().is_some_and(|it| it.contains("embed"))),
        "{pages:?}"
    );

    assert_eq!(ping(&publisher, &url)?.status.code(), Some(0));
    assert_eq!(all(&heard), Vec::new(), "it was told already");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_take_it_is_told_again() -> Result {
    let (url, heard) = listener().await?;
    let (publisher, folder) = (Publisher::new()?, Folder::new()?);
    publisher.write("edition/site.toml", format!("{SITE}[publish]\nindexnow = \"a1b2c3d4\"\n"))?;
    publisher.article("mot", 1)?;
    publish(&publisher, &folder.to(), &[])?;
    for (status, words) in
        [("403", "this key"), ("429", "too often"), ("503", "run this again later")]
    {
        all(&heard);
        let output = ping(&publisher, &format!("{url}/{status}"))?;
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains(status) && told.contains(words), "{told}");
    }
    let refused = all(&heard);
    assert_eq!(ping(&publisher, &format!("{url}/yes"))?.status.code(), Some(0));
    assert_eq!(all(&heard)[0].1, refused[0].1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_fails_keeps_no_other_from_hearing_and_its_key_is_not_shown() -> Result {
    let (url, heard) = listener().await?;
    let (publisher, folder) = (Publisher::new()?, Folder::new()?);
    let hubs = format!(
        "[\"http://127.0.0.1:1/?token=khoa-cua-toi\", \"{url}/503?key=khoa-cua-toi\", \"{url}/hub\"]"
    );
    publisher.write("edition/site.toml", format!("{SITE}[feeds]\nhub = {hubs}\n"))?;
    publisher.article("mot", 1)?;
    publish(&publisher, &folder.to(), &[])?;
    let feeds = folder.site()?.into_keys().filter(|it| it.ends_with("rss.xml")).count();
    let output = ping(&publisher, &url)?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("nobody can be reached") && told.contains("503"), "{told}");
    assert!(!told.contains("khoa-cua-toi") && !said(&output).contains("khoa-cua-toi"), "{told}");
    let count = |heard: &[(String, String)]| heard.iter().filter(|it| it.0 == "/hub").count();
    let first = count(&all(&heard));
    assert!(first >= feeds && feeds > 0, "{first} of {feeds} feeds");
    assert_eq!(ping(&publisher, &url)?.status.code(), Some(1));
    assert_eq!(count(&all(&heard)), first, "it is told again as long as one has not heard");
    Ok(())
}

#[test]
fn a_key_that_search_engines_would_not_take_is_named_with_its_line() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", format!("{SITE}[publish]\nindexnow = \"a b\"\n"))?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("site.toml:11: error:"), "{}", said(&output));
    Ok(())
}
