//! Paths that are meant to lead out of the folder, or to another host.

use std::os::unix::fs::symlink;

use super::{Host, Result, printed};
use crate::headers::Server;

/// What no answer may contain.
const SECRET: &str = "only for the publisher";

/// Each is sent as it is, as no browser would send it.
const PATHS: [&str; 48] = [
    "/../secret.txt",
    "/../../../../../../etc/passwd",
    "/%2e%2e/secret.txt",
    "/%2E%2E/secret.txt",
    "/.%2e/secret.txt",
    "/tin/../../secret.txt",
    "/tin/%2e%2e/%2e%2e/secret.txt",
    "/tin/..%2f..%2fsecret.txt",
    "/..%2fsecret.txt",
    "/..%2Fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "\\..\\secret.txt",
    "/%252e%252e/secret.txt",
    "/..%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%af../secret.txt",
    "/..;/secret.txt",
    "/....//secret.txt",
    "/./../secret.txt",
    "//../secret.txt",
    "///etc/passwd",
    "/%2fetc%2fpasswd",
    "/%2Fetc/passwd",
    "//etc/passwd",
    "/file:///etc/passwd",
    "file:///etc/passwd",
    "/C:/Windows/win.ini",
    "/tin/%00",
    "/secret.txt%00.html",
    "/tin/cho-noi/index.html%00",
    "/tin%0d%0aSet-Cookie:a=b",
    "/tin/cho-noi/%2e",
    "/%2epress.json",
    "/.press.json",
    "/%5fheaders",
    "/./_headers",
    "/tin/../_headers",
    "/tin//cho-noi/",
    "/tin%2fcho-noi/",
    "/%",
    "/%zz",
    "/%ff%fe",
    "/ra-ngoai.txt",
    "/ra-ngoai/secret.txt",
    "/thiet-bi",
    "/vong/",
];

#[test]
fn no_path_leads_out_of_the_folder() -> Result {
    let publisher = printed("/", &[])?;
    publisher.write("secret.txt", SECRET)?;
    publisher.write("site/.press.json.txt", SECRET)?;
    let site = publisher.path("site");
    symlink(publisher.path("secret.txt"), site.join("ra-ngoai.txt"))?;
    symlink(publisher.path(""), site.join("ra-ngoai"))?;
    symlink("/dev/zero", site.join("thiet-bi"))?;
    symlink("vong", site.join("vong"))?;
    let server = Server::start(&publisher)?;
    let long = format!("/{}", "dai".repeat(200));
    for path in PATHS.into_iter().chain([&*long]) {
        let answer = server.raw("GET", path)?;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["400", "404"].contains(&status), "{path}: {answer}");
        for secret in [SECRET, "root:", "\"articles\"", "Content-Security-Policy: d"] {
            let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
            assert!(!body.contains(secret), "{path}: {answer}");
        }
        assert!(!answer.to_ascii_lowercase().contains("set-cookie"), "{path}: {answer}");
    }
    // The server is there still.
    assert!(server.raw("GET", "/tin/cho-noi/")?.starts_with("HTTP/1.1 200"));
    Ok(())
}

#[tokio::test]
async fn no_path_leads_to_another_host() -> Result {
    for base in ["/", "/news/"] {
        let publisher = printed(base, &[])?;
        let host = Host::of(&publisher.path("site"))?;
        for path in [
            "//tin",
            "//tin/cho-noi",
            "//khac.example/%2e%2e",
            "//khac.example/tin",
            "/%2f/tin",
            "/%5ctin",
            "//news",
            "//news/tin",
            "/news//tin",
        ] {
            let answer = host.get(path).await?;
            assert_eq!((answer.status, answer.header("location")), (404, String::new()), "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_link_inside_the_folder_is_followed() -> Result {
    let publisher = printed("/", &[])?;
    symlink("tin/cho-noi", publisher.path("site/cu"))?;
    let host = Host::of(&publisher.path("site"))?;
    assert_eq!(host.get("/cu").await?.header("location"), "/cu/");
    assert_eq!(host.get("/cu/").await?.body, host.get("/tin/cho-noi/").await?.body);
    Ok(())
}
