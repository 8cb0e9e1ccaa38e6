//! Shortcodes and tags of other generators, with arguments that break out.

use super::Row;

pub(super) const SHORTCODES: &[Row] = &[
    ("figure_caption", "{{< figure src=\"dot.png\" caption=\"<script>RUN</script>\" >}}"),
    ("figure_caption_link", "{{< figure src=\"dot.png\" caption=\"[a](javascript:RUN)\" >}}"),
    ("figure_alt", "{{< figure src=\"dot.png\" alt='\" onload=\"RUN' >}}"),
    (
        "figure_credit",
        "{{< figure src=\"dot.png\" attr=\"</small><img src=broken.png onerror=RUN>\" >}}",
    ),
    ("figure_link", "{{< figure src=\"dot.png\" link=\"javascript:RUN\" >}}"),
    ("figure_class", "{{< figure src=\"dot.png\" class='\" onload=\"RUN' onload=\"RUN\" >}}"),
    ("figure_src", "{{< figure src=`dot.png?\" onload=\"RUN` >}}"),
    ("figure_foreign", "{{< figure src=`https://paper.example/a\" onerror=\"RUN` alt=\"b\" >}}"),
    ("figure_javascript", "{{< figure src=\"javascript:RUN\" >}}"),
    (
        "figure_entities",
        "{{< figure src=\"dot.png\" caption=\"&lt;script&gt;RUN&lt;/script&gt;\" >}}",
    ),
    ("image_of_liquid", "{% image dot.png alt='\" onload=\"RUN' %}"),
    ("image_of_tera", "{{ image(src=\"dot.png\", alt='\"><script>RUN</script>') }}"),
    (
        "include_of_jekyll",
        "{% include figure.html src=\"dot.png\" caption=\"<img src=broken.png onerror=RUN>\" %}",
    ),
    ("unknown_inner_text", "{{< box >}}<script>RUN</script>{{< /box >}}"),
    ("unknown_markdown", "{{% box %}}[a](javascript:RUN){{% /box %}}"),
    ("unknown_arguments", "{{< box \"<script>RUN</script>\" >}}"),
    ("escaped_shortcode", "{{</* <script>RUN</script> */>}}"),
    ("literal_of_liquid", "{{ \"<img src=broken.png onerror=RUN>\" | raw }}"),
    ("literal_joined", "<scr{{ \"ipt>RUN</scr\" | safe }}ipt>"),
    (
        "comment_joined",
        "<scr{{< comment >}}a{{< /comment >}}ipt>RUN</scr{{< comment >}}{{< /comment >}}ipt>",
    ),
    ("address_joined", "[a](java{{< x >}}script:RUN)"),
    ("ref", "[a]({{< ref \"javascript:RUN\" >}})"),
    ("relref_quote", "<a href=\"{{< relref `\" onclick=\"RUN` >}}\">a</a>"),
    ("handler_joined", "<p on{{< x >}}click=RUN>a</p>"),
    ("raw_of_liquid", "{% raw %}<script>RUN</script>{% endraw %}"),
    ("highlight", "{% highlight html %}</code></pre><script>RUN</script>{% endhighlight %}"),
    ("highlight_language", "{{< highlight `\"><script>RUN</script>` >}}a{{< /highlight >}}"),
    ("video", "{{< youtube `\"><script>RUN</script>` >}}"),
    (
        "caption_of_wordpress",
        "[caption id=\"\\\" onclick=RUN\"]<img src=dot.png onload=RUN> <script>RUN</script>[/caption]",
    ),
    ("embed_of_wordpress", "[embed]javascript:RUN[/embed]"),
    (
        "shortcode_in_attribute",
        "<p title=\"{{< figure src=`dot.png` alt=`\" onclick=RUN ` >}}\">a</p>",
    ),
    ("raw_html_of_hugo", "{{< rawhtml >}}<img src=broken.png onerror=RUN>{{< /rawhtml >}}"),
];
