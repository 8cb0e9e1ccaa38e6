//! The photographs of an article: in every format and at every width that its page names, made once, and with a card.

use crate::album::{self, JPEG, Jpeg, SECRETS};
use crate::photographs::{pixels, rgb_png};
use crate::publisher::{Publisher, Result, said};

/// An article with a lead picture and another one in its text.
fn article(publisher: &Publisher, more: &str) -> Result {
    let text = format!(
        "---\ntitle: A\ndate: 2026-01-01\nimage: {{src: lead.jpg, alt: Ghe}}\n{more}---\n\nMột.\n\n![Chợ](cho.jpg \"Sáng\")\n\n![](bieu-do.png)\n"
    );
    publisher.write("edition/content/tin/a/index.md", text)
}

/// An edition of one article with pictures out of a camera.
fn edition() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    article(&publisher, "")?;
    let camera = Jpeg { orientation: Some(6), ..JPEG };
    for (name, seed) in [("lead", 0), ("cho", 1)] {
        let (data, width, height) =
            album::laid(&album::photo(900 + seed, 600), (900 + seed, 600), 6);
        let bytes = album::jpeg(&data, width, height, camera)?;
        publisher.write(&format!("edition/content/tin/a/{name}.jpg"), bytes)?;
    }
    let chart = rgb_png(&album::chart(300, 200), 300, 200)?;
    publisher.write("edition/content/tin/a/bieu-do.png", chart)?;
    Ok(publisher)
}

/// The addresses in all `srcset`, `src` and `content` of a page that lead to pictures of the article.
fn addresses(html: &str) -> Vec<String> {
    let words = html.split(['"', ' ', ',', '<', '>']).filter_map(|word| {
        let path = word.strip_prefix("https://paper.example").unwrap_or(word);
        let ends = |it: &&str| path.ends_with(it);
        path.strip_prefix("/tin/a/").filter(|_| [".jpg", ".png", ".webp", ".avif"].iter().any(ends))
    });
    let mut all: Vec<String> = words.map(str::to_owned).collect();
    all.sort();
    all.dedup();
    all
}

fn counts(output: &std::process::Output) -> Result<serde_json::Value> {
    let object: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(object["pictures"].clone())
}

