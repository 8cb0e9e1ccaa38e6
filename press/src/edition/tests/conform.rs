//! Valid HTML: what is valid stays, what is not finds its place.

use crate::html::Tree;

fn conform(html: &str) -> String {
    super::conform(&Tree::parse(html)).to_html()
}

fn reparsed(html: &str) -> String {
    Tree::parse(html).to_html()
}

#[test]
fn what_is_valid_stays_as_it_is() {
    for good in [
        "<p>a <b>b <i>c</i></b> &lt;!&gt; <br>d<wbr>e</p>\n<hr>\n<pre>\n\na</pre>",
        "<ul>\n<li>a<ol start=\"3\" reversed=\"\" type=\"a\"><li value=\"-2\">b</li></ol></li>\n</ul>",
        "<dl><dt>a</dt><dt>b</dt><dd>c<p>d</p></dd></dl><dl><div><dt>a</dt><dd>b</dd></div></dl>",
        "<details open=\"\"><summary><h3>a</h3></summary><p>b</p></details>",
        "<figure><img src=\"a.jpg\" alt=\"a\"><figcaption>b <small>c</small></figcaption></figure>",
        "<figure><figcaption>a</figcaption>\n<blockquote cite=\"https://a.vn/\"><p>b</p></blockquote></figure>",
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>",
        "<table>\n<caption>a</caption>\n<colgroup><col><col span=\"2\"></colgroup><thead><tr>\n<th scope=\"col\">b</th></tr></thead>\
         <tbody><tr><td colspan=\"2\" rowspan=\"2\"><p>c</p></td></tr></tbody><tfoot><tr><td>d</td></tr></tfoot></table>",
        "<a href=\"https://a.vn/\" hreflang=\"en-GB\"><p>a</p></a><p><a id=\"c-a\"></a><ins datetime=\"2026-11-02\">b</ins></p>",
        "<section class=\"c-footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\"><ol><li id=\"fn-1\"><p>a</p></li></ol></section>",
        "<address>a<br>b</address><aside><footer>c</footer></aside><p lang=\"\" dir=\"auto\" title=\"\">d</p>",
        "<p><bdo dir=\"rtl\">a</bdo><time>2026</time><time datetime=\"2026-11-02T07:30+07:00\">b</time></p>",
    ] {
        assert_eq!(conform(good), good);
    }
}

#[test]
fn what_stands_in_the_wrong_place_is_moved_or_loses_its_tags() {
    for (odd, right) in [
        // Blocks where only text may stand.
        ("<h2><p>a</p></h2>", "<h2>a</h2>"),
        ("<h2>a<p>b</p>c</h2>", "<h2>a<br>b<br>c</h2>"),
        (
            "<pre><p>a</p><table><tbody><tr><td>b</td></tr></tbody></table></pre>",
            "<pre>a<br>b</pre>",
        ),
        ("<span>a<div>b</div>c</span>", "a<div>b</div>c"),
        ("<em><h3 id=\"x\">a</h3>\n</em>", "<h3 id=\"x\"><em>a</em></h3>\n"),
        (
            "<span id=\"x\" lang=\"en\">a<p>b</p></span>",
            "<span id=\"x\" lang=\"en\">a</span><p><span lang=\"en\">b</span></p>",
        ),
        ("<b><ul><li>a</li></ul></b>", "<ul><li><b>a</b></li></ul>"),
        ("<p><i><b>a</b></i></p>", "<p><i><b>a</b></i></p>"),
        // Parts without their whole.
        ("<li>a</li>", "<div>a</div>"),
        ("<p><rt>a</rt></p>", "<p>a</p>"),
        ("<figcaption>a</figcaption><summary>b</summary>", "<div>a</div><div>b</div>"),
        // Lists.
        (
            "<ul>a<li>b</li><ol><li>c</li></ol>\n</ul>",
            "<ul><li>a</li><li>b<ol><li>c</li></ol>\n</li></ul>",
        ),
        ("<dl><dd>a</dd></dl>", "<div><div>a</div></div>"),
        ("<dl><dt>a</dt><p>b</p></dl>", "<div><div>a</div><p>b</p></div>"),
        // Wholes whose parts are missing, too many, or in disorder.
        ("<details open=\"\">a</details>", "<div>a</div>"),
        (
            "<details><p>a</p><summary>b</summary><summary>c</summary></details>",
            "<details><summary>b</summary><p>a</p><div>c</div></details>",
        ),
        (
            "<figure>a<figcaption>b</figcaption>c<figcaption>d</figcaption></figure>",
            "<figure>ac<div>d</div><figcaption>b</figcaption></figure>",
        ),
        ("<ruby>a</ruby>", "a"),
        (
            "<table><tfoot><tr><td>a</td></tr></tfoot><tbody><tr></tr><tr><td>b</td></tr></tbody></table>",
            "<table><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>a</td></tr></tfoot></table>",
        ),
        // One inside of another of its kind.
        ("<dfn>a<dfn>b</dfn></dfn>", "<dfn>ab</dfn>"),
        ("<footer>a<footer>b</footer></footer>", "<footer>a<div>b</div></footer>"),
        (
            "<address><h2>a</h2><section>b</section></address>",
            "<address><div>a</div><div>b</div></address>",
        ),
        ("<a href=\"/a\"><pre>b</pre></a>", "<pre>b</pre>"),
        // What says nothing, or is no more.
        ("<h2> <br></h2><p>a</p>", " <br><p>a</p>"),
        ("<a href=\"https://a.vn/\" hreflang=\"vi\"></a>", ""),
        ("<strike>a</strike>", "<s>a</s>"),
        ("<time>soon</time><bdo>b</bdo>", "<span>soon</span>b"),
    ] {
        assert_eq!(conform(odd), right, "{odd}");
        assert_eq!(conform(right), right);
        assert_eq!(reparsed(right), right);
    }
}

