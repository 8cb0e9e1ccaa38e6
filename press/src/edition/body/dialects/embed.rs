//! Calls that show something of another site: readers get a link to it, of which `players` makes a card where it knows the site.

use crate::edition::addresses::urls;
use crate::edition::body::dialects::args::Args;
use crate::edition::body::players::{self, MARK};
use crate::html::attribute;

/// A link to what a call would have shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Embed {
    pub(crate) url: String,
    words: String,
    /// How long it plays, where the call says it.
    seconds: Option<u64>,
}

/// Names that tell no site: what matters is the address among their arguments.
const GENERAL: [&str; 12] = [
    "embed",
    "video",
    "audio",
    "iframe",
    "player",
    "oembed",
    "podcast",
    "preview",
    "soundcloud",
    "facebook",
    "tiktok",
    "mastodon",
];

impl Embed {
    /// The link for a call, if its arguments say enough. `exists` tells which addresses lead to a file.
    pub(crate) fn read(name: &str, args: &Args<'_>, exists: &dyn Fn(&str) -> bool) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let site = args.get("provider").unwrap_or(&name).to_ascii_lowercase();
        let known = address(&site, args).or_else(|| address(&name, args));
        let url = known.or_else(|| {
            let general = GENERAL.iter().any(|part| name.contains(part));
            let mut values = args.iter().map(|arg| arg.value);
            general
                .then(|| values.find(|v| urls::is_web(v) || (v.contains('.') && exists(v))))?
                .map(String::from)
        })?;
        let words = args.any(&["title", "text", "caption"]);
        let words =
            words.map_or_else(|| url.trim_start_matches("https://").to_owned(), String::from);
        let seconds = args.any(&["duration", "length"]).and_then(players::seconds);
        Some(Self { url, words, seconds })
    }

    pub(crate) fn html(&self) -> String {
        let Self { url, words, seconds } = self;
        let length = seconds.map(|it| format!(" length-{it}")).unwrap_or_default();
        format!("<a href=\"{}\" class=\"{MARK}{length}\">{}</a>", attribute(url), attribute(words))
    }
}

/// Whether a call of this name shows something of another site.
pub(crate) fn is_one(name: &str) -> bool {
    let sites = ["youtube", "vimeo", "tweet", "twitter", "gist", "instagram", "codepen", "spotify"];
    let name = name.to_ascii_lowercase();
    sites.iter().chain(&GENERAL).any(|part| name.contains(part)) || name == "x"
}

fn address(site: &str, args: &Args<'_>) -> Option<String> {
    let id = args.any(&[
        "id",
        "videoid",
        "video_id",
        "video",
        "key",
        "code",
        "shortcode",
        "url",
        "src",
        "href",
    ]);
    let mut free = args.unnamed().map(|arg| arg.value);
    let user = args.any(&["user", "username", "owner"]);
    let (user, id) = match (user, id, free.next()) {
        (user, Some(id), _) => (user, id),
        (Some(user), None, Some(id)) => (Some(user), id),
        (None, None, Some(first)) => match free.next().filter(|second| plain(second)) {
            Some(second) if !site.contains("tube") && !site.contains("vimeo") => {
                (Some(first), second)
            }
            _ => (None, first),
        },
        _ => return None,
    };
    let is = |part: &str| site.contains(part);
    if urls::is_web(id) {
        let video = id.split_once("/embed/").filter(|_| is("youtube") || id.contains("youtube"));
        return match video.map(|(_, id)| id.split(['?', '/']).next().unwrap_or(id)) {
            Some(id) if plain(id) => Some(format!("https://www.youtube.com/watch?v={id}")),
            _ => known(site).then(|| id.to_owned()),
        };
    }
    let both = user.map_or_else(|| id.to_owned(), |user| format!("{user}/{id}"));
    if !both.split('/').all(plain) {
        return None;
    }
    let one = !id.contains('/');
    Some(match site {
        _ if is("youtube") && one => format!("https://www.youtube.com/watch?v={id}"),
        _ if is("vimeo") && one => format!("https://vimeo.com/{id}"),
        _ if (is("tweet") || is("twitter") || site == "x") && one => {
            format!("https://x.com/{}/status/{id}", user.unwrap_or("i"))
        }
        _ if is("gist") => format!("https://gist.github.com/{both}"),
        _ if is("instagram") && one => format!("https://www.instagram.com/p/{id}/"),
        _ if is("codepen") && both.contains('/') => {
            format!("https://codepen.io/{}", both.replacen('/', "/pen/", 1))
        }
        _ if is("jsfiddle") => format!("https://jsfiddle.net/{both}/"),
        _ if is("asciinema") && one => format!("https://asciinema.org/a/{id}"),
        _ if is("dailymotion") && one => format!("https://www.dailymotion.com/video/{id}"),
        _ if is("streamable") && one => format!("https://streamable.com/{id}"),
        _ if is("bilibili") && one => format!("https://www.bilibili.com/video/{id}"),
        _ if is("spotify") && both.contains('/') => format!("https://open.spotify.com/{both}"),
        _ => return None,
    })
}

fn known(site: &str) -> bool {
    let more = ["jsfiddle", "asciinema", "dailymotion", "streamable", "bilibili", "slideshare"];
    is_one(site) || more.iter().any(|part| site.contains(part))
}

/// A name or number as sites give them to what they show.
fn plain(id: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || b"-_.@".contains(&b);
    (1..=100).contains(&id.len()) && id.bytes().all(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(name: &str, args: &str) -> Option<String> {
        Embed::read(name, &Args::parse(args), &|src| src == "phim.mp4").map(|embed| embed.url)
    }

    #[test]
    fn what_is_shown_elsewhere_is_found_by_its_number() {
        for (name, args, wanted) in [
            ("youtube", "dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
            ("youtube.html", "id=\"a_b-1\" title='x'", "https://www.youtube.com/watch?v=a_b-1"),
            (
                "youtube",
                "src=https://www.youtube.com/embed/a1?x",
                "https://www.youtube.com/watch?v=a1",
            ),
            ("vimeo", "(id=\"12\")", "https://vimeo.com/12"),
            ("tweet", "user=\"ha\" id=\"34\"", "https://x.com/ha/status/34"),
            ("twitter", "https://twitter.com/ha/status/34", "https://twitter.com/ha/status/34"),
            ("gist", "ha 56f", "https://gist.github.com/ha/56f"),
            ("gist", "ha/56f", "https://gist.github.com/ha/56f"),
            ("instagram", "Bx1", "https://www.instagram.com/p/Bx1/"),
            ("video", "id=7 provider=vimeo", "https://vimeo.com/7"),
            ("video-player", "\"phim.mp4\"", "phim.mp4"),
            ("cspan-iframe", "src=\"https://c.example/v\"", "https://c.example/v"),
        ] {
            assert_eq!(url(name, args).as_deref(), Some(wanted), "{name} {args}");
        }
        for (name, args) in [
            ("youtube", ""),
            ("youtube", "id=\"a b\""),
            ("note", "https://a.example"),
            ("video", "x"),
        ] {
            assert_eq!(url(name, args), None, "{name} {args}");
        }
    }
}
