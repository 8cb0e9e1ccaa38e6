//! Views: the elements of pages. They can be made before a page is asked for, so that showing it only puts
//! them into the document.
//!
//! Elements that are not in the document have no trace: nobody sees, hears or finds them, they run nothing, and their
//! pictures load when they come into sight (`pictures`). Of views that are ready the last one is kept.

use std::any::Any;
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::document;
use crate::components::{PageView, RelatedView};
use crate::context::Context;
use crate::contract::{Feed, PageKind};
use crate::ids;

/// The elements of a page.
struct View {
    page: Arc<Feed>,
    /// The element `<main>`.
    main: HtmlElement,
    /// What makes the page, and its related news, which are an element of their own.
    parts: Vec<Box<dyn Any>>,
}

thread_local! {
    /// The page whose view is to be made in a task that is waiting.
    static WANTED: RefCell<Option<Arc<Feed>>> = const { RefCell::new(None) };
    /// What may be shown next.
    static READY: RefCell<Option<View>> = const { RefCell::new(None) };
    /// What is shown, unless the document brought it.
    static SHOWN: RefCell<Option<View>> = const { RefCell::new(None) };
}

impl View {
    /// The view of a page without its related news, in no document.
    fn of(context: &Context, page: &Arc<Feed>) -> Option<Self> {
        let main = document().create_element("main").ok()?.unchecked_into::<HtmlElement>();
        main.set_id(ids::MAIN);
        main.set_class_name("page");
        let mut view = Self { page: page.clone(), main, parts: Vec::new() };
        view.add(context, |page| view! { <PageView page /> });
        Some(view)
    }

    fn add<V: IntoView + 'static>(&mut self, context: &Context, part: fn(Arc<Feed>) -> V) {
        let (context, page) = (context.clone(), self.page.clone());
        let make = move || {
            provide_context(context);
            part(page)
        };
        self.parts.push(Box::new(leptos::mount::mount_to(self.main.clone(), make)));
    }

    fn add_related(&mut self, context: &Context) {
        if self.parts.len() == 1 {
            self.add(context, |page| view! { <RelatedView page /> });
        }
    }
}

/// Makes the view of a page that the reader may want next, in two tasks.
pub(super) fn prepare(context: Context, page: Arc<Feed>) {
    prepare_in(context, page, soon);
}

/// Runs the code that makes an article before it is needed: a browser compiles what it runs for the first time, which
/// takes longer than running it. The view is of no article, and the next one that is ready takes its place.
pub(super) fn rehearse(context: Context, page: &Feed) {
    if WANTED.with_borrow(Option::is_some) || READY.with_borrow(Option::is_some) {
        return;
    }
    let mut page = page.clone();
    page.extension.kind = PageKind::Article;
    if page.extension.related.is_empty() {
        page.extension.related.clone_from(&page.items);
    }
    page.extension.related.truncate(1);
    page.items.truncate(1);
    // The browser's own parser is no code of the app.
    if let Some(article) = page.items.first_mut() {
        article.content_html = None;
    }
    // What a page without an article has, and then the rest: two tasks, which are short at a slow processor, too.
    let bare = Arc::new(Feed { items: Vec::new(), ..page.clone() });
    let _ = View::of(&context, &bare);
    prepare_in(context, Arc::new(page), document::at_idle);
}

fn soon(task: Box<dyn FnOnce()>) {
    set_timeout(task, Duration::ZERO);
}

fn prepare_in(context: Context, page: Arc<Feed>, later: fn(Box<dyn FnOnce()>)) {
    if READY.with_borrow(|view| view.as_ref().is_some_and(|view| Arc::ptr_eq(&view.page, &page))) {
        return;
    }
    WANTED.set(Some(page.clone()));
    later(Box::new(move || {
        // It was shown meanwhile, because browsers hear input before timers, or the reader wants another one.
        let wanted = |it: &mut Arc<Feed>| Arc::ptr_eq(it, &page);
        if WANTED.with_borrow_mut(|all| all.take_if(wanted)).is_none() {
            return;
        }
        READY.set(View::of(&context, &page));
        document::at_idle(move || {
            READY.with_borrow_mut(|view| {
                if let Some(view) = view.as_mut().filter(|view| Arc::ptr_eq(&view.page, &page)) {
                    view.add_related(&context);
                }
            });
        });
    }));
}

/// Puts the view of a page in the place of the one that is shown, without its related news unless they are ready.
/// What is far below the screen is laid out later; `whole` means at once, for a place on the page.
pub(super) fn show(context: &Context, page: &Arc<Feed>, whole: bool) {
    WANTED.set(None);
    let ready = READY.take().filter(|view| Arc::ptr_eq(&view.page, page));
    let Some(mut view) = ready.or_else(|| View::of(context, page)) else { return };
    if whole {
        view.add_related(context);
    } else {
        view.main.set_class_name("page page--new");
        lay_out(view.main.clone(), ["page page--near", "page"].into_iter());
    }
    if let Some(main) = document::by_id(ids::MAIN) {
        let _ = main.replace_with_with_node_1(&view.main);
    }
    let before = SHOWN.replace(Some(view));
    // Taking it apart can wait until the new page is painted.
    document::after_paint(move || drop(before));
}

/// Makes the related news of the page that is shown, unless they are there.
pub(super) fn complete(context: &Context) {
    SHOWN.with_borrow_mut(|view| {
        if let Some(view) = view {
            view.add_related(context);
        }
    });
}

/// Lets the browser lay out what is below the screen, part by part, each in a frame of its own (`style/layout.css`).
fn lay_out(main: HtmlElement, mut classes: impl Iterator<Item = &'static str> + 'static) {
    document::after_paint(move || {
        if let Some(class) = classes.next() {
            main.set_class_name(class);
            lay_out(main, classes);
        }
    });
}