#[test]
fn attributes_that_say_what_they_cannot_are_taken_out() {
    let row = |cells: &str| format!("<table><tbody><tr>{cells}</tr></tbody></table>");
    for wrong in ["colspan=\"0\"", "colspan=\"many\"", "rowspan=\"70000\""] {
        assert_eq!(conform(&row(&format!("<td {wrong}>a</td>"))), row("<td>a</td>"));
    }
    // A head says what it is the head of.
    assert_eq!(conform(&row("<th scope=\"all\">a</th>")), row("<th scope=\"col\">a</th>"));
    let right = "<th scope=\"row\">a</th><td>b</td>";
    assert_eq!(conform(&row("<th>a</th><td>b</td>")), row(right));
    for wrong in [
        "p lang=\"no such tag\"",
        "p dir=\"up\"",
        "p aria-label=\"a\"",
        "p role=\"doc-noteref\"",
        "ol start=\"x\"",
        "ol type=\"q\"",
        "ul type=\"square\"",
        "q cite=\"https://a.vn/a b\"",
        "ins datetime=\"soon\"",
        "del datetime=\"2026-13-45\"",
        "ins datetime=\"2026-11-02T07:30\"",
    ] {
        let name = wrong.split(' ').next().unwrap_or_default();
        let inside = if matches!(name, "ol" | "ul") { "<li>a</li>" } else { "a" };
        let right = format!("<{name}>{inside}</{name}>");
        assert_eq!(conform(&format!("<{wrong}>{inside}</{name}>")), right);
    }
    assert_eq!(conform("<ol reversed=\"no\"><li>a</li></ol>"), "<ol reversed=\"\"><li>a</li></ol>");
}

#[test]
fn dates_and_times_are_known_by_their_form() {
    for good in [
        "2026",
        "2026-11",
        "2026-11-02",
        "2026-W45",
        "07:30",
        "07:30:15.5",
        "P3D",
        "PT4H18M3S",
        "P1DT1S",
        "2026-11-02 07:30",
        "2026-11-02T07:30:00Z",
        "2026-11-02T07:30:00.123-0330",
    ] {
        let html = format!("<time datetime=\"{good}\">a</time>");
        assert_eq!(conform(&html), html);
    }
    for bad in [
        "",
        "0000",
        "26",
        "2026-13",
        "2026-02-30",
        "7:30",
        "25:00",
        "07:30.5",
        "P",
        "PT",
        "P3W",
        "2026-11-02T",
        "2026-11-02T07:30+7",
        "yesterday",
        "2026-W54",
    ] {
        assert_eq!(
            conform(&format!("<time datetime=\"{bad}\">a</time>")),
            "<span>a</span>",
            "{bad}"
        );
    }
}

#[test]
fn code_that_loses_a_block_keeps_its_first_line() {
    let odd = "<pre><p></p>\n a<table><tbody><tr><td>b</td></tr></tbody></table></pre>";
    let printed = conform(odd);
    assert_eq!(reparsed(&printed), printed);
    assert!(printed.contains("\n a"), "{printed}");
}
