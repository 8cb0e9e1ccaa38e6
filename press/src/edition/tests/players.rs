//! What becomes of what plays, of documents, and of the numbers behind a picture.

use super::edition::{GIF, folder, read, told};
use crate::edition::Article;

const SITE: &str = "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
    base_url = \"https://bao.example/bao/\"\n[players]\nframes = [\"https://ban-do.example\"]\n\
    [[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";

/// Silence: PCM, one channel, 8 bits, 100 samples a second (RIFF WAVE).
fn wav(seconds: u32) -> Vec<u8> {
    let samples = 100 * seconds;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x64\0\0\0\x64\0\0\0\x01\0\x08\0data");
    file.extend(samples.to_le_bytes());
    file.resize(44 + samples as usize, 128);
    file
}

fn article(body: &str) -> (Article, Vec<String>) {
    let text = format!("---\ntitle: A\ndate: 2020-01-01\n---\n{body}");
    let dir = folder(&[
        ("site.toml", SITE.as_bytes()),
        ("content/tin/bai/index.md", text.as_bytes()),
        ("content/tin/bai/loa.wav", &wav(65)),
        ("content/tin/bai/phim.mp4", b"not a film in truth"),
        ("content/tin/bai/anh.gif", GIF),
        (
            "content/tin/bai/phan.vtt",
            "WEBVTT\n\n00:00.000 --> 00:30.000\nĐầu\n\n00:30.000 --> 01:05.000\nCuối\n".as_bytes(),
        ),
        ("content/tin/bai/bieu-do.gif", b"GIF89a\x0a\0\x0b\0\0\0\0\0\0\0\0\0"),
        ("content/tin/bai/bieu-do.csv", "Năm;Tấn\n2024;1,5\n".as_bytes()),
        ("content/tin/bai/bao cao.pdf", &[b'x'; 123_456]),
    ]);
    let (edition, gathered) = read(dir.path());
    let articles = edition.unwrap().articles;
    let told = told(&gathered);
    (articles.into_iter().next().unwrap_or_else(|| panic!("{told:?}")), told)
}

fn html(body: &str) -> String {
    let (article, told) = article(body);
    assert_eq!(told, Vec::<String>::new(), "{body}");
    article.prose.html().unwrap().replace('\n', "")
}

/// The card of YouTube's film `a1`, with a title.
fn card(player: &str, title: &str) -> String {
    format!(
        "<div class=\"c-player c-wide\" data-player=\"/bao/{player}\">\
         <a href=\"https://www.youtube.com/watch?v=a1\" rel=\"noopener\">{title}</a></div>"
    )
}

#[test]
fn whoever_writes_the_address_of_a_film_in_any_way_gets_the_same_card() {
    let untitled = "<b>Video</b><small>YouTube</small>";
    for body in [
        "https://youtu.be/a1",
        "<https://www.youtube.com/watch?v=a1>",
        "{{< youtube a1 >}}",
        "{% youtube a1 %}",
        "[youtube https://www.youtube.com/watch?v=a1]",
        "[embed]https://youtu.be/a1[/embed]",
        "<iframe width=\"560\" height=\"315\" src=\"https://www.youtube.com/embed/a1?si=x\" allowfullscreen></iframe>",
        "<p><iframe src=\"//www.youtube-nocookie.com/embed/a1\"></iframe></p>",
        "<figure><div class=\"wp-block-embed__wrapper\">\nhttps://www.youtube.com/watch?v=a1\n</div></figure>",
    ] {
        let (article, told) = article(body);
        assert_eq!((told.len(), article.players.len()), (0, 1), "{body} {told:?}");
        let player = &article.players[0];
        assert_eq!(player.frame, "https://www.youtube-nocookie.com/embed/a1?autoplay=1", "{body}");
        let html = article.prose.html().unwrap().replace('\n', "");
        assert!(html.contains(&card(&player.file(), untitled)), "{body}\n{html}");
        for element in ["<iframe", "youtube-nocookie"] {
            assert!(!html.contains(element), "{body}\n{html}");
        }
    }
}

