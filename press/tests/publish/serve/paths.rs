//! Which path has which answer.

use super::{Host, Publisher, Result, printed};

#[tokio::test]
async fn files_have_the_types_that_browsers_want() -> Result {
    let publisher = printed("/", &[])?;
    for (name, kind) in [
        ("tin/cho-noi/", "text/html; charset=utf-8"),
        ("index.json", "application/json; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.svg", "image/svg+xml"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.jpg", "image/jpeg"),
        ("a.avif", "image/avif"),
        ("a.mp4", "video/mp4"),
        ("a.mp3", "audio/mpeg"),
        ("a.pdf", "application/pdf"),
        ("khong-duoi", "application/octet-stream"),
    ] {
        if !publisher.path(&format!("site/{name}")).exists() {
            publisher.write(&format!("site/{name}"), "x")?;
        }
        let answer = Host::of(&publisher.path("site"))?.get(&format!("/{name}")).await?;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, kind.to_owned()),
            "{name}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_page_has_a_slash_and_what_lacks_it_is_led_there() -> Result {
    for base in ["/", "/news/"] {
        let publisher = printed(base, &[])?;
        let host = Host::of(&publisher.path("site"))?;
        for path in ["", "tin/", "tin/cho-noi/", "tin/cho-noi/index.html", "tin/cho-noi/?a=b"] {
            assert_eq!(host.get(&format!("{base}{path}")).await?.status, 200, "{path}");
        }
        for (path, to) in [
            ("tin", "tin/"),
            ("tin/cho-noi", "tin/cho-noi/"),
            ("tin/cho-noi?a=b&c=//d", "tin/cho-noi/?a=b&c=//d"),
        ] {
            let answer = host.get(&format!("{base}{path}")).await?;
            assert_eq!(answer.status, 301, "{path}");
            assert_eq!(answer.header("location"), format!("{base}{to}"));
        }
        // A folder without a page is nothing, and a file is no folder.
        for path in ["assets", "assets/", "index.html/", "site.json/"] {
            assert_eq!(host.get(&format!("{base}{path}")).await?.status, 404, "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_site_below_a_path_is_there_and_nowhere_else() -> Result {
    let publisher = printed("/a/news/", &[])?;
    let host = Host::of(&publisher.path("site"))?;
    let answer = host.get("/a/news?x=1").await?;
    assert_eq!((answer.status, answer.header("location")), (301, "/a/news/?x=1".to_owned()));
    for path in ["/", "/a/", "/a", "/tin/cho-noi/", "/a/newsletter/", "/a/newstin/", "/news/"] {
        let answer = host.get(path).await?;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.body, std::fs::read(publisher.path("site/404.html"))?, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_not_there_gets_the_page_that_says_so_with_its_headers() -> Result {
    let publisher = printed("/news/", &[])?;
    let rules = "/news/404.html\n  X-Missing: yes\n/news/tin/*\n  X-Section: yes\n";
    publisher.write("site/_headers", rules)?;
    let host = Host::of(&publisher.path("site"))?;
    for (method, conditions) in [
        ("GET", &[][..]),
        ("HEAD", &[]),
        ("GET", &["Range: bytes=0-3", "If-None-Match: *", "If-Match: \"a\""]),
    ] {
        let answer = host.ask(method, "/news/tin/khong-co/", conditions).await?;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("x-missing"), "yes");
        assert_eq!(answer.header("x-section"), "");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let page = std::fs::read(publisher.path("site/404.html"))?;
        assert_eq!(answer.body, if method == "GET" { page } else { Vec::new() });
    }
    std::fs::remove_file(publisher.path("site/404.html"))?;
    let answer = host.get("/news/tin/khong-co/").await?;
    assert_eq!((answer.status, answer.body.len()), (404, 0));
    Ok(())
}

#[tokio::test]
async fn a_site_is_read_and_not_written() -> Result {
    let publisher = printed("/", &[])?;
    let host = Host::of(&publisher.path("site"))?;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        for path in ["/", "/tin/cho-noi/", "/khong/co/", "/_headers"] {
            let answer = host.ask(method, path, &[]).await?;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow").replace(' ', ""), "GET,HEAD");
        }
    }
    let (get, head) = (host.get("/tin/").await?, host.ask("HEAD", "/tin/", &[]).await?);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-type", "content-length", "etag", "cache-control", "vary"] {
        assert_eq!(get.header(name), head.header(name), "{name}");
        assert!(!get.header(name).is_empty(), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn files_for_hosts_and_for_the_press_are_not_shown() -> Result {
    let publisher = printed("/", &[])?;
    for (name, shown) in [
        ("_headers", false),
        ("_redirects", false),
        ("_worker.js/index.js", false),
        ("tin/_nhap.html", false),
        (".press.json", false),
        (".hosts/nginx.conf", false),
        (".htaccess", false),
        (".git/config", false),
        ("tin/.env", false),
        (".nojekyll", false),
        ("vercel.json", false),
        ("firebase.json", false),
        ("staticwebapp.config.json", false),
        ("wrangler.jsonc", false),
        (".well-known/security.txt", true),
        (".well-known/.bi-mat", false),
        ("tin/vercel.json", true),
        ("CNAME", true),
    ] {
        if !publisher.path(&format!("site/{name}")).exists() {
            publisher.write(&format!("site/{name}"), "bí mật")?;
        }
        let answer = Host::of(&publisher.path("site"))?.get(&format!("/{name}")).await?;
        assert_eq!(answer.status, if shown { 200 } else { 404 }, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn old_addresses_lead_on_and_files_win_unless_it_is_forced() -> Result {
    let publisher = printed("/news/", &[])?;
    let rules = "/news/cu/ /news/tin/cho-noi/ 301\n/news/tin/ /news/ 301\n/news/saved/ /news/ 302!\n\
        /news/m%C3%A8o.html https://khac.example/?a=1 308\n/news/.an /news/ 301\n/ngoai /news/ 307\n";
    publisher.write("site/_redirects", rules)?;
    let host = Host::of(&publisher.path("site"))?;
    for (path, status, to) in [
        ("/news/cu/", 301, "/news/tin/cho-noi/"),
        ("/news/cu/?utm=x", 301, "/news/tin/cho-noi/?utm=x"),
        ("/news/m%c3%a8o.html?b", 308, "https://khac.example/?a=1"),
        ("/news/saved/", 302, "/news/"),
        ("/news/.an", 301, "/news/"),
        ("/ngoai", 307, "/news/"),
        ("/news/tin/", 200, ""),
        ("/news/cu", 404, ""),
    ] {
        let answer = host.get(path).await?;
        assert_eq!((answer.status, answer.header("location")), (status, to.to_owned()), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn without_rules_names_with_a_hash_are_kept_and_the_rest_is_asked_for() -> Result {
    let publisher: Publisher = printed("/", &[])?;
    std::fs::remove_file(publisher.path("site/_headers"))?;
    for (name, cache) in [
        ("a.1a2b3c4d.jpg", "public, max-age=31536000, immutable"),
        ("app.1A2B3C4D.css", "public, max-age=31536000, immutable"),
        ("1a2b3c4d.jpg", "no-cache"),
        ("a.1a2b3c4.jpg", "no-cache"),
        ("index.html", "no-cache"),
        ("sw.js", "no-cache"),
    ] {
        if !publisher.path(&format!("site/{name}")).exists() {
            publisher.write(&format!("site/{name}"), "x")?;
        }
        let answer = Host::of(&publisher.path("site"))?.get(&format!("/{name}")).await?;
        assert_eq!(answer.header("cache-control"), cache, "{name}");
    }
    Ok(())
}
