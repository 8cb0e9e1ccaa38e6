//! The sites whose players are known: which address of theirs is what, and the address of its player.
//!
//! Names and numbers are taken out of an address only where they look like theirs; an address is never handed on as it
//! was written.

use url::Url;

/// What a player plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Video,
    Audio,
    Post,
    /// What a site that `site.toml` names shows, whatever that is.
    Frame,
}

/// How much room a player takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As wide as the text, 16 to 9.
    Wide,
    /// A column: posts, and films that were taken upright.
    Tall,
    /// A bar with one piece of sound.
    Low,
    /// A bar with a list of pieces.
    List,
}

impl Shape {
    /// The class that reserves the room (`style/players.css`).
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Tall => "tall",
            Self::Low => "low",
            Self::List => "list",
        }
    }
}

/// Something that another site plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The name of the site, as its readers know it.
    pub(crate) provider: String,
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    /// The address of the player, which is loaded after a click alone.
    pub(crate) frame: String,
    /// The address that a reader opens without the player.
    pub(crate) page: String,
}

/// The origins of the players.
pub(crate) const ORIGINS: [&str; 9] = [
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://www.facebook.com",
    "https://www.tiktok.com",
    "https://platform.twitter.com",
    "https://open.spotify.com",
    "https://w.soundcloud.com",
    "https://geo.dailymotion.com",
    "https://www.instagram.com",
];

/// What an address of a known site plays; nothing for any other address.
pub(crate) fn of(address: &str) -> Option<Foreign> {
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    let url = Url::parse(&address).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none();
    let host = url.host_str().filter(|_| plain)?;
    let host = ["www.", "m.", "web.", "mobile."]
        .iter()
        .find_map(|it| host.strip_prefix(it))
        .unwrap_or(host);
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    match host {
        "youtube.com" | "youtube-nocookie.com" | "music.youtube.com" | "youtu.be" => {
            youtube(&url, host, &parts)
        }
        "vimeo.com" | "player.vimeo.com" => vimeo(&url, &parts),
        "facebook.com" | "fb.watch" => facebook(&url, host, &parts),
        "tiktok.com" => tiktok(&parts),
        "x.com" | "twitter.com" | "platform.twitter.com" => x(&url, &parts),
        "open.spotify.com" => spotify(&parts),
        "soundcloud.com" | "w.soundcloud.com" => soundcloud(&url, host, &parts),
        "dailymotion.com" | "dai.ly" | "geo.dailymotion.com" => dailymotion(&url, host, &parts),
        "instagram.com" => instagram(&parts),
        _ => None,
    }
}

fn foreign(
    provider: &str,
    kind: Kind,
    shape: Shape,
    frame: String,
    page: String,
) -> Option<Foreign> {
    Some(Foreign { provider: provider.to_owned(), kind, shape, frame, page })
}

/// YouTube: <https://developers.google.com/youtube/player_parameters>.
fn youtube(url: &Url, host: &str, parts: &[&str]) -> Option<Foreign> {
    let list = query(url, "list").filter(|it| is_name(it));
    let (id, shape) = match parts {
        ["watch"] => (query(url, "v").unwrap_or_default(), Shape::Wide),
        ["shorts", id] => ((*id).to_owned(), Shape::Tall),
        ["embed", "videoseries"] | ["playlist"] => (String::new(), Shape::Wide),
        ["embed" | "live" | "v" | "e", id] => ((*id).to_owned(), Shape::Wide),
        [id] if host == "youtu.be" => ((*id).to_owned(), Shape::Wide),
        _ => return None,
    };
    let start = ["t", "start"].iter().find_map(|name| seconds(&query(url, name)?));
    let start = start.filter(|start| *start > 0);
    let own = "https://www.youtube-nocookie.com/embed/";
    let (frame, page) = match (id.as_str(), list) {
        ("", Some(list)) => (
            format!("{own}videoseries?list={list}&autoplay=1"),
            format!("https://www.youtube.com/playlist?list={list}"),
        ),
        (id, _) if is_name(id) => {
            let [from, at] = match start {
                Some(start) => [format!("&start={start}"), format!("&t={start}s")],
                None => Default::default(),
            };
            (
                format!("{own}{id}?autoplay=1{from}"),
                format!("https://www.youtube.com/watch?v={id}{at}"),
            )
        }
        _ => return None,
    };
    foreign("YouTube", Kind::Video, shape, frame, page)
}

