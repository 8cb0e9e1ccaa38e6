//! What each host takes, with the page that says so. What is more makes a deploy fail, or is left out silently.

/// Header rules of `_headers` on Cloudflare (developers.cloudflare.com/workers/static-assets/headers, "Limits").
pub(super) const CLOUDFLARE_HEADER_RULES: usize = 100;
/// Characters of a line of `_headers` on Cloudflare (the same page).
pub(super) const CLOUDFLARE_HEADER_LINE: usize = 2_000;
/// Redirects without placeholders in `_redirects` on Cloudflare; a deploy of Workers with more fails
/// (developers.cloudflare.com/workers/static-assets/redirects, "Per file").
pub(super) const CLOUDFLARE_REDIRECTS: usize = 2_000;
/// Characters of a line of `_redirects` on Cloudflare (the same page).
pub(super) const CLOUDFLARE_REDIRECT_LINE: usize = 1_000;
/// Files of a site on Cloudflare; 100,000 where the account pays
/// (developers.cloudflare.com/workers/platform/limits, "Static Assets").
pub const CLOUDFLARE_FILES: usize = 20_000;
/// Redirects on Netlify from which on it advises against them (docs.netlify.com/routing/redirects).
pub(super) const NETLIFY_REDIRECTS: usize = 10_000;
/// Entries of `redirects` in `vercel.json` (`redirectsSchema` of Vercel's `routing-utils` has 2,048, the docs had
/// 1,024 for years: vercel.com/docs/redirects/configuration-redirects, "Limits").
pub(super) const VERCEL_REDIRECTS: usize = 1_024;
/// Characters of a source or a destination in `vercel.json` (the same page and schema).
pub(super) const VERCEL_PATH: usize = 4_096;
/// Redirects in `firebase.json`. Google names no limit (firebase.google.com/docs/hosting/full-config); each is a
/// regular expression that is tried at each request, so this is the press's own.
pub(super) const FIREBASE_REDIRECTS: usize = 1_000;
/// Bytes of `staticwebapp.config.json` (`SWA_RUNTIME_CONFIG_MAX_SIZE_IN_KB` of Azure's own tool, 20 kB;
/// learn.microsoft.com/azure/static-web-apps/configuration, "Restrictions"). A kB may be meant as 1,000.
pub(super) const AZURE_BYTES: usize = 20_000;
/// Bytes of a CloudFront function, 10 KB (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide,
/// "Quotas on CloudFront Functions"). A KB may be meant as 1,000.
pub(super) const CLOUDFRONT_BYTES: usize = 10_000;
/// Redirects in `.htaccess`. Apache has no limit, but reads the file at each request and tries each rule
/// (httpd.apache.org/docs/2.4/howto/htaccess.html, "When (not) to use .htaccess files"): this is the press's own.
pub(super) const APACHE_REDIRECTS: usize = 500;
/// Redirects in the snippet for Caddy, which compares a path with each (caddyserver.com/docs/caddyfile/directives/map):
/// the press's own.
pub(super) const CADDY_REDIRECTS: usize = 5_000;
/// Redirects in the snippet for nginx, which finds them in a tree
/// (nginx.org/en/docs/http/ngx_http_core_module.html#location): the press's own, for the sake of its memory.
pub(super) const NGINX_REDIRECTS: usize = 20_000;
/// How many redirects a table holds: more than any host takes.
pub const KEPT: usize = NGINX_REDIRECTS;