#[test]
fn a_title_and_a_length_are_shown() {
    for body in [
        "{{< youtube id=\"a1\" title=\"Chợ <nổi>\" duration=\"3:24\" >}}",
        "<a class=\"player length-204\" href=\"https://youtu.be/a1\">Chợ &lt;nổi&gt;</a>",
    ] {
        let html = html(body);
        let words = "<b>Chợ &lt;nổi&gt;</b><small>Video · YouTube · 3:24</small>";
        assert!(html.contains(words), "{html}");
    }
    let (article, _) = article("<iframe title=\"Chợ\" src=\"https://youtu.be/a1\"></iframe>");
    assert_eq!(article.players[0].title, "Chợ");
}

#[test]
fn an_own_picture_that_leads_to_a_film_is_its_poster() {
    let html = html("[![Chợ nổi](anh.gif)](https://youtu.be/a1)");
    assert!(html.starts_with("<div class=\"c-player c-wide\" data-player="), "{html}");
    assert!(html.contains("rel=\"noopener\"><img src=\"/bao/tin/bai/anh."), "{html}");
    assert!(html.contains("alt=\"\"") && !html.contains("<figure"), "{html}");
    assert!(html.ends_with("<b>Chợ nổi</b><small>Video · YouTube</small></a></div>"), "{html}");
}

#[test]
fn a_link_with_words_of_its_own_or_amid_words_stays_a_link() {
    for body in [
        "[Xem phim](https://youtu.be/a1)",
        "Xem https://youtu.be/a1 nhé",
        "- https://youtu.be/a1",
        "https://www.youtube.com/@kenh",
        "`https://youtu.be/a1`",
    ] {
        let html = html(body);
        assert!(!html.contains("c-player"), "{body}\n{html}");
    }
}

#[test]
fn a_frame_amid_words_follows_its_paragraph() {
    let (article, _) = article("<p>Xem <iframe src=\"https://youtu.be/a1\"></iframe> nhé</p>");
    let html = article.prose.html().unwrap();
    assert!(html.starts_with("<p>Xem <a href=\"https://youtu.be/a1\" rel=\"noopener\">"), "{html}");
    assert!(html.contains("</a> nhé</p><div class=\"c-player"), "{html}");
    assert_eq!(article.players.len(), 1);
}

#[test]
fn a_frame_of_a_site_that_is_not_allowed_becomes_a_link_and_its_publisher_is_told() {
    let (article, told) = article("<iframe src=\"https://la.example/x\" title=\"Gió\"></iframe>");
    let html = article.prose.html().unwrap();
    assert!(
        html.contains("<a href=\"https://la.example/x\" rel=\"noopener\" title=\"Gió\">Gió</a>"),
        "{html}"
    );
    assert!(article.players.is_empty());
    assert_eq!(told.len(), 1);
    assert!(told[0].contains(":5: warning: what la.example shows became a link"), "{told:?}");
}

#[test]
fn a_frame_of_an_allowed_site_is_a_card() {
    let (article, told) = article(
        "<iframe src=\"https://ban-do.example/x?y=1&amp;z\" width=\"300\" height=\"400\"></iframe>",
    );
    let html = article.prose.html().unwrap();
    assert!(html.contains("class=\"c-player c-tall\""), "{html}");
    assert!(html.contains("<b>Nội dung nhúng</b><small>ban-do.example</small>"), "{html}");
    assert_eq!((article.players[0].origin().as_str(), told.len()), ("https://ban-do.example", 0));
}

#[test]
fn own_sound_has_a_player_with_its_length_and_size() {
    for body in [
        "<audio controls src=\"loa.wav\" title=\"Loa phường\"></audio>",
        "[Loa phường](loa.wav)",
        "![Loa phường](loa.wav)",
        "{{< audio src=\"loa.wav\" title=\"Loa phường\" >}}",
    ] {
        let (article, told) = article(body);
        assert_eq!(told.len(), 0, "{body} {told:?}");
        let file = &article.files[0].to;
        let html = article.prose.html().unwrap().replace('\n', "");
        let wanted = format!(
            "<div class=\"c-player c-audio\"><a href=\"/bao/tin/bai/{file}\"><b>Loa phường</b>\
             <small>Âm thanh · 1:05 · 7 kB</small></a>\
             <audio controls=\"\" preload=\"none\" src=\"/bao/tin/bai/{file}\" title=\"Loa phường\"></audio></div>"
        );
        assert_eq!(html, wanted, "{body}");
        assert!(article.players.is_empty());
    }
}

