//! Shortcodes of other generators: what becomes a figure, what is left out and said.

use std::path::Path;

use super::*;

fn run(body: &str) -> (String, Vec<usize>) {
    let mut diagnostics = FileDiagnostics::new(Path::new("a.md"));
    let exists = |src: &str| ["a.jpg", "https://a.vn/a.jpg"].contains(&src);
    let out = replace(body, 10, &mut diagnostics, exists);
    let lines = diagnostics.all.iter().filter_map(|p| p.line).collect();
    (out.unwrap_or_else(|| body.to_owned()), lines)
}

#[test]
fn a_pair_keeps_its_inner_text_and_warns_once() {
    let (out, lines) = run("a\n{{< box >}}*b*{{< /box >}}\n{{% note x=\"y\" %}}\nc\n{{% /note %}}");
    assert_eq!(out, "a\n*b*\n\nc\n");
    assert_eq!(lines, [11, 12]);
}

#[test]
fn every_dialect_is_known() {
    let (out, lines) =
        run("{{< youtube a >}}b{{ vimeo(id=\"1\") }}c{% gist 1 %}d{% raw %}e{% endraw %}");
    assert_eq!(out, "bcde");
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_figure_is_made_when_the_picture_exists() {
    let (out, lines) =
        run("x\n\n{{< figure src=\"a.jpg\" alt=\"A\" caption=\"**C** & d\" attr=\"E\" >}}\ny");
    assert_eq!(
        out,
        "x\n\n<figure><img src=\"a.jpg\" alt=\"A\"><figcaption>C &amp; d <small>E</small></figcaption></figure>\n\ny"
    );
    assert!(lines.is_empty());
    assert_eq!(run("x {{< img-right \"a.jpg\" >}} y").0, "x <img src=\"a.jpg\" alt=\"\"> y");
    assert_eq!(run("{% include figure.html src='a.jpg' %}").1.len(), 0);
    assert_eq!(run("{{< img src=\"b\" >}}"), (String::new(), vec![10]));
}

#[test]
fn code_is_never_touched() {
    let text = "`{{< a >}}` and\n\n```\n{{< b >}}\n```\n\n    {% c %}\n";
    assert_eq!(run(text), (text.to_owned(), vec![]));
    assert_eq!(run("{{< highlight >}}x{{< /highlight >}}").0, "x");
}

#[test]
fn what_only_looks_like_a_shortcode_stays() {
    for text in ["{{ price }}", "{{", "{{<", "{%", "{{ a | b }}", "{{}}", "{{<>}}", "{% %}", "{a}"]
    {
        assert_eq!(run(text), (text.to_owned(), vec![]), "{text}");
    }
    assert_eq!(run("{{</* figure x */>}}").0, "{{< figure x >}}");
}

#[test]
fn links_of_other_generators_keep_their_target() {
    assert_eq!(run("[a]({{< ref \"b.md\" >}})").0, "[a](b.md)");
    assert_eq!(run("[a]({{ \"/b/\" | relative_url }})").0, "[a](/b/)");
    assert_eq!(run("x{{< comment >}}hidden{{< /comment >}}y").0, "xy");
}
