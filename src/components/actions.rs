//! Actions: what a control does, as its attribute says. No component touches a browser; `client`
//! listens to the controls.

/// The attribute that names the action.
#[cfg(feature = "csr")]
pub(crate) const ACTION: &str = "data-action";
/// Saves the article that is shown, or gives it up.
pub(crate) const SAVE: &str = "save";
/// Puts the messages away.
pub(crate) const CLOSE: &str = "close";
/// Shows the new text of the page.
pub(crate) const SHOW_CHANGED: &str = "show-changed";
/// Takes the new build of the app.
pub(crate) const USE_BUILD: &str = "use-build";
