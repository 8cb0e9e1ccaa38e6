//! Calls that show a picture, in the words of every generator: `{{< figure src= caption= >}}`,
//! `{% image "src", "alt" %}`, `{% picture a.jpg --alt words %}`, `{{ image(path=…) }}`.

use crate::edition::body::dialects::args::Args;
use crate::edition::body::markdown;
use crate::edition::body::plain;
use crate::html::attribute;
use crate::text::single_spaces;

/// What a call says of a picture.
#[derive(Debug)]
pub(crate) struct Figure<'a> {
    pub(crate) src: &'a str,
    alt: &'a str,
    caption: String,
    link: Option<&'a str>,
}

/// Whether a call of this name shows a picture.
pub(crate) fn is_one(name: &str) -> bool {
    let names = ["figure", "fig", "img", "image", "picture", "photo", "resize", "imgproc"];
    let stem = name.split(['-', '_', '.']).next().unwrap_or(name);
    let more = ["responsive_image", "lazyimg", "lazy_image", "post_image", "captioned_image"];
    names.contains(&stem) || more.contains(&name)
}

impl<'a> Figure<'a> {
    /// Reads the arguments of a call. `exists` tells which addresses lead to a picture.
    pub(crate) fn read(args: &Args<'a>, exists: &dyn Fn(&str) -> bool) -> Option<Self> {
        let named =
            args.any(&["src", "file", "path", "url", "image", "image_path", "filename", "name"]);
        let mut unnamed: Vec<&str> = Vec::new();
        let mut found = None;
        for arg in args.unnamed() {
            if named.is_none() && found.is_none() && is_picture(arg.value) && exists(arg.value) {
                found = Some(arg.value);
                unnamed.clear();
            } else if arg.quoted && arg.value.parse::<f64>().is_err() {
                unnamed.push(arg.value);
            }
        }
        let first = args.unnamed().map(|arg| arg.value).find(|value| exists(value));
        let src = named.or(found).or(first)?;
        let positional = unnamed.into_iter().find(|value| *value != src);
        let alt = args.any(&["alt", "alt_text"]).or(positional).unwrap_or_default();
        let credit = args.any(&["attr", "credit", "attribution"]).map(inline);
        let credit = match (credit, args.get("attrlink")) {
            (Some(words), Some(link)) => {
                Some(format!("<a href=\"{}\">{words}</a>", attribute(link)))
            }
            (words, _) => words,
        };
        let caption = args.any(&["caption", "description"]).map(inline);
        let title = args.get("title").map(inline);
        let caption = match (title, caption) {
            (Some(title), Some(caption)) if title != caption => {
                format!("<strong>{title}</strong> {caption}")
            }
            (title, caption) => caption.or(title).unwrap_or_default(),
        };
        let credit = credit.map(|credit| format!(" <small>{credit}</small>")).unwrap_or_default();
        Some(Self { src, alt, caption: caption + &credit, link: args.get("link") })
    }

    /// The picture as HTML: a figure where it stands alone on its line.
    pub(crate) fn html(&self, src: &str, alone: bool) -> String {
        let alt = attribute(&plain::text(self.alt));
        let mut img = format!("<img src=\"{}\" alt=\"{alt}\">", attribute(&single_spaces(src)));
        if let Some(link) = self.link {
            img = format!("<a href=\"{}\">{img}</a>", attribute(link));
        }
        if !alone {
            return img;
        }
        let caption = match self.caption.trim() {
            "" => String::new(),
            caption => format!("<figcaption>{caption}</figcaption>"),
        };
        // The empty line ends the HTML block: what follows is Markdown again.
        format!("<figure>{img}{caption}</figure>\n")
    }
}

/// The words of a caption, with their marks, on one line.
fn inline(text: &str) -> String {
    markdown::inline(&single_spaces(text))
}

fn is_picture(value: &str) -> bool {
    let path = value.split(['?', '#']).next().unwrap_or(value);
    path.contains('/')
        || path.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && end.len() <= 5)
}
