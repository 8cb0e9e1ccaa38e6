//! The table itself.

use super::*;

fn answer(table: &Table, path: &str) -> Answer {
    table.answer(path, |file| FILES.contains(&file))
}

#[test]
fn every_file_has_one_class() {
    let table = Table::new(source("/"));
    for (path, class) in [
        ("/", Class::Page),
        ("/tin/moi/", Class::Page),
        ("/embed/en/", Class::Page),
        ("/embed/front.html", Class::Embed),
        ("/embed/article/tin/_index.html", Class::Embed),
        ("/embed/player/youtube-1a2b3c4d1a2b3c4d.html", Class::Player),
        ("/embed.js", Class::EmbedScript),
        ("/assets/embed.1a2b3c4d.js", Class::PinnedScript),
        ("/assets/app.1a2b3c4d.css", Class::Asset),
        ("/sw.js", Class::Worker),
        ("/tin/moi/anh.1a2b3c4d.jpg", Class::Media),
        ("/tin/moi/hinh.0f0f0f0f.svg", Class::Drawing),
        ("/icons/favicon.svg", Class::PlainDrawing),
        ("/icons/icon-192.png", Class::Other),
        ("/kill-switch.js", Class::Other),
        ("/rss.xml", Class::Other),
    ] {
        let answer = answer(&table, path);
        assert_eq!((answer.status, answer.class), (200, Some(class)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[test]
fn only_names_with_a_hash_are_kept_for_ever() {
    let table = Table::new(source("/"));
    for (path, kept) in [
        ("tin/moi/anh.1a2b3c4d.jpg", true),
        ("tin/moi/anh.1A2b3c4d.jpg", false),
        ("tin/moi/1a2b3c4d.jpg", false),
        ("tin/moi/.1a2b3c4d.jpg", false),
        ("tin/moi/anh.1a2b3c4.jpg", false),
        ("tin/moi/a.1a2b3c4d.html", false),
        ("tin/a.1a2b3c4d.jpg/", false),
        ("logo.png", false),
        ("sw.js", false),
    ] {
        let rule = table.rule_of(path).unwrap();
        let cache = rule.header("Cache-Control").unwrap();
        assert_eq!(cache.contains("immutable"), kept, "{path}");
        // The pattern as hosts read it says the same.
        let matching = table.rules.iter().find(|it| is(&format!("^{}$", it.regex()), path));
        assert_eq!(matching.map(|it| it.class), Some(rule.class), "{path}");
    }
}

#[test]
fn old_addresses_and_missing_slashes_lead_on_and_nothing_else_does() {
    let table = Table::new(source("/news/"));
    for (path, to) in [
        ("/news", "/news/"),
        ("/news/tin", "/news/tin/"),
        ("/news/tin/cu/", "/news/tin/moi/"),
        ("/news/tin/cu", "/news/tin/moi/"),
        ("/news/tin/cu/index.html", "/news/tin/moi/"),
        ("/news/index.xml", "/news/rss.xml"),
        ("/news/tin/ch%E1%BB%A3%20n%E1%BB%95i", "/news/tin/moi/"),
    ] {
        let answer = answer(&table, path);
        assert_eq!((answer.status, answer.location.as_deref()), (301, Some(to)), "{path}");
    }
    for path in ["/news/no", "/tin/", "/news/_headers", "/news/.press.json", "/news/.hosts/x"] {
        let answer = table.answer(path, |file| FILES.contains(&file) || file.contains('_'));
        assert_eq!((answer.status, answer.class), (404, Some(Class::Page)), "{path}");
    }
}

#[test]
fn pages_say_what_no_site_needs_and_embeds_can_be_framed() {
    let table = Table::new(source("/"));
    let page = answer(&table, "/tin/");
    assert_eq!(page.header("X-Frame-Options"), Some("DENY"));
    assert_eq!(
        page.header("Cross-Origin-Opener-Policy"),
        None,
        "WebKit keeps an old worker with it"
    );
    assert!(page.header("Permissions-Policy").unwrap().contains("camera=()"));
    let embed = answer(&table, "/embed/front.html");
    for name in ["X-Frame-Options", "Permissions-Policy"] {
        assert_eq!(embed.header(name), None, "{name}");
    }
    // Whoever has sent it once has no way back for a year: that is the publisher's to decide.
    assert_eq!(page.header("Strict-Transport-Security"), None);
}
