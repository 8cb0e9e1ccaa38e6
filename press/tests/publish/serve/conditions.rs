//! Conditional requests and ranges.

use super::{Answer, Host, Publisher, Result, printed};

const FILM: &str = "/tin/phim.mp4";

fn with_film() -> Result<(Publisher, Vec<u8>)> {
    let publisher = printed("/", &[])?;
    let film: Vec<u8> = (0..200_000_u32).map(|it| (it % 251) as u8).collect();
    publisher.write(&format!("site{FILM}"), &film)?;
    Ok((publisher, film))
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() -> Result {
    let (publisher, _) = with_film()?;
    publisher.write("site/_headers", "/tin/*\n  X-Rule: yes\n  Cache-Control: max-age=5\n")?;
    let host = Host::of(&publisher.path("site"))?;
    for path in ["/tin/cho-noi/", FILM, "/index.json"] {
        for encoding in ["identity", "br", "gzip"] {
            let encoding = format!("Accept-Encoding: {encoding}");
            let first = host.ask("GET", path, &[&encoding]).await?;
            let tag = first.header("etag");
            assert!(!tag.is_empty() && first.header("last-modified").is_empty(), "{path}");
            for condition in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
                let condition = format!("If-None-Match: {condition}");
                let again = host.ask("GET", path, &[&encoding, &condition]).await?;
                assert_eq!((again.status, again.body.len()), (304, 0), "{path} {condition}");
                // RFC 9110, section 15.4.5: what a 200 would have had of these.
                for name in ["etag", "cache-control", "vary", "x-rule"] {
                    assert_eq!(again.header(name), first.header(name), "{path} {name}");
                }
                for name in ["content-encoding", "content-type"] {
                    assert_eq!(again.header(name), "", "{path} {name}");
                }
            }
            let other = host.ask("GET", path, &["If-None-Match: \"other\""]).await?;
            assert_eq!(other.status, 200, "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn dates_decide_nothing() -> Result {
    let (publisher, film) = with_film()?;
    let host = Host::of(&publisher.path("site"))?;
    for condition in [
        "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT",
        "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
    ] {
        let answer = host.ask("GET", FILM, &[condition]).await?;
        assert_eq!((answer.status, answer.body == film), (200, true), "{condition}");
    }
    Ok(())
}

#[tokio::test]
async fn a_film_is_sent_in_parts() -> Result {
    let (publisher, film) = with_film()?;
    let host = Host::of(&publisher.path("site"))?;
    assert_eq!(host.get(FILM).await?.header("accept-ranges"), "bytes");
    for (range, from, to) in [
        ("0-", 0, 199_999),
        ("0-0", 0, 0),
        ("100-70099", 100, 70_099),
        ("199999-", 199_999, 199_999),
        ("-1", 199_999, 199_999),
        ("150000-999999", 150_000, 199_999),
    ] {
        let range = format!("Range: bytes={range}");
        let answer = host.ask("GET", FILM, &[&range, "Accept-Encoding: br, gzip"]).await?;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {from}-{to}/200000"));
        assert_eq!(answer.header("content-length"), (to - from + 1).to_string());
        assert_eq!(answer.header("content-type"), "video/mp4");
        assert_eq!(answer.header("content-encoding"), "");
        assert!(answer.body == film[from..=to], "{range}");
    }
    let answer = host.ask("GET", FILM, &["Range: bytes=200000-"]).await?;
    assert_eq!((answer.status, answer.body.len()), (416, 0));
    assert_eq!(answer.header("content-range"), "bytes */200000");
    // What may be answered with all of it: several ranges, another unit, HEAD.
    for (method, range) in [("GET", "bytes=0-1, 5-9"), ("GET", "lines=1-2"), ("HEAD", "bytes=0-1")]
    {
        let answer = host.ask(method, FILM, &[&format!("Range: {range}")]).await?;
        assert_eq!(answer.status, 200, "{range}");
        assert_eq!(answer.header("content-length"), "200000", "{range}");
    }
    Ok(())
}

#[tokio::test]
async fn a_part_of_another_film_is_never_sent() -> Result {
    let (publisher, film) = with_film()?;
    let host = Host::of(&publisher.path("site"))?;
    let ask = async |condition: &str| -> Result<Answer> {
        let condition = format!("If-Range: {condition}");
        host.ask("GET", FILM, &["Range: bytes=10-19", &condition]).await
    };
    let tag = host.get(FILM).await?.header("etag");
    let answer = ask(&tag).await?;
    assert_eq!((answer.status, answer.body.len()), (206, 10));
    let others = ["\"other\"", "Fri, 31 Dec 9999 23:59:59 GMT", "*", &format!("W/{tag}")];
    for other in others {
        let answer = ask(other).await?;
        assert_eq!((answer.status, answer.body == film), (200, true), "{other}");
        assert_eq!(answer.header("content-range"), "", "{other}");
    }
    publisher.write(&format!("site{FILM}"), vec![7; 200_000])?;
    let answer = ask(&tag).await?;
    assert_eq!((answer.status, answer.body.len()), (200, 200_000));
    Ok(())
}

#[tokio::test]
async fn a_part_of_a_text_is_one_of_its_plain_bytes() -> Result {
    let publisher = printed("/", &["--precompress"])?;
    let host = Host::of(&publisher.path("site"))?;
    let page = publisher.read("tin/cho-noi/index.html")?;
    let headers = ["Range: bytes=5-44", "Accept-Encoding: br"];
    let answer = host.ask("GET", "/tin/cho-noi/", &headers).await?;
    assert_eq!((answer.status, answer.header("content-encoding")), (206, String::new()));
    assert_eq!(answer.body, page.as_bytes()[5..45]);
    // Its tag is weak, so a browser that has the beginning of it compressed never puts the two together.
    let tag = host.ask("GET", "/tin/cho-noi/", &["Accept-Encoding: br"]).await?.header("etag");
    assert!(tag.starts_with("W/\""), "{tag}");
    let condition = format!("If-Range: {tag}");
    let answer = host.ask("GET", "/tin/cho-noi/", &[headers[0], &condition]).await?;
    assert_eq!(answer.status, 200);
    Ok(())
}
