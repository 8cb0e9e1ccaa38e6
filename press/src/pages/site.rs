//! What all pages of a site share: `site.toml` in the terms of the contract.

use broadsheet::contract::{Banner, CONTRACT_VERSION, Section, Site};

use crate::edition::SiteConfig;

/// The contract's view of `site.toml`.
pub(super) fn of(config: &SiteConfig) -> Site {
    let alt = config.banner.as_ref().and_then(|banner| banner.alt.clone());
    let picture = config.banner.as_ref().and_then(|banner| banner.image.as_ref());
    Site {
        version: CONTRACT_VERSION,
        title: config.title.clone(),
        tagline: config.tagline.clone(),
        language: config.language.clone(),
        timezone: config.timezone_name.clone(),
        base_url: config.base_url.clone(),
        base_path: config.base_path().to_owned(),
        banner: picture.map(|picture| Banner {
            src: picture.src.clone(),
            width: picture.width,
            height: picture.height,
            alt: alt.unwrap_or_else(|| config.title.clone()),
        }),
        sections: config
            .sections
            .iter()
            .map(|section| Section {
                slug: section.slug.clone(),
                title: section.title.clone(),
                language: section.language.clone(),
            })
            .collect(),
        online_only: !config.offline,
    }
}
