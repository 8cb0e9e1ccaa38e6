//! Marks of WordPress and of kramdown, and the lede that a text marks.

use super::{Context, html, run, told, translate};
use crate::edition::config::Generator;
use crate::edition::diagnostics::FileDiagnostics;
use std::path::Path;

#[test]
fn a_caption_belongs_to_its_picture() {
    let figure = "<figure><img src=\"a.jpg\" alt=\"Ghe\"{} /><figcaption>Ghe <em>ngo</em></figcaption></figure>";
    let figure = figure.replace("{}", "");
    let open = "[caption id=\"attachment_7\" align=\"alignleft\" width=\"300\"]";
    for inner in [
        "![Ghe](a.jpg) Ghe *ngo*",
        "<img src=\"a.jpg\" alt=\"Ghe\" /> Ghe <em>ngo</em>",
        "![Ghe](a.jpg)\nGhe *ngo*",
    ] {
        let out = html(&format!("Trước.\n\n{open}{inner}[/caption]\n\nSau."), None);
        assert_eq!(out, format!("<p>Trước.</p>{figure}<p>Sau.</p>"), "{inner}");
    }
    let (out, lines) = run(&format!("{open}[![Ghe](a.jpg)](/b/ \"t\") Chữ (nhỏ)[/caption]"));
    assert!(out.contains("<a href=\"/b/\" title=\"t\"><img src=\"a.jpg\""), "{out}");
    assert!(out.contains("<figcaption>Chữ (nhỏ)</figcaption>") && lines.is_empty(), "{out}");
    let old = run("[caption caption=\"Cũ\"]<a href=\"/b/\"><img src=\"a.jpg\" /></a>[/caption]").0;
    assert!(old.contains("<figcaption>Cũ</figcaption>"), "{old}");
}

#[test]
fn marks_of_wordpress_are_links_or_left_out_with_their_line() {
    assert_eq!(
        run("[embed]https://phim.example/7[/embed]"),
        ("<a href=\"https://phim.example/7\" class=\"player\">phim.example/7</a>".into(), vec![])
    );
    assert_eq!(
        run("[audio mp3=\"loa/phường.mp3\"][/audio]").0,
        "<a href=\"loa/phường.mp3\" class=\"player\">phường.mp3</a>"
    );
    assert_eq!(
        run("[youtube https://www.youtube.com/watch?v=a1]").0,
        "<a href=\"https://www.youtube.com/watch?v=a1\" class=\"player\">www.youtube.com/watch?v=a1</a>"
    );
    let (out, lines) = run(
        "a\n\n[gallery ids=\"12,15\" columns=\"2\"]\n\n[playlist]\n\n[contact-form-7 id=\"1\"]\n\n[vc_row a=\"b\"]x[/vc_row]",
    );
    assert_eq!((out.as_str(), lines), ("a\n\n\n\n\n\n\n\nx", vec![12, 14, 16, 18]));
    assert_eq!(
        html("[code lang=\"php\"]\n<?php [b]\n[/code]", None),
        "<pre><code class=\"language-php\">&lt;?php [b]</code></pre>"
    );
}

#[test]
fn ordinary_text_in_square_brackets_stays() {
    for text in [
        "Nguồn [1], [sic], [caption contest] và [video] hôm qua, [embed code] [x](/y/).",
        "[gallery](/anh/) [audio][1] [playlist]\n\n[1]: /loa/\n[playlist]: /nhac/",
        "`[gallery ids=\"1\"]`\n\n    [caption id=\"1\"]x[/caption]\n",
        "[gallery of shame]",
        "[",
        "[caption",
        "[caption id=\"",
        "a [/] b",
        "[video\n\nsize=1]",
        "[captions a=1]",
    ] {
        assert_eq!(run(text), (text.to_owned(), vec![]), "{text}");
    }
    assert_eq!(html("[[gallery ids=\"1\"]]", None), "<p>[gallery ids=&quot;1&quot;]</p>");
}

