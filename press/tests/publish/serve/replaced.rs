//! A site that is replaced while it is served.

use std::fs::{self, File, FileTimes};
use std::os::unix::fs::symlink;
use std::time::SystemTime;

use super::{Host, Result, printed};

#[tokio::test]
async fn every_deploy_of_many_within_a_second_is_seen() -> Result {
    let publisher = printed("/", &[])?;
    let site = publisher.path("site");
    let host = Host::of(&site)?;
    let (mut had, mut tags) = (String::new(), Vec::new());
    for number in 10..40 {
        // A page of the same length with the same times, in a folder that takes the place of the old one.
        let next = publisher.path("next");
        fs::create_dir(&next)?;
        for name in ["site.json", "404.html"] {
            fs::copy(site.join(name), next.join(name))?;
        }
        fs::write(next.join("index.html"), format!("<title>{number}</title>"))?;
        fs::write(next.join("_headers"), format!("/\n  X-Number: {number}\n"))?;
        let times = FileTimes::new().set_modified(SystemTime::UNIX_EPOCH);
        File::options().write(true).open(next.join("index.html"))?.set_times(times)?;
        fs::rename(&site, publisher.path(&format!("old-{number}")))?;
        fs::rename(&next, &site)?;
        let conditions =
            [&*format!("If-None-Match: {had}"), "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT"];
        let answer = host.ask("GET", "/", &conditions[usize::from(had.is_empty())..]).await?;
        assert_eq!(answer.text(), format!("<title>{number}</title>"));
        assert_eq!(answer.header("x-number"), number.to_string());
        had = answer.header("etag");
        tags.push(had.clone());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 30);
    Ok(())
}

#[tokio::test]
async fn the_same_bytes_printed_again_are_known() -> Result {
    let publisher = printed("/", &[])?;
    let host = Host::of(&publisher.path("site"))?;
    let tag = host.get("/tin/cho-noi/").await?.header("etag");
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let condition = format!("If-None-Match: {tag}");
    assert_eq!(host.ask("GET", "/tin/cho-noi/", &[&condition]).await?.status, 304);
    Ok(())
}

#[tokio::test]
async fn a_site_behind_a_link_is_the_one_that_the_link_leads_to_now() -> Result {
    let (first, second) = (printed("/", &[])?, printed("/", &[])?);
    second.write("site/index.html", "second")?;
    let link = first.path("live");
    symlink(first.path("site"), &link)?;
    let host = Host::of(&link)?;
    assert_ne!(host.get("/").await?.text(), "second");
    symlink(second.path("site"), first.path("next"))?;
    fs::rename(first.path("next"), &link)?;
    assert_eq!(host.get("/").await?.text(), "second");
    fs::remove_file(&link)?;
    assert_eq!(host.get("/").await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_written_over_in_place_is_another_one() -> Result {
    let publisher = printed("/", &[])?;
    let host = Host::of(&publisher.path("site"))?;
    for text in ["mot", "hai", "ba ", "bon"] {
        publisher.write("site/a.txt", text)?;
        let answer = host.get("/a.txt").await?;
        assert_eq!(answer.text(), text);
        let condition = format!("If-None-Match: {}", answer.header("etag"));
        assert_eq!(host.ask("GET", "/a.txt", &[&condition]).await?.status, 304);
        publisher.write("site/a.txt", "xen")?;
        assert_eq!(host.ask("GET", "/a.txt", &[&condition]).await?.text(), "xen");
    }
    Ok(())
}