/// Vimeo: <https://help.vimeo.com/hc/en-us/articles/12426260232977>. A film that is not listed has a second number.
fn vimeo(url: &Url, parts: &[&str]) -> Option<Foreign> {
    let (id, hash) = match parts {
        ["video", id] | [id] | ["channels" | "showcase", _, id] | ["groups", _, "videos", id] => {
            (*id, query(url, "h"))
        }
        [id, hash] => (*id, Some((*hash).to_owned())),
        _ => return None,
    };
    let hash = hash.filter(|it| is_name(it));
    let [given, path] = match &hash {
        Some(hash) => [format!("h={hash}&"), format!("/{hash}")],
        None => Default::default(),
    };
    let frame = format!("https://player.vimeo.com/video/{id}?{given}dnt=1&autoplay=1");
    let page = format!("https://vimeo.com/{id}{path}");
    is_number(id).then(|| foreign("Vimeo", Kind::Video, Shape::Wide, frame, page))?
}

/// Facebook: <https://developers.facebook.com/docs/plugins/embedded-video-player>.
fn facebook(url: &Url, host: &str, parts: &[&str]) -> Option<Foreign> {
    if let ["plugins", "video.php" | "post.php"] = parts {
        let inner = query(url, "href")?;
        return of(&inner).filter(|it| it.provider == "Facebook");
    }
    let (kind, page) = match parts {
        [name] if host == "fb.watch" && is_name(name) => {
            (Kind::Video, format!("https://fb.watch/{name}/"))
        }
        _ if host == "fb.watch" => return None,
        ["watch"] => {
            let id = query(url, "v").filter(|it| is_number(it))?;
            (Kind::Video, format!("https://www.facebook.com/watch/?v={id}"))
        }
        ["reel", id] if is_number(id) => {
            (Kind::Video, format!("https://www.facebook.com/reel/{id}/"))
        }
        [who, "videos", .., id] if is_name(who) && is_number(id) => {
            (Kind::Video, format!("https://www.facebook.com/{who}/videos/{id}/"))
        }
        [who, "posts", .., id] if is_name(who) && is_name(id) => {
            (Kind::Post, format!("https://www.facebook.com/{who}/posts/{id}"))
        }
        _ => return None,
    };
    let (plugin, shape) = match kind {
        Kind::Post => ("post", Shape::Tall),
        _ if parts.first() == Some(&"reel") => ("video", Shape::Tall),
        _ => ("video", Shape::Wide),
    };
    let frame = format!("https://www.facebook.com/plugins/{plugin}.php?href={}", encoded(&page));
    foreign("Facebook", kind, shape, frame, page)
}

/// TikTok: <https://developers.tiktok.com/doc/embed-player>.
fn tiktok(parts: &[&str]) -> Option<Foreign> {
    let (who, id) = match parts {
        [who, "video", id] if who.starts_with('@') && is_name(who.trim_start_matches('@')) => {
            (*who, *id)
        }
        ["player", "v1", id] | ["embed", id] | ["embed", "v2", id] => ("@", *id),
        _ => return None,
    };
    let frame = format!("https://www.tiktok.com/player/v1/{id}?autoplay=1");
    let page = format!("https://www.tiktok.com/{who}/video/{id}");
    is_number(id).then(|| foreign("TikTok", Kind::Video, Shape::Tall, frame, page))?
}

/// X: the frame that its own script for publishers makes (<https://publish.x.com>).
fn x(url: &Url, parts: &[&str]) -> Option<Foreign> {
    let (who, id) = match parts {
        [who, "status" | "statuses", id, ..] if is_name(who) => (*who, (*id).to_owned()),
        ["i", "web", "status", id] => ("i", (*id).to_owned()),
        ["embed", "Tweet.html"] => ("i", query(url, "id")?),
        _ => return None,
    };
    let frame = format!("https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true");
    let page = format!("https://x.com/{who}/status/{id}");
    is_number(&id).then(|| foreign("X", Kind::Post, Shape::Tall, frame, page))?
}

