//! Publishing: a printed site is brought to its destination so that no reader gets a page whose files are not there.
//!
//! What changed is found by the list that lies at the destination (`list`), sent in stages (`stage`, `plan`, `send`)
//! under a lock (`lock`), and deleted only after a stated time. A destination is a [`Store`]: a folder, a cloud's store,
//! or a server that is reached by SFTP.

#[cfg(feature = "cloud")]
mod cloud;
mod folder;
mod hand_over;
mod list;
mod lock;
mod news;
mod plan;
#[cfg(feature = "cloud")]
mod profile;
mod secrets;
mod send;
mod sftp;
mod stage;
mod store;

#[cfg(feature = "cloud")]
pub use cloud::CloudStore;
pub use folder::FolderStore;
pub use hand_over::HandOver;
pub use list::FOLDER;
pub use news::News;
pub use plan::Counts;
pub use secrets::without as without_secrets;
pub use send::{Options, Summary, Watcher, look, publish, roll_back};
pub use sftp::SftpStore;
pub use stage::Stage;
pub use store::{About, Body, Store, Version};
