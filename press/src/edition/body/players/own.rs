//! The edition's own sound, films and documents: what a file is by its name, how large it is, and how long it plays.

use std::fs;
use std::path::Path;

use lofty::config::{ParseOptions, ParsingMode};
use lofty::file::AudioFile as _;
use lofty::probe::Probe;

use super::providers::Kind;
use crate::edition::addresses::urls;

const SOUND: [&str; 6] = ["mp3", "m4a", "ogg", "opus", "wav", "flac"];
const FILMS: [&str; 3] = ["mp4", "m4v", "webm"];
/// What all browsers play; of the others some engine lacks one.
const EVERYWHERE: [&str; 5] = ["mp3", "m4a", "wav", "mp4", "m4v"];
/// No larger file is looked into for its length, in bytes: that has to stay quick.
const LARGEST: u64 = 4_000_000_000;

fn ending(address: &str) -> String {
    let path = urls::split_path(address).0;
    path.rsplit('/')
        .next()
        .and_then(|it| it.rsplit_once('.'))
        .map_or("", |(_, it)| it)
        .to_ascii_lowercase()
}

/// What a file plays, by its name.
pub(crate) fn kind(address: &str) -> Option<Kind> {
    let ending = ending(address);
    match ending.as_str() {
        it if SOUND.contains(&it) => Some(Kind::Audio),
        it if FILMS.contains(&it) => Some(Kind::Video),
        _ => None,
    }
}

/// Whether every browser plays a file of this name.
pub(super) fn plays_everywhere(address: &str) -> bool {
    EVERYWHERE.contains(&&*ending(address))
}

/// What a document is called: `PDF`, `XLSX`. Nothing for what is played or shown in the page.
pub(super) fn document(address: &str) -> Option<String> {
    let ending = ending(address);
    let shown = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "vtt"];
    let is_one = !ending.is_empty() && kind(address).is_none() && !shown.contains(&&*ending);
    is_one.then(|| ending.to_ascii_uppercase())
}

/// The bytes of a file.
pub(super) fn bytes(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|it| it.len())
}

/// How long a file plays, in seconds, where it says so.
pub(super) fn seconds(file: &Path) -> Option<u64> {
    bytes(file).filter(|bytes| *bytes <= LARGEST)?;
    // Pictures in tags and damaged tags are of no interest.
    let options = ParseOptions::new().read_tags(false).parsing_mode(ParsingMode::Relaxed);
    let read = Probe::open(file).ok()?.guess_file_type().ok()?.options(options).read().ok()?;
    let length = lofty::file::TaggedFile::properties(&read).duration();
    let seconds = length.as_secs() + u64::from(length.subsec_millis() >= 500);
    (seconds > 0).then_some(seconds)
}

/// Seconds as players show them: `2:05`, `1:02:05`.
pub(super) fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A size as people read it: `340 kB`, `1.2 MB`, with the sign that the language parts decimals by.
pub(super) fn size(bytes: u64, decimal: char) -> String {
    let tenths = |unit: u64| {
        let tenths = (bytes * 10).div_ceil(unit);
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}{decimal}{rest}", tenths / 10),
        }
    };
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_said_as_people_read_them() {
        assert_eq!([size(1, '.'), size(340_000, '.')], ["1 kB", "340 kB"]);
        assert_eq!([size(1_150_000, ','), size(2_000_000, ',')], ["1,2 MB", "2 MB"]);
        assert_eq!([clock(5), clock(125), clock(3725)], ["0:05", "2:05", "1:02:05"]);
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        assert_eq!(kind("a/b.MP3?x=.mp4"), Some(Kind::Audio));
        assert_eq!(kind("b.webm#t=3"), Some(Kind::Video));
        assert_eq!(kind("https://a.example/mp3"), None);
        assert_eq!(document("a.pdf").as_deref(), Some("PDF"));
        assert_eq!([document("a.mp3"), document("a.jpg"), document("a")], [None, None, None]);
    }
}
