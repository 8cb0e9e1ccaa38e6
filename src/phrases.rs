//! What the interface says, in the languages that it speaks.

/// The sentences and words of the interface in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrases {
    /// The names of the days, Sunday first.
    pub weekdays: [&'static str; 7],
    /// The names of the months, where dates spell them; otherwise dates are all numbers.
    pub months: Option<[&'static str; 12]>,
    /// The link that jumps over the banner.
    pub skip: &'static str,
    /// The name of the list of sections.
    pub sections: &'static str,
    /// The front page, in the breadcrumb.
    pub front: &'static str,
    /// The heading over the newest articles.
    pub latest: &'static str,
    /// The heading over related news.
    pub related: &'static str,
    /// The name of the breadcrumb.
    pub breadcrumb: &'static str,
    /// Before the authors' names. May be empty.
    pub by: &'static str,
    /// Before the source.
    pub source: &'static str,
    /// Before the date of the last change.
    pub updated: &'static str,
    /// After the number of minutes.
    pub minutes: &'static str,
    /// The name of the list of tags.
    pub tags: &'static str,
    /// Before the number of a list.
    pub page: &'static str,
    /// The name of the links between lists.
    pub pages: &'static str,
    /// The link to the next newer list.
    pub newer: &'static str,
    /// The link to the next older list.
    pub older: &'static str,
    /// Where a list has no article.
    pub empty: &'static str,
    /// The title of the page for a URL that leads nowhere.
    pub missing: &'static str,
    /// What happened there.
    pub missing_why: &'static str,
    /// The title of the page for what cannot be fetched.
    pub offline: &'static str,
    /// What happened there.
    pub offline_why: &'static str,
    /// The heading over what can be read all the same.
    pub readable: &'static str,
    /// A page was not opened: no network.
    pub page_network: &'static str,
    /// A page was not opened: the server is in trouble.
    pub page_server: &'static str,
    /// A page was not opened: what came is not that page.
    pub page_unreadable: &'static str,
    /// The link that tries again.
    pub retry: &'static str,
    /// The link that loads the page as a document.
    pub reload: &'static str,
    /// The button that puts a message away.
    pub close: &'static str,
    /// The button that keeps an article on the device.
    pub save: &'static str,
    /// The same button once it is kept.
    pub is_saved: &'static str,
    /// The page of what the device keeps.
    pub saved: &'static str,
    /// Before the time at which a copy was kept.
    pub kept_at: &'static str,
    /// The page that is shown has a new text.
    pub changed: &'static str,
    /// The button that shows it.
    pub show_changed: &'static str,
    /// There is a new version of the reader.
    pub new_build: &'static str,
    /// The button that takes it.
    pub use_build: &'static str,
    /// The network went.
    pub went_offline: &'static str,
    /// The network is there again.
    pub came_online: &'static str,
    /// There is no network.
    pub no_network: &'static str,
    /// Nothing can be kept in this browser.
    pub no_store: &'static str,
    /// An article was not saved: no network.
    pub save_network: &'static str,
    /// An article was not saved: the server is in trouble.
    pub save_server: &'static str,
    /// An article was not saved: there is no room.
    pub save_full: &'static str,
    /// An article was not saved: the newspaper does not have it any more.
    pub save_gone: &'static str,
    /// An article was not saved: what came is not that article.
    pub save_unreadable: &'static str,
    /// An article was not saved: it belongs to another site.
    pub save_foreign: &'static str,
    /// Before what was corrected.
    pub corrected: &'static str,
    /// An article that the newspaper took back.
    pub withdrawn: &'static str,
    /// After a link that opens a new window, for who listens.
    pub new_window: &'static str,
    /// Before the words of the lead picture, which is a link to a larger one.
    pub large: &'static str,
    /// The link to the code with which other sites embed an article.
    pub embed_article: &'static str,
    /// The same for the newest articles of a section.
    pub embed_section: &'static str,
}

impl Phrases {
    /// The phrases for a language (BCP 47). A language that the interface does not speak gets
    /// English.
    pub fn of(language: &str) -> &'static Phrases {
        if language.split('-').next() == Some("vi") { &VIETNAMESE } else { &ENGLISH }
    }
}

