//! The pictures of a body: local ones get their address and size, those of other sites become links.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edition::addresses::urls;
use crate::edition::article::{BundleFile, Picture};
use crate::edition::body::html::{Tag, escape};
use crate::edition::body::postprocess::{Postprocessor, Shown};
use crate::edition::media::{Lookup, MediaFile};

impl Postprocessor<'_> {
    pub(crate) fn picture(&mut self, tag: &Tag<'_>) {
        let alt = tag.get("alt").unwrap_or_default();
        let src = tag.get("src").unwrap_or_default();
        if src.is_empty() {
            // Its address was left out, and that was told.
            return;
        }
        if urls::is_foreign(&src) {
            return self.foreign_picture(&src, &alt);
        }
        let Some((file, known)) = self.known(&src) else {
            return;
        };
        let (mut width, mut height) = known.size;
        // An author may ask for less than the whole width; the proportions are the picture's.
        let asked = tag.get("width").and_then(|w| w.trim_end_matches("px").parse().ok());
        if let Some(asked) = asked.filter(|asked| (1..width).contains(asked)) {
            height = (height * asked).div_ceil(width);
            width = asked;
        }
        let url = self.linker.address.file(&known.name);
        let in_figure = self.figure.is_some();
        let first = in_figure && self.blocks <= 2 && self.out.pictures.is_empty();
        let urgent = first && self.lead.is_none_or(|lead| lead == file);
        let when = match urgent {
            true => "fetchpriority=\"high\"",
            false => "loading=\"lazy\"",
        };
        let title = tag.get("title").map(|t| format!(" title=\"{}\"", escape(&t)));
        self.out.html.push_str(&format!(
            "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\"{} {when} decoding=\"async\">",
            escape(&url),
            escape(&alt),
            title.unwrap_or_default(),
        ));
        self.out.files.push(BundleFile::shown(&known));
        self.out.pictures.push(Shown { picture: Picture::of(&known, url, &alt), file, in_figure });
    }

    /// The site's pages load nothing of other sites: readers are nobody else's business.
    fn foreign_picture(&mut self, src: &str, alt: &str) {
        self.diagnostics.external_pictures += 1;
        let words = match alt.trim() {
            "" => self.labels.picture,
            alt => alt,
        };
        // Quotes are nothing special in text, and parsers print them as they are.
        let words = escape(words).replace("&quot;", "\"");
        let link = match self.links {
            0 => format!("<a href=\"{}\" rel=\"noopener\">{words}</a>", escape(src)),
            _ => words,
        };
        self.out.html.push_str(&link);
    }

    fn known(&mut self, src: &str) -> Option<(PathBuf, Arc<MediaFile>)> {
        let problem = match self.linker.media.find(self.linker.dir, src) {
            Lookup::File(file) => match self.linker.media.picture(&file) {
                Ok(known) => return Some((file, known)),
                Err(why) => Lookup::unfit(src, why),
            },
            lookup => lookup.complaint(src),
        };
        if self.missing.insert(src.to_owned()) {
            self.diagnostics.push(self.text.line_of(src), problem);
        }
        None
    }
}
