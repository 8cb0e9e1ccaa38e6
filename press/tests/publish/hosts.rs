//! What a publisher finds for each host in the folder of the site.

use std::fs;

use serde_json::Value;

use crate::publisher::{Publisher, Result, SITE, said};

/// The files that are written for hosts.
pub(crate) const FILES: [&str; 14] = [
    "_headers",
    "_redirects",
    "wrangler.jsonc",
    ".assetsignore",
    "vercel.json",
    ".vercelignore",
    "firebase.json",
    "staticwebapp.config.json",
    ".htaccess",
    ".nojekyll",
    ".hosts/nginx.conf",
    ".hosts/Caddyfile",
    ".hosts/cloudfront-request.js",
    ".hosts/cloudfront-response.js",
];

fn publisher() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: Mới\ndate: 2026-01-01\naliases: [/tin/cu/]\n---\n\nx\n";
    publisher.write("edition/content/tin/moi.md", text)?;
    Ok(publisher)
}

fn print(publisher: &Publisher, options: &[&str]) -> Result<String> {
    let output = publisher.print(options)?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    Ok(said(&output))
}

fn diagnostics(publisher: &Publisher, code: &str) -> Result<Vec<Value>> {
    let output = publisher.print(&["--json"])?;
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let all = report["diagnostics"].as_array().cloned().unwrap_or_default();
    Ok(all.into_iter().filter(|it| it["code"] == code).collect())
}

#[test]
fn one_folder_has_what_every_host_asks_for() -> Result {
    for base in ["/", "/news/"] {
        let publisher = publisher()?;
        assert_eq!(print(&publisher, &["--base", base])?, "");
        let list = publisher.json(".press.json")?;
        let listed: Vec<&str> =
            list["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for name in FILES {
            let text = publisher.read(name)?;
            assert!(listed.contains(&name), "{name}");
            assert_eq!(text.is_empty(), name == ".nojekyll", "{name}");
        }
        let redirects = publisher.read("_redirects")?;
        assert!(redirects.contains(&format!("{base}tin/cu/ {base}tin/moi/ 301\n")), "{redirects}");
        for name in ["vercel.json", "firebase.json", "staticwebapp.config.json", ".htaccess"]
            .into_iter()
            .chain([".hosts/nginx.conf", ".hosts/Caddyfile"])
        {
            let to = format!("{base}tin/moi/");
            assert!(publisher.read(name)?.contains(&to), "{name} leads to {to}");
        }
        for name in ["vercel.json", "firebase.json", "staticwebapp.config.json", "wrangler.jsonc"] {
            assert!(publisher.json(name)?.is_object(), "{name}");
        }
        // Hosts without rules have the page.
        assert!(publisher.read("tin/cu/index.html")?.contains("http-equiv=\"refresh\""));
    }
    Ok(())
}

#[test]
fn a_host_file_of_the_publisher_stays_and_the_press_says_so() -> Result {
    let own = [".nojekyll", ".htaccess", "vercel.json", "_headers", ".hosts/Caddyfile"];
    for printed_before in [false, true] {
        let publisher = publisher()?;
        if printed_before {
            print(&publisher, &[])?;
            // A press that knew no other host than `_redirects` has printed it.
            let list = publisher.read(".press.json")?;
            let list = own.iter().fold(list, |list, it| list.replace(&format!("\"{it}\","), ""));
            publisher.write("site/.press.json", list)?;
        }
        for name in own {
            publisher.write(&format!("site/{name}"), "# mine\n")?;
        }
        for _ in 0..2 {
            let told = print(&publisher, &["--strict"])?;
            for name in own {
                assert_eq!(publisher.read(name)?, "# mine\n", "{name}");
                assert!(told.contains(&format!("site/{name}: warning: it is yours")), "{told}");
            }
            assert_eq!(told.matches("warning").count(), own.len(), "{told}");
            assert!(publisher.read("firebase.json").is_ok(), "the others are written");
        }
        assert_eq!(diagnostics(&publisher, "output::host_file")?.len(), own.len());
        // It is written again when the publisher's is gone.
        fs::remove_file(publisher.path("site/vercel.json"))?;
        print(&publisher, &[])?;
        assert!(publisher.json("vercel.json")?["headers"].is_array());
    }
    Ok(())
}