#[test]
fn attribute_lists_are_for_nobody_to_read() {
    for (written, wanted) in [
        ("Chữ\n{: .nho #a style=\"x: {y}\"}\n\nx", None),
        ("Chữ\n{: .nho #a style=\"x\"}\n\nx", Some("<p>Chữ</p><p>x</p>")),
        ("Chữ *em*{: .x} nữa", Some("<p>Chữ <em>em</em> nữa</p>")),
        ("![a](a.jpg){: width=\"30\" .x}", Some("<figure><img src=\"a.jpg\" alt=\"a\"></figure>")),
        ("* Mục lục\n{:toc}\n\nx", Some("<p>x</p>")),
        ("1. TOC\n{:toc .x}\n\nx", Some("<p>x</p>")),
        ("{::options parse_block_html=\"true\" /}\n\nx", Some("<p>x</p>")),
        ("a {::nomarkdown}b{:/} c", Some("<p>a b c</p>")),
        ("> a\n{: .x}\n", Some("<blockquote><p>a</p></blockquote>")),
        ("* a\n^\n* b\n", Some("<ul><li><p>a</p></li><li><p>b</p></li></ul>")),
        ("a HTML\n\n*[HTML]: Ngôn ngữ", Some("<p>a HTML</p>")),
        ("{:x: .a .b}\n\na", Some("<p>a</p>")),
        ("Chữ\n{.nho data-x=\"1\"}\n\nx", Some("<p>Chữ</p><p>x</p>")),
        ("![a](a.jpg){.x #y}", Some("<figure><img src=\"a.jpg\" alt=\"a\"></figure>")),
        ("Chữ {.x}", Some("<p>Chữ</p>")),
        (
            "Chữ {x} và {:) {a.b} `{: .x}` \\{: .x}",
            Some("<p>Chữ {x} và {:) {a.b} <code>{: .x}</code> {: .x}</p>"),
        ),
    ] {
        if let Some(wanted) = wanted {
            assert_eq!(html(written, None), wanted, "{written}");
        }
    }
}

#[test]
fn the_id_of_a_heading_is_kept() {
    for (written, id) in [
        ("## Một {: #mot-x}", "mot-x"),
        ("## Một\n{: #mot-x .no_toc}", "mot-x"),
        ("## Một\n{:#mot-x}\n\nx", "mot-x"),
        ("Một\n---\n{: #mot-x}", "mot-x"),
        ("{: #mot-x}\n## Một", "mot-x"),
        ("## Một {#mot-x}", "mot-x"),
        ("## Một {#mot-x .c}", "mot-x"),
    ] {
        let out = html(written, Some(Generator::Jekyll));
        assert!(out.contains(&format!("{id}\">Một</h2>")), "{written}: {out}");
        assert!(!out.contains('{'), "{written}: {out}");
    }
    assert!(html("## Một\n{:.no_toc}\n", None).contains("<h2>Một</h2>"));
}

#[test]
fn the_text_before_its_mark_is_the_lede() {
    let lede = |text: &str, separator: Option<&str>| {
        let context = Context { separator, ..Context::default() };
        translate(text, &context, &mut FileDiagnostics::new(Path::new("a.md"))).lede
    };
    for mark in
        ["<!--more-->", "<!-- more -->", "<!-- MORE -->", "<!-- excerpt -->", "<!--endexcerpt-->"]
    {
        let text = format!("# Đầu\n\n![x](a.jpg)\n\nLũ *về* [sớm](/x/) {{: .y}}.\n{mark}\n\nHai.");
        assert_eq!(lede(&text, None).as_deref(), Some("Lũ về sớm ."), "{mark}");
    }
    assert_eq!(lede("Một.\n\n--hết--\n\nHai.", Some("--hết--")).as_deref(), Some("Một."));
    assert!(!told("`<!--more-->`\n\n    <!--more-->", None).0.is_empty());
    for none in ["`<!--more-->` x", "Không có.", "<!-- more of this -->", "<!--more-->\n\nHai."] {
        assert_eq!(lede(none, None), None, "{none}");
    }
}
