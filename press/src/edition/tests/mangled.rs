//! Nothing that a file may hold stops the press.

use super::edition::{SITE, folder, read};
use crate::dice::Dice;

const WHOLE: &str = "---\ntitle: \"Đại hội\"\ndate: 2020-07-02T17:00:00+07:00\ntags: [a, &x b, *x]\n\
    source: {name: Báo, url: https://a.vn}\nimage:\n  src: anh.gif\n---\n\
    # A {#b}\n\n![x](anh.gif \"t\") `{{< y >}}` {{< figure src=\"anh.gif\" >}}\n\n|a|b|\n|:-|-:|\n|1|2|\n\n\
    > q[^1]\n\n[^1]: n\n\n<table><tr><td id=\"x\">a</table><img src=anh.gif>{% z %}{{ f(a=1) }}\n\n```rs\nx\n```\n";

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
    let (edition, gathered) = read(dir.path());
    let articles = edition.unwrap().articles;
    assert!(articles.len() > 100 && gathered.errors().count() > 100);
    for article in articles {
        let html = article.prose.html().unwrap();
        // What the browser builds from it is what was printed.
        let again = crate::html::Tree::parse(&html).to_html();
        assert_eq!(*again, *html, "{}", article.file.display());
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

/// CSS without its strings, which end at their quote or with the line.
fn outside_strings(css: &str) -> String {
    let mut open = None;
    let plain = css.replace("&quot;", "\"");
    let kept = plain.chars().filter(|c| match (open, c) {
        (None, '\'' | '"') => {
            open = Some(*c);
            false
        }
        (Some(quote), c) if quote == *c || *c == '\n' => {
            open = None;
            false
        }
        (open, _) => open.is_none(),
    });
    kept.collect()
}

#[test]
fn a_mangled_drawing_loads_and_runs_nothing() {
    const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'>\
        <style>@import url('//e.vn/a;b'); a{fill:url( '//e.vn/b' ) /* ' */} b{c:image-set('//e.vn/c' 1x)}\
        <g/> @media x{d{e:url(#f) url(//e.vn/d)}}</style><g style=\"a:'&#10;' url(//e.vn/e) '&#39;\" \
        fill='URL(//e.vn/f)' onclick='x'><use x:href='//e.vn/g'/><image href='data:image/png;base64,AA=='/>\
        <script>x</script><a href='javascript:x'>Đ<![CDATA[<script>]]></a></g></svg>";
    let scraps = [
        "'", "\"", "/*", "*/", "(", ")", "{", "}", ";", "@", "url(", "<g>", "</g>", "&#10;", "\\",
        "<style>",
    ];
    let mut dice = Dice(13);
    let mut read = 0;
    for _ in 0..20_000 {
        let mut text = DRAWING.to_owned();
        for _ in 0..=dice.roll(4) {
            let mut at = dice.roll(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, scraps[dice.roll(scraps.len())]);
        }
        let Ok(bytes) = crate::edition::media::svg::sanitize(text.as_bytes()) else {
            continue;
        };
        read += 1;
        assert_eq!(crate::edition::media::svg::sanitize(&bytes).unwrap(), bytes, "{text}");
        let out = String::from_utf8(bytes).unwrap().to_lowercase();
        // Attributes and style sheets: what stands raw between the marks of XML.
        for css in out.split(['<', '>', '"']).map(outside_strings) {
            for bad in ["url(/", "url( ", "@import", "image-set("] {
                assert!(!css.contains(bad), "{bad} in {out} of {text}");
            }
        }
        for bad in ["<script", " onclick", " href=\"/", " href=\"j"] {
            assert!(!out.contains(bad), "{bad} in {out} of {text}");
        }
    }
    assert!(read > 2_000, "{read} could be read");
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
