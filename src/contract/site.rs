//! What all pages of a site share.

use serde::{Deserialize, Serialize};

/// The newspaper: `site.json`, also inlined in every page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Site {
    /// [`CONTRACT_VERSION`](super::CONTRACT_VERSION) of the press that printed the site.
    pub version: u32,
    /// The newspaper's name.
    pub title: String,
    /// The line below the name. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tagline: String,
    /// The language of the newspaper and of the interface (BCP 47).
    pub language: String,
    /// The newsroom's time zone (IANA name). All dates are printed in it.
    pub timezone: String,
    /// The absolute URL under which the site is published, with a `/` at the end.
    pub base_url: String,
    /// The path of [`Site::base_url`]: `/`, or `/news/` where the site lives below a path.
    pub base_path: String,
    /// The picture at the head of every page, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<Banner>,
    /// The sections, in the order of the navigation.
    pub sections: Vec<Section>,
    /// The newspaper has no service worker: nothing is kept on the reader's device.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub online_only: bool,
}

impl Site {
    /// The section with this slug.
    pub fn section(&self, slug: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.slug == slug)
    }
}

/// The masthead picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Banner {
    /// The path of the picture, base path included.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What the picture says; the link home has this name.
    pub alt: String,
}

/// A section of the newspaper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Section {
    /// The folder and the first part of its URLs.
    pub slug: String,
    /// The name in the navigation.
    pub title: String,
    /// Its language (BCP 47), where it is not the newspaper's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}
