//! Budgets: what a page costs, in bytes as they travel: compressed at the best quality (`press build --precompress`).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Browser, Paper, Result, Server, precompressed_nghean, precompressed_sample as sample};

/// Bytes by file extension, as the browser received them, of a page and all that it loads.
async fn bytes(paper: &Paper, path: &str) -> Result<BTreeMap<String, f64>> {
    let server = Server::start(paper).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url(path)).await?;
    let entries = browser
        .eval("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .map((it) => [it.name, it.encodedBodySize])")
        .await?;
    let mut sums = BTreeMap::new();
    for entry in entries.as_array().into_iter().flatten() {
        let name = entry[0].as_str().unwrap_or_default();
        assert!(name.starts_with(&server.url("/")), "{name} leaves the origin");
        let file = name.rsplit('/').next().unwrap_or_default();
        let kind = file.rsplit_once('.').map_or("html", |(_, extension)| extension);
        *sums.entry(kind.to_owned()).or_default() += entry[1].as_f64().unwrap_or_default();
    }
    browser.close().await?;
    Ok(sums)
}

#[tokio::test]
async fn a_page_and_the_app_stay_within_their_budgets() -> Result {
    let conference = "/xay-dung-dang/hoi-nghi-truc-tuyen-cong-tac-to-chuc-xay-dung-dang-tinh-nghe-an-6-thang-dau-nam/";
    let bytes = match precompressed_nghean() {
        Some(paper) => bytes(paper, conference).await?,
        None => bytes(sample(), sample().articles().next().unwrap_or("/")).await?,
    };
    let of = |kind: &str| bytes.get(kind).copied().unwrap_or_default();
    assert!(of("wasm") > 0.0 && of("js") > 0.0 && of("css") > 0.0, "{bytes:?}");
    assert!(of("wasm") + of("js") <= 80_000.0, "WASM and JS: {bytes:?}");
    assert!(of("css") <= 10_000.0, "CSS: {bytes:?}");
    assert!(of("html") <= 15_000.0, "HTML: {bytes:?}");
    Ok(())
}

#[tokio::test]
async fn the_worker_travels_light() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto(&server.url("/")).await?;
    let list = sample().read("sw.js")?;
    let script = list.split("importScripts(\"").nth(1).and_then(|it| it.split('"').next());
    // The list comes with every build, the script with those that change the worker.
    for (path, budget) in [("/sw.js", 1_500.0), (script.unwrap_or_default(), 9_000.0)] {
        let bytes = browser
            .resolve(&format!(
                "fetch('{path}', {{ cache: 'no-store' }}).then((it) => it.text()).then(() =>
                    performance.getEntriesByName(location.origin + '{path}')[0].encodedBodySize)"
            ))
            .await?;
        let bytes = bytes.as_f64().unwrap_or(f64::NAN);
        assert!(bytes > 0.0 && bytes <= budget, "{path}: {bytes}");
    }
    browser.close().await
}

#[tokio::test]
async fn the_policy_allows_one_inline_script_by_its_hash_and_nothing_unsafe() -> Result {
    let html = sample().read("index.html")?;
    let policy = html
        .split("Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    let policy = policy.unwrap_or_default();
    assert!(policy.contains("script-src 'self' 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");

    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let listen = "window.refused = []; document.addEventListener('securitypolicyviolation', (it) => window.refused.push(it.violatedDirective));";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": listen})).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.click(".cards h2 a").await?;
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(browser.eval("window.refused").await?, json!([]));
    let inline = "(() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return window.ran === true; })()";
    assert_eq!(browser.eval(inline).await?, Value::Bool(false), "a foreign inline script runs");
    browser.close().await
}

#[tokio::test]
async fn embeds_travel_light() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto(&server.url(tests::BLANK_PAGE)).await?;
    let bytes = async |path: &str| -> Result<f64> {
        let fetched = format!(
            "fetch('{path}', {{ cache: 'no-store' }}).then((it) => it.text())
                .then(() => performance.getEntriesByName(location.origin + '{path}')[0].encodedBodySize)"
        );
        Ok(browser.resolve(&fetched).await?.as_f64().unwrap_or(f64::NAN))
    };
    let script = bytes("/embed.js").await?;
    assert!(script > 0.0 && script <= 2_000.0, "embed.js: {script}");
    let longest = sample().articles().max_by_key(|path| sample().length(path)).unwrap_or("/");
    let article = format!("/embed/article{}.html", longest.trim_end_matches('/'));
    for path in ["/embed/front.html", "/embed/section/thoi-su.html", &article] {
        let page = bytes(path).await?;
        assert!(page > 0.0 && page <= 10_000.0, "{path}: {page}");
    }
    // The inline script by itself, as it would travel.
    let html = sample().read("embed/front.html")?;
    let script = html.split("<script>").nth(1).and_then(|it| it.split("</script>").next());
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut script.unwrap_or_default().as_bytes(), &mut packed, &params)?;
    assert!(packed.len() > 100 && packed.len() <= 1_000, "inline script: {}", packed.len());
    browser.close().await
}