#[test]
fn chapters_are_links_to_their_places() {
    let list = html("[Loa phường](loa.wav)\n\n- [0:00] Mở đầu\n- [0:30] Tin *ngắn*\n");
    let track = html("<audio src=loa.wav><track kind=chapters src=phan.vtt></audio>");
    for (html, first, second) in [(list, "Mở đầu", "Tin ngắn"), (track, "Đầu", "Cuối")]
    {
        assert!(
            html.contains(
                "<ol class=\"c-chapters\" aria-label=\"Các phần\"><li><a href=\"/bao/tin/bai/loa."
            ),
            "{html}"
        );
        assert!(html.contains(&format!("#t=0\"><span>0:00</span> {first}</a></li>")), "{html}");
        assert!(
            html.contains(&format!("#t=30\"><span>0:30</span> {second}</a></li></ol></div>")),
            "{html}"
        );
        assert!(!html.contains("<ul>"), "{html}");
    }
    assert!(html("[Loa](loa.wav)\n\n- [0:00] Mở đầu\n- hết\n").contains("<ul>"));
}

#[test]
fn an_own_film_is_a_card_with_its_poster() {
    let html = html("<video poster=\"anh.gif\" title=\"Phim\"><source src=\"phim.mp4\"></video>");
    assert!(
        html.starts_with(
            "<div class=\"c-player c-wide\" data-player=\"video\"><a href=\"/bao/tin/bai/phim."
        ),
        "{html}"
    );
    assert!(html.contains("<img src=\"/bao/tin/bai/anh."), "{html}");
    assert!(html.ends_with("<b>Phim</b><small>Video · 1 kB</small></a></div>"), "{html}");
}

#[test]
fn a_film_without_its_poster_keeps_no_article_out() {
    let (article, told) = article("<video poster=\"thieu.jpg\" src=\"phim.mp4\"></video>");
    assert!(
        article.prose.html().unwrap().contains("c-player")
            && !article.prose.html().unwrap().contains("<img")
    );
    assert!(told.len() == 1 && told[0].contains("poster \"thieu.jpg\""), "{told:?}");
}

#[test]
fn a_document_alone_is_a_card_with_its_size() {
    let html_of = html;
    let html = html_of("[Báo cáo quý](<bao cao.pdf>)");
    assert!(
        html.starts_with("<div class=\"c-document\"><a href=\"/bao/tin/bai/bao-cao."),
        "{html}"
    );
    assert!(html.ends_with("<b>Báo cáo quý</b><small>PDF · 124 kB</small></a></div>"), "{html}");
    let framed = html_of("<iframe src=\"bao%20cao.pdf\"></iframe>");
    assert!(framed.contains("<b>bao-cao.pdf</b><small>PDF · 124 kB</small>"), "{framed}");
    let pictured = html_of("[![Bìa](anh.gif)](<bao cao.pdf>)");
    assert!(pictured.contains("<img") && !pictured.contains("c-document"), "{pictured}");
    assert!(!html_of("Xem [báo cáo](<bao cao.pdf>).").contains("c-document"));
}

#[test]
fn the_numbers_behind_a_picture_follow_it() {
    let html = html("![Sản lượng](bieu-do.gif)");
    assert!(
        html.contains("</figure><details class=\"c-data\"><summary>Số liệu của hình</summary>"),
        "{html}"
    );
    assert!(html.contains("<th scope=\"col\">Tấn</th>") && html.contains("<td>1,5</td>"), "{html}");
}

#[test]
fn what_plays_nothing_is_told() {
    for body in [
        "<iframe srcdoc=\"<b>x</b>\"></iframe>",
        "<iframe src=\"javascript:x()\"></iframe>",
        "<video></video>",
    ] {
        let (article, told) = article(body);
        assert!(
            !article.prose.html().unwrap().contains("c-player"),
            "{body}: {}",
            article.prose.html().unwrap()
        );
        assert!(told.len() == 1 && told[0].contains("may be loaded"), "{body}: {told:?}");
    }
}
