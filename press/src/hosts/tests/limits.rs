//! What a host does not take is not written, and counted.

use super::super::limits::*;
use super::*;

fn table(redirects: usize, sections: usize) -> Table {
    let mut source = source("/");
    source.sections = (0..sections).map(|at| format!("muc-{at}")).collect();
    source.redirects =
        (0..redirects).map(|at| redirect(&format!("tin/cu-{at}/"), "tin/moi/")).collect();
    Table::new(source)
}

fn file<'a>(files: &'a Files, name: &str) -> &'a str {
    files.files.iter().find(|(it, _)| *it == name).map(|(_, text)| text.as_str()).unwrap()
}

#[test]
fn a_small_site_fits_everywhere() {
    let files = write(&table(20, 12), "paper.example", &[]);
    let (_, left_out) = headers_file::write(&table(0, 20));
    assert_eq!(left_out, 0, "20 sections fit into Cloudflare's rules");
    assert_eq!(
        (files.redirects.as_slice(), files.rules.as_slice()),
        ([].as_slice(), [].as_slice())
    );
}

#[test]
fn a_large_archive_keeps_within_every_limit_and_says_so() {
    let files = write(&table(30_000, 60), "paper.example", &[]);
    let redirects = file(&files, "_redirects");
    assert_eq!(redirects.lines().count(), CLOUDFLARE_REDIRECTS);
    assert!(
        redirects.starts_with("/tin/cu-0/ /tin/moi/ 301\n/tin/cu-1/ "),
        "the newest come first"
    );
    let headers = file(&files, "_headers");
    let rules = headers.lines().filter(|it| it.starts_with('/')).count();
    assert!(rules <= CLOUDFLARE_HEADER_RULES, "{rules}");
    assert!(headers.contains("/muc-0/\n") && headers.contains("\n/embed/front*\n"));
    assert!(file(&files, "staticwebapp.config.json").len() <= AZURE_BYTES);
    for name in [".hosts/cloudfront-request.js", ".hosts/cloudfront-response.js"] {
        assert!(file(&files, name).len() <= CLOUDFRONT_BYTES, "{name}");
    }
    let hosts: Vec<Host> = files.redirects.iter().map(|(host, _)| *host).collect();
    for host in [Host::Cloudflare, Host::Vercel, Host::Azure, Host::Cloudfront, Host::Apache] {
        assert!(hosts.contains(&host), "{host}");
    }
    assert!(files.rules.iter().any(|(host, count)| *host == Host::Cloudflare && *count > 0));
    // It is the same each time.
    assert_eq!(files, write(&table(30_000, 60), "paper.example", &[]));
}

#[test]
fn only_the_named_hosts_are_written_for_and_spoken_of() {
    let files = write(&table(3_000, 2), "paper.example", &[Host::Nginx, Host::Github]);
    let names: Vec<&str> = files.files.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["_headers", "_redirects", ".nojekyll", ".hosts/nginx.conf"]);
    assert!(files.redirects.is_empty(), "{:?}", files.redirects);
}

#[test]
fn a_rule_that_is_too_long_for_a_line_is_left_out_whole() {
    let mut source = source("/");
    let partners = "https://partner.example ".repeat(100);
    source.embed_policy = &partners;
    let (text, left_out) = headers_file::write(&Table::new(source));
    assert_eq!(left_out, 3);
    assert!(!text.contains("embed/front") && text.lines().all(|it| it.len() <= 2_000));
}