/// Vietnamese.
pub static VIETNAMESE: Phrases = Phrases {
    weekdays: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
    months: None,
    skip: "Đến nội dung chính",
    sections: "Chuyên mục",
    front: "Trang nhất",
    latest: "Tin mới nhất",
    related: "Tin cùng chuyên mục",
    breadcrumb: "Vị trí trang",
    by: "",
    source: "Nguồn: ",
    updated: "Cập nhật: ",
    minutes: " phút đọc",
    tags: "Từ khóa",
    page: "Trang ",
    pages: "Các trang tin",
    newer: "Tin mới hơn",
    older: "Tin cũ hơn",
    empty: "Chưa có bài nào ở đây.",
    missing: "Không tìm thấy trang",
    missing_why: "Địa chỉ này không dẫn đến bài nào. Có thể bài đã được chuyển đi, hoặc đường dẫn bị gõ nhầm.",
    offline: "Không có kết nối mạng",
    offline_why: "Trang này chưa được đọc trên thiết bị này nên chưa thể mở khi không có mạng.",
    readable: "Những bài đọc được ngay",
    page_network: "Không có kết nối mạng nên trang chưa tải được.",
    page_server: "Máy chủ đang gặp sự cố nên trang chưa tải được.",
    page_unreadable: "Dữ liệu nhận về bị hỏng hoặc thiếu nên trang chưa mở được.",
    retry: "Thử lại",
    reload: "Tải lại cả trang",
    close: "Đóng",
    save: "Lưu bài",
    is_saved: "Đã lưu",
    saved: "Bài đã lưu",
    kept_at: "Bản lưu lúc ",
    changed: "Trang này vừa được cập nhật.",
    show_changed: "Xem bản mới",
    new_build: "Trang báo có phiên bản mới.",
    use_build: "Dùng bản mới",
    went_offline: "Mất kết nối mạng. Những gì đã đọc và đã lưu vẫn mở được.",
    came_online: "Đã có mạng trở lại.",
    no_network: "Không có kết nối mạng.",
    no_store: "Trình duyệt này không cho giữ bài để đọc khi không có mạng. Có thể đây là cửa sổ ẩn danh.",
    save_network: "Không có kết nối mạng nên chưa lưu được bài.",
    save_server: "Máy chủ đang gặp sự cố nên chưa lưu được bài.",
    save_full: "Bộ nhớ đã đầy nên chưa lưu được bài. Có thể xoá bớt ở trang Bài đã lưu.",
    save_gone: "Bài không còn trên máy chủ nên không lưu được.",
    save_unreadable: "Dữ liệu nhận về không phải là bài này nên chưa lưu được. Có thể mạng đang đòi đăng nhập.",
    save_foreign: "Bài này không thuộc tờ báo này nên không lưu được.",
    corrected: "Đính chính: ",
    withdrawn: "Tòa soạn đã gỡ bài này.",
    new_window: "(mở trong cửa sổ mới)",
    large: "Xem ảnh lớn: ",
    embed_article: "Nhúng bài này",
    embed_section: "Nhúng chuyên mục này",
};

/// English.
pub static ENGLISH: Phrases = Phrases {
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    months: Some([
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]),
    skip: "Skip to the content",
    sections: "Sections",
    front: "Front page",
    latest: "Latest news",
    related: "More in this section",
    breadcrumb: "Breadcrumb",
    by: "By ",
    source: "Source: ",
    updated: "Updated: ",
    minutes: " min read",
    tags: "Tags",
    page: "Page ",
    pages: "Pages of news",
    newer: "Newer news",
    older: "Older news",
    empty: "There are no articles here yet.",
    missing: "Page not found",
    missing_why: "This address leads to no article. The article may have moved, or the address may be mistyped.",
    offline: "No network",
    offline_why: "This page has not been read on this device yet, so it cannot be opened without a network.",
    readable: "What can be read right now",
    page_network: "There is no network, so the page could not be loaded.",
    page_server: "The server is in trouble, so the page could not be loaded.",
    page_unreadable: "What arrived is damaged or incomplete, so the page could not be opened.",
    retry: "Try again",
    reload: "Load the whole page",
    close: "Close",
    save: "Save",
    is_saved: "Saved",
    saved: "Saved articles",
    kept_at: "Copy kept at ",
    changed: "This page has been updated.",
    show_changed: "Show the new version",
    new_build: "There is a new version of this site.",
    use_build: "Use it",
    went_offline: "The network is gone. What you read and saved still opens.",
    came_online: "The network is back.",
    no_network: "There is no network.",
    no_store: "This browser does not let pages be kept for reading without a network. It may be a private window.",
    save_network: "There is no network, so the article could not be saved.",
    save_server: "The server is in trouble, so the article could not be saved.",
    save_full: "Storage is full, so the article could not be saved. Make room on the page of saved articles.",
    save_gone: "The article is no longer on the server, so it could not be saved.",
    save_unreadable: "What arrived is not this article, so it could not be saved. The network may ask you to sign in.",
    save_foreign: "The article belongs to another newspaper, so it could not be saved.",
    corrected: "Correction: ",
    withdrawn: "The newspaper has withdrawn this article.",
    new_window: "(opens in a new window)",
    large: "View the picture large: ",
    embed_article: "Embed this article",
    embed_section: "Embed this section",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_speaks_the_language_of_the_newspaper() {
        assert_eq!(Phrases::of("vi"), &VIETNAMESE);
        assert_eq!(Phrases::of("vi-VN"), &VIETNAMESE);
        assert_eq!(Phrases::of("en-GB"), &ENGLISH);
        assert_eq!(Phrases::of("vie"), &ENGLISH);
    }
}
