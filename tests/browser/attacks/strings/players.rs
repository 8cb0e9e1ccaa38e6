//! What plays, and what only looks like it: every form that becomes a card.

use super::Row;

pub(super) const PLAYERS: &[Row] = &[
    ("frame", "<iframe src=LOAD onload=RUN></iframe>"),
    ("frame_srcdoc", "<iframe srcdoc=\"<script>RUN</script><img src=LOAD>\"></iframe>"),
    ("frame_javascript", "<iframe src=\"javascript:RUN\"></iframe>"),
    ("frame_javascript_spelt", "<iframe src=\" java\nscript&colon;RUN\"></iframe>"),
    ("frame_data", "<iframe src=\"data:text/html,<script>RUN</script>\"></iframe>"),
    ("frame_late", "<iframe data-src=\"javascript:RUN\" src=\"about:blank\"></iframe>"),
    ("frame_own_page", "<iframe src=\"/tin/than-1/\" onload=RUN></iframe>"),
    ("frame_inside", "<iframe><img src=broken.png onerror=RUN></iframe>"),
    (
        "frame_closed",
        "<iframe title=\"</iframe><img src=broken.png onerror=RUN>\" src=https://youtu.be/a></iframe>",
    ),
    ("frame_title", "<iframe title='\"><script>RUN</script>' src=https://youtu.be/a></iframe>"),
    ("frame_id", "<iframe src='https://www.youtube.com/embed/a\"onload=RUN&#x20;x=\"'></iframe>"),
    ("frame_allowed", "<iframe src='https://frames.example/\" onload=\"RUN'></iframe>"),
    ("frame_of_host", "<iframe src='https://www.youtube.com@evil.example/embed/a'></iframe>"),
    (
        "film",
        "<div><video src=LOAD poster=\"//evil.example/NAME.png\" onerror=RUN onloadstart=RUN autoplay></video></div>",
    ),
    ("film_source", "<div><video><source src=LOAD onerror=RUN></video></div>"),
    ("film_source_javascript", "<div><video><source src=\"javascript:RUN\"></video></div>"),
    ("film_poster", "<div><video src=broken.png poster=\"javascript:RUN\"></video></div>"),
    (
        "film_inside",
        "<div><video><img src=broken.png onerror=RUN><script>RUN</script></video></div>",
    ),
    (
        "film_size",
        "<div><video width='1\" onclick=\"RUN' height=1 src=https://youtu.be/a></video></div>",
    ),
    ("sound", "<div><audio src=LOAD autoplay onplay=RUN onerror=RUN></audio></div>"),
    (
        "sound_track",
        "<div><audio src=a.mp3><track kind=chapters default src=LOAD onload=RUN></audio></div>",
    ),
    (
        "sound_data",
        "<div><audio autoplay src=\"data:audio/wav;base64,AAAA\" onerror=RUN></audio></div>",
    ),
    ("object_data", "<div><object data=LOAD onload=RUN onerror=RUN></object></div>"),
    ("object_html", "<div><object type=text/html data=\"javascript:RUN\"></object></div>"),
    ("object_movie", "<div><object><param name=movie value=\"javascript:RUN\"></object></div>"),
    ("embed_src", "<div><embed src=LOAD onload=RUN></div>"),
    ("embed_javascript", "<div><embed src=\"javascript:RUN\" type=text/html></div>"),
    (
        "frame_in_svg",
        "<div><svg><foreignObject><iframe src=\"javascript:RUN\"></iframe></foreignObject></svg></div>",
    ),
    (
        "frame_in_template",
        "<div><template><iframe src=javascript:RUN></iframe></template><video></video></div>",
    ),
    ("frame_in_noscript", "<div><noscript><iframe src=javascript:RUN></iframe></noscript></div>"),
    (
        "frame_in_select",
        "<div><select><iframe src=javascript:RUN></iframe></select><audio></audio></div>",
    ),
    (
        "frame_in_style",
        "<div><style><iframe src=x></style><img src=broken.png onerror=RUN><video></video></div>",
    ),
    (
        "frame_in_math",
        "<div><math><mtext><style><video src=x></video></style><img src=broken.png onerror=RUN></mtext></math></div>",
    ),
    ("card", "<div class=\"c-player\" data-player=\"LOAD\"><a href=\"javascript:RUN\">a</a></div>"),
    ("card_of_author", "<a class=\"player player-iframe\" href=\"javascript:RUN\">a</a>"),
    ("card_title", "<a class=player href=https://youtu.be/a title='<img src=x onerror=RUN>'>a</a>"),
    ("card_size", "<a class='player size-1x1\" onclick=\"RUN' href=https://youtu.be/a>a</a>"),
    ("card_poster", "[![a](dot.png)](https://youtu.be/a\\\" onclick=\\\"RUN)"),
    (
        "card_poster_handler",
        "<a class=player href=https://youtu.be/a><img src=dot.png onload=RUN></a>",
    ),
    ("shortcode_video", "{{< youtube id=\"a\" title=\"<script>RUN</script>\" >}}"),
    ("shortcode_video_id", "{{< youtube id=\"a\\\" onload=\\\"RUN\" >}}"),
    ("shortcode_audio", "[audio src=\"javascript:RUN\"]"),
    ("shortcode_embed", "[embed]https://youtu.be/a\"onmouseover=\"RUN[/embed]"),
    ("alone", "https://www.youtube.com/watch?v=a\"><script>RUN</script>"),
    ("alone_in_div", "<div>https://www.youtube.com/watch?v=a&quot;onclick=RUN</div>"),
    ("alone_facebook", "https://www.facebook.com/plugins/video.php?href=javascript%3ARUN"),
    ("alone_soundcloud", "https://w.soundcloud.com/player/?url=javascript%3ARUN"),
    ("picture_that_plays", "![<img src=x onerror=RUN>](javascript:RUN.mp4)"),
    (
        "chapters",
        "- [0:00] <img src=broken.png onerror=RUN>\n- [0:01] <a href=javascript:RUN>b</a>",
    ),
    ("document", "[a](LOAD.pdf)"),
];
