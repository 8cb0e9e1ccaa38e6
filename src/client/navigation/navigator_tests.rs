//! The navigator in every order of clicks, answers, failures, prefetches, steps back and forward.

use std::sync::Arc;

use super::navigator::{Destination, Effect, Entry, Event, Fetched, Navigator};
use crate::context::PageError;
use crate::contract::{Feed, FeedExtension, PageKind};

const MINUTE: f64 = 60_000.0;

/// A page whose title is its path.
fn page(path: &str) -> Fetched {
    let extension = FeedExtension {
        kind: PageKind::Article,
        section: None,
        page: None,
        newer_url: None,
        body: None,
        revision: None,
        related: Vec::new(),
        translations: Vec::new(),
    };
    let feed = Feed {
        version: String::new(),
        title: path.to_owned(),
        home_page_url: String::new(),
        feed_url: String::new(),
        description: None,
        language: String::new(),
        next_url: None,
        items: Vec::new(),
        extension,
    };
    Fetched { page: Arc::new(feed), kept_at: None }
}

fn follow(path: &str) -> Event {
    Event::Follow { path: path.to_owned(), rest: String::new() }
}

fn traverse(path: &str) -> Event {
    Event::Traverse { path: path.to_owned(), rest: String::new() }
}

fn arrived(path: &str) -> Event {
    Event::Arrived(path.to_owned(), page(path))
}

fn failed(path: &str, error: PageError) -> Event {
    Event::Failed(path.to_owned(), error)
}

fn shown(path: &str, entry: Entry) -> Effect {
    Effect::Show(Destination { path: path.to_owned(), rest: String::new(), entry }, page(path))
}

fn fetch(path: &str) -> Effect {
    Effect::Fetch(path.to_owned())
}

#[test]
fn a_click_fetches_then_shows_and_a_second_one_within_minutes_fetches_nothing() {
    let mut navigator = Navigator::new("/");
    assert_eq!(navigator.handle(follow("/a/"), 0.0), [Effect::Busy(true), fetch("/a/")]);
    let effects = navigator.handle(arrived("/a/"), 1.0);
    assert_eq!(effects, [Effect::Busy(false), shown("/a/", Entry::Push)]);
    assert_eq!(navigator.handle(follow("/a/"), MINUTE), [shown("/a/", Entry::Replace)]);
    let later = navigator.handle(follow("/a/"), 6.0 * MINUTE);
    assert_eq!(later, [Effect::Busy(true), fetch("/a/")], "it may have changed");
}

#[test]
fn back_shows_what_the_reader_saw_there_however_old() {
    let mut navigator = Navigator::new("/");
    navigator.handle(Event::Known("/".into(), page("/").page), 0.0);
    navigator.handle(follow("/a/"), 0.0);
    navigator.handle(arrived("/a/"), 0.0);
    assert_eq!(navigator.handle(traverse("/"), 60.0 * MINUTE), [shown("/", Entry::Traverse)]);
}

#[test]
fn a_step_back_that_fails_loads_the_document_of_the_address() {
    let mut navigator = Navigator::new("/");
    navigator.handle(traverse("/a/"), 0.0);
    let effects = navigator.handle(failed("/a/", PageError::Network), 0.0);
    assert_eq!(effects, [Effect::Busy(false), Effect::LoadHere]);
}

#[test]
fn a_page_that_is_gone_is_left_to_the_server_and_any_other_failure_is_told() {
    for (error, effect) in [
        (PageError::Gone, Effect::Load("/a/?x#y".into())),
        (PageError::Server, Effect::Alert(PageError::Server, "/a/".into())),
    ] {
        let mut navigator = Navigator::new("/");
        navigator.handle(Event::Follow { path: "/a/".into(), rest: "?x#y".into() }, 0.0);
        assert_eq!(navigator.handle(failed("/a/", error), 0.0), [Effect::Busy(false), effect]);
    }
}

#[test]
fn a_prefetch_that_fails_says_nothing_and_the_click_tries_again() {
    let mut navigator = Navigator::new("/");
    assert_eq!(navigator.handle(Event::Prefetch("/a/".into()), 0.0), [fetch("/a/")]);
    assert_eq!(navigator.handle(failed("/a/", PageError::Network), 0.0), []);
    assert_eq!(navigator.handle(follow("/a/"), 0.0), [Effect::Busy(true), fetch("/a/")]);
}

#[test]
fn the_page_that_is_made_ready_is_the_one_that_was_pointed_at_last() {
    let mut navigator = Navigator::new("/");
    let ready = |path: &str| Effect::Prepare(page(path).page);
    assert_eq!(navigator.handle(Event::Prefetch("/a/".into()), 0.0), [fetch("/a/")]);
    assert_eq!(navigator.handle(Event::Prefetch("/b/".into()), 0.0), [fetch("/b/")]);
    assert_eq!(navigator.handle(arrived("/a/"), 0.0), [], "the reader points elsewhere by now");
    assert_eq!(navigator.handle(arrived("/b/"), 0.0), [ready("/b/")]);
    assert_eq!(navigator.handle(Event::Prefetch("/a/".into()), 0.0), [ready("/a/")]);
    assert_eq!(navigator.handle(follow("/a/"), 0.0), [shown("/a/", Entry::Push)]);
    assert_eq!(navigator.handle(Event::Prefetch("/a/".into()), 0.0), [], "it is shown");
}