/// Spotify: <https://developer.spotify.com/documentation/embeds>.
fn spotify(parts: &[&str]) -> Option<Foreign> {
    let parts = match parts {
        ["embed" | "embed-podcast", rest @ ..] => rest,
        // The language of the page that the address was copied from.
        [first, rest @ ..] if first.starts_with("intl-") => rest,
        parts => parts,
    };
    let [kind @ ("track" | "episode" | "album" | "playlist" | "show" | "artist"), id] = parts
    else {
        return None;
    };
    let shape = if matches!(*kind, "track" | "episode") { Shape::Low } else { Shape::List };
    let frame = format!("https://open.spotify.com/embed/{kind}/{id}");
    let page = format!("https://open.spotify.com/{kind}/{id}");
    is_name(id).then(|| foreign("Spotify", Kind::Audio, shape, frame, page))?
}

/// SoundCloud: <https://developers.soundcloud.com/docs/api/html5-widget>.
fn soundcloud(url: &Url, host: &str, parts: &[&str]) -> Option<Foreign> {
    let (page, shape) = match parts {
        ["player"] if host == "w.soundcloud.com" => {
            let inner = Url::parse(&query(url, "url")?).ok()?;
            let parts: Vec<&str> = inner.path_segments()?.filter(|it| !it.is_empty()).collect();
            match (inner.host_str()?, parts.as_slice()) {
                ("api.soundcloud.com", [kind @ ("tracks" | "playlists"), id]) => {
                    // Newer addresses say `soundcloud:tracks:1`.
                    let id = id.rsplit([':', 'A']).next().filter(|it| is_number(it))?;
                    let shape = if *kind == "tracks" { Shape::Low } else { Shape::List };
                    (format!("https://api.soundcloud.com/{kind}/{id}"), shape)
                }
                ("soundcloud.com" | "www.soundcloud.com", parts) => soundcloud_page(parts)?,
                _ => return None,
            }
        }
        parts if host == "soundcloud.com" => soundcloud_page(parts)?,
        _ => return None,
    };
    let frame = format!("https://w.soundcloud.com/player/?url={}&auto_play=true", encoded(&page));
    let page = match page.starts_with("https://api.") {
        // Its page is not known; the player can be opened by itself.
        true => frame.replace("&auto_play=true", ""),
        false => page,
    };
    foreign("SoundCloud", Kind::Audio, shape, frame, page)
}

fn soundcloud_page(parts: &[&str]) -> Option<(String, Shape)> {
    let shape = match parts {
        [_, "sets", _] => Shape::List,
        [_, _] => Shape::Low,
        _ => return None,
    };
    let own = ["discover", "search", "you", "pages", "upload", "charts"];
    let fits = parts.iter().all(|part| is_name(part)) && !own.contains(parts.first()?);
    fits.then(|| (format!("https://soundcloud.com/{}", parts.join("/")), shape))
}

/// Dailymotion: <https://developers.dailymotion.com/guides/embed-via-iframe>.
fn dailymotion(url: &Url, host: &str, parts: &[&str]) -> Option<Foreign> {
    let id = match parts {
        ["video", id] | ["embed", "video", id] => (*id).to_owned(),
        [id] if host == "dai.ly" => (*id).to_owned(),
        ["player.html"] => query(url, "video")?,
        _ => return None,
    };
    let frame = format!("https://geo.dailymotion.com/player.html?video={id}");
    let page = format!("https://www.dailymotion.com/video/{id}");
    is_name(&id).then(|| foreign("Dailymotion", Kind::Video, Shape::Wide, frame, page))?
}

