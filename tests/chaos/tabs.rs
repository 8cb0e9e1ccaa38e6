//! Tabs of one reader, the current one last.

use tests::{Engine, Result};
use thirtyfour::WindowHandle;

use crate::run::Run;
use crate::steps::Place;

/// A tab, and what the reader waits for in it.
pub(crate) struct Tab {
    handle: WindowHandle,
    /// The article whose saving has not been answered.
    pub(crate) saving: Option<usize>,
    /// The document loaded while nothing of the app could be missing.
    pub(crate) trusted: bool,
}

impl Tab {
    /// An empty tab.
    pub(crate) fn at(handle: WindowHandle) -> Self {
        Self { handle, saving: None, trusted: false }
    }
}

impl Run {
    pub(crate) async fn open_tab(&mut self) -> Result {
        // WebKitGTK's driver paints one window only, and the app starts after the first paint.
        if self.tabs.len() > 1 || self.engine == Engine::WebKit {
            return Ok(());
        }
        let handle = self.browser.driver().new_tab().await?;
        self.browser.driver().switch_to_window(handle.clone()).await?;
        self.tabs.push(Tab::at(handle));
        self.read(Place::Front).await
    }

    pub(crate) async fn switch_tab(&mut self) -> Result {
        self.tabs.rotate_left(1);
        let handle = self.tab()?.handle.clone();
        self.browser.driver().switch_to_window(handle).await?;
        self.agree_on_saved().await
    }

    pub(crate) async fn close_tab(&mut self) -> Result {
        if self.tabs.len() == 1 {
            return Ok(());
        }
        self.leave_document();
        self.browser.driver().close_window().await?;
        self.tabs.pop();
        let handle = self.tab()?.handle.clone();
        self.browser.driver().switch_to_window(handle).await?;
        self.agree_on_saved().await
    }
}
