//! Blocks whose text is shown as it is written.

use super::{html, run, told};
use crate::edition::config::Generator;

#[test]
fn a_highlighted_block_is_code_with_its_text_unchanged() {
    let text = "# mực nước\ncurl https://a.example | grep '_x_' <b>đậm</b> *\n    if [ \"$a\" ]; then\n\n{{ x }}\n";
    let code = "# mực nước\ncurl https://a.example | grep '_x_' &lt;b&gt;đậm&lt;/b&gt; *\n    if [ &quot;$a&quot; ]; then\n\n{{ x }}";
    for (open, close) in [
        ("{% highlight sh linenos %}", "{% endhighlight %}"),
        ("{%- highlight \"sh\" -%}", "{%- endhighlight -%}"),
        ("{{< highlight sh \"linenos=table,hl_lines=2\" >}}", "{{< /highlight >}}"),
        ("{{% highlight sh %}}", "{{% / highlight %}}"),
        ("{{< code lang=\"sh\" file=\"a.sh\" >}}", "{{</ code >}}"),
        ("{% codeblock lang:sh Tên tệp %}", "{% endcodeblock %}"),
        ("{% highlight(lang=\"sh\") %}", "{% end %}"),
    ] {
        for generator in [
            None,
            Some(Generator::Jekyll),
            Some(Generator::Hugo),
            Some(Generator::Zola),
            Some(Generator::Eleventy),
        ] {
            let written = format!("Lệnh:\n{open}\n{text}{close}\nXong.");
            assert_eq!(
                html(&written, generator),
                format!(
                    "<p>Lệnh:</p><pre><code class=\"language-sh\">{code}</code></pre><p>Xong.</p>"
                ),
                "{open} {generator:?}"
            );
            assert_eq!(told(&written, generator).1, Vec::<usize>::new(), "{open} {generator:?}");
        }
    }
}

#[test]
fn a_block_in_a_list_stays_in_its_item() {
    let wanted = "<ol><li><p>Một</p><pre><code class=\"language-js\">a\n  b</code></pre></li><li><p>Hai</p></li></ol>";
    for block in [
        "    {% highlight js %}\n    a\n      b\n    {% endhighlight %}",
        "   {% highlight js %}\na\n  b\n{% endhighlight %}",
    ] {
        assert_eq!(html(&format!("1. Một\n\n{block}\n\n2. Hai"), None), wanted, "{block}");
    }
    assert_eq!(
        html("> Trích\n>\n> {% highlight js %}\n> a\n> {% endhighlight %}", None),
        "<blockquote><p>Trích</p><pre><code class=\"language-js\">a</code></pre></blockquote>"
    );
}

#[test]
fn code_that_holds_fences_gets_longer_ones() {
    let text = "{% highlight md %}\n````\n```\n{% endhighlight %}\n\n*a*";
    assert_eq!(run(text).0, "`````md\n````\n```\n`````\n\n*a*");
    assert_eq!(
        run("x {{< highlight go \"hl_inline=true\" >}}a`b{{< /highlight >}}").0,
        "x `` a`b ``"
    );
    assert_eq!(
        run("{{< highlight html >}}<b>x</b>{{< /highlight >}}").0.trim(),
        "```html\n<b>x</b>\n```"
    );
}

#[test]
fn what_is_raw_loses_its_marks_and_nothing_else() {
    let inner = "{{ page.title }} {% if a %} {{< x >}}";
    for (open, close) in [
        ("{% raw %}", "{% endraw %}"),
        ("{%- raw -%}", "{%- endraw -%}"),
        ("{% verbatim %}", "{% endverbatim %}"),
    ] {
        assert_eq!(run(&format!("a {open}{inner}{close} b")), (format!("a {inner} b"), vec![]));
        assert_eq!(
            run(&format!("{open}\n```\n{inner}\n```\n{close}\n")).0,
            format!("\n```\n{inner}\n```\n\n")
        );
        assert_eq!(
            run(&format!("```\n{open}{inner}{close}\n```\n")).0,
            format!("```\n{inner}\n```\n")
        );
        assert_eq!(run(&format!("`{open}{inner}{close}`")).0, format!("`{inner}`"));
    }
    assert_eq!(run("{{ \"{{\" }} a }} {{ '{% b %}' }}"), ("{{ a }} {% b %}".into(), vec![]));
    assert_eq!(told("`{{ '{{' }} a }}`", Some(Generator::Jekyll)).0, "`{{ a }}`");
    // Without an end it is a mark like any other.
    assert_eq!(run("{% raw %}a").0, "a");
}

#[test]
fn a_comment_is_for_nobody_but_its_author() {
    for text in [
        "a{% comment %}b {{ c }}{% endcomment %}d",
        "a{{% comment %}}b{{% /comment %}}d",
        "a{{< comment >}}\n```\n{{< /comment >}}d",
    ] {
        assert_eq!(run(text), ("ad".into(), vec![]), "{text}");
    }
    assert_eq!(told("a{# b {{ c }} #}d", Some(Generator::Eleventy)), ("ad".into(), vec![]));
    assert_eq!(run("# A {#b}").0, "# A {#b}");
}

#[test]
fn a_block_is_only_a_block_outside_of_code() {
    let text = "```\n{% highlight js %}\na\n{% endhighlight %}\n```\n";
    assert_eq!(run(text), (text.to_owned(), vec![]));
    assert_eq!(told(text, Some(Generator::Hugo)).0, text);
    assert!(!told(text, Some(Generator::Jekyll)).0.contains("{%"));
    let span = "`{% highlight js %}` x `{% endhighlight %}`";
    assert_eq!(run(span), (span.to_owned(), vec![]));
}
