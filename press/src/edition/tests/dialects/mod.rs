//! The marks of other generators: what becomes of them, what is left out and said.

use std::path::Path;

use super::*;
use crate::edition::body::{labels, markdown};

fn told(body: &str, generator: Option<Generator>) -> (String, Vec<usize>) {
    let mut diagnostics = FileDiagnostics::new(Path::new("a.md"));
    let exists = |src: &str| {
        ["a.jpg", "chợ.png", "/anh/b.png", "https://a.vn/a.jpg", "don.pdf"].contains(&src)
    };
    let value = |name: &str| (name == "title").then(|| "Chợ nổi".to_owned());
    let context = Context {
        generator,
        first_line: 10,
        site_title: "Báo Bến",
        site_address: "https://ben.example/bao/",
        exists: &exists,
        value: &value,
        ..Context::default()
    };
    let translated = translate(body, &context, &mut diagnostics);
    let lines = diagnostics.all.iter().filter_map(|p| p.line).collect();
    (translated.text, lines)
}

fn run(body: &str) -> (String, Vec<usize>) {
    told(body, None)
}

/// What readers get, without the breaks of lines between blocks.
fn html(body: &str, generator: Option<Generator>) -> String {
    let html = markdown::to_html(&told(body, generator).0, labels::of("vi")).html;
    html.replace("\n<", "<").trim().to_owned()
}

#[test]
fn a_pair_keeps_its_inner_text_and_warns_once() {
    let (out, lines) = run("a\n{{< box >}}*b*{{< /box >}}\n{{% note x=\"y\" %}}\nc\n{{% /note %}}");
    assert_eq!(out, "a\n*b*\n\nc\n");
    assert_eq!(lines, [11, 12]);
}

#[test]
fn a_film_becomes_a_link_and_what_nobody_knows_is_left_out() {
    let (out, lines) = run("{{< youtube aB-1 >}} {{ vimeo(id=\"1\") }} {% gist ha/1 %}");
    assert_eq!(
        out,
        "<a href=\"https://www.youtube.com/watch?v=aB-1\" class=\"player\">www.youtube.com/watch?v=aB-1</a> \
         <a href=\"https://vimeo.com/1\" class=\"player\">vimeo.com/1</a> \
         <a href=\"https://gist.github.com/ha/1\" class=\"player\">gist.github.com/ha/1</a>"
    );
    assert!(lines.is_empty());
    assert_eq!(run("a {{< youtube >}}{% subscribe %} b"), ("a  b".into(), vec![10, 10]));
}

#[test]
fn a_figure_is_made_when_the_picture_exists() {
    let (out, lines) =
        run("x\n\n{{< figure src=\"a.jpg\" alt=\"A\" caption=\"**C** & d\" attr=\"E\" >}}\ny");
    assert_eq!(
        out,
        "x\n\n<figure><img src=\"a.jpg\" alt=\"A\"><figcaption><strong>C</strong> &amp; d <small>E</small></figcaption></figure>\n\ny"
    );
    assert!(lines.is_empty());
    assert_eq!(run("x {{< img-right \"a.jpg\" >}} y").0, "x <img src=\"a.jpg\" alt=\"\"> y");
    assert_eq!(run("{% include figure.html src='a.jpg' %}").1.len(), 0);
    assert_eq!(run("{{< img src=\"b\" >}}"), (String::new(), vec![10]));
}

