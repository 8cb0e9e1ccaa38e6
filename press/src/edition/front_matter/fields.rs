//! The values of front matter, each with what it must be.

use jiff::tz::TimeZone;

use crate::edition::addresses::wishes::Wish;
use crate::edition::content::Found;
use crate::edition::diagnostics::Problem;
use crate::edition::front_matter::Image;
use crate::edition::front_matter::dates::{self, Moment};
use crate::edition::told::Source;
use crate::edition::values::fields::{Fields, Lined, truth};
use crate::edition::values::node::Node;
use crate::edition::{addresses::slug, addresses::urls, body::plain};
use crate::pictures::Focus;
use crate::text::line;

impl Fields<'_> {
    /// FileDiagnostics which of these names are written more than once.
    pub(crate) fn once(&mut self, names: &[&str]) {
        for (name, line) in self.table.doubled.iter().filter(|(it, _)| names.contains(&&**it)) {
            self.diagnostics.push(*line, Problem::Twice { name: name.clone() });
        }
    }

    pub(crate) fn title(&mut self) -> String {
        let title = self.text(&["title"]).map(|title| (plain::of_html(&title.value), title.line));
        match title {
            Some((title, line)) if title.is_empty() => {
                self.diagnostics.push(line, Problem::NoTitle)
            }
            Some((title, _)) => return title,
            None if self.table.first(&["title"]).is_none() => {
                self.diagnostics.push(1, Problem::NoTitle);
            }
            None => {}
        }
        String::new()
    }

    /// A text that names something. What is no text names nothing.
    pub(crate) fn key(&mut self, names: &[&str]) -> Option<String> {
        let (_, node) = self.table.first(names)?;
        node.text().map(str::to_owned).filter(|text| !text.is_empty())
    }

    /// The slug, without characters that are not seen: they would part its letters.
    pub(crate) fn slug(&mut self) -> Option<Lined<String>> {
        let slug = self.text(&["slug"])?;
        Some(Lined { value: line(&slug.value), ..slug })
    }

    pub(crate) fn summary(&mut self) -> Option<String> {
        ["summary", "description", "deck"]
            .iter()
            .find_map(|name| {
                let text = self.text(&[name])?;
                Some(plain::text(&text.value)).filter(|text| !text.is_empty())
            })
            // Jekyll's word may also hold a table, or say whether there is to be one.
            .or_else(|| {
                let text = self.table.first(&["excerpt"])?.1.text()?;
                let words = Some(plain::text(text)).filter(|text| !text.is_empty());
                words.filter(|_| truth(text).is_none())
            })
    }

    /// The date of publication. Where the article does not say it, its file's name or an old address may.
    pub(crate) fn date(
        &mut self,
        found: &Found,
        wishes: &[Wish],
        zone: &TimeZone,
    ) -> Option<Moment> {
        if self.table.first(&["date"]).is_some() {
            return self.moment(&["date"], zone);
        }
        let (in_name, _) = slug::split_date(&found.name);
        let moment = match in_name {
            Some(date) => dates::parse(&date.to_string(), zone),
            None => wishes.iter().find_map(|wish| dates::in_address(&wish.text.value, zone)),
        };
        if moment.is_none() {
            self.diagnostics.push(1, Problem::NoDate);
        }
        moment
    }

    pub(crate) fn moment(&mut self, names: &[&str], zone: &TimeZone) -> Option<Moment> {
        let text = self.text(names)?;
        let moment = dates::parse(&text.value, zone);
        if moment.is_none() {
            self.diagnostics.push(text.line, Problem::NotDate { text: text.value });
        }
        moment
    }

    pub(crate) fn authors(&mut self) -> Vec<String> {
        let authors = self.texts(&["authors", "author"]).into_iter();
        unique(authors.map(|author| author.value))
    }

    pub(crate) fn tags(&mut self) -> Vec<String> {
        let names = ["tags", "topics", "categories"];
        let mut tags = Vec::new();
        for name in names {
            tags.extend(self.texts(&[name]));
        }
        if let Some(table) = self.table.get("taxonomies").and_then(Node::table) {
            let mut fields = Fields { table, diagnostics: self.diagnostics };
            for name in names {
                tags.extend(fields.texts(&[name]));
            }
        }
        let split = |tag: Lined<String>| -> Vec<String> {
            tag.value.split(',').map(|t| t.trim().to_owned()).collect()
        };
        unique(tags.into_iter().flat_map(split))
    }

    pub(crate) fn source(&mut self) -> Option<Source> {
        let url = self.web(&["source_url"]);
        let Some((_, node)) = self.table.first(&["source"]) else {
            return url.map(|url| Source { name: host(&url), url: Some(url) });
        };
        if let Some(table) = node.table() {
            let mut fields = Fields { table, diagnostics: self.diagnostics };
            let link = fields.web(&["url", "link"]).or(url);
            let name = fields.text(&["name", "title"]).map(|name| plain::of_html(&name.value));
            let name = name.or_else(|| link.as_deref().map(host))?;
            return Some(Source { name, url: link });
        }
        let name = self.text(&["source"])?.value;
        Some(match urls::is_web(&name) {
            true => Source { name: host(&name), url: Some(url.unwrap_or(name)) },
            false => Source { name: plain::of_html(&name), url },
        })
    }

    pub(crate) fn image(&mut self) -> Option<Image> {
        let (name, node) = self.table.first(&["image", "featured_image"])?;
        let mut image = Image { line: node.line, ..Image::default() };
        let value = |text: Option<Lined<String>>| text.map(|text| text.value);
        if let Some(table) = node.table() {
            let mut fields = Fields { table, diagnostics: self.diagnostics };
            let Some(src) = fields.text(&["src", "path", "file", "url"]) else {
                let problem = Problem::PictureWithoutFile { name: name.to_owned() };
                self.diagnostics.push(node.line, problem);
                return None;
            };
            (image.src, image.line) = (src.value, src.line);
            image.alt = value(fields.text(&["alt"]));
            image.caption = value(fields.text(&["caption", "title"]));
            image.credit = value(fields.text(&["credit"]));
            image.focus = fields.focus();
        } else {
            image.src = value(self.text(&[name]))?;
        }
        if image.focus == Focus::Centre {
            image.focus = self.focus();
        }
        image.alt = image.alt.or_else(|| value(self.text(&["image_alt"])));
        image.caption = image.caption.or_else(|| value(self.text(&["image_caption"])));
        image.credit = image.credit.or_else(|| value(self.text(&["image_credit"])));
        for words in [&mut image.alt, &mut image.caption, &mut image.credit] {
            *words = words.as_deref().map(plain::text).filter(|w| !w.is_empty());
        }
        Some(image)
    }

    /// Where the subject of the lead picture is.
    fn focus(&mut self) -> Focus {
        let Some(written) = self.text(&["focus"]) else { return Focus::Centre };
        Focus::of(&written.value).unwrap_or_else(|| {
            self.diagnostics.push(written.line, Problem::Focus { name: written.value });
            Focus::Centre
        })
    }

    /// What Jekyll puts into addresses. Jekyll takes a text for several words.
    pub(crate) fn categories(&mut self) -> Vec<String> {
        let one = self.table.get("category").and_then(Node::text).map(str::to_owned);
        let Some(node) = self.table.get("categories") else {
            return one.into_iter().collect();
        };
        match node.text() {
            Some(text) => {
                text.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
            }
            None => node.items().iter().filter_map(Node::text).map(str::to_owned).collect(),
        }
    }
}

fn host(url: &str) -> String {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    host.trim_start_matches("www.").to_owned()
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts.map(|text| plain::of_html(&text)) {
        if !text.is_empty() && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}
