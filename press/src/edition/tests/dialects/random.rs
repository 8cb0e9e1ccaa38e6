//! Random mixes of marks, words and code: nothing panics, nothing of a template is left, and the time grows with the
//! length of the text. `PROPTEST_CASES` says how many mixes are tried.

use proptest::prelude::*;

use super::html;
use crate::edition::config::Generator;
use crate::edition::fuzzing;

/// Marks and words that quote nothing.
const PLAIN: [&str; 52] = [
    "{{ so.ten }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "{",
    "}",
    "{% if a %}",
    "{% else %}",
    "{% endif %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% assign a = b %}",
    "{% capture c %}",
    "{% endcapture %}",
    "{{ c }}",
    "{% post_url 2026-01-02-a %}",
    "{{ site.url }}",
    "{% comment %}",
    "{% endcomment %}",
    "{% youtube a %}",
    "{% include figure.html src=a.jpg %}",
    "{% img a.jpg %}",
    "{{ f(a=1) }}",
    "{% f() %}",
    "{% end %}",
    "{: .a}",
    "{:toc}",
    "{::options /}",
    "{.a}",
    "[caption id=1]",
    "[/caption]",
    "![a](a.jpg)",
    "[gallery ids=1]",
    "[embed]https://a.example/b[/embed]",
    "[a](",
    ")",
    "[",
    "]",
    "https://a.example/x_y",
    "a@b.example",
    ":smile:",
    "# ",
    "* ",
    "\n",
    "\n\n",
    " chữ ",
    "|",
];
/// What quotes, and what opens tags.
const QUOTING: [&str; 26] = [
    "`",
    "```\n",
    "~~~",
    "    ",
    "\t",
    "\\",
    "&#123;",
    "<",
    ">",
    "<a href=\"",
    "<p>",
    "</div>",
    "<!--more-->",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight a %}",
    "{% endhighlight %}",
    "{{< highlight a >}}",
    "{{< /highlight >}}",
    "{{</* a */>}}",
    "\"",
    "'",
    "{{ \"{{\" }}",
    "{#",
    "#}",
    "\u{300}",
];

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(64),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn mix(scraps: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(scraps), 0..40).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_of_a_template_reaches_a_reader_unless_it_is_quoted(text in mix(PLAIN.to_vec())) {
        prop_assert_eq!(fuzzing::dialects(&text), None);
    }

    #[test]
    fn no_mix_of_marks_and_code_stops_the_press(text in mix([&PLAIN[..], &QUOTING[..]].concat())) {
        prop_assert_eq!(fuzzing::dialects(&text), None);
        fuzzing::html(&text);
    }
}

/// The time that this thread has had of a processor, in nanoseconds.
fn processor_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn the_time_grows_with_the_length_of_the_text() {
    let all = PLAIN.iter().chain(&QUOTING).map(|scrap| (*scrap).to_owned());
    let pairs = [
        "{{ \"",
        "{{ 'a",
        "[a]({{ x }}",
        "<a href=\"{{ x }}",
        "{% highlight a %}x",
        "[caption id=1]a",
        "[audio a=1][video a=1]",
        "![a](b c",
        "[gallery]\n",
        "{::comment}{:/}",
        "{::comment}",
        "{: .a",
        "{: .a {:}",
        "a{:}",
        "a[gallery ids=1]",
        "{{< a x=\"",
        "https://a)))))",
        "www.a.b.",
        "# a\n{: #b}\n",
        "- a\n  {% highlight a %}\n",
    ];
    for scrap in all.chain(pairs.map(String::from)) {
        // The least of three: the system counts in ticks, and adds those of its own work.
        let took = |length: usize| {
            let text = scrap.repeat(length / scrap.len());
            let once = |_| {
                let start = processor_time();
                fuzzing::dialects(&text);
                processor_time() - start
            };
            (0..3).map(once).min().unwrap()
        };
        let (short, long) = (took(2_000), took(16_000));
        // Eight times the text: eight times the time, with room for what caches and allocators do.
        assert!(long < short * 30 + 50_000_000, "{scrap:?}: {short} and {long} ns");
    }
}

#[test]
fn what_is_cut_out_makes_no_new_mark_of_its_neighbours() {
    for text in [
        "{% for a in b %}{{% post_url a %}{::options /}%}}",
        "{{{<{% for a in b %}%}",
        "{{% a %}{ b }}",
        "{{: .a}{ b }}",
        "{[gallery ids=1]{ b }}",
        "Chợ {: .{: .noi #cho}a #song}",
        "Chợ {: .a{: .b {: #c} .d} #e}",
        "*Chợ*{: .a {: .b}\n{:.c}#d\n}",
        "{: .a {::comment}b{:/} .c}",
        "[capt{: .a}ion id=1]b[/cap{:}tion]",
        "[capt[gallery ids=1]ion id=1]b[/cap[gallery ids=1]tion]",
        "[capt{{ x }}ion id=1]b[/cap{{ x }}tion]",
        "{[audio a=1]: .b}",
        "{: .a[gallery ids=1]b}",
        "{\u{0}{ b }}",
        "{\u{feff}% b %}",
    ] {
        assert_eq!(fuzzing::dialects(text), None, "{text}");
    }
}

#[test]
fn what_no_document_may_hold_makes_no_code_of_a_line() {
    for text in [
        "\u{b}\0\u{1}   Sông {{",
        "\u{b}\u{b}\u{b}\u{b}Sông {{",
        "Ghe\n\n\u{c} \u{c} \u{85} Chợ {{ noi",
        "\u{feff}\u{c}   Thuyền {{ noi",
        "* Ghe\n\n  \u{b}\u{b}\u{b}\u{b}\u{b}{{",
    ] {
        for generator in [None, Some(Generator::Jekyll)] {
            let printed = html(text, generator);
            assert!(!printed.contains("<code>"), "{text:?}: {printed}");
        }
        assert_eq!(fuzzing::dialects(text), None, "{text:?}");
    }
}

#[test]
fn code_is_quoted_too_where_a_character_that_goes_stands_in_its_marks() {
    for text in
        ["Sông\n\n  \0  {{ so }}", "~\u{1}~~\n{{ so }}\n~~~", "\u{7f} \u{7f} \u{7f} \u{7f} {{"]
    {
        assert!(html(text, None).contains("<code>"), "{text:?}");
        assert_eq!(fuzzing::dialects(text), None, "{text:?}");
    }
}

#[test]
fn two_braces_around_a_tag_that_goes_are_no_mark_of_a_template() {
    for text in ["Đò {{{<svg>{ sang", "{{ngang.:{{{<math>{{{ {{{", "Đò {{{<svg></svg>{ {{"] {
        assert_eq!(fuzzing::dialects(text), None, "{text:?}");
    }
    // Behind two braces it is a shortcode's, and quotes nothing.
    assert_eq!(html("Đò {{<svg>{{ sang", None), "<p>Đò svg&gt; sang</p>");
}
