//! An edition that uses all that a publisher can write: every field of the front matter, every mark of Markdown,
//! every element that the press lets through, and HTML that is odd.

use std::sync::OnceLock;

use tests::{Paper, Result, WrittenEdition};

const SITE: &str = r##"
title = "The <Everything> & \"More\""
tagline = "All of it, <b>every</b> day"
language = "en"
timezone = "Europe/Lisbon"
base_url = "https://everything.example/"
page_size = 2

[banner]
image = "banner.svg"
alt = "The masthead of \"More\""

[embed]
element = "every-thing"
partners = ["https://school.example", "https://club.example"]
accent = "#9b1b1e"
referrer = true

[players]
frames = ["https://*.crumb.example"]

[[sections]]
slug = "news"
title = "News & <Notes>"

[[sections]]
slug = "tin"
title = "Tin"
language = "vi"

[[sections]]
slug = "empty"
title = "Nothing yet"
"##;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\" \
    viewBox=\"0 0 40 30\"><rect width=\"40\" height=\"30\" fill=\"teal\"/></svg>";

/// Front matter with every field.
const FULL: &str = r#"---
title: "Bread & <butter> cost \"more\""
date: 2026-11-02T07:30:00+00:00
updated: 2026-11-03T09:00:00+00:00
summary: "Five <b>bakers</b> & \"their\" prices."
authors: [Ada & Sons, "Rui <Reis>"]
source:
  name: "The <Crumb>"
  url: "https://crumb.example/?a=1&b=2"
tags: [bread, "salt & \"pepper\""]
image:
  src: loaf.svg
  alt: "A loaf, \"warm\""
  caption: "The <first> loaf"
  credit: "Photo: R & R"
corrected:
  note: "It cost 3 <euros>, not 30."
  date: 2026-11-03
aliases: [/old/bread/, /news/bread-of-old/]
---
"#;

/// Markdown and the elements that articles may bring, as they are meant.
const MEANT: &str = r##"
Opening with *emphasis*, **weight**, ~~what is gone~~, `code <tag>`, a footnote[^one], and again[^one].\
A hard break. <https://crumb.example/?a=1&b=2> and [a titled link](https://crumb.example/ "A \"title\"").

# A heading of the first level

## Prices {#prices}

### Prices

###### Deep down, with `code` and [a link](#prices)

Setext
------

> A quotation
>
> > in a quotation, with a footnote[^two].

- one
- two
  1. nested
  2. list

     with a paragraph

7. seven
8. eight

***

| Left | Centre | Right | Plain |
|:-----|:------:|------:|-------|
| a    | **b**  | `c`   | [d](/tin/second/) |
| e    |        | 3     | ![in a cell](loaf.svg) |

```rust
fn main() { println!("<p>&amp;</p>"); }
```

    indented code

![A loaf, alone](loaf.svg "The caption & <more>")

![One](loaf.svg) ![Two](oven.svg)

Text with ![a loaf](loaf.svg "a title") inside, [![a linked loaf](loaf.svg)](/tin/second/), and ![](oven.svg).

{{< figure src="oven.svg" alt="An oven" caption="From a shortcode" attr="R & R" >}}

[^one]: The first footnote, with [a link](/tin/second/).
[^two]: The second.

    Its second paragraph.

    - and a list
[^unused]: Nothing refers to this one.

<details>
<summary>Weights <b>and</b> measures</summary>

Inside, **Markdown** again.

</details>

<details open><summary>Open</summary><p>From the start</p></details>

<figure><img src="loaf.svg" alt="Loaf"><img src="oven.svg" alt="Oven" width="20" height="15"><figcaption>Two <small>Photo: R</small></figcaption></figure>

<figure><blockquote cite="https://crumb.example/"><p>Said</p></blockquote><figcaption><cite>Someone</cite></figcaption></figure>

<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>

<p><abbr title="with a &lt;!&gt; mark">abbr</abbr> <b>b</b> <i>i</i> <u>u</u> <s>s</s> <q cite="https://crumb.example/">q</q>
<cite>cite</cite> <code>code</code> <kbd>kbd</kbd> <samp>samp</samp> <var>var</var> <sub>sub</sub> <sup>sup</sup>
<mark>mark</mark> <small>small</small> <dfn title="d">dfn</dfn> <span lang="pt" dir="ltr">span</span>
<bdi>bdi</bdi> <bdo dir="rtl">bdo</bdo> <time datetime="2026-11-02">day</time> <time>12:30</time> long<wbr>word
<ins cite="https://crumb.example/" datetime="2026-11-02">ins</ins> <del datetime="2026-11-02T07:30Z">del</del>
<a href="https://crumb.example/" hreflang="pt" title="t" id="place">a</a> <a href="#place">there</a> and &lt;!&gt; as text</p>

<dl><dt>Rye</dt><dd>4</dd><dt>Wheat</dt><dt>Spelt</dt><dd>3<p>each</p></dd></dl>

