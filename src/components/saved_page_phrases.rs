//! What the page of saved articles says. The press prints it into the page, so that the words do not
//! travel with the app.

/// The sentences and words of that page in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct SavedPagePhrases {
    /// There, where nothing is.
    pub saved_none: &'static str,
    /// After a number of articles that the browser deleted.
    pub saved_gone: &'static str,
    /// Where the page of what is kept is shown without the app.
    pub needs_app: &'static str,
    /// The button that gives up a saved article.
    pub remove: &'static str,
    /// The button that writes the saved articles into a file.
    pub export: &'static str,
    /// The button that reads such a file.
    pub import: &'static str,
    /// Before the titles of saved articles that could not be read.
    pub export_left: &'static str,
    /// Before the titles of what could not be had.
    pub import_left: &'static str,
    /// The file is of another kind.
    pub import_wrong: &'static str,
    /// The heading over downloads.
    pub downloads: &'static str,
    /// What that does.
    pub downloads_why: &'static str,
    /// The choice of a number of articles.
    pub how_many: &'static str,
    /// Between a number of articles and a size.
    pub to_fetch: &'static str,
    /// Nothing is to be fetched.
    pub all_here: &'static str,
    /// Between two numbers of articles.
    pub fetched: &'static str,
    /// After a number of articles that could not be had.
    pub gone: &'static str,
    /// The button that begins.
    pub download: &'static str,
    /// The button that stops.
    pub stop: &'static str,
    /// The heading over the choice of pictures.
    pub pictures: &'static str,
    /// The choice of small pictures.
    pub small_pictures: &'static str,
    /// The heading over what the device keeps.
    pub storage: &'static str,
    /// Kinds of what is kept: downloaded articles.
    pub kind_downloads: &'static str,
    /// Pages that were read.
    pub kind_read: &'static str,
    /// Their pictures.
    pub kind_pictures: &'static str,
    /// The button that deletes a kind.
    pub clear: &'static str,
    /// The button that asks the browser never to delete by itself.
    pub persist: &'static str,
    /// The browser agreed.
    pub persisted: &'static str,
    /// It did not, or was not asked.
    pub not_persisted: &'static str,
}

impl SavedPagePhrases {
    /// The phrases for a language (BCP 47). A language that the interface does not speak gets
    /// English.
    pub fn of(language: &str) -> &'static SavedPagePhrases {
        if language.split('-').next() == Some("vi") { &VIETNAMESE } else { &ENGLISH }
    }
}

static VIETNAMESE: SavedPagePhrases = SavedPagePhrases {
    saved_none: "Chưa có bài nào. Bấm “Lưu bài” dưới tít của một bài để giữ bài ấy trên thiết bị này và đọc khi không có mạng.",
    saved_gone: " bài đã lưu không còn nữa vì trình duyệt đã xoá bộ nhớ của trang này.",
    needs_app: "Trang này cần JavaScript để biết thiết bị đang giữ những gì.",
    remove: "Bỏ lưu",
    export: "Xuất ra tệp",
    import: "Nhập từ tệp",
    export_left: "Không đọc được nên không có trong tệp: ",
    import_left: "Chưa lấy được: ",
    import_wrong: "Tệp này không phải danh sách bài đã lưu.",
    downloads: "Mang báo theo",
    downloads_why: "Tải sẵn những bài mới nhất, cả chữ và ảnh nhỏ, để đọc khi không có mạng.",
    how_many: "Số bài mới nhất",
    to_fetch: " bài chưa có trên thiết bị, khoảng ",
    all_here: "Tất cả đã có trên thiết bị.",
    fetched: " trên ",
    gone: " bài không tải được.",
    download: "Tải về",
    stop: "Dừng",
    pictures: "Ảnh",
    small_pictures: "Chỉ tải ảnh nhỏ, để đỡ tốn dữ liệu di động.",
    storage: "Bộ nhớ",
    kind_downloads: "Báo mang theo",
    kind_read: "Trang đã đọc",
    kind_pictures: "Ảnh đã xem",
    clear: "Xoá",
    persist: "Xin giữ lâu dài",
    persisted: "Trình duyệt đã hứa không tự xoá.",
    not_persisted: "Trình duyệt có thể tự xoá khi thiết bị hết chỗ.",
};

static ENGLISH: SavedPagePhrases = SavedPagePhrases {
    saved_none: "There are none yet. Press “Save” below an article’s title to keep it on this device and read it without a network.",
    saved_gone: " saved articles are gone, because the browser cleared this site’s storage.",
    needs_app: "This page needs JavaScript to know what the device keeps.",
    remove: "Remove",
    export: "Export to a file",
    import: "Import from a file",
    export_left: "Could not be read, so not in the file: ",
    import_left: "Could not be had: ",
    import_wrong: "This file is no list of saved articles.",
    downloads: "Download the newest articles",
    downloads_why: "The newest articles, text and small pictures, to read without a network.",
    how_many: "Newest articles",
    to_fetch: " articles not on this device yet, about ",
    all_here: "All of it is on this device.",
    fetched: " of ",
    gone: " articles could not be had.",
    download: "Download",
    stop: "Stop",
    pictures: "Pictures",
    small_pictures: "Load small pictures only, which costs less mobile data.",
    storage: "Storage",
    kind_downloads: "Downloaded articles",
    kind_read: "Pages read",
    kind_pictures: "Pictures seen",
    clear: "Delete",
    persist: "Ask to keep it",
    persisted: "The browser has promised not to delete it by itself.",
    not_persisted: "The browser may delete it when the device runs out of room.",
};
