//! A run of pictures is a gallery, and every picture leads to its widest file.

use crate::album::{self, JPEG};
use crate::publisher::{Publisher, Result, said};

/// The page of an article with this body and four pictures, `a.jpg` to `d.jpg`.
fn page(body: &str) -> Result<(String, Publisher)> {
    let publisher = Publisher::new()?;
    let text = format!("---\ntitle: A\ndate: 2026-01-01\n---\n\n{body}\n");
    publisher.write("edition/content/tin/a/index.md", text)?;
    for (index, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let (width, height) = (300 + index as u32, 200);
        let bytes = album::jpeg(&album::photo(width, height), width, height, JPEG)?;
        publisher.write(&format!("edition/content/tin/a/{name}.jpg"), bytes)?;
    }
    let output = publisher.print(&["--strict", "--picture-seconds", "0"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = publisher.json("tin/a/index.json")?;
    let html = page["items"][0]["content_html"].as_str().unwrap_or_default().to_owned();
    Ok((html, publisher))
}

/// The numbers of figures in the galleries of a body.
fn galleries(html: &str) -> Vec<usize> {
    let parts = html.split("<div class=\"c-gallery\"").skip(1);
    parts
        .map(|part| part.split("</div>").next().unwrap_or_default().matches("<figure>").count())
        .collect()
}

#[test]
fn pictures_with_nothing_between_them_are_a_gallery() -> Result {
    for (body, expected) in [
        ("![](a.jpg \"Một\")\n\n![](b.jpg)\n\n![](c.jpg)", vec![3]),
        ("![](a.jpg)\n![](b.jpg)", vec![2]),
        ("![](a.jpg)\n\nLời\n\n![](b.jpg)", vec![]),
        ("![](a.jpg)\n\n![](b.jpg)\n\nLời\n\n![](c.jpg) ![](d.jpg)", vec![2, 2]),
        ("<img src=a.jpg> <img src=b.jpg>", vec![2]),
        ("- ![](a.jpg)\n- ![](b.jpg)", vec![2]),
        ("- ![](a.jpg)\n- lời ![](b.jpg)", vec![]),
        ("lời ![](a.jpg) ![](b.jpg) lời", vec![]),
        (
            "<figure class=\"wp-block-gallery\"><figure><img src=a.jpg></figure>\
             <figure><a href=b.jpg><img src=b.jpg></a></figure><figcaption>Cả hai</figcaption></figure>",
            vec![2],
        ),
        (
            "<ul class=\"wp-block-gallery\"><li><figure><img src=a.jpg></figure></li>\
             <li><figure><img src=b.jpg><figcaption>B</figcaption></figure></li></ul>",
            vec![2],
        ),
        (
            "{{< gallery >}}\n{{< figure src=\"a.jpg\" caption=\"A\" >}}\n{{< figure src=\"b.jpg\" >}}\n{{< /gallery >}}",
            vec![2],
        ),
        ("![](a.jpg)\n\n![](b.jpg)\n\n| a |\n|---|\n| b |", vec![2]),
    ] {
        let (html, _) = page(body)?;
        assert_eq!(galleries(&html), expected, "{body}\n{html}");
        assert!(!html.contains("<p></p>"), "{html}");
    }
    Ok(())
}

#[test]
fn a_picture_leads_to_its_widest_file_and_says_so() -> Result {
    let (html, publisher) =
        page("![Chợ & ghe](a.jpg)\n\nLời\n\n[![](b.jpg)](/tin/)\n\n[![B](b.jpg)](b.jpg)")?;
    let links: Vec<&str> =
        html.split("<a ").skip(1).filter_map(|it| it.split('>').next()).collect();
    let [first, other, own] = links.as_slice() else { return Err(html.into()) };
    let href = first.split('"').nth(1).unwrap_or_default();
    assert!(href.starts_with("/tin/a/a-300.") && href.ends_with(".webp"), "{first}");
    assert!(publisher.files()?.contains_key(href.trim_start_matches('/')), "{href} is not there");
    assert!(first.contains("data-large=\"\" aria-label=\"Xem ảnh lớn: Chợ &amp; ghe\""), "{first}");
    assert!(!other.contains("data-large"), "a link stays a link: {other}");
    assert!(own.contains("data-large"), "a link to the picture opens it: {own}");
    Ok(())
}

#[test]
fn a_gallery_names_itself_and_tells_browsers_how_wide_its_pictures_are() -> Result {
    let (html, publisher) = page("![](a.jpg)\n\n![](b.jpg)\n\n![](c.jpg)\n\n![](d.jpg)")?;
    assert!(
        html.contains("<div class=\"c-gallery\" role=\"group\" aria-label=\"Bộ ảnh (4)\">"),
        "{html}"
    );
    let sizes: Vec<&str> =
        html.split("sizes=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    let small = "(min-width:44rem) 13rem, 46vw";
    assert_eq!(sizes, ["(min-width:44rem) 40rem, 46vw", small, small, small]);
    let feed = publisher.read("atom.xml")?;
    assert!(feed.contains("c-gallery") && !feed.contains("href=\"/tin/a/"), "{feed}");
    Ok(())
}