<ol start="3" reversed type="a"><li value="9">nine</li><li>eight</li></ol>

<table>
<caption>Prices</caption>
<colgroup><col><col span="2"></colgroup>
<thead><tr><th>Bread</th><th abbr="Mon" scope="col">Monday</th><th colspan="1">Tuesday</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">Rye</th><td>4</td><td>4</td></tr><tr><td colspan="2">none</td></tr></tbody>
<tfoot><tr><td>sum</td><td>4</td><td>4</td></tr></tfoot>
</table>

<section><h4>A section</h4><p>Text</p><footer>Its foot</footer></section>
<aside><p>Aside</p></aside>
<address>5 Mill Lane<br>Lisbon</address>
<div class="center" dir="auto"><p class="right">Right</p></div>
<pre>two
lines</pre>
<hr>
"##;

/// HTML as it comes out of old archives and out of hands that know no better.
const ODD: &str = r##"
<center><font color="red">Red</font> <strike>struck</strike> <tt>tt</tt> <big>big</big></center>

<p>never closed <b>bold <i>crossed</b> over</i>

<p>a paragraph <p>in a paragraph <div>and a block <ul><li>with a list</ul></div>

<b><p>a paragraph in bold</p></b> <span><div>a block in a span</div></span> <em><h3>A heading in stress</h3></em>

<a href="/tin/second/">a link <a href="/news/">in a link</a></a> <a name="named">a name</a> <a href="javascript:alert(1)">no</a> <a href="">nowhere</a> <a href="http://[bad">bad address</a> <a href="https://crumb.example/a b|c{d}">blanks</a>

<li>an item alone</li>

<dt>a term alone</dt> <dd>and its text</dd>

<dl><p>text in a list</p><div><dt>grouped</dt><dd>terms</dd></div><dt>last, without text</dt></dl>

<ul>text in a list<p>a paragraph</p><ul><li>a list in a list</li></ul></ul> <ol></ol> <ul type="square"><li>squares</li></ul>

<ol start="x" type="q" reversed="no"><li value="three">c</li></ol>

<summary>a summary alone</summary> <details>no summary</details> <details><p>late</p><summary>summary</summary><summary>second</summary></details>

<figcaption>a caption alone</figcaption> <figure><figcaption>one</figcaption><p>x</p><figcaption>two</figcaption></figure> <figure></figure>

<rt>ruby alone</rt> <ruby>no text</ruby> <ruby><rb>base</rb><rtc><rt>text</rt></rtc></ruby>

<caption>a caption</caption> <td>a cell alone</td>

<table><tr><td colspan="0" rowspan="70000" width="9" bgcolor="red">a<td colspan="many">b<tr><th scope="all">c</table>

<table>text in a table<tr><td>x</table> <table></table> <table><caption>only</caption></table> <table><tr></tr></table>

<table><colgroup span="2"><col></colgroup><tbody></tbody><tr><td><table><tr><td>inner</td></tr></table></td></tr></table>

<time datetime="yesterday">yesterday</time> <time>some day</time> <ins datetime="soon">ins</ins> <del datetime="2026-13-45">del</del>

<p lang="not a language" dir="up" id="two words">odd values</p> <p lang="" dir="" id="" title="">empty values</p> <p id="twice">1</p><p id="twice">2</p>

<q cite="no address">q</q> <blockquote cite="javascript:x">b</blockquote> <p role="button" aria-label="x">role</p> <span aria-label="x">label</span>

<img src="loaf.svg"> <img src="loaf.svg" width="100%" height="-3" alt> <img src="https://crumb.example/a.png" alt="foreign">

<a href="https://crumb.example/"><img src="loaf.svg" alt="linked"></a> <a href="https://crumb.example/"></a> <h2></h2> <h3><br></h3> <h2>A <h3>heading</h3> in one</h2>

<h2><p>text</p></h2> <pre><p>p in pre</p><table><tr><td>x</table></pre> <p><table><tr><td>in p</table></p>

<address><h2>heading</h2><footer>f</footer></address> <footer><footer>in a footer</footer></footer> <dfn><dfn>in dfn</dfn></dfn>

<b><del><p>blocks in what is gone</p></del></b> <i><a href="/news/">words<p>and a block in a link</p></a></i> <summary><h2>a</h2></summary> <details><summary><h2>a</h2><ins><h3>b</h3></ins></summary></details>