/// Instagram: the frame that its own script makes of an embedded post.
fn instagram(parts: &[&str]) -> Option<Foreign> {
    let [kind @ ("p" | "reel" | "tv"), id, ..] = parts else { return None };
    let frame = format!("https://www.instagram.com/{kind}/{id}/embed/");
    let page = format!("https://www.instagram.com/{kind}/{id}/");
    is_name(id).then(|| foreign("Instagram", Kind::Post, Shape::Tall, frame, page))?
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn encoded(address: &str) -> String {
    url::form_urlencoded::byte_serialize(address.as_bytes()).collect()
}

/// A name as sites give them to what they show.
fn is_name(text: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    (1..=100).contains(&text.len()) && text.bytes().all(sign) && !text.bytes().all(|b| b == b'.')
}

fn is_number(text: &str) -> bool {
    (1..=25).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Seconds of `90`, `90s` and `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let (mut sum, mut number) = (0_u32, String::new());
    for c in text.chars().take(12) {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    match number.as_str() {
        "" => Some(sum),
        rest => sum.checked_add(rest.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(address: &str) -> Option<String> {
        of(address).map(|it| it.frame)
    }

    #[test]
    fn an_address_of_a_known_site_has_a_player() {
        let tube = "https://www.youtube-nocookie.com/embed/";
        for (address, wanted) in [
            ("https://www.youtube.com/watch?v=aB_-1&feature=x", format!("{tube}aB_-1?autoplay=1")),
            ("http://youtu.be/aB1?t=1m30s", format!("{tube}aB1?autoplay=1&start=90")),
            ("//www.youtube.com/embed/aB1?rel=0", format!("{tube}aB1?autoplay=1")),
            ("https://m.youtube.com/shorts/aB1", format!("{tube}aB1?autoplay=1")),
            (
                "https://www.youtube.com/playlist?list=PL1",
                format!("{tube}videoseries?list=PL1&autoplay=1"),
            ),
            (
                "https://vimeo.com/76/ab12",
                "https://player.vimeo.com/video/76?h=ab12&dnt=1&autoplay=1".into(),
            ),
            (
                "https://player.vimeo.com/video/76",
                "https://player.vimeo.com/video/76?dnt=1&autoplay=1".into(),
            ),
            (
                "https://www.facebook.com/bao.lang/videos/hoi-lang/12/",
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fbao.lang%2Fvideos%2F12%2F".into(),
            ),
            (
                "https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2Fwww.facebook.com%2Freel%2F12",
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Freel%2F12%2F".into(),
            ),
            (
                "https://www.tiktok.com/@ha.vi/video/73?lang=vi",
                "https://www.tiktok.com/player/v1/73?autoplay=1".into(),
            ),
            (
                "https://twitter.com/ha/status/34?s=20",
                "https://platform.twitter.com/embed/Tweet.html?id=34&dnt=true".into(),
            ),
            (
                "https://open.spotify.com/intl-vi/episode/4a?si=x",
                "https://open.spotify.com/embed/episode/4a".into(),
            ),
            (
                "https://soundcloud.com/ha/bai-ca",
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fha%2Fbai-ca&auto_play=true".into(),
            ),
            (
                "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/29",
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F29&auto_play=true".into(),
            ),
            ("https://dai.ly/x8", "https://geo.dailymotion.com/player.html?video=x8".into()),
            ("https://www.instagram.com/p/Bx1/", "https://www.instagram.com/p/Bx1/embed/".into()),
        ] {
            let frame = frame(address);
            let is_known = |it: &String| ORIGINS.iter().any(|own| it.starts_with(&format!("{own}/")));
            assert!(frame.as_ref().is_some_and(is_known), "{address}");
            assert_eq!(frame, Some(wanted), "{address}");
        }
    }

    #[test]
    fn other_addresses_have_none() {
        for address in [
            "https://www.youtube.com/@kenh",
            "https://www.youtube.com/watch?v=a%22b",
            "https://www.youtube.com/watch?v=../x",
            "https://www.youtube.com/embed/..",
            "https://youtube.com.evil.example/watch?v=a1",
            "https://evil.example/?https://youtu.be/a1",
            "https://user@youtu.be/a1",
            "https://youtu.be:8443/a1",
            "javascript://youtu.be/a1",
            "https://vimeo.com/about",
            "https://vimeo.com/1;x",
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fevil.example%2Fvideos%2F1",
            "https://www.facebook.com/bao.lang",
            "https://x.com/ha",
            "https://x.com/ha/status/1'x",
            "https://open.spotify.com/search/a",
            "https://soundcloud.com/ha",
            "https://w.soundcloud.com/player/?url=https://evil.example/tracks/1",
            "not an address",
            "",
        ] {
            assert_eq!(of(address), None, "{address}");
        }
    }
}
