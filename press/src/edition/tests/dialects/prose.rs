//! Bare addresses, names of emoji, lists of tasks and of definitions, and addresses with blanks.

use super::{html, run, told};

#[test]
fn a_bare_address_is_a_link_up_to_the_end_of_its_sentence() {
    for (written, address) in [
        ("https://dien.example/lich?phuong=3", "https://dien.example/lich?phuong=3"),
        ("http://dien.example", "http://dien.example"),
        ("https://a.example/_x_/*y*/~z", "https://a.example/_x_/*y*/~z"),
        ("https://a.example/x(y)", "https://a.example/x(y)"),
        ("https://a.example/phở#mục", "https://a.example/phở#mục"),
    ] {
        for (before, after) in [
            ("", ""),
            ("Xem ", "."),
            ("(", ")"),
            ("(xem ", ")."),
            ("“", "”"),
            ("«", "»"),
            ("", "…"),
            ("[", "]"),
            ("", ", rồi"),
            ("", "?!"),
            ("**", "**"),
            ("", " – nữa"),
            ("", "<br>"),
            ("* ", ";"),
        ] {
            let out = html(&format!("{before}{written}{after}"), None);
            assert!(
                out.contains(&format!("<a href=\"{address}\">{address}</a>")),
                "{before}{written}{after}: {out}"
            );
        }
    }
    assert_eq!(
        html("Xem www.dien.example/a_b, nhé", None),
        "<p>Xem <a href=\"http://www.dien.example/a_b\">www.dien.example/a_b</a>, nhé</p>"
    );
    assert_eq!(
        html("Thư về hoi.dap@dien.example.", None),
        "<p>Thư về <a href=\"mailto:hoi.dap@dien.example\">hoi.dap@dien.example</a>.</p>"
    );
    assert_eq!(
        html("|a|\n|-|\n|https://a.example/x|", None)
            .matches("<a href=\"https://a.example/x\">")
            .count(),
        1
    );
}

#[test]
fn an_address_that_is_one_already_stays_as_it_is() {
    for text in [
        "`https://a.example` <https://a.example> [https://a.example](/x/) ![https://a.example](a.jpg)",
        "<a href=\"https://a.example\">https://a.example</a> <a href='/x'>www.a.example</a>",
        "<div data-x=\"https://a.example\">\nhttps://a.example\n</div>",
        "    https://a.example\n\n```\na@b.example www.a.example :smile:\n```\n",
        "[a]: https://a.example/x\n",
        "[a](https://a.example/:smile:/b@c.example)",
        "a@b, @ten, x@, @x.example, xhttps://, https://, https:///x, www., www.x, ahttps://a.example",
        "`:smile:` 10:30:45 :khong-co: ::heart: a:smile:b :100a:",
    ] {
        assert_eq!(run(text), (text.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn the_name_of_an_emoji_is_its_sign() {
    assert_eq!(run("Vui :smile: :heart_eyes:! (:+1:)").0, "Vui 😄 😍! (👍)");
}

#[test]
fn a_task_says_whether_it_is_done() {
    assert_eq!(
        html("- [ ] Quét chợ\n- [x] Rửa cầu", None),
        "<ul><li><span role=\"img\" aria-label=\"Chưa xong\">☐</span> Quét chợ</li>\
         <li><span role=\"img\" aria-label=\"Đã xong\">☑</span> Rửa cầu</li></ul>"
    );
    assert_eq!(
        html("- [y] a\n- [](/x/)", None),
        "<ul><li>[y] a</li><li><a href=\"/x/\"></a></li></ul>"
    );
}

#[test]
fn a_list_of_definitions_is_one() {
    assert_eq!(
        html("Ghe\n: Thuyền nhỏ\n\nx", None),
        "<dl><dt>Ghe</dt><dd>Thuyền nhỏ</dd></dl><p>x</p>"
    );
}

#[test]
fn an_address_with_blanks_is_what_its_author_meant() {
    for (written, wanted) in [
        ("![a](cho noi.png)", "![a](<cho noi.png>)"),
        ("![a *b*](anh/cho noi.png \"Chợ nổi\")", "![a *b*](<anh/cho noi.png> \"Chợ nổi\")"),
        ("[b](lich hop (2).pdf 'x')", "[b](<lich hop (2).pdf> 'x')"),
        ("[b](../bai viet.md#muc)", "[b](<../bai viet.md#muc>)"),
        ("[b](/tin/bai viet/)", "[b](</tin/bai viet/>)"),
        ("[![a](a b.png)](/x/)", "[![a](<a b.png>)](/x/)"),
    ] {
        assert_eq!(run(written), (wanted.to_owned(), vec![]), "{written}");
    }
    for same in [
        "[1](xem phần sau)",
        "[b](a.pdf)",
        "[b](a.pdf \"x y\")",
        "[b](<a b.pdf>)",
        "`[b](a b.pdf)`",
        "![a](b\nc d)",
        "[b](a b.pdf",
        "[x](và/hoặc thế)",
    ] {
        assert_eq!(told(same, None), (same.to_owned(), vec![]), "{same}");
    }
}

#[test]
fn a_list_of_attributes_may_take_two_lines() {
    assert_eq!(
        html("[Sách](/s/){:\n.bia width=\"70\"} hay.", None),
        "<p><a href=\"/s/\">Sách</a> hay.</p>"
    );
    assert_eq!(html("Giờ {:\n8 giờ} họp", None), "<p>Giờ {:\n8 giờ} họp</p>");
}

#[test]
fn lists_of_attributes_in_and_behind_each_other_go_and_words_around_them_stay() {
    assert_eq!(html("*Đò*{: .to}{.dep} sang.", None), "<p><em>Đò</em> sang.</p>");
    assert_eq!(html("Đò {: .to {: #dep} .em} sang.", None), "<p>Đò  sang.</p>");
    assert_eq!(html("Đò {a {: .to} b} sang.", None), "<p>Đò {a  b} sang.</p>");
    assert_eq!(html("[Đò](/ben/do{: .to}ngang/)", None), "<p><a href=\"/ben/dongang/\">Đò</a></p>");
}

#[test]
fn a_comment_of_kramdown_is_not_shown() {
    assert_eq!(html("a {::comment}ẩn\n\n{: .x}{:/comment} b", None), "<p>a  b</p>");
    assert_eq!(html("{::comment}\nẩn\n{:/}\n\nb", None), "<p>b</p>");
    assert_eq!(
        html("`{::comment}a{:/comment}`", None),
        "<p><code>{::comment}a{:/comment}</code></p>"
    );
}