<ruby>base<rt>text</rt>more</ruby> <ruby>one bracket<rp>(</rp><rt>text</rt></ruby> <bdo dir="auto">auto</bdo> <details aria-label="x">named</details>

<table><caption>a table<table><tr><td>in a caption</table></caption><tr><td>x</table> <table><tr><td rowspan="3">a<td>b<tr><tr><td>c</table>

<table><col><col><col><tr><td colspan="4">a<tr><td colspan=" 2">b<td colspan="2">c</table> <table><tr><td>a<td rowspan="2">b<tr><td colspan="2">c<td>d</table>

<time datetime="02-30">no day</time> <time datetime="07-02">a day of the year</time> <time>4h 18m</time> <ul><li value="3">no number</li></ul> <dl><div></div></dl>

<a href="/news/"><img src="loaf.svg" alt=""></a> <a href="no-such-place.md" aria-label="x">label</a> <a href="javascript:1" aria-label="x" hreflang="pt">no</a> <a href="http:/crumb.example">a slash</a> <a href="//">no host</a> <h3><img src="loaf.svg" alt=""></h3> <h3>&nbsp;</h3> <h3>3 loaves</h3> <img src="oven.svg" alt="" title="words of a title"> <img src="data:x" alt="gone">

<q cite="https://crumb.example:99999/">port</q> <a href="tel:+84 24 1234">+84 24 1234</a> blanks at the end  	

<button>press</button><form action="/"><input><select><option>x</select></form> <iframe src="https://crumb.example/"></iframe> <svg><title>t</title><circle r="3"/></svg> <math><mi>x</mi></math> <video controls src="v.mp4"></video>

<custom-element>custom</custom-element> <blink>blink</blink> <article>article</article> <main>main</main> <header>header</header> <nav>nav</nav> <hgroup><h2>h</h2><p>p</p></hgroup> <p><hr></p> <sub><ul><li>x</li></ul></sub>

&nosuch; &#0; &#x80; &#xFFFE; &copy &amp <!-- a comment --> <![CDATA[cdata]]> <?php echo 1 ?> <!> < > 1 < 2 & 3 <3

</div></section></p></table></b>
"##;

/// What plays, documents, and the numbers behind a picture.
const PLAYS: &str = r##"
https://youtu.be/aB1

[![A <loaf>](loaf.svg)](https://vimeo.com/7 "A \"film\"")

<p>Amid <iframe src="https://open.spotify.com/track/5" title="a & b"></iframe> words, in a <b>list</b>:</p>

- <iframe src="https://crumb.example/"></iframe>
- <audio src="news.mp3"></audio>

<table><tr><th><video src="film.mp4"></video></th><td><iframe src="https://x.com/a/status/1"></iframe></td></tr></table>

<dl><dt><audio src="news.mp3"></audio></dt><dd>https://youtu.be/aB2</dd></dl>

[The news & more](news.mp3)

1. [0:00] Flour
2. [1:02:03] Water <b>&</b> salt

<figure><video poster="loaf.svg" src="film.mp4"></video><figcaption>A film</figcaption></figure>

[The plan](plan.pdf)

<details><summary>More <iframe src="https://youtu.be/aB3"></iframe></summary><iframe src="https://maps.crumb.example/a"></iframe></details>

![A chart](loaf.svg "Loaves")
"##;

/// The edition, printed once for all tests.
pub(crate) fn paper() -> Result<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    if let Some(paper) = PAPER.get() {
        return Ok(paper);
    }
    let paper = write()?.print(None)?;
    Ok(PAPER.get_or_init(|| paper))
}

fn write() -> Result<WrittenEdition> {
    let edition = WrittenEdition::begin(SITE)?;
    edition.file("banner.svg", PICTURE)?;
    for folder in ["content/news/bread", "content/news/odd"] {
        edition.file(&format!("{folder}/loaf.svg"), PICTURE)?;
        edition.file(&format!("{folder}/oven.svg"), PICTURE)?;
    }
    edition.file("content/news/bread/index.md", [FULL, MEANT].concat())?;
    edition.article("news/odd/index", "title: Odd\ndate: 2026-11-04\n", ODD)?;
    edition.file("content/news/plays/loaf.svg", PICTURE)?;
    edition.file("content/news/plays/loaf.csv", "Year,Loaves\n2025,40\n2026,\"1,200\"\n")?;
    for file in ["news.mp3", "film.mp4", "plan.pdf"] {
        edition.file(&format!("content/news/plays/{file}"), "stands in for one")?;
    }
    edition.article("news/plays/index", "title: Plays\ndate: 2026-11-04\n", PLAYS)?;
    edition.article("news/bare", "title: '<>'\ndate: 2026-11-05\n", "")?;
    edition.article(
        "news/back",
        "title: Taken back\ndate: 2026-11-06\nsource: Somebody\nwithdrawn: 'Not so: <1> & \"2\"'\n",
        "Gone.\n",
    )?;
    edition.article(
        "tin/second",
        "title: Bài hai\ndate: 2026-11-07T05:00:00+07:00\nsource: Báo Bạn\nlanguage: en-GB\n",
        "Text[^a].\n\n[^a]: Note.\n",
    )?;
    edition.article("tin/third", "title: Bài ba\ndate: 2026-11-08\nlanguage: ar\n", "نص.\n")?;
    Ok(edition)
}
