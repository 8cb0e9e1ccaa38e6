//! `press check-live`: every fault that a host can have is found by its code, and none where there is none.

mod host;

use std::process::{Command, Output};

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use serde_json::Value;

use crate::publisher::{Result, said};
use host::{Wrong, look};

/// The codes of what was found, once each.
fn codes(output: &Output) -> Result<Vec<String>> {
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let faults = report["faults"].as_array().ok_or_else(|| format!("no look: {report}"))?;
    for fault in faults {
        for part in ["path", "what", "fix"] {
            assert!(fault[part].as_str().is_some_and(|it| !it.is_empty()), "{fault}");
        }
    }
    let mut codes: Vec<_> =
        faults.iter().filter_map(|it| Some(it["code"].as_str()?.to_owned())).collect();
    codes.sort();
    codes.dedup();
    Ok(codes)
}

fn plainly(_: &mut Request) {}

/// As nothing is compressed then, a test can change what is sent.
fn uncompressed(request: &mut Request) {
    request.headers_mut().remove(header::ACCEPT_ENCODING);
}

/// Fails unless the fault is found, and nothing else but that nothing is compressed.
async fn must_find(
    code: &str,
    print: bool,
    base: &'static str,
    asked: fn(&mut Request),
    wrong: Wrong,
) -> Result {
    let output = look(base, print, asked, wrong).await?;
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    let mut found = codes(&output)?;
    if code != "compression" {
        found.retain(|it| it != "compression");
    }
    assert_eq!(found, [code], "{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

#[tokio::test]
async fn nothing_is_found_where_nothing_is_wrong() -> Result {
    for (base, print) in [("/", false), ("/", true), ("/news/", true)] {
        let output = look(base, print, plainly, |_, answer| answer).await?;
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!((codes(&output)?, output.status.code()), (Vec::new(), Some(0)), "{told}");
        let report: Value = serde_json::from_slice(&output.stdout)?;
        let measures = report["measures"].as_array().ok_or("no measures")?;
        assert_eq!(measures.len(), 2, "the front and an article");
        assert!(
            measures.iter().all(|it| it["bytes"].as_u64() < it["plain_bytes"].as_u64()),
            "{told}"
        );
        assert_eq!(report["compared"].is_object(), print);
        if print {
            assert_eq!(report["compared"]["files"], report["compared"]["same"]);
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_site_is_no_look() -> Result {
    let cases: [(Wrong, &str); 6] = [
        (|_, it| it.status(500), "site.json there answers 500"),
        (|_, it| it.status(401), "password"),
        (|_, it| it.status(403), "protection against robots"),
        (|_, it| it.status(302).set(header::LOCATION, "/site.json"), "leads in a circle"),
        (
            |_, it| {
                it.without(header::CONTENT_ENCODING)
                    .status(200)
                    .body(|_| "<!doctype html><p>Log in".to_owned())
            },
            "answers any address",
        ),
        (|_, it| it.status(599), "breaks off"),
    ];
    for (wrong, words) in cases {
        let output = look("/", false, plainly, wrong).await?;
        assert_eq!(output.status.code(), Some(2), "{words}");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("site.json") && told.contains(words), "{words}: {told}");
    }
    // Somebody who speaks no TLS.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let plain = format!("https://hoa:mat-khau-rieng@{}/", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, Router::new()).await });
    for (address, words) in [
        (plain.as_str(), "does not speak TLS"),
        ("http://127.0.0.1:1/", "nobody can be reached"),
        ("http://[::1]:1/", "nobody can be reached"),
        ("https://khong-co.invalid/", "no machine has this name"),
    ] {
        let address = address.to_owned();
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press.args(["check-live", &address]);
        let output = tokio::task::spawn_blocking(move || press.output()).await??;
        let told = said(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("does not answer") && told.contains(words), "{address}: {told}");
        assert!(!told.contains("mat-khau-rieng"), "{told}");
    }
    Ok(())
}

#[tokio::test]
async fn the_fix_is_that_of_the_host_that_answers() -> Result {
    for (server, fix) in
        [("nginx/1.22", "nginx.conf"), ("GitHub.com", "GitHub Pages"), ("Caddy", "Caddyfile")]
    {
        // A function has no surroundings, so the name comes by the address that is asked for.
        let wrong: Wrong = match server {
            "nginx/1.22" => {
                |_, it| it.set(header::SERVER, "nginx/1.22").without(header::CACHE_CONTROL)
            }
            "Caddy" => |_, it| it.set(header::SERVER, "Caddy").without(header::CACHE_CONTROL),
            _ => |_, it| it.set(header::SERVER, "GitHub.com").without(header::CACHE_CONTROL),
        };
        let output = look("/", false, plainly, wrong).await?;
        let report: Value = serde_json::from_slice(&output.stdout)?;
        assert!(report["faults"][0]["fix"].as_str().is_some_and(|it| it.contains(fix)), "{report}");
    }
    Ok(())
}

/// A test for each fault: its name, its code, whether a print is compared with, the base path, and what is wrong.
macro_rules! faults {
    ($($name:ident: $code:literal, $print:literal, $base:literal, $asked:expr, $wrong:expr;)*) => {
        $(
            #[tokio::test]
            async fn $name() -> Result {
                must_find($code, $print, $base, $asked, $wrong).await
            }
        )*
    };
}

faults! {
    a_style_sheet_that_is_sent_as_text: "type", false, "/", plainly, |path, it| match path.ends_with(".css") {
        true => it.set(header::CONTENT_TYPE, "text/plain"),
        false => it,
    };
    pages_that_browsers_may_keep: "cache-pages", false, "/", plainly, |_, it| match it.is_page() {
        true => it.set(header::CACHE_CONTROL, "public, max-age=600"),
        false => it,
    };
    pages_without_a_rule: "cache-pages", false, "/", plainly, |_, it| match it.is_page() {
        true => it.without(header::CACHE_CONTROL),
        false => it,
    };
    files_with_a_hash_that_browsers_ask_for_again: "cache-files", false, "/", plainly, |path, it| {
        if path.starts_with("/assets/") { it.set(header::CACHE_CONTROL, "no-cache") } else { it }
    };
    a_worker_that_is_kept_for_a_year: "cache-worker", false, "/", plainly, |path, it| match path {
        "/sw.js" => it.set(header::CACHE_CONTROL, "public, max-age=31536000"),
        _ => it,
    };
    texts_that_are_not_compressed: "compression", false, "/", uncompressed, |_, it| it;
    pages_without_a_policy: "policy", false, "/", plainly, |path, it| match it.is_page() && !path.starts_with("/embed/f") {
        true => it.without(header::CONTENT_SECURITY_POLICY),
        false => it,
    };
    a_policy_that_lets_any_script_run: "policy-weak", false, "/", plainly, |path, it| {
        match it.is_page() && !path.starts_with("/embed/f") {
            true => it.policy(|text| text.replace("script-src", "script-src 'unsafe-eval'")),
            false => it,
        }
    };
    a_policy_that_lets_any_site_frame_pages: "policy-weak", false, "/", plainly, |path, it| {
        match it.is_page() && !path.starts_with("/embed/f") {
            true => it.policy(|text| text.replace("frame-ancestors", "form-action")),
            false => it,
        }
    };
    a_missing_page_that_answers_200: "status-404", false, "/", plainly, |_, it| match it.status.as_u16() {
        404 => it.status(200),
        _ => it,
    };
    a_missing_page_that_is_the_host_s: "page-404", false, "/", plainly, |_, it| match it.status.as_u16() {
        404 => it.without(header::CONTENT_ENCODING).body(|_| "Not Found".to_owned()),
        _ => it,
    };
    an_address_without_its_slash_that_is_not_found: "slash", false, "/", plainly, |path, it| match path {
        "/tin/cho" | "/tin" => it.status(404).without(header::LOCATION),
        _ => it,
    };
    an_old_address_that_is_not_found: "redirect", true, "/", plainly, |path, it| match path {
        "/tin/cu/" => it.status(404).without(header::LOCATION),
        _ => it,
    };
    an_old_address_that_leads_elsewhere: "redirect", true, "/", plainly, |path, it| match path {
        "/tin/cu/" => it.status(301).set(header::LOCATION, "/"),
        _ => it,
    };
    lists_of_the_press_that_readers_can_read: "private", false, "/", plainly, |path, it| match path {
        "/.press-published/list.json" => it.status(200).without(header::CONTENT_ENCODING).body(|_| "{}".to_owned()),
        _ => it,
    };
    a_worker_that_is_somewhere_else: "worker", false, "/", plainly, |path, it| match path {
        "/sw.js" => it.status(302).set(header::LOCATION, "/other.js"),
        _ => it,
    };
    a_worker_below_a_path_that_may_not_serve_it: "worker-scope", false, "/news/", plainly, |_, it| {
        it.without(HeaderName::from_static("service-worker-allowed"))
    };
    a_worker_of_another_path: "worker-scope", false, "/", uncompressed, |path, it| match path {
        "/sw.js" => it.body(|text| text.replace("\"base\":\"/\"", "\"base\":\"/news/\"")),
        _ => it,
    };
    a_file_of_the_worker_that_is_not_there: "worker-file", false, "/", plainly, |path, it| {
        if path.starts_with("/assets/worker.") { it.status(404) } else { it }
    };
    a_feed_that_breaks_off: "feed", false, "/", uncompressed, |path, it| match path {
        "/rss.xml" => it.body(|text| text.replace("</channel>", "")),
        _ => it,
    };
    an_embed_that_may_not_be_framed: "embed-frame", false, "/", plainly, |path, it| {
        if path.starts_with("/embed/front") { it.set(header::X_FRAME_OPTIONS, "DENY") } else { it }
    };
    an_embed_that_is_in_no_sandbox: "embed-policy", false, "/", plainly, |path, it| {
        if path.starts_with("/embed/front") { it.without(header::CONTENT_SECURITY_POLICY) } else { it }
    };
    a_picture_without_encryption: "mixed-content", false, "/", uncompressed, |path, it| match path {
        "/tin/cho/" => it.body(|text| text.replace("</p>", "<img src=\"http://a.example/a.png\" alt></p>")),
        _ => it,
    };
    a_link_to_nowhere: "link", false, "/", plainly, |path, it| match path {
        "/tin/ben/" => it.status(410),
        _ => it,
    };
    an_article_that_was_not_sent: "missing", true, "/", plainly, |path, it| match path {
        "/tin/ben/index.json" => it.status(404),
        _ => it,
    };
    a_page_of_an_older_print: "stale", true, "/", uncompressed, |path, it| match path {
        "/tin/ben/" => it.body(|text| text.replace("Bến", "Ben")),
        _ => it,
    };
    a_script_that_is_put_into_pages_on_the_way: "changed", true, "/", uncompressed, |_, it| match it.is_page() {
        true => it.body(|text| text.replace("</body>", "<script>count()</script></body>")),
        false => it,
    };
}

// What hosts, and services before them, do besides.
faults! {
    a_page_that_is_packed_and_does_not_say_so: "encoding", false, "/", plainly, |path, it| match path {
        "/tin/cho/" => it.without(header::CONTENT_ENCODING),
        _ => it,
    };
    a_page_that_is_packed_twice: "encoding", false, "/", uncompressed, |path, it| match path {
        "/" => it.gzip().gzip().set(header::CONTENT_ENCODING, "gzip"),
        _ => it,
    };
    an_encoding_that_browsers_do_not_know: "encoding", false, "/", uncompressed, |path, it| match path {
        "/tin/cho/" => it.set(header::CONTENT_ENCODING, "aws-chunked"),
        _ => it,
    };
    an_app_that_is_sent_as_text: "type", false, "/", plainly, |path, it| match path.ends_with(".wasm") {
        true => it.set(header::CONTENT_TYPE, "application/octet-stream"),
        false => it,
    };
    pages_in_another_charset: "type", false, "/", plainly, |path, it| match path {
        "/" => it.set(header::CONTENT_TYPE, "text/html; charset=iso-8859-1"),
        _ => it,
    };
    pages_that_browsers_store: "type", false, "/", plainly, |path, it| match path {
        "/" => it.set(header::CONTENT_DISPOSITION, "attachment; filename=index.html"),
        _ => it,
    };
    a_feed_that_is_sent_as_a_page: "type", false, "/", plainly, |path, it| match path {
        "/atom.xml" => it.set(header::CONTENT_TYPE, "text/html"),
        _ => it,
    };
    types_that_browsers_may_guess: "nosniff", false, "/", plainly, |_, it| it.without(header::X_CONTENT_TYPE_OPTIONS);
    pages_for_ever: "cache-pages", false, "/", plainly, |_, it| match it.is_page() {
        true => it.set(header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        false => it,
    };
    pages_that_browsers_show_old: "cache-pages", false, "/", plainly, |path, it| match path {
        "/" => it.set(header::CACHE_CONTROL, "max-age=0, stale-while-revalidate=86400"),
        _ => it,
    };
    a_worker_that_is_kept_for_ten_minutes: "cache-worker", false, "/", plainly, |path, it| match path {
        "/sw.js" => it.set(header::CACHE_CONTROL, "max-age=600"),
        _ => it,
    };
    files_that_nothing_can_keep: "vary", false, "/", plainly, |path, it| match path {
        "/embed.js" => it.set(header::VARY, "*"),
        _ => it,
    };
    what_takes_away_what_readers_saved: "clear-site-data", false, "/", plainly, |path, it| match path {
        "/" => it.set(HeaderName::from_static("clear-site-data"), "\"*\""),
        _ => it,
    };
    a_missing_file_that_is_a_page: "status-404", false, "/", plainly, |path, it| {
        if path.starts_with("/assets/press-check-live") { it.status(200) } else { it }
    };
    a_front_that_leads_to_another_host: "missing", false, "/", plainly, |path, it| match path {
        "/" => it.status(301).set(header::LOCATION, "https://www.paper.example/"),
        _ => it,
    };
    a_link_in_a_circle: "link", false, "/", plainly, |path, it| match path {
        "/tin/ben/" => it.status(302).set(header::LOCATION, "/tin/ben/"),
        _ => it,
    };
    an_address_without_its_slash_that_leads_to_another_host: "slash", false, "/", plainly, |path, it| match path {
        "/tin" => it.set(header::LOCATION, "http://www.paper.example/tin/"),
        _ => it,
    };
    a_policy_that_forbids_the_app: "policy-strict", false, "/", plainly, |path, it| match path {
        "/" => it.set(header::CONTENT_SECURITY_POLICY, "default-src 'self'; frame-ancestors 'none'"),
        _ => it,
    };
    a_policy_that_keeps_the_worker_from_asking: "policy-strict", false, "/", plainly, |path, it| match path {
        "/sw.js" => it.set(header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        _ => it,
    };
    an_embed_whose_policy_forbids_frames: "embed-frame", false, "/", plainly, |path, it| {
        if path.starts_with("/embed/front") {
            it.set(header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'; sandbox allow-scripts")
        } else {
            it
        }
    };
    an_embed_that_is_for_one_origin: "cors", false, "/", plainly, |path, it| {
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        if path.starts_with("/embed/front") { it.set(policy, "same-origin") } else { it }
    };
    a_script_of_embeds_without_cors: "cors", false, "/", plainly, |path, it| match path {
        "/embed.js" => it.without(header::ACCESS_CONTROL_ALLOW_ORIGIN),
        _ => it,
    };
    robots_that_are_forbidden_all: "robots", false, "/", uncompressed, |path, it| match path {
        "/robots.txt" => it.body(|_| "User-agent: *\nDisallow: /\n".to_owned()),
        _ => it,
    };
    pages_that_search_engines_must_not_show: "robots", false, "/", plainly, |path, it| match path {
        "/" => it.set(HeaderName::from_static("x-robots-tag"), "noindex"),
        _ => it,
    };
    pages_without_quotes: "changed", false, "/", uncompressed, |_, it| match it.is_page() {
        true => it.body(|text| text.replace("id=\"app-root\"", "id=app-root")),
        false => it,
    };
    a_counter_of_another_site: "changed", false, "/", uncompressed, |_, it| {
        it.add("<script defer src=\"https://counter.example/c.js\"></script>")
    };
    a_script_of_the_host: "changed", false, "/", uncompressed, |_, it| it.add("<script>count()</script>");
    rules_of_the_host_for_fetching_ahead: "changed", false, "/", uncompressed, |_, it| {
        it.add("<script type=\"speculationrules\">{\"prerender\":[{\"source\":\"document\"}]}</script>")
    };
    scripts_that_are_held_back: "changed", false, "/", uncompressed, |_, it| match it.is_page() {
        true => it.body(|text| text.replace("<script data-app", "<script type=\"0a-text/javascript\" data-app")),
        false => it,
    };
    addresses_of_mail_that_are_hidden: "changed", false, "/", uncompressed, |_, it| {
        it.add("<span class=\"__cf_email__\" data-cfemail=\"0a\">[email&#160;protected]</span>")
    };
    pages_without_their_own_policy: "changed", false, "/", uncompressed, |_, it| match it.is_page() {
        true => it.body(|text| text.replace("http-equiv=", "data-was=")),
        false => it,
    };
    a_file_of_the_worker_with_other_bytes: "changed", false, "/", uncompressed, |path, it| {
        if path.ends_with(".css") { it.body(|text| format!("{text}/**/")) } else { it }
    };
    an_answer_that_breaks_off: "no-answer", false, "/", plainly, |path, it| match path {
        "/manifest.webmanifest" => it.status(599),
        _ => it,
    };
}

#[tokio::test]
async fn two_policies_are_found() -> Result {
    let wrong: Wrong = |path, mut it| {
        if it.is_page() && !path.starts_with("/embed/f") {
            let other = HeaderValue::from_static("object-src 'none'; frame-ancestors 'none'");
            it.headers.append(header::CONTENT_SECURITY_POLICY, other);
        }
        it
    };
    must_find("policy-twice", false, "/", plainly, wrong).await
}

#[test]
fn the_front_s_address_may_lack_its_slash() -> Result {
    let address = "http://127.0.0.1:1";
    let output =
        Command::new(env!("CARGO_BIN_EXE_press")).args(["check-live", address]).output()?;
    assert!(said(&output).contains("http://127.0.0.1:1/site.json"), "{}", said(&output));
    for address in ["paper.example", "ftp://paper.example/", "https://paper.example/?a"] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_press")).args(["check-live", address]).output()?;
        assert_eq!(output.status.code(), Some(2), "{address}");
        assert!(said(&output).contains("address"), "{}", said(&output));
    }
    Ok(())
}