#[test]
fn a_file_of_the_publisher_in_the_place_of_the_folder_for_servers_stays() -> Result {
    let publisher = publisher()?;
    publisher.write("site/.hosts", "mine")?;
    let told = print(&publisher, &[])?;
    assert!(told.contains(".hosts/nginx.conf: warning: it is yours"), "{told}");
    assert_eq!(publisher.read(".hosts")?, "mine");
    Ok(())
}

#[test]
fn a_publisher_with_one_host_has_its_files_alone() -> Result {
    let publisher = publisher()?;
    print(&publisher, &[])?;
    let site = SITE.replacen("[[sections]]", "hosts = [\"nginx\", \"netlify\"]\n[[sections]]", 1);
    publisher.write("edition/site.toml", site)?;
    print(&publisher, &[])?;
    let there: Vec<&str> =
        FILES.into_iter().filter(|it| publisher.path("site").join(it).exists()).collect();
    assert_eq!(there, ["_headers", "_redirects", ".hosts/nginx.conf"]);
    // Netlify prefers the page at the old address otherwise.
    assert!(publisher.read("_redirects")?.contains("\n/tin/cu/ /tin/moi/ 301!\n"));
    Ok(())
}

#[test]
fn a_host_that_the_press_does_not_know_is_named_with_its_line() -> Result {
    let publisher = publisher()?;
    let site =
        SITE.replacen("[[sections]]", "hosts = [\n\"nginx\",\n\"ngnix\",\n]\n[[sections]]", 1);
    publisher.write("edition/site.toml", site)?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    let told = said(&output);
    assert!(told.contains("site.toml:9: error: \"ngnix\" is no host"), "{told}");
    assert!(told.contains("nginx, caddy, apache"), "{told}");
    Ok(())
}

#[test]
fn more_old_addresses_than_a_host_takes_are_told_once_with_counts() -> Result {
    let publisher = publisher()?;
    let aliases: Vec<String> = (0..700).map(|at| format!("/cu/{at}/")).collect();
    let text =
        format!("---\ntitle: Cũ\ndate: 2025-01-01\naliases: [{}]\n---\n\nx\n", aliases.join(", "));
    publisher.write("edition/content/tin/xua.md", text)?;
    let told = print(&publisher, &["--strict"])?;
    assert_eq!(told.matches("warning").count(), 1, "{told}");
    // 701 of articles, 11 of the front's feeds and 6 of the section's.
    assert!(told.contains("there are 718 old addresses"), "{told}");
    assert!(told.contains("Apache 500") && told.contains("Azure "), "{told}");
    assert!(!told.contains("Cloudflare") && !told.contains("nginx "), "they take them all: {told}");
    assert_eq!(diagnostics(&publisher, "output::host_redirects")?.len(), 1);
    // The newest article's come first, and every one is a page.
    assert!(publisher.read("_redirects")?.contains("\n/tin/cu/ /tin/moi/ 301\n/cu/"));
    assert!(publisher.read("cu/699/index.html")?.contains("url=/tin/xua/"));
    Ok(())
}

#[test]
fn icons_keep_their_names_and_no_host_is_told_to_keep_them_for_ever() -> Result {
    let publisher = publisher()?;
    publisher.write("shell/icons/icon-512.png", "icon")?;
    print(&publisher, &[])?;
    assert!(publisher.read("manifest.webmanifest")?.contains("/icons/icon-512.png"));
    let headers = publisher.read("_headers")?;
    let mut pattern = "";
    for line in headers.lines() {
        match line.starts_with('/') {
            true => pattern = line,
            false if line.contains("immutable") => {
                let named =
                    ["/assets/", "/:section/:article/"].iter().any(|it| pattern.starts_with(it));
                assert!(named, "{pattern}");
            }
            false => {}
        }
    }
    Ok(())
}