#[test]
fn words_for_those_who_do_not_see_a_picture_come_from_every_generator() {
    for written in [
        "{% image \"chợ.png\" \"Ghe, xuồng\" %}",
        "{% image \"chợ.png\", \"Ghe, xuồng\", \"(min-width: 30em) 50vw\" %}",
        "{% image 'chợ.png', alt='Ghe, xuồng' %}",
        "{% img left chợ.png 300 200 'Ghe, xuồng' %}",
        "{% picture lead chợ.png --alt Ghe, xuồng %}",
        "{% responsive_image path: chợ.png alt: \"Ghe, xuồng\" %}",
        "{% include image.html url='chợ.png' alt='Ghe, xuồng' %}",
        "{{ image(path=\"chợ.png\", alt=\"Ghe, xuồng\") }}",
        "{{< figure\n  src=\"chợ.png\"\n  alt=\"Ghe, xuồng\"\n>}}",
        "{{% img \"chợ.png\" \"Ghe, xuồng\" %}}",
    ] {
        let (out, lines) = run(written);
        assert_eq!(
            out.trim(),
            "<figure><img src=\"chợ.png\" alt=\"Ghe, xuồng\"></figure>",
            "{written}"
        );
        assert!(lines.is_empty(), "{written}");
    }
    let root =
        "{% include figure image_path=\"{{ site.baseurl }}/anh/b.png\" caption=\"[C](/c/)\" %}";
    assert_eq!(
        run(root).0.trim(),
        "<figure><img src=\"/anh/b.png\" alt=\"\"><figcaption><a href=\"/c/\">C</a></figcaption></figure>"
    );
    assert_eq!(run("![x]({{ resize_image(path=\"anh/b.png\", width=3) }})").0, "![x](/anh/b.png)");
}

#[test]
fn code_is_never_touched_where_the_generator_is_not_known() {
    let text = "`{{< a >}}` and\n\n```\n{{< b >}}\n```\n\n    {% c %}\n\n<pre>{{ d }}</pre>\n";
    assert_eq!(run(text), (text.to_owned(), vec![]));
}

#[test]
fn code_is_code_to_the_generator_that_is_known() {
    let text = "`{{< a >}}|{{ b }}|{% c %}|{{ d(e=1) }}`";
    let code = |generator| (told(text, Some(generator)).0, told(text, Some(generator)).1.len());
    assert_eq!(code(Generator::Hugo), ("`|{{ b }}|{% c %}|{{ d(e=1) }}`".into(), 1));
    assert_eq!(code(Generator::Zola), ("`{{< a >}}|{{ b }}|{% c %}|`".into(), 1));
    assert_eq!(code(Generator::Jekyll), ("`{{< a >}}|||`".into(), 3));
    assert_eq!(code(Generator::Eleventy), ("`{{< a >}}|||`".into(), 3));
}

#[test]
fn what_only_looks_like_a_mark_stays_and_half_of_one_goes() {
    for text in ["{a}", "{ {", "{ % x % }", "{<>}", "100 %}"] {
        assert_eq!(run(text), (text.to_owned(), vec![]), "{text}");
    }
    for (text, left) in [
        ("a {{ b", "a  b"),
        ("{{< b", " b"),
        ("{% b", " b"),
        ("{{}}", ""),
        ("{% %}", ""),
        ("{{ a {{ b }} c", " a  c"),
    ] {
        assert_eq!(
            run(text),
            (left.to_owned(), vec![10; 1 + usize::from(text.len() > 12)]),
            "{text}"
        );
    }
    assert_eq!(run("{{</* figure x */>}} {{</*a*/>}}").0, "{{< figure x >}} {{&lt;a>}}");
    assert_eq!(run("`{{%/* a */%}}`").0, "`{{% a %}}`");
    assert_eq!(
        told("{{/* a(b=1) */}} {%/* c() */%}", Some(Generator::Zola)).0,
        "{{ a(b=1) }} {% c() %}"
    );
}

