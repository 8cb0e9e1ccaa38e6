//! Who answers, by the headers that hosts add.

use super::ask::Answer;
use super::mend::Mend;
use crate::hosts::Host;

/// The host that an answer seems to come from.
fn guess_from(header: impl Fn(&str) -> String) -> Option<Host> {
    let server = header("server").to_ascii_lowercase();
    let has = |name: &str| !header(name).is_empty();
    let begins = |name: &str| server.starts_with(name);
    if has("x-nf-request-id") || begins("netlify") {
        Some(Host::Netlify)
    } else if has("x-vercel-id") || begins("vercel") {
        Some(Host::Vercel)
    } else if begins("github.com") || has("x-github-request-id") {
        Some(Host::Github)
    } else if has("gitlab-lb") || begins("gitlab") {
        Some(Host::Gitlab)
    } else if has("x-amz-cf-id") || begins("amazons3") || header("via").contains("CloudFront") {
        Some(Host::Cloudfront)
    } else if has("x-azure-ref") || has("x-ms-request-id") {
        Some(Host::Azure)
    } else if has("cf-ray") || begins("cloudflare") {
        Some(Host::Cloudflare)
    } else if begins("nginx") {
        Some(Host::Nginx)
    } else if begins("caddy") {
        Some(Host::Caddy)
    } else if begins("apache") {
        Some(Host::Apache)
    } else {
        None
    }
}

/// The same for an answer that was read.
pub(super) fn guess(answer: &Answer) -> Option<Host> {
    guess_from(|name| answer.header(name))
}

/// How to mend something on a host.
pub(super) fn advice(host: Option<Host>, mend: Mend) -> String {
    let text = match (mend, host) {
        (Mend::Rules, Some(host)) => rules(host),
        (Mend::Rules, None) => {
            "give the host the rules that press build has written for it (README, the table of hosts)"
        }
        (Mend::Compress, Some(Host::Nginx)) => {
            "include .hosts/nginx.conf and switch gzip on for text types, or publish with --precompress and gzip_static"
        }
        (Mend::Compress, Some(Host::Cloudfront)) => {
            "switch on \"Compress objects automatically\" with a cache policy that has gzip and Brotli; for a bucket without \
             CloudFront publish with --compress"
        }
        (Mend::Compress, Some(Host::Apache)) => {
            "switch mod_deflate or mod_brotli on for text types, JavaScript and WASM"
        }
        (Mend::Compress, Some(Host::Caddy)) => "add encode zstd gzip to the site's block",
        (Mend::Compress, _) => {
            "switch compression on at the host, for text, JavaScript, JSON, SVG and WASM"
        }
        (Mend::Untouched, Some(Host::Cloudflare)) => {
            "switch off what changes pages: Auto Minify, Rocket Loader, Email Address Obfuscation, Web Analytics' automatic script"
        }
        (Mend::Untouched, Some(Host::Netlify)) => {
            "switch off post processing and snippet injection"
        }
        (Mend::Untouched, Some(Host::Nginx)) => {
            "take sub_filter, pagespeed and the like out of the site's block"
        }
        (Mend::Untouched, _) => "switch off whatever changes pages or adds to them on the way",
        (Mend::Publish, Some(Host::Cloudflare)) => {
            "publish again; if it stays so, purge the cache of the zone"
        }
        (Mend::Publish, Some(Host::Cloudfront)) => {
            "publish again; if it stays so, invalidate /* of the distribution"
        }
        (Mend::Publish, _) => "publish again; if it stays so, empty the cache of the CDN",
        (Mend::Edition, _) => "mend it in the edition, print and publish again",
        (Mend::Packing, Some(Host::Cloudfront)) => {
            "publish again to the bucket itself, with --compress or without: what lies there is to have Content-Encoding: gzip if \
             it is compressed; then invalidate /* of the distribution"
        }
        (Mend::Packing, _) => {
            "let one alone compress: the host, or --precompress or --compress of the press; whoever does has to send \
             Content-Encoding"
        }
        (Mend::Answer, _) => {
            "look into the log of the host, and at what stands before it: a firewall, a limit for requests, a CDN whose origin is \
             away"
        }
        (Mend::Address, _) => {
            "let the host answer here without leading on; or set base_url in site.toml to where it leads, print and publish again"
        }
    };
    text.to_owned()
}

fn rules(host: Host) -> &'static str {
    match host {
        Host::Netlify => "deploy the folder with its _headers and _redirects at the top",
        Host::Cloudflare => {
            "deploy the folder with its _headers and _redirects at the top; a cache rule of the zone must not set other times"
        }
        Host::Github => {
            "GitHub Pages knows no rules: put a CDN that does before it, or take another host"
        }
        Host::Gitlab => {
            "GitLab Pages knows no rules: put a CDN that does before it, or take another host"
        }
        Host::Vercel => "deploy the folder with its vercel.json at the top",
        Host::Firebase => "deploy the folder with its firebase.json",
        Host::Azure => {
            "deploy the folder with its staticwebapp.config.json at the top (Static Web Apps; a bare container knows no rules)"
        }
        Host::Cloudfront => {
            "use both functions of .hosts/ (viewer request and viewer response), and let 403 and 404 answer /404.html with 404"
        }
        Host::Nginx => {
            "include .hosts/nginx.conf in the server block, and reload nginx after each print"
        }
        Host::Caddy => {
            "import .hosts/Caddyfile in the site's block, and reload Caddy after each print"
        }
        Host::Apache => {
            "AllowOverride FileInfo Indexes for the folder, with mod_headers and mod_rewrite switched on"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_known_by_their_headers() {
        for (name, value, host) in [
            ("x-nf-request-id", "1", Some(Host::Netlify)),
            ("cf-ray", "1", Some(Host::Cloudflare)),
            ("server", "nginx/1.2", Some(Host::Nginx)),
            ("server", "AmazonS3", Some(Host::Cloudfront)),
            ("via", "1.1 a.cloudfront.net (CloudFront)", Some(Host::Cloudfront)),
            ("server", "press", None),
        ] {
            let header = |it: &str| if it == name { value.to_owned() } else { String::new() };
            assert_eq!(guess_from(header), host, "{name}: {value}");
        }
        for host in Host::ALL.map(Some).into_iter().chain([None]) {
            for mend in [
                Mend::Rules,
                Mend::Compress,
                Mend::Untouched,
                Mend::Publish,
                Mend::Edition,
                Mend::Packing,
                Mend::Answer,
                Mend::Address,
            ] {
                assert!(!advice(host, mend).is_empty());
            }
        }
    }
}