#[test]
fn an_article_shows_its_photographs_in_every_format_and_none_is_missing() -> Result {
    let publisher = edition()?;
    let output = publisher.print(&["--strict", "--json", "--picture-seconds", "600"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        counts(&output)?,
        serde_json::json!({"made": 3, "kept": 0, "avif": 2, "avif_left": 0})
    );
    let page = publisher.read("tin/a/index.html")?;
    assert!(!page.contains("</source>"), "an element that has no end has one");
    let named = addresses(&page);
    for part in ["-480.", "-card.", ".avif", ".webp", "lead-900.", "cho-901."] {
        assert!(named.iter().any(|it| it.contains(part)), "{part} in {named:?}");
    }
    let files = publisher.files()?;
    for name in &named {
        assert!(files.contains_key(&format!("tin/a/{name}")), "{name} is not there: {named:?}");
    }
    let published = files.keys().filter_map(|it| it.strip_prefix("tin/a/"));
    let pictures = published.filter(|it| !it.starts_with("index") && !it.starts_with("oembed"));
    let unnamed: Vec<&str> = pictures.filter(|it| !named.iter().any(|name| name == it)).collect();
    assert_eq!(unnamed, Vec::<&str>::new(), "nothing is published that no page names");
    for (name, bytes) in &files {
        for secret in SECRETS {
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "{secret} is in {name}");
        }
    }
    for part in [
        "<meta property=\"og:image:width\" content=\"1200\">",
        "fetchpriority=\"high\"",
        "sizes=\"(min-width:44rem) 20rem, 46vw\"><source type=\"image/webp\"",
        "width=\"901\" height=\"600\" alt=\"Chợ\" loading=\"lazy\" decoding=\"async\" data-tint=\"r4g4b3\"",
        "width=\"300\" height=\"200\" alt=\"\" loading=\"lazy\" decoding=\"async\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let feed = publisher.json("index.json")?;
    assert_eq!(feed["items"][0]["_broadsheet"]["picture"]["formats"], "avif webp");
    Ok(())
}

#[test]
fn the_second_print_makes_nothing_again_and_avif_comes_when_there_is_time() -> Result {
    let publisher = edition()?;
    let print = |seconds: &str| -> Result<serde_json::Value> {
        let output = publisher.print(&["--strict", "--json", "--picture-seconds", seconds])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        counts(&output)
    };
    assert_eq!(print("0")?, serde_json::json!({"made": 3, "kept": 0, "avif": 0, "avif_left": 2}));
    assert!(
        !publisher.read("tin/a/index.html")?.contains("avif"),
        "none is named that is not there"
    );
    let first = publisher.files()?;
    assert_eq!(print("600")?, serde_json::json!({"made": 0, "kept": 3, "avif": 2, "avif_left": 0}));
    assert!(publisher.read("tin/a/index.html")?.contains("image/avif"));
    assert_eq!(print("0")?, serde_json::json!({"made": 0, "kept": 3, "avif": 2, "avif_left": 0}));
    // The store lies beside the site, holds what is used, and may go at any time.
    let pictures = || -> Result<usize> {
        let folders = std::fs::read_dir(publisher.path("site.pictures"))?.flatten();
        Ok(folders.filter(|it| it.path().is_dir()).count())
    };
    assert_eq!(pictures()?, 3);
    std::fs::remove_dir_all(publisher.path("site.pictures"))?;
    assert_eq!(print("0")?["made"], 3);
    assert!(first == publisher.files()?, "the same bytes become the same files");
    publisher
        .write("edition/content/tin/a/index.md", "---\ntitle: A\ndate: 2026-01-01\n---\nx\n")?;
    publisher.article("b", 2)?;
    print("0")?;
    assert_eq!(pictures()?, 0, "what no article shows any more is not kept");
    Ok(())
}

#[test]
fn a_card_keeps_the_subject_where_the_article_says_it_is() -> Result {
    let publisher = edition()?;
    let mut shades = Vec::new();
    for focus in ["top", "bottom"] {
        article(&publisher, &format!("focus: {focus}\n"))?;
        let output = publisher.print(&["--strict", "--picture-seconds", "0"])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let files = publisher.files()?;
        let start = format!("tin/a/lead-card-{focus}.");
        let (name, card) =
            files.iter().find(|(name, _)| name.starts_with(&start)).ok_or("no card")?;
        let url = format!("<meta property=\"og:image\" content=\"https://paper.example/{name}\">");
        assert!(publisher.read("tin/a/index.html")?.contains(&url), "{url}");
        let (width, height, shown) = pixels(name, card)?;
        assert_eq!((width, height), (1200, 630));
        // Green, a little below the edge at the top.
        shades.push(shown[(60 * 1200 + 20) * 3 + 1]);
    }
    assert!(shades[0] < 40 && shades[1] > 40, "the dark corner is at the top: {shades:?}");
    article(&publisher, "focus: everywhere\n")?;
    let output = publisher.print(&[])?;
    assert!(
        said(&output).contains("content/tin/a/index.md:5: warning: \"everywhere\""),
        "{}",
        said(&output)
    );
    Ok(())
}

#[test]
fn an_article_goes_out_without_a_picture_that_no_decoder_can_read() -> Result {
    let publisher = edition()?;
    let broken = album::jpeg(&album::photo(80, 60), 80, 60, JPEG)?;
    publisher.write("edition/content/tin/a/cho.jpg", &broken[..60])?;
    let output = publisher.print(&["--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = said(&output);
    assert!(
        told.contains("content/tin/a/index.md:9: warning: the picture \"cho.jpg\" was left out"),
        "{told}"
    );
    let page = publisher.read("tin/a/index.html")?;
    assert!(page.contains("lead-480.") && !page.contains("cho"), "{page}");
    assert!(!page.contains("Sáng"), "and without its caption");

    publisher.write("edition/content/tin/a/cho.jpg", album::bomb(40_000, 40_000))?;
    let output = publisher.print(&["--keep-going", "--picture-seconds", "0"])?;
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("content/tin/a/index.md:9: error: ") && told.contains("megapixels"),
        "{told}"
    );
    let output = publisher.press("check", &[])?;
    assert_eq!(output.status.code(), Some(1), "checking tells it, too");
    Ok(())
}
