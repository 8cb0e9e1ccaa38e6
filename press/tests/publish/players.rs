//! What a publisher gets for what plays: cards, pages of players, whole files, and links in feeds.

use crate::publisher::{Publisher, Result, SITE, said};

fn article(publisher: &Publisher, slug: &str, body: &str) -> Result {
    let text = format!("---\ntitle: Bài {slug}\ndate: 2026-01-02\n---\n\n{body}\n");
    publisher.write(&format!("edition/content/tin/{slug}/index.md"), text)
}

/// The value of a policy that a document says itself.
fn policy(html: &str) -> &str {
    let after = html.split_once("Content-Security-Policy\" content=\"");
    after.and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default()
}

#[test]
fn the_page_of_a_player_allows_one_site_and_all_other_pages_none() -> Result {
    let publisher = Publisher::new()?;
    article(&publisher, "a", "https://youtu.be/a1\n\nhttps://vimeo.com/7")?;
    article(&publisher, "b", "https://youtu.be/a1")?;
    article(&publisher, "c", "Không có gì.")?;
    let output = publisher.print(&[])?;
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let files = publisher.files()?;
    let players: Vec<&String> = files.keys().filter(|it| it.starts_with("embed/player/")).collect();
    assert_eq!(players.len(), 2, "two articles share a page: {players:?}");
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let frames = policy(&html).split("; ").find(|it| it.starts_with("frame-src"));
        let wanted = match name {
            _ if name.starts_with("embed/player/vimeo-") => {
                Some("frame-src https://player.vimeo.com")
            }
            _ if name.starts_with("embed/player/youtube-") => {
                Some("frame-src https://www.youtube-nocookie.com")
            }
            _ => frames.filter(|it| *it == "frame-src 'self'"),
        };
        assert_eq!(frames, wanted, "{name}");
        assert!(!html.contains("<iframe src=\"http"), "{name}");
    }
    let of = |slug: &str| publisher.read(&format!("tin/{slug}/index.html"));
    assert_eq!(policy(&of("a")?), policy(&of("c")?), "one policy for all articles");
    Ok(())
}

#[test]
fn hosts_are_told_that_only_the_newspaper_frames_the_page_of_a_player() -> Result {
    let publisher = Publisher::new()?;
    let site = format!("{SITE}[players]\nframes = [\"https://ban-do.example\"]\n");
    publisher.write("edition/site.toml", site)?;
    article(&publisher, "a", "https://youtu.be/a1")?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let headers = publisher.read("_headers")?;
    let rule = headers.split_once("/embed/player/*\n").map(|(_, rest)| rest).unwrap_or_default();
    let policy = rule.lines().find(|it| it.contains("Content-Security-Policy")).unwrap_or_default();
    for part in ["frame-ancestors 'self'", "https://ban-do.example", "default-src 'none'"] {
        assert!(policy.contains(part), "{part}: {headers}");
    }
    Ok(())
}

#[test]
fn a_wrong_site_for_frames_is_an_error_with_its_line() -> Result {
    let publisher = Publisher::new()?;
    let site = format!("{SITE}[players]\nframes = [\"ban-do.example; script-src *\"]\n");
    publisher.write("edition/site.toml", site)?;
    article(&publisher, "a", "x")?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    let told = said(&output);
    assert!(
        told.contains("site.toml:11: error:") && told.contains("https://*.example.org"),
        "{told}"
    );
    Ok(())
}

#[test]
fn a_feed_has_a_link_in_the_place_of_what_plays() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/a/loa.mp3", b"ID3")?;
    article(&publisher, "a", "[Loa phường](loa.mp3)\n\nhttps://youtu.be/a1")?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    for feed in ["rss.xml", "atom.xml"] {
        let text = publisher.read(feed)?;
        assert!(text.contains("https://www.youtube.com/watch?v=a1"), "{text}");
        assert!(text.contains("https://paper.example/tin/a/loa."), "{text}");
        assert!(!text.contains("&lt;audio") && !text.contains("<audio"), "{text}");
    }
    Ok(())
}

#[test]
fn a_film_is_copied_whole_and_named_by_its_bytes() -> Result {
    let publisher = Publisher::new()?;
    let film: Vec<u8> = (0..300_000_u32).map(|it| (it % 251) as u8).collect();
    publisher.write("edition/content/tin/a/phim.mp4", &film)?;
    article(&publisher, "a", "![Phim](phim.mp4)")?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let files = publisher.files()?;
    let is_film = |name: &&String| name.starts_with("tin/a/phim.") && name.ends_with(".mp4");
    let name = files.keys().find(is_film).ok_or("no film")?;
    assert!(files[name] == film);
    publisher.write("edition/content/tin/a/phim.mp4", &film[1..])?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    assert!(!publisher.files()?.contains_key(name), "another film has another name");
    Ok(())
}
