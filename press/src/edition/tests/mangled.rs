//! Nothing that a file may hold stops the press.

use super::edition::{SITE, folder, read};

const WHOLE: &str = "---\ntitle: \"Đại hội\"\ndate: 2020-07-02T17:00:00+07:00\ntags: [a, &x b, *x]\n\
    source: {name: Báo, url: https://a.vn}\nimage:\n  src: anh.gif\n---\n\
    # A {#b}\n\n![x](anh.gif \"t\") `{{< y >}}` {{< figure src=\"anh.gif\" >}}\n\n|a|b|\n|:-|-:|\n|1|2|\n\n\
    > q[^1]\n\n[^1]: n\n\n<table><tr><td id=\"x\">a</table><img src=anh.gif>{% z %}{{ f(a=1) }}\n\n```rs\nx\n```\n";

/// A small generator: the same inputs on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

fn mangle(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let scraps: [&[u8]; 20] = [
        b"---\n",
        b"+++\n",
        b"{{<",
        b">}}",
        b"<",
        b">",
        b"\"",
        b"&",
        b"\xff",
        b"\0",
        b"[",
        b"](",
        b"`",
        b"\r",
        b"|",
        b"<p>",
        b"</div>",
        b"<a href=\"",
        "\u{300}".as_bytes(),
        b"<h2 id=c>",
    ];
    let mut out = text.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(out.len());
        match dice.roll(4) {
            0 => {
                let end = (at + dice.roll(30)).min(out.len());
                out.drain(at..end);
            }
            1 => out.truncate(at),
            2 => {
                let scrap = scraps[dice.roll(scraps.len())];
                out.splice(at..at, scrap.iter().copied());
            }
            _ => {
                let end = (at + dice.roll(60)).min(out.len());
                let piece = out[at..end].to_vec();
                let to = dice.roll(out.len());
                out.splice(to..to, piece);
            }
        }
    }
    out
}

#[test]
fn mangled_articles_are_read_or_refused_but_never_panic() {
    let mut dice = Dice(7);
    let mangled: Vec<(String, Vec<u8>)> = (0..3000)
        .map(|i| (format!("content/tin/{i}.md"), mangle(WHOLE.as_bytes(), &mut dice)))
        .collect();
    let files: Vec<(&str, &[u8])> =
        mangled.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let dir = folder(&files);
    std::fs::write(dir.path().join("content/tin/anh.gif"), super::edition::GIF).unwrap();
    let (edition, report) = read(dir.path());
    let articles = edition.unwrap().articles;
    assert!(articles.len() > 100 && report.errors().count() > 100);
    for article in articles {
        let html = article.content_html;
        // What the browser builds from it is what was printed.
        let again = super::super::sanitize::reparsed(&html);
        assert_eq!(again, html, "{}", article.file.display());
        for bad in ["<script", "onerror", "style=", "javascript:", "ours-"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }
}

#[test]
fn mangled_site_files_never_panic() {
    let mut dice = Dice(9);
    let dir = folder(&[]);
    for _ in 0..300 {
        std::fs::write(dir.path().join("site.toml"), mangle(SITE.as_bytes(), &mut dice)).unwrap();
        let _ = read(dir.path());
    }
}

#[test]
fn endless_nesting_is_read_in_time() {
    let start = std::time::Instant::now();
    let head = "---\ntitle: A\ndate: 2020-01-01\n---\n";
    for unit in [
        "<b>",
        "<div>",
        "> ",
        "- ",
        "[",
        "![",
        "*a ",
        "<table><td>",
        "{{<",
        "{% a %}",
        "`",
        "<a href=x>",
        "# a\n",
    ] {
        let text = format!("{head}{}", unit.repeat(5_000));
        let dir = folder(&[("content/tin/a.md", text.as_bytes())]);
        let _ = read(dir.path());
    }
    assert!(start.elapsed().as_secs() < 60);
}
