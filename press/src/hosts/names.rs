//! The hosts, and the files that are written for each.

use std::fmt;

/// A host that a site can live on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, and Cloudflare Workers with static assets.
    Cloudflare,
    /// GitHub Pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Vercel.
    Vercel,
    /// Firebase Hosting.
    Firebase,
    /// Azure Static Web Apps.
    Azure,
    /// S3, or another store, with CloudFront.
    Cloudfront,
    /// A server with nginx.
    Nginx,
    /// A server with Caddy.
    Caddy,
    /// A server with Apache.
    Apache,
}

impl Host {
    /// All hosts.
    pub const ALL: [Self; 11] = [
        Self::Netlify,
        Self::Cloudflare,
        Self::Github,
        Self::Gitlab,
        Self::Vercel,
        Self::Firebase,
        Self::Azure,
        Self::Cloudfront,
        Self::Nginx,
        Self::Caddy,
        Self::Apache,
    ];

    /// The name in `hosts` of `site.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Vercel => "vercel",
            Self::Firebase => "firebase",
            Self::Azure => "azure",
            Self::Cloudfront => "cloudfront",
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Apache => "apache",
        }
    }

    /// The host with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Netlify => "Netlify",
            Self::Cloudflare => "Cloudflare",
            Self::Github => "GitHub Pages",
            Self::Gitlab => "GitLab Pages",
            Self::Vercel => "Vercel",
            Self::Firebase => "Firebase",
            Self::Azure => "Azure",
            Self::Cloudfront => "CloudFront",
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Apache => "Apache",
        })
    }
}

/// Where what belongs into a server's own configuration is, relative to the site.
pub const FOLDER: &str = ".hosts";

pub(super) const HEADERS: &str = "_headers";
pub(super) const REDIRECTS: &str = "_redirects";
pub(super) const WRANGLER: &str = "wrangler.jsonc";
pub(super) const ASSETS_IGNORE: &str = ".assetsignore";
pub(super) const VERCEL: &str = "vercel.json";
pub(super) const VERCEL_IGNORE: &str = ".vercelignore";
pub(super) const FIREBASE: &str = "firebase.json";
pub(super) const AZURE: &str = "staticwebapp.config.json";
pub(super) const APACHE: &str = ".htaccess";
pub(super) const NO_JEKYLL: &str = ".nojekyll";
pub(super) const NGINX: &str = ".hosts/nginx.conf";
pub(super) const CADDY: &str = ".hosts/Caddyfile";
pub(super) const CLOUDFRONT_REQUEST: &str = ".hosts/cloudfront-request.js";
pub(super) const CLOUDFRONT_RESPONSE: &str = ".hosts/cloudfront-response.js";

/// The files of hosts that lie in the site's root; further ones lie in [`FOLDER`].
pub const IN_ROOT: [&str; 10] = [
    HEADERS,
    REDIRECTS,
    WRANGLER,
    ASSETS_IGNORE,
    VERCEL,
    VERCEL_IGNORE,
    FIREBASE,
    AZURE,
    APACHE,
    NO_JEKYLL,
];
/// What else no reader is to see: the lists of the press, and a repository.
pub(super) const PRIVATE: [&str; 4] =
    [".press.json", ".press-versions.json", ".press-published", ".git"];

/// What no host shows to readers, if it can be told: names in the site's root, and folders with all that is in them.
pub(super) fn hidden() -> impl Iterator<Item = &'static str> {
    IN_ROOT.into_iter().chain(PRIVATE).chain([FOLDER])
}

/// Whether a path, relative to the site, is one that no reader is to see.
pub(crate) fn is_hidden(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    hidden().any(|it| it == first)
}
