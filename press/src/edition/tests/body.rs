//! What becomes of an article's body.

use super::edition::{GIF, folder, read, told};
use crate::edition::Article;

fn bundle(front_matter: &str, body: &str) -> (Article, Vec<String>) {
    let text = format!("---\ntitle: A\ndate: 2020-01-01\n{front_matter}---\n{body}");
    let dir = folder(&[
        ("content/tin/bai/index.md", text.as_bytes()),
        ("content/tin/bai/anh.gif", GIF),
        ("content/tin/bai/hai.gif", b"GIF89a\x0a\0\x0b\0\0\0\0\0\0\0\0\0"),
        ("content/tin/bai/bao cao.pdf", b"%PDF"),
        ("content/tin/khac/index.md", b"---\ntitle: B\ndate: 2020-01-01\nslug: khac-nua\n---\n"),
        ("static/s.gif", GIF),
    ]);
    let (edition, gathered) = read(dir.path());
    let articles = edition.unwrap().articles;
    let article = articles.into_iter().find(|a| a.slug == "bai");
    (article.unwrap_or_else(|| panic!("{:?}", told(&gathered))), told(&gathered))
}

fn html(body: &str) -> String {
    let (article, told) = bundle("", body);
    assert_eq!(told, Vec::<String>::new());
    article.prose.html().unwrap().replace('\n', "")
}

fn name(article: &Article, stem: &str) -> String {
    let file = article.files.iter().find(|f| f.to.starts_with(stem)).unwrap();
    format!("/bao/tin/bai/{}", file.to)
}

#[test]
fn a_picture_gets_its_address_and_its_size() {
    let (article, _) = bundle("", "![Chợ](anh.gif \"Sáng\")\n\nvà ![](./hai.gif)");
    let (first, second) = (name(&article, "anh."), name(&article, "hai."));
    assert_eq!(
        article.prose.html().unwrap().replace('\n', ""),
        format!(
            "<figure><img src=\"{first}\" width=\"40\" height=\"20\" alt=\"Chợ\" \
             fetchpriority=\"high\" decoding=\"async\"><figcaption>Sáng</figcaption></figure>\
             <p>và <img src=\"{second}\" width=\"10\" height=\"11\" alt=\"\" \
             loading=\"lazy\" decoding=\"async\"></p>"
        )
    );
    let image = article.image.clone().unwrap();
    assert_eq!((image.src, image.caption.as_deref()), (first, Some("Sáng")));
    assert!(article.lead_in_body);
    assert_eq!(article.files.len(), 2);
}

#[test]
fn a_late_picture_waits_and_so_does_one_below_another_lead() {
    assert!(html("a\n\nb\n\n![](anh.gif)").contains("loading=\"lazy\""));
    let (article, _) = bundle("image: hai.gif\n", "![](anh.gif)");
    assert!(article.prose.html().unwrap().contains("loading=\"lazy\"") && !article.lead_in_body);
    let (article, _) = bundle("image: {src: anh.gif, credit: K}\n", "![C](anh.gif \"D\")");
    let image = article.image.clone().unwrap();
    assert!(article.prose.html().unwrap().contains("fetchpriority") && article.lead_in_body);
    assert_eq!((image.alt.as_str(), image.caption.as_deref()), ("C", Some("D")));
    assert_eq!(image.credit.as_deref(), Some("K"));
}

#[test]
fn a_picture_in_html_is_treated_like_one_in_markdown() {
    let out = html("<div style=\"x\"><img onerror=1 width=20 src='/s.gif'></div>");
    assert!(out.starts_with("<div><img src=\"/bao/tin/bai/s."), "{out}");
    assert!(out.contains("width=\"20\" height=\"10\" alt=\"\" loading=\"lazy\""), "{out}");
}

#[test]
fn a_picture_without_an_address_that_it_may_have_is_left_out_and_told_of() {
    let (article, told) = bundle("", "![Đò](javascript:a)\n\n<div><img alt=\"Ghe\"></div>\n\nb");
    assert!(!article.prose.html().unwrap().contains("<img"), "{}", article.prose.html().unwrap());
    let warning = |line: usize, words: &str| {
        format!(
            "content/tin/bai/index.md:{line}: warning: the picture \"{words}\" has no address that a picture may \
             have, and is not shown"
        )
    };
    assert_eq!(told, [warning(5, "Đò"), warning(7, "Ghe")]);
}

#[test]
fn a_picture_of_another_site_becomes_a_link_without_a_warning() {
    let link = "<a href=\"https://b.vn/x.png\" rel=\"noopener\">";
    assert_eq!(html("![X](https://b.vn/x.png)"), format!("<p>{link}X</a></p>"));
    assert_eq!(html("<img src=\"https://b.vn/x.png\">"), format!("{link}Ảnh</a>"));
    assert_eq!(html("[![X](https://b.vn/x.png)](/tin/)"), "<p><a href=\"/bao/tin/\">X</a></p>");
}