#[test]
fn a_click_shows_what_came_last_though_an_older_text_was_made_ready() {
    let mut navigator = Navigator::new("/");
    navigator.handle(Event::Prefetch("/a/".into()), 0.0);
    navigator.handle(arrived("/a/"), 0.0);
    let mut changed = page("/a/");
    let text = Feed { title: "another text".into(), ..Feed::clone(&changed.page) };
    changed.page = Arc::new(text);
    navigator.handle(Event::Known("/a/".into(), changed.page.clone()), 0.0);
    let effects = navigator.handle(follow("/a/"), 0.0);
    assert!(
        matches!(&effects[..], [Effect::Show(_, it)] if Arc::ptr_eq(&it.page, &changed.page)),
        "{effects:?}"
    );
}

#[test]
fn going_back_to_the_page_that_is_shown_takes_the_click_back() {
    let mut navigator = Navigator::new("/");
    navigator.handle(follow("/a/"), 0.0);
    assert_eq!(navigator.handle(traverse("/"), 0.0), [Effect::Busy(false)]);
    assert_eq!(navigator.handle(arrived("/a/"), 0.0), []);
}

#[test]
fn a_page_that_was_corrected_is_fetched_again_and_the_shown_one_is_compared() {
    let mut navigator = Navigator::new("/a/");
    navigator.handle(Event::Known("/a/".into(), page("/a/").page), 0.0);
    navigator.handle(Event::Known("/b/".into(), page("/b/").page), 0.0);
    let outdated = Event::Outdated(vec!["/a/".into(), "/b/".into()]);
    assert_eq!(navigator.handle(outdated, 0.0), [Effect::ShownIsOutdated]);
    assert_eq!(navigator.handle(traverse("/b/"), 0.0), [Effect::Busy(true), fetch("/b/")]);
}

/// What an observer of the effects knows.
#[derive(Clone)]
struct Observer {
    shown: String,
    /// The newest wish that was neither fulfilled nor answered.
    wish: Option<String>,
    in_flight: Vec<String>,
    busy: bool,
}

impl Observer {
    /// Notes what the reader or the network did, and checks what the navigator made of it.
    fn observe(&mut self, event: &Event, effects: &[Effect], story: &str) {
        match event {
            Event::Follow { path, .. } | Event::Reload { path, .. } => {
                self.wish = Some(path.clone());
            }
            Event::Traverse { path, .. } => {
                self.wish = (*path != self.shown).then(|| path.clone());
            }
            Event::Arrived(path, _) | Event::Failed(path, _) => {
                self.in_flight.retain(|it| it != path);
            }
            _ => {}
        }
        let answers = matches!(event, Event::Arrived(..) | Event::Failed(..));
        for effect in effects {
            match effect {
                Effect::Fetch(path) => {
                    assert!(!self.in_flight.contains(path), "fetched twice: {story}");
                    self.in_flight.push(path.clone());
                }
                Effect::Busy(busy) => {
                    assert_ne!(self.busy, *busy, "said twice: {story}");
                    self.busy = *busy;
                }
                Effect::Show(destination, fetched) => {
                    assert_eq!(self.wish.as_ref(), Some(&destination.path), "unwanted: {story}");
                    assert_eq!(destination.path, fetched.page.title, "another page: {story}");
                    self.shown.clone_from(&destination.path);
                    self.wish = None;
                }
                Effect::Prepare(page) => {
                    assert_ne!(page.title, self.shown, "made ready though it is shown: {story}");
                }
                Effect::Alert(_, path) => {
                    assert!(answers && self.wish.as_ref() == Some(path), "{story}");
                    self.wish = None;
                }
                Effect::LoadHere => self.wish = None,
                Effect::Load(_) | Effect::ShownIsOutdated => panic!("for no reason: {story}"),
            }
        }
        assert_eq!(self.busy, self.wish.is_some(), "busy while something is wanted: {story}");
        if let Some(wish) = &self.wish {
            assert!(self.in_flight.contains(wish), "wanted and not fetched: {story}");
        }
    }
}

/// Everything that can happen next.
fn possible(observer: &Observer) -> Vec<Event> {
    let mut events = vec![follow("/a/"), follow("/b/"), traverse("/"), traverse("/a/")];
    events.push(Event::Prefetch("/b/".into()));
    events.push(Event::Reload { path: observer.shown.clone(), rest: String::new() });
    for path in &observer.in_flight {
        events.push(arrived(path));
        events.push(failed(path, PageError::Network));
    }
    events
}

/// Plays all stories of a number of events.
fn play(events: &[Event], observer: &Observer, left: usize, count: &mut usize) {
    for event in possible(observer) {
        let mut story = events.to_vec();
        story.push(event);
        // The machine is played from its start: it cannot be copied, and stories are short.
        let mut navigator = Navigator::new("/");
        let mut effects = Vec::new();
        for event in &story {
            effects = navigator.handle(event.clone(), 0.0);
        }
        let mut next = observer.clone();
        if let Some(last) = story.last() {
            next.observe(last, &effects, &format!("{:?}", names(&story)));
        }
        *count += 1;
        if left > 1 {
            play(&story, &next, left - 1, count);
        }
    }
}

fn names(story: &[Event]) -> Vec<String> {
    let name = |event: &Event| match event {
        Event::Follow { path, .. } => format!("follow {path}"),
        Event::Traverse { path, .. } => format!("traverse {path}"),
        Event::Arrived(path, _) => format!("arrived {path}"),
        Event::Failed(path, _) => format!("failed {path}"),
        other => format!("{other:?}"),
    };
    story.iter().map(name).collect()
}

#[test]
fn in_every_order_the_newest_wish_wins_and_nothing_is_fetched_twice() {
    let observer = Observer { shown: "/".into(), wish: None, in_flight: Vec::new(), busy: false };
    let mut count = 0;
    play(&[], &observer, 5, &mut count);
    assert!(count > 10_000, "{count} stories");
}
