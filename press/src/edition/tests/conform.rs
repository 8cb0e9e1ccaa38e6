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
        "<table>\n<caption>a</caption>\n<colgroup><col><col span=\"2\"></colgroup><thead><tr>\n<th scope=\"col\">b</th><td></td><td></td></tr></thead>\
         <tbody><tr><td colspan=\"2\" rowspan=\"2\"><p>c</p></td><td>d</td></tr><tr><td>e</td></tr></tbody>\
         <tfoot><tr><td rowspan=\"0\">f</td><td>g</td><td>h</td></tr></tfoot></table>",
        "<a href=\"https://a.vn/\" hreflang=\"en-GB\"><p>a</p></a><p><a id=\"c-a\"></a><ins datetime=\"2026-11-02\">b</ins></p>",
        "<section class=\"c-footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\"><ol><li id=\"fn-1\"><p>a</p></li></ol></section>",
        "<address>a<br>b</address><aside><footer>c</footer></aside><p lang=\"\" dir=\"auto\" title=\"\">d</p>",
        "<p><bdo dir=\"rtl\">a</bdo><time>2026</time><time datetime=\"2026-11-02T07:30+07:00\">b</time></p>",
        "<ol><li value=\"2\">a</li></ol><ruby><rb>漢</rb><rtc>kan</rtc><rp>(</rp><rt>a</rt><rp>)</rp></ruby>",
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
        ("<em>a <i><ul><li>b</li></ul></i></em>", "<em>a </em><ul><li><em><i>b</i></em></li></ul>"),
        ("<b><del><p>a</p></del>b</b>", "<del><p><b>a</b></p></del><b>b</b>"),
        ("<i><a href=\"/x\"><p>a</p></a></i>", "<a href=\"/x\"><p><i>a</i></p></a>"),
        ("<h2><div>Một</div><p>Hai</p></h2>", "<h2>Một<br>Hai</h2>"),
        ("<h2><div><h3>Ba</h3></div></h2>", "<h2>Ba</h2>"),
        // Parts without their whole.
        ("<li value=\"2\">a</li><dt>b</dt>", "<div>a</div><div>b</div>"),
        ("<li>a</li>", "<div>a</div>"),
        ("<p><rt>a</rt></p>", "<p>a</p>"),
        ("<figcaption>a</figcaption><summary>b</summary>", "<div>a</div><div>b</div>"),
        // Lists.
        (
            "<ul>a<li>b</li><ol><li>c</li></ol>\n</ul>",
            "<ul><li>a</li><li>b<ol><li>c</li></ol>\n</li></ul>",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ol>a<b>b</b><li>c</li></ol>", "<ol><li>a<b>b</b></li><li>c</li></ol>"),
        ("<ul><li value=\"2\">a</li></ul>", "<ul><li>a</li></ul>"),
        ("<dl><dt>a</dt><dd>b</dd><p>c</p></dl>", "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>"),
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
        (
            "<details><summary><h2>a</h2><h2>b</h2></summary></details>",
            "<details><summary>a<br>b</summary></details>",
        ),
        (
            "<address><details><summary><h2>a</h2></summary></details></address>",
            "<address><details><summary>a</summary></details></address>",
        ),
        (
            "<dl><div></div><div><dt>a</dt><dd>b</dd></div></dl>",
            "<div><div></div><div><div>a</div><div>b</div></div></div>",
        ),
        ("<details aria-label=\"a\">a</details>", "<div>a</div>"),
        ("<ruby>a</ruby>", "a"),
        ("<p><ruby>漢<rt>kan</rt>字</ruby></p>", "<p>漢kan字</p>"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", "漢(kan"),
        ("<ruby>漢<rp><b>(</b></rp><rt>kan</rt><rp>)</rp></ruby>", "漢<b>(</b>kan)"),
        (
            "<table><tfoot><tr><td>a</td></tr></tfoot><tbody><tr></tr><tr><td>b</td></tr></tbody></table>",
            "<table><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>a</td></tr></tfoot></table>",
        ),
        (
            "<table><caption>a<table><tbody><tr><td>b</td></tr></tbody></table></caption></table>",
            "<table><caption>a<br>b</caption></table>",
        ),
        // One inside of another of its kind.
        ("<dfn>a<dfn>b</dfn></dfn>", "<dfn>ab</dfn>"),
        ("<footer>a<footer>b</footer></footer>", "<footer>a<div>b</div></footer>"),
        (
            "<address><h2>a</h2><section>b</section></address>",
            "<address><div>a</div><div>b</div></address>",
        ),
        ("<a href=\"/a\"><pre>b</pre></a>", "<pre>b</pre>"),
        (
            "<a href=\"/a\"><details><summary>a</summary></details></a>",
            "<details><summary>a</summary></details>",
        ),
        // What says nothing, or is no more.
        ("<h2> <br></h2><p>a</p>", " <br><p>a</p>"),
        ("<h2><img src=\"a\" alt=\"\"></h2>", "<img src=\"a\" alt=\"\">"),
        ("<h2 id=\"x\"><b>\u{a0}</b></h2>", "<span id=\"x\"></span><b>\u{a0}</b>"),
        (
            "<h2><a href=\"#fn-1\" role=\"doc-noteref\">1</a></h2>",
            "<a href=\"#fn-1\" role=\"doc-noteref\">1</a>",
        ),
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
        "span aria-label=\"a\"",
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
        "4h 18m 3s",
        "02-29",
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
        "4h 5h",
        "02-30",
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
fn the_cells_of_a_table_fit_its_grid() {
    let table = |rows: &[&str]| {
        let rows: String = rows.iter().map(|cells| format!("<tr>{cells}</tr>")).collect();
        format!("<table><tbody>{rows}</tbody></table>")
    };
    for (odd, right) in [
        // Rows that are not there, and one that has no cell.
        (&["<td rowspan=\"70000\">a</td>"][..], &["<td>a</td>"][..]),
        (
            &["<td rowspan=\"3\">a</td><td>b</td>", "", "<td>c</td>", "<td>d</td>"],
            &["<td rowspan=\"2\">a</td><td>b</td>", "<td>c</td>", "<td>d</td>"],
        ),
        // Columns in which no cell begins.
        (
            &["<td colspan=\"3\">a</td>", "<td colspan=\"2\">b</td><td>c</td>"],
            &["<td colspan=\"2\">a</td>", "<td>b</td><td>c</td>"],
        ),
        (&["<td colspan=\"2\">a</td>"], &["<td>a</td>"]),
        // Cells that would cover each other.
        (
            &["<td>a</td><td rowspan=\"2\">b</td>", "<td colspan=\"2\">c</td><td>d</td>"],
            &["<td>a</td><td rowspan=\"2\">b</td>", "<td>c</td><td>d</td>"],
        ),
        // Numbers as browsers read them.
        (
            &["<td colspan=\" 2x\">a</td>", "<td>b</td><td>c</td>"],
            &["<td colspan=\"2\">a</td>", "<td>b</td><td>c</td>"],
        ),
    ] {
        assert_eq!(conform(&table(odd)), table(right));
        assert_eq!(conform(&table(right)), table(right));
    }
    let with = |columns: &str| {
        table(&["<td>a</td><td>b</td>"]).replace("<tbody>", &format!("{columns}<tbody>"))
    };
    for right in ["<colgroup><col><col></colgroup>", "<colgroup span=\"2\"></colgroup>"] {
        assert_eq!(conform(&with(right)), with(right));
    }
    for odd in ["<colgroup><col></colgroup>", "<colgroup span=\"3\"></colgroup>"] {
        assert_eq!(conform(&with(odd)), with(""));
    }
}

#[test]
fn tags_that_go_into_blocks_do_not_grow_without_a_limit() {
    let title = "x".repeat(1000);
    let around = format!("<b title=\"{title}\" id=\"c-a\">");
    let few = format!("{around}{}</b>", "<p>a</p>".repeat(100));
    assert_eq!(conform(&few).matches("<b ").count(), 100);
    let many = format!("{around}{}</b>", "<p>a</p>".repeat(10_000));
    let blocks = "<p>a</p>".repeat(10_000);
    assert_eq!(conform(&many), format!("<span id=\"c-a\"></span>{blocks}"));
}

#[test]
fn code_that_loses_a_block_keeps_its_first_line() {
    let odd = "<pre><p></p>\n a<table><tbody><tr><td>b</td></tr></tbody></table></pre>";
    let printed = conform(odd);
    assert_eq!(reparsed(&printed), printed);
    assert!(printed.contains("\n a"), "{printed}");
}
