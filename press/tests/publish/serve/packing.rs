//! Compression: files that lie beside the plain ones, and what is compressed on the way.

use std::io::Read as _;

use super::{Answer, Host, Result, printed};

fn unpacked(answer: &Answer) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match &*answer.header("content-encoding") {
        "br" => brotli::Decompressor::new(&answer.body[..], 4096).read_to_end(&mut bytes)?,
        "gzip" => flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut bytes)?,
        _ => (&answer.body[..]).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

#[tokio::test]
async fn text_travels_in_the_best_form_that_the_browser_reads() -> Result {
    for options in [&[][..], &["--precompress"]] {
        let publisher = printed("/", options)?;
        let host = Host::of(&publisher.path("site"))?;
        let plain = std::fs::read(publisher.path("site/tin/cho-noi/index.html"))?;
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("br;q=0.5, gzip", "gzip"),
            ("gzip", "gzip"),
            ("gzip;q=0, br;q=0", ""),
            ("identity", ""),
            ("zstd", ""),
            ("", ""),
        ] {
            let accepted = format!("Accept-Encoding: {accepted}");
            let answer = host.ask("GET", "/tin/cho-noi/", &[&accepted]).await?;
            assert_eq!(answer.status, 200, "{accepted}");
            assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
            assert_eq!(answer.header("vary"), "accept-encoding", "{accepted}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{accepted}");
            assert!(unpacked(&answer)? == plain, "{accepted}");
            assert_eq!(answer.body.len() < plain.len(), !encoding.is_empty(), "{accepted}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_compressed_file_that_is_there_is_sent_as_it_is() -> Result {
    let publisher = printed("/", &["--precompress"])?;
    let host = Host::of(&publisher.path("site"))?;
    for (accepted, ending) in [("br", "br"), ("gzip", "gz")] {
        let accepted = format!("Accept-Encoding: {accepted}");
        let answer = host.ask("GET", "/tin/cho-noi/", &[&accepted]).await?;
        let file = std::fs::read(publisher.path(&format!("site/tin/cho-noi/index.html.{ending}")))?;
        assert!(answer.body == file, "{ending}");
        assert_eq!(answer.header("content-length"), file.len().to_string());
    }
    let answer = host.ask("GET", "/khong-co/", &["Accept-Encoding: br"]).await?;
    assert_eq!(answer.status, 404);
    assert!(answer.body == std::fs::read(publisher.path("site/404.html.br"))?);
    Ok(())
}

#[tokio::test]
async fn pictures_films_and_short_texts_travel_as_they_are() -> Result {
    let publisher = printed("/", &[])?;
    publisher.write("site/a.jpg", vec![0; 9_000])?;
    publisher.write("site/a.mp4", vec![0; 9_000])?;
    publisher.write("site/a.txt", "ngắn")?;
    let host = Host::of(&publisher.path("site"))?;
    for (path, vary) in [("/a.jpg", ""), ("/a.mp4", ""), ("/a.txt", "accept-encoding")] {
        let answer = host.ask("GET", path, &["Accept-Encoding: br, gzip"]).await?;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        assert_eq!(answer.header("vary"), vary, "{path}");
        assert!(answer.body == std::fs::read(publisher.path(&format!("site{path}")))?, "{path}");
    }
    Ok(())
}
