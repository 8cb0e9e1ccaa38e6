//! The table `[embed]` of `site.toml`: how other sites embed articles and lists.

use crate::edition::addresses::urls;
use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Node;

/// The lighter paper of `style/tokens.css`, on which the accent colour must be readable.
const PAPER: [u8; 3] = [0xfb, 0xf9, 0xf4];
/// The contrast of text (WCAG 2, success criterion 1.4.3).
const CONTRAST: f64 = 4.5;
/// Names with a hyphen that are no custom elements (HTML, "valid custom element name").
const TAKEN: [&str; 8] = [
    "annotation-xml",
    "color-profile",
    "font-face",
    "font-face-src",
    "font-face-uri",
    "font-face-format",
    "font-face-name",
    "missing-glyph",
];

/// What `[embed]` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedConfig {
    /// The name of the custom element.
    pub element: String,
    /// The origins that may frame embed pages; empty for all.
    pub partners: Vec<String>,
    /// Whether links to the newspaper carry the partner's host.
    pub referrer: bool,
    /// The accent colour on the light paper, red, green and blue.
    pub accent: Option<[u8; 3]>,
}

impl Default for EmbedConfig {
    fn default() -> Self {
        Self {
            element: "broadsheet-embed".to_owned(),
            partners: Vec::new(),
            referrer: false,
            accent: None,
        }
    }
}

impl Fields<'_> {
    pub(crate) fn embed(&mut self) -> EmbedConfig {
        let default = EmbedConfig::default();
        let Some(mut fields) = self.inner("embed") else {
            return default;
        };
        let name = fields.text(&["element"]);
        EmbedConfig {
            element: name.and_then(|name| fields.element(name)).unwrap_or(default.element),
            partners: fields.partners(),
            referrer: fields.yes("referrer").unwrap_or(false),
            accent: fields.text(&["accent"]).and_then(|colour| fields.accent(&colour)),
        }
    }

    fn element(&mut self, name: Lined<String>) -> Option<String> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let valid = name.value.starts_with(|c: char| c.is_ascii_lowercase())
            && name.value.contains('-')
            && name.value.chars().all(plain)
            && !TAKEN.contains(&&*name.value);
        if valid {
            return Some(name.value);
        }
        self.diagnostics.push(name.line, Problem::EmbedElement { name: name.value });
        None
    }

    fn partners(&mut self) -> Vec<String> {
        let items = self.table.get("partners").map(Node::items).unwrap_or_default();
        let texts = if items.is_empty() { Vec::new() } else { self.texts(&["partners"]) };
        let mut partners = Vec::new();
        for Lined { value, line } in texts {
            let origin = value.trim_end_matches('/');
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            let plain = |c: char| c.is_ascii_alphanumeric() || "-.:*".contains(c);
            // In a host source the star stands for the first labels alone (CSP Level 3).
            let star = host.rfind('*').is_none_or(|at| at == 0 && host.starts_with("*."));
            if urls::is_web(origin) && host.chars().all(plain) && star {
                partners.push(origin.to_ascii_lowercase());
                continue;
            }
            self.diagnostics.push(line, Problem::EmbedPartner { origin: value });
        }
        partners
    }

    fn accent(&mut self, colour: &Lined<String>) -> Option<[u8; 3]> {
        let Some(rgb) = hexadecimal(&colour.value) else {
            let problem = Problem::EmbedColour { colour: colour.value.clone() };
            self.diagnostics.push(colour.line, problem);
            return None;
        };
        let contrast = (luminance(PAPER) + 0.05) / (luminance(rgb) + 0.05);
        if contrast >= CONTRAST {
            return Some(rgb);
        }
        let problem = Problem::EmbedContrast {
            colour: colour.value.clone(),
            contrast: format!("{contrast:.1}"),
            needed: CONTRAST.to_string(),
        };
        self.diagnostics.push(colour.line, problem);
        None
    }
}

fn hexadecimal(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

/// The relative luminance of a colour (WCAG 2, "relative luminance").
fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|value| {
        let part = f64::from(value) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
