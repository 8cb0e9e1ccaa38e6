//! The few words that an article's HTML itself says, in the article's language.

/// Words of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    /// The language itself (BCP 47).
    pub(crate) language: &'static str,
    /// The sign that parts decimals.
    pub(crate) decimal: char,
    pub(crate) table: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) large: &'static str,
    pub(crate) gallery: &'static str,
    pub(crate) footnote: &'static str,
    pub(crate) footnotes: &'static str,
    pub(crate) back: &'static str,
    pub(crate) done: &'static str,
    pub(crate) open: &'static str,
    pub(crate) video: &'static str,
    pub(crate) audio: &'static str,
    pub(crate) post: &'static str,
    pub(crate) frame: &'static str,
    pub(crate) chapters: &'static str,
    pub(crate) data: &'static str,
}

/// The words for a language tag such as `vi` or `en-GB`; English where there is no translation.
pub(crate) fn of(language: &str) -> &'static Labels {
    match language.split('-').next() {
        Some("vi") => &Labels {
            language: "vi",
            decimal: ',',
            table: "Bảng",
            picture: "Ảnh",
            large: "Xem ảnh lớn",
            gallery: "Bộ ảnh",
            footnote: "Chú thích",
            footnotes: "Chú thích",
            back: "Trở lại chỗ có chú thích",
            done: "Đã xong",
            open: "Chưa xong",
            video: "Video",
            audio: "Âm thanh",
            post: "Bài đăng",
            frame: "Nội dung nhúng",
            chapters: "Các phần",
            data: "Số liệu của hình",
        },
        _ => &Labels {
            language: "en",
            decimal: '.',
            table: "Table",
            picture: "Picture",
            large: "View the picture large",
            gallery: "Gallery",
            footnote: "Footnote",
            footnotes: "Footnotes",
            back: "Back to the reference of footnote",
            done: "Done",
            open: "To do",
            video: "Video",
            audio: "Audio",
            post: "Post",
            frame: "Embedded content",
            chapters: "Chapters",
            data: "The numbers of this picture",
        },
    }
}
