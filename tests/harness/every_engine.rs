//! Runs one test in every engine that this machine has.

use std::sync::atomic::Ordering;

use crate::{Browser, Engine, Event, Result, report};

/// Runs a test in an engine. An engine that is missing is reported as not run. A browser that dies
/// makes the test fail, but for one known flake, which is reported and tried once more: on a busy
/// machine the network process of WebKitGTK dies while its window stays.
///
/// # Errors
/// What made the test fail.
pub async fn run_in<F>(engine: Engine, test: impl Fn(Browser) -> F) -> Result
where
    F: Future<Output = Result>,
{
    if !engine.is_available() {
        return report(Event::NotRun, &format!("{engine:?} is not on this machine"));
    }
    let browser = Browser::open_in(engine).await?;
    let network_died = browser.network_died();
    let result = test(browser).await;
    if result.is_err() && network_died.load(Ordering::Relaxed) {
        report(Event::Flake, "the network process of WebKit died")?;
        return test(Browser::open_in(engine).await?).await;
    }
    result
}

/// Makes a test of each named function `async fn(Browser) -> Result`, in each engine.
#[macro_export]
macro_rules! in_every_engine {
    ($($(#[$about:meta])* $name:ident;)*) => {
        $(mod $name {
            $(#[$about])*
            #[tokio::test]
            async fn in_chromium() -> $crate::Result {
                $crate::run_in($crate::Engine::Chromium, super::$name).await
            }
            $(#[$about])*
            #[tokio::test]
            async fn in_webkit() -> $crate::Result {
                $crate::run_in($crate::Engine::WebKit, super::$name).await
            }
            $(#[$about])*
            #[tokio::test]
            async fn in_firefox() -> $crate::Result {
                $crate::run_in($crate::Engine::Firefox, super::$name).await
            }
        })*
    };
}