#[test]
fn links_lead_where_their_author_meant() {
    for (link, href) in [
        ("/tin/khac-nua/", "/bao/tin/khac-nua/"),
        ("/bao/tin/", "/bao/tin/"),
        ("/tin/khac/index.md", "/bao/tin/khac-nua/"),
        ("@/tin/khac/index.md", "/bao/tin/khac-nua/"),
        ("../khac-nua/", "/bao/tin/khac-nua/"),
        ("mailto:a@b.vn", "mailto:a@b.vn"),
        ("https://a.vn/bao/tin/khac-nua", "/bao/tin/khac-nua/"),
        ("https://a.vn/khac/x/", "https://a.vn/khac/x/\" rel=\"noopener"),
        ("https://b.vn/?a&b", "https://b.vn/?a&amp;b\" rel=\"noopener"),
        ("//b.vn", "//b.vn\" rel=\"noopener"),
    ] {
        assert_eq!(html(&format!("[x]({link})")), format!("<p><a href=\"{href}\">x</a></p>"));
    }
    assert_eq!(html("[x]()"), "<p><a>x</a></p>");
    for script in ["javascript:1", "&nbsp;javascript:1", "\u{3000}java&NewLine;script:1"] {
        assert_eq!(html(&format!("[x]({script})")), "<p><a>x</a></p>", "{script}");
    }
}

#[test]
fn a_reference_finds_an_article_by_the_path_or_the_name_of_its_file() {
    for name in [
        "khac",
        "tin/khac",
        "/tin/khac/",
        "khac/index.md",
        "tin/khac/index.md",
        "../khac",
        "../khac/index.md",
        "Khac",
        "tin/khac-nua",
        "khac-nua",
    ] {
        let link = html(&format!("[x](/@ref/{name})"));
        assert_eq!(link, "<p><a href=\"/bao/tin/khac-nua/\">x</a></p>", "{name}");
    }
    for name in ["tin", "/tin/_index.md", "tin/"] {
        assert_eq!(html(&format!("[x](@ref/{name})")), "<p><a href=\"/bao/tin/\">x</a></p>");
    }
    let own = html("## Ở đây\n\n[x](@ref/#ở-đây)");
    assert!(own.ends_with("<p><a href=\"#o-day\">x</a></p>"), "{own}");
    let (article, told) = bundle("", "a\n\n[x](@ref/mat-roi.md#y)");
    assert!(article.prose.html().unwrap().contains("<a>x</a>"));
    assert_eq!(
        told,
        [
            "content/tin/bai/index.md:7: warning: the reference \"mat-roi.md#y\" names no article, and its words are printed without a link"
        ]
    );
}

#[test]
fn a_link_that_leads_nowhere_keeps_its_address() {
    for (link, href) in [
        ("/kinh-te/x/?a=1#b", "/bao/kinh-te/x/?a=1#b"),
        ("nowhere.md", "nowhere.md"),
        ("../x/", "../x/"),
        ("https://a.vn/bao/x/", "https://a.vn/bao/x/"),
        ("mat.pdf", "mat.pdf"),
        ("#mat", "#mat"),
    ] {
        let (article, told) = bundle("", &format!("`{link}`\n\n<a href=\"{link}\">x</a>"));
        assert!(
            article.prose.html().unwrap().contains(&format!("<a href=\"{href}\">x</a>")),
            "{link}"
        );
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("content/tin/bai/index.md:7: warning: the link"), "{told:?}");
    }
}

#[test]
fn a_linked_document_is_published() {
    let (article, _) = bundle("", "[x](<bao cao.pdf>)");
    let href = format!("href=\"{}\"", name(&article, "bao-cao."));
    assert!(article.prose.html().unwrap().contains(&href));
}

#[test]
fn headings_fit_below_the_title_and_can_be_linked() {
    assert_eq!(
        html("# Một\n\n### Hai {#hai-x}\n\n<h3 id=\"ba\">Ba</h3>\n\n[a](#ba) [b](#Một)"),
        "<h2 id=\"mot\">Một</h2><h3 id=\"hai-x\">Hai</h3><h3 id=\"c-ba\">Ba</h3>\
         <p><a href=\"#c-ba\">a</a> <a href=\"#mot\">b</a></p>"
    );
}

#[test]
fn tables_and_code_can_be_reached_with_the_keyboard() {
    let open = "<div class=\"c-table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng\"><table>";
    assert_eq!(
        html("|a|\n|-|\n|1|"),
        format!(
            "{open}<thead><tr><th scope=\"col\">a</th></tr></thead>\
             <tbody><tr><td>1</td></tr></tbody></table></div>"
        )
    );
    let out = html("<table><tr><td><table></table></td></tr></table>");
    assert_eq!(out.matches("<div").count(), 1);
    assert_eq!(
        html("```sh\nls\n```"),
        "<pre tabindex=\"0\"><code class=\"c-language-sh\">ls</code></pre>"
    );
}

#[test]
fn ids_are_unique_whatever_the_author_writes() {
    let out = html("<p id=\"x\">1</p><p id=\"x\">2</p>\n\na[^1]\n\n[^1]: b\n\n## Fn 1\n");
    assert_eq!(out.matches("id=\"c-x\"").count(), 1);
    assert_eq!(out.matches("id=\"fn-1\"").count(), 1);
    assert!(out.contains("id=\"fn-1-2\"") && out.contains("aria-label=\"Chú thích 1\""));
}

#[test]
fn a_shortcode_with_a_picture_becomes_a_figure_with_a_credit() {
    let (article, told) =
        bundle("", "{{< figure src=\"anh.gif\" caption=\"C\" attr=\"K\" >}}\n**x**");
    let image = article.image.clone().unwrap();
    assert_eq!((image.caption.as_deref(), image.credit.as_deref()), (Some("C"), Some("K")));
    assert!(article.prose.html().unwrap().contains("<strong>x</strong>"));
    assert!(told.is_empty());
}

#[test]
fn words_are_counted_as_they_are_read() {
    assert_eq!(bundle("", "một **h**ai\n\n- ba\n- bốn\n\n|a|b|\n|-|-|\n|c|d|").0.words, 8);
}
