//! SVG pictures: what is taken out, and what must stay.

use super::*;

fn svg(content: &str) -> String {
    let start =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    let bytes = sanitize(format!("{start}>{content}</svg>").as_bytes()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    // What comes out goes in again and stays the same: nothing hides from a second look.
    assert_eq!(sanitize(text.as_bytes()).unwrap(), text.as_bytes(), "{content}");
    let inner = text.strip_prefix("<svg xmlns=\"http://www.w3.org/2000/svg\"").unwrap();
    inner.strip_prefix('>').and_then(|it| it.strip_suffix("</svg>")).unwrap_or_default().to_owned()
}

#[test]
fn nothing_that_runs_is_left() {
    for bad in [
        "<script>alert(1)</script>",
        "<script xlink:href='http://e.vn/x.js'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<p xmlns='http://www.w3.org/1999/xhtml'><g xmlns='http://www.w3.org/2000/svg'/></p>",
        "<iframe src='x'/><video/><handler>x</handler><listener/>",
        "<?xml-stylesheet href='http://e.vn/x.css'?><!-- c --><metadata><g/></metadata>",
        "<animate attributeName='href' to='javascript:x'/><set attributeName=' xlink:href ' to='#'/>",
        "<set attributeName='onclick' to='x'/><animate attributeName='style' values='x'/>",
        "<animate attributeName='attributeName' to='href'/><set attributeName='class' to='x'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>x</x:script>",
    ] {
        assert_eq!(svg(bad), "", "{bad}");
    }
    assert_eq!(svg("<g onload='a()' onclick='b' ONCLICK='c' xmlns:ev='e' ev:event='d'/>"), "<g/>");
    for link in ["javascript:x", "http://e.vn/", "/tin/", "#x", "data:text/html,x"] {
        assert_eq!(svg(&format!("<a href='{link}' xlink:href='{link}'>k</a>")), "<a>k</a>");
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for target in [
        "http://e.vn/a.svg#x",
        "//e.vn/a",
        "/a.svg#x",
        "a.png",
        "?x",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html;base64,AAAA",
        "data:image/png,x",
        "javascript:x",
        "blob:x",
        "",
    ] {
        for element in ["use", "image", "feImage", "pattern", "textPath", "linearGradient"] {
            let text =
                svg(&format!("<{element} href='{target}'/><{element} xlink:href='{target}'/>"));
            assert_eq!(text, format!("<{element}/><{element}/>"), "{target}");
        }
        let written = format!("url({target})");
        for css in [written.clone(), written.to_uppercase(), format!("url( '{target}' )")] {
            let text = svg(&format!(
                "<g fill=\"{css}\" style=\"fill:{css}\"/><style>a{{fill:{css}}}</style>"
            ));
            assert_eq!(text, "<g fill=\"none\" style=\"fill:none\"/><style>a{fill:none}</style>");
        }
    }
}

#[test]
fn css_cannot_hide_what_it_loads() {
    for (css, left) in [
        ("@import url(http://e.vn/?a;b); .a{fill:red}", "  .a{fill:red}"),
        ("@IMPORT 'http://e.vn'; b{}", "  b{}"),
        ("@/**/import 'http://e.vn';b{}", " b{}"),
        ("@im<g/>port 'x';b{}", " b{}"),
        ("@namespace a url(x);@charset 'x';", "  "),
        ("a{b:image-set('http://e.vn' 1x) c}", "a{b:none c}"),
        ("a{b:-webkit-image-set('x' 1x, (')') 2x)}", "a{b:none}"),
        ("a{b:src('x')}c{d:image('x')}", "a{b:none}c{d:none}"),
        ("a{b:ur@x;l(http://e.vn)}", "a{b:ur none}"),
        ("a{b:ur/**/l(http://e.vn)}", "a{b:ur none}"),
        ("a{b:u\\72l(http://e.vn)}", ""),
        ("@\\69mport 'x';", ""),
        ("a{b:'x\n' url(http://e.vn) '", "a{b:'x\n' url(http://e.vn) '"),
        ("a{b:\"/*\" url(x)}", "a{b:\"/*\" none}"),
        ("/* ' */ a{b:url(x)} /* ' */", "  a{b:none}  "),
        ("a{b:expression(alert(1))}", "a{b:none}"),
        ("<![CDATA[a > b{c:url(x)}]]>", "a > b{c:none}"),
        ("@font-face{src:url(x.woff)}", "@font-face{src:none}"),
        ("a{b:url(x", "a{b:none"),
    ] {
        let text = svg(&format!("<style>{}</style>", css.replace('\n', "&#10;")));
        let text = text.replace("&quot;", "\"").replace("&gt;", ">");
        let inner = text.strip_prefix("<style>").and_then(|it| it.strip_suffix("</style>"));
        assert_eq!(inner.unwrap_or_default(), left, "{css}");
    }
    // A line break ends a string, the space that it becomes does not.
    let text = svg("<g style=\"a:'x&#10;' url(http://e.vn) '\"/>");
    assert_eq!(text, "<g style=\"a:'x ' none '\"/>");
    // What stands in a style sheet beside text is no style sheet.
    assert_eq!(svg("<style><g/>@import 'x';<g>@import 'y';</g></style>"), "<style> </style>");
    assert_eq!(svg("<style>a<style>b</style>@import 'x';</style>"), "<style>a </style>");
}

#[test]
fn what_draws_stays_as_it_is() {
    for good in [
        "<text x=\"1\">Đường <tspan>về</tspan><tspan>nhà</tspan> &amp; phố  xưa\n</text>",
        "<text xml:space=\"preserve\">a  b</text><title>Tên</title><desc>x (y)</desc>",
        "<linearGradient id=\"g\" gradientTransform=\"rotate(45)\"><stop offset=\"0\" stop-color=\"rgb(1,2,3)\"/></linearGradient>",
        "<rect fill=\"url(#g)\" filter=\"url(#hình)\" style=\"fill:url(#g);stroke:#fff\" transform=\"translate(1 2) scale(2)\"/>",
        "<g id=\"Layer_(1)\" class=\"st0\" aria-label=\"a(b)\"><use href=\"#Layer_(1)\"/></g>",
        "<style type=\"text/css\">.st0{fill:#123456} @media (prefers-color-scheme: dark){.st0{fill:hsl(1 2% 3%)}}</style>",
        "<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"1\"/>",
        "<style>@font-face{font-family:x;src:url(data:font/woff2;base64,d09GMg==) format('woff2')}</style>",
        "<animate attributeName=\"fill\" values=\"red;blue\" dur=\"1s\"/><path d=\"M0,0 L1 1z\"/>",
        "<switch><g/></switch><textPath href=\"#p\">x</textPath><path style=\"transform:rotate(1deg)\"/>",
    ] {
        assert_eq!(svg(good), good);
    }
    // A part is no picture: a browser would load the whole file again for it.
    assert_eq!(svg("<image href='#a'/><feImage href='#a'/>"), "<image/><feImage href=\"#a\"/>");
    assert_eq!(svg("<switch><foreignObject/><g/></switch>"), "<switch><g/></switch>");
    assert_eq!(
        svg("<use xlink:href='#a'/><use xlink:href='#b' href='#a'/>"),
        "<use href=\"#a\"/><use href=\"#a\"/>"
    );
    assert_eq!(
        svg("<image xlink:href='data:image/jpeg;base64,AA\nAA BB'/>"),
        "<image href=\"data:image/jpeg;base64,AAAABB\"/>"
    );
}

#[test]
fn every_way_to_write_svg_is_read() {
    let read = |bytes: &[u8]| String::from_utf8(sanitize(bytes).unwrap()).unwrap();
    let empty = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";
    assert_eq!(read(b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/></s:svg>"), empty);
    assert_eq!(read(b"<svg><g/></svg>"), empty);
    let html = "<svg:svg xmlns:svg='http://www.w3.org/2000/svg' xmlns='http://www.w3.org/1999/xhtml'>\
        <svg:g/><script>x</script></svg:svg>";
    assert_eq!(read(html.as_bytes()), empty);
    let doctype = "<?xml version='1.0' encoding='utf-8'?><?xml-stylesheet href='x'?>\
        <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' \
        [<!ENTITY ns 'http://www.w3.org/2000/svg'><!ENTITY bad '<script>x</script>'>]>\
        <svg xmlns='&ns;'><g/>&bad;</svg>";
    assert_eq!(read(doctype.as_bytes()), empty);
    assert_eq!(read(&[b"\xef\xbb\xbf", empty.as_bytes()].concat()), empty);
    let text = empty.replace("<g/>", "<text>Đường</text>");
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    assert_eq!(read(&[0xff, 0xfe].into_iter().chain(wide).collect::<Vec<_>>()), text);
}

#[test]
fn what_is_no_picture_is_refused() {
    let root = "<svg xmlns='http://www.w3.org/2000/svg'>";
    let laughs: String = (1..10)
        .map(|i| format!("<!ENTITY a{i} '{}'>", format!("&a{};", i - 1).repeat(10)))
        .collect();
    let long = "x".repeat(9_000);
    for bad in [
        String::new(),
        "hello".into(),
        "\u{1f}\u{8b}gzip".into(),
        format!("{root}<g></svg>"),
        format!("{root}<text>&nothing;</text></svg>"),
        "<html xmlns='http://www.w3.org/1999/xhtml'><svg xmlns='http://www.w3.org/2000/svg'/></html>".into(),
        "<g xmlns='http://www.w3.org/2000/svg'/>".into(),
        "<svg xmlns='http://www.w3.org/1999/xhtml'><script>x</script></svg>".into(),
        format!("{root}{}{}</svg>", "<g>".repeat(50_000), "</g>".repeat(50_000)),
        format!("{root}<x>{}{}</x></svg>", "<g>".repeat(300), "</g>".repeat(300)),
        format!("<!DOCTYPE svg [<!ENTITY a0 'lollollol'>{laughs}]>{root}<text>&a9;</text></svg>"),
        format!("<!DOCTYPE svg [<!ENTITY a '{long}'>]>{root}<x>{}</x></svg>", "&a;<g/>".repeat(10_000)),
    ] {
        let result = sanitize(bad.as_bytes());
        assert!(result.is_err(), "{:.200}", bad);
    }
    assert!(sanitize(b"<svg xmlns='http://www.w3.org/2000/svg'><text>\xff</text></svg>").is_err());
}
