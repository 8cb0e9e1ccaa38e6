//! Makes SVG pictures safe to publish. A picture in an `<img>` cannot run scripts, but whoever opens its
//! address gets a document of the newspaper's own origin. So only listed elements and attributes are printed,
//! and nothing that loads or leads anywhere but into the picture itself.
//!
//! The result is UTF-8 without a DOCTYPE, processing instructions, comments and namespace prefixes. White
//! space stays, because it can be part of a text.

mod allowed;
mod css;

use xml::attribute::OwnedAttribute;
use xml::name::OwnedName;
use xml::reader::{EventReader, ParserConfig, XmlEvent};

use crate::html::attribute_into;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most levels of elements inside each other.
const MAX_DEPTH: usize = 256;
/// The most bytes that a picture may have once its entities are replaced.
const MAX_LENGTH: usize = 32 << 20;

/// The picture with everything taken out that is not known to be safe.
///
/// # Errors
///
/// Why it is no SVG picture: it is not well-formed, not SVG, too deep or too large.
pub(crate) fn sanitize(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let config = ParserConfig::new()
        .cdata_to_characters(true)
        .whitespace_to_characters(true)
        .max_attributes(250)
        .max_name_length(1000)
        .max_entity_expansion_depth(3)
        .max_entity_expansion_length(10_000)
        .max_data_length(MAX_LENGTH)
        .max_attribute_length(MAX_LENGTH);
    let mut sanitizer = Sanitizer::default();
    for event in EventReader::new_with_config(bytes, config) {
        sanitizer.event(event.map_err(|e| format!("it is not well-formed ({e})"))?)?;
    }
    match sanitizer.out.is_empty() {
        true => Err(NOT_SVG.to_owned()),
        false => Ok(sanitizer.out.into_bytes()),
    }
}

const NOT_SVG: &str = "it has no <svg> element at its top";

#[derive(Debug, Default)]
struct Sanitizer {
    out: String,
    /// The namespace of the root: SVG's, or none where the author forgot to write it.
    namespace: Option<String>,
    /// Open elements that are printed.
    depth: usize,
    /// Open elements that are not printed, because they or one around them are not allowed.
    skipped: usize,
    /// The content of the style sheet that is being read.
    style: Option<String>,
    /// Bytes of text and attributes so far, whether printed or not.
    read: usize,
    /// Whether the last start tag still lacks its `>`.
    tag_open: bool,
}

impl Sanitizer {
    fn event(&mut self, event: XmlEvent) -> Result<(), String> {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => self.start(&name, &attributes)?,
            XmlEvent::EndElement { name } => self.end(&name.local_name),
            XmlEvent::Characters(text) => {
                self.count(text.len())?;
                self.text(&text);
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), String> {
        self.read += bytes;
        if self.read.max(self.out.len()) > MAX_LENGTH {
            return Err(format!("it is larger than {} MB", MAX_LENGTH >> 20));
        }
        Ok(())
    }

    fn start(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) -> Result<(), String> {
        self.count(attributes.iter().map(|it| it.value.len()).sum())?;
        if self.depth == 0 {
            self.namespace.clone_from(&name.namespace);
            if name.local_name != "svg" || !matches!(name.namespace.as_deref(), None | Some(SVG)) {
                return Err(NOT_SVG.to_owned());
            }
        }
        let allowed = name.namespace == self.namespace
            && allowed::ELEMENTS.contains(&&*name.local_name)
            && !allowed::changes_more_than_looks(&name.local_name, attributes);
        if self.skipped > 0 || self.style.is_some() || !allowed {
            self.skipped += 1;
        } else {
            self.print_start(name, attributes);
        }
        match self.depth + self.skipped > MAX_DEPTH {
            true => Err(format!("its elements are nested more than {MAX_DEPTH} levels deep")),
            false => Ok(()),
        }
    }

    fn print_start(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) {
        self.close_tag();
        self.depth += 1;
        self.out.push('<');
        self.out.push_str(&name.local_name);
        if self.depth == 1 {
            self.attribute("xmlns", SVG);
        }
        // SVG 2: of both forms of the attribute, the one without a prefix counts.
        let plain_href = attributes.iter().any(|it| is(&it.name, None, "href"));
        for OwnedAttribute { name: key, value } in attributes {
            let (local, namespace) = (key.local_name.as_str(), key.namespace.as_deref());
            match (namespace, local) {
                (None, "href") => self.href(&name.local_name, value),
                (Some(XLINK), "href") if !plain_href => self.href(&name.local_name, value),
                (Some(XML), "space") => self.attribute("xml:space", value),
                (Some(XML), "lang") => self.attribute("xml:lang", value),
                (None, _) if allowed::is_text(local) => self.attribute(local, value),
                (None, _) if allowed::ATTRIBUTES.contains(&local) => {
                    let line = value.replace(['\n', '\r', '\t'], " ");
                    self.attribute(local, &css::sanitize(&line));
                }
                _ => {}
            }
        }
        self.tag_open = true;
        if name.local_name == "style" {
            self.style = Some(String::new());
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        attribute_into(&mut self.out, value);
        self.out.push('"');
    }

    /// Prints a reference, if it is one to a part of the picture or to a picture inside it.
    fn href(&mut self, element: &str, value: &str) {
        let value = value.trim();
        match element {
            "a" => {}
            // A part is no picture: browsers would load the whole file again.
            _ if element != "image" && value.starts_with('#') => self.attribute("href", value),
            "image" | "feImage" => {
                if let Some(data) = css::embedded(value) {
                    self.attribute("href", &data);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some(style) = &mut self.style {
            style.push_str(text);
        } else if self.depth > 0 {
            self.close_tag();
            attribute_into(&mut self.out, text);
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if let Some(style) = self.style.take() {
            self.close_tag();
            attribute_into(&mut self.out, &css::sanitize(&style));
        }
        self.depth = self.depth.saturating_sub(1);
        match std::mem::take(&mut self.tag_open) {
            true => self.out.push_str("/>"),
            false => {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }

    fn close_tag(&mut self) {
        if std::mem::take(&mut self.tag_open) {
            self.out.push('>');
        }
    }
}

fn is(name: &OwnedName, namespace: Option<&str>, local: &str) -> bool {
    name.namespace.as_deref() == namespace && name.local_name == local
}

#[cfg(test)]
#[path = "../../tests/svg.rs"]
mod tests;