#[test]
fn links_of_other_generators_keep_their_target() {
    for (written, address) in [
        ("{{< ref \"b.md\" >}}", "@ref/b.md"),
        ("{{< relref \"/tin/b.md#x\" >}}", "@ref//tin/b.md#x"),
        ("{{% ref path=\"b\" lang=\"en\" %}}", "@ref/b"),
        ("{{< ref \"#x\" >}}", "#x"),
        ("{% post_url 2026-02-03-mua-lu %}", "@ref/2026-02-03-mua-lu"),
        ("{% post_url 2026-02-03-mua-lu %}#nuoc", "@ref/2026-02-03-mua-lu#nuoc"),
        (
            "{{ site.baseurl }}{% link _posts/2026-02-03-mùa lũ.md %}",
            "@ref/_posts/2026-02-03-mùa%20lũ.md",
        ),
        ("{{ site.url }}{{ site.baseurl }}/tin/", "/tin/"),
        ("{{ '/tin/' | relative_url }}", "/tin/"),
        ("{{ \"/tin/\" | absolute_url }}", "/tin/"),
        ("{{ '/tin/' | prepend: site.baseurl }}", "/tin/"),
        ("{{ '/tin/' | url }}", "/tin/"),
        ("{{ './bai.md' | inputPathToUrl }}", "@ref/./bai.md"),
        ("{{ get_url(path=\"@/tin/bai.md\") }}", "@/tin/bai.md"),
        ("{{ get_url(path='/anh/') }}", "/anh/"),
        ("{{ site.url }}", "/"),
        ("{{< asset-static \"don.pdf\" >}}", "don.pdf"),
    ] {
        let (out, lines) = run(&format!("[a]({written})"));
        assert_eq!((out, lines), (format!("[a]({address})"), vec![]), "{written}");
        let (out, lines) = run(&format!("<a href=\"{written}\">a</a>\n\n[b]: {written}"));
        assert_eq!(out, format!("<a href=\"{address}\">a</a>\n\n[b]: {address}"), "{written}");
        assert!(lines.is_empty(), "{written}");
    }
    assert_eq!(run("x {% post_url mua-lu %} y").0, "x [mua-lu](@ref/mua-lu) y");
    assert_eq!(run("x{{< comment >}}hidden{{< /comment >}}y").0, "xy");
}

#[test]
fn what_has_no_value_here_never_reaches_a_reader() {
    let text = "{% assign so = site.data.ban | first %}\n\nBản {{ so.ten }} đã có.\n\n* <{{ so.tep.zip }}>\n\n\
        \x20     SIZE: {{ so.co.zip }}\n\nXem [tất *cả*]({{ so.nhat_ky }}/x \"t\"), ![ảnh]({{ so.anh }}) \
        <a href=\"https://a.example/{{ so.x }}\">b</a>.\n";
    let (out, lines) = told(text, Some(Generator::Jekyll));
    assert_eq!(out, "\n\nBản  đã có.\n\n* \n\n      SIZE: \n\nXem tất *cả*,  <a >b</a>.\n");
    assert_eq!(lines, [10, 12, 14, 16, 18, 18, 18]);
    // Where no generator is known, code is what it is.
    let (out, lines) = run(text);
    assert!(out.contains("      SIZE: {{ so.co.zip }}\n"));
    assert_eq!(lines, [10, 12, 14, 18, 18, 18]);
}

#[test]
fn what_is_known_is_said_and_what_is_set_is_used() {
    let said = |text: &str| told(text, Some(Generator::Jekyll));
    assert_eq!(
        said("{{ site.title }}: {{ page.title | upcase }}"),
        ("Báo Bến: CHỢ NỔI".into(), vec![])
    );
    assert_eq!(said("{% assign x = \"ba\" %}{{ x }} {{ x | upcase }}"), ("ba BA".into(), vec![]));
    assert_eq!(
        said("{% capture x %}*a* b{% endcapture %}<p>{{ x | markdownify }}</p>").0,
        "<p>*a* b</p>"
    );
    assert_eq!(
        told("{{ title }} {% set y = 'z' %}{{ y }}", Some(Generator::Eleventy)).0,
        "Chợ nổi z"
    );
    assert_eq!(
        run("Ở {{ site.url }} và {{< param title >}}").0,
        "Ở <https://ben.example/bao> và Chợ nổi"
    );
}

#[test]
fn loops_are_left_out_and_of_branches_the_first_is_kept() {
    let (out, lines) =
        run("a\n{% for p in site.posts %}\n* [{{ p.title }}]({{ p.url }})\n{% endfor %}\nb");
    assert_eq!((out.as_str(), lines), ("a\n\nb", vec![11]));
    let (out, lines) = run("a{% if x %}b{% elsif y %}c{{ z }}{% else %}d{% endif %}e");
    assert_eq!((out.as_str(), lines), ("abe", vec![10]));
    let (out, _) = run("{% case x %}{% when 1 %}a{% when 2 %}b{% endcase %}c");
    assert_eq!(out, "ac");
    assert_eq!(run("{% for x in y %}a").0, "a");
}

mod blocks;
mod exported;
mod prose;
mod random;
