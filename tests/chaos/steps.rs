//! Steps: what readers, publishers and networks do, chosen by a seed.
//!
//! The whole list is made before the first step is taken, and looks at nothing but the seed. So a seed
//! always gives the same list, and steps can be left out of it to find those that a failure needs. A
//! step that makes no sense where it comes is passed over.

use std::ops::Range;
use std::time::Duration;

use fastrand::Rng;

use crate::network::{Fault, Files};
use crate::publisher::{ARTICLES, Change, SECTIONS, path_of};

/// A page that a reader opens by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The newest articles.
    Front,
    /// The newest articles of a section.
    Section(usize),
    /// What the device keeps.
    Saved,
    /// What can be read without a network.
    Offline,
    /// An article, at its canonical address.
    Article(usize),
    /// An article, at an address that others link to: `/a/b`, `/a/b/index.html`, `/a/b/?utm_source=x`.
    Alias(usize, &'static str),
}

impl Place {
    /// Path and query.
    pub(crate) fn address(self) -> String {
        match self {
            Place::Front => "/".to_owned(),
            Place::Section(number) => format!("/{}/", SECTIONS[number]),
            Place::Saved => "/saved/".to_owned(),
            Place::Offline => "/offline/".to_owned(),
            Place::Article(number) => path_of(number),
            Place::Alias(number, "") => path_of(number).trim_end_matches('/').to_owned(),
            Place::Alias(number, rest) => path_of(number) + rest,
        }
    }

    /// The article that is opened.
    pub(crate) fn article(self) -> Option<usize> {
        match self {
            Place::Article(number) | Place::Alias(number, _) => Some(number),
            _ => None,
        }
    }
}

/// What a reader can clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    /// The newest articles that were downloaded.
    Downloads,
    /// Pages that were read.
    Read,
    /// Their pictures.
    Pictures,
}

/// What a page asks the worker for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    /// Save an article.
    Save(usize),
    /// Give an article up.
    Remove(usize),
    /// Ask the newspaper what it corrected and withdrew.
    Sync,
    /// Download articles.
    Download(Vec<usize>),
    /// Delete all downloaded articles but these.
    Prune(Vec<usize>),
    /// Delete all of a store.
    Clear(Store),
    /// List what is saved.
    Entries,
    /// Count bytes.
    Usage,
    /// List what can be read.
    Readable,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The reader opens an address as a document.
    Read(Place),
    /// The reader follows a link of the page; which one, by this number.
    Follow(usize),
    /// The reader saves an article, and waits for what the app says or goes on at once.
    Save(usize, bool),
    /// The reader gives up an article on its page.
    GiveUp(usize),
    /// The reader gives up an article on the page of saved articles; which one, by this number.
    Remove(usize),
    /// The reader downloads the newest articles of these sections, and perhaps stops that.
    Download(Vec<usize>, bool),
    /// The reader clears a store.
    Clear(Store),
    /// The reader loads the page again.
    Reload,
    /// The reader goes back.
    Back,
    /// The reader goes forward.
    Forward,
    /// The reader opens a second tab.
    OpenTab,
    /// The reader goes to the other tab.
    SwitchTab,
    /// The reader closes the tab.
    CloseTab,
    /// The reader closes the browser and opens it again.
    Restart,
    /// The publisher changes something and deploys.
    Publish(Change),
    /// Answers fail from now on.
    Fail(Files, Fault),
    /// Connections are refused from now on.
    Cut,
    /// Network and server are as they should be.
    Heal,
    /// The browser stops the worker.
    Kill,
    /// So many bytes are left for the site.
    Fill(u64),
    /// There is room again.
    Empty,
    /// The system deletes all caches of the site, and nothing else.
    Evict,
    /// The index of what is kept is lost, and nothing else.
    LoseIndex,
    /// Tabs ask the worker for all of this at once, and wait for the answers or do not.
    Ask(Vec<Task>, bool),
    /// The network heals, the paper is visited, and what the reader is owed is looked at.
    Check,
}

/// The steps of a seed.
pub(crate) fn of(seed: u64, count: usize) -> Vec<Step> {
    let mut plan = Plan { rng: Rng::with_seed(seed), steps: Vec::new() };
    if plan.one_in(2) {
        // The very first page is saved before the worker can be there.
        let number = plan.article();
        plan.push([Step::Read(Place::Article(number)), Step::Save(number, true)]);
    } else {
        plan.push([Step::Read(Place::Front)]);
    }
    let early = plan.rng.usize(4..12);
    while plan.steps.len() < early {
        plan.next();
    }
    // From here on the device has all that it needs.
    plan.push([Step::Check]);
    while plan.steps.len() < count {
        plan.next();
    }
    plan.steps.truncate(count);
    plan.steps
}

struct Plan {
    rng: Rng,
    steps: Vec<Step>,
}

impl Plan {
    fn push(&mut self, steps: impl IntoIterator<Item = Step>) {
        self.steps.extend(steps);
    }

    fn below(&mut self, end: usize) -> usize {
        self.rng.usize(..end)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn article(&mut self) -> usize {
        self.below(ARTICLES)
    }

    fn millis(&mut self, range: Range<u64>) -> Duration {
        Duration::from_millis(self.rng.u64(range))
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// A step, or a few that together make a bad day.
    fn next(&mut self) {
        match self.below(100) {
            0..46 => self.reading(),
            46..58 => self.publishing(),
            58..65 => self.without_a_network(),
            65..71 => self.failing_files(),
            71..78 => self.save_under_trouble(),
            78..81 => self.two_tabs(),
            81..84 => self.bad_deploy(),
            84..87 => self.no_room(),
            87..93 => self.many_at_once(),
            93..95 => self.push([Step::Kill]),
            95..97 => self.push([Step::Restart]),
            97 => self.push([Step::Check]),
            98 => self.push([Step::LoseIndex]),
            _ => {
                if self.one_in(2) {
                    self.push([Step::Evict]);
                }
            }
        }
    }

    fn reading(&mut self) {
        let step = match self.below(100) {
            0..20 => Step::Read(self.place()),
            20..48 => Step::Follow(self.below(1000)),
            48..66 => Step::Save(self.article(), !self.one_in(4)),
            66..74 => Step::GiveUp(self.article()),
            74..77 => Step::Remove(self.below(100)),
            77..82 => Step::Download(self.sections(), self.one_in(4)),
            82..86 => Step::Clear(self.pick(&[Store::Downloads, Store::Read, Store::Pictures])),
            86..90 => Step::Reload,
            90..97 => Step::Back,
            _ => Step::Forward,
        };
        self.push([step]);
    }

    fn place(&mut self) -> Place {
        match self.below(12) {
            0 => Place::Front,
            1 => Place::Section(self.below(SECTIONS.len())),
            2 => Place::Saved,
            3 => Place::Alias(self.article(), self.pick(&["", "index.html", "?utm_source=x"])),
            _ => Place::Article(self.article()),
        }
    }

    fn sections(&mut self) -> Vec<usize> {
        let first = self.below(SECTIONS.len());
        let mut sections = vec![first];
        sections.extend((0..SECTIONS.len()).filter(|it| *it != first && self.rng.bool()));
        sections.sort_unstable();
        sections
    }

    fn publishing(&mut self) {
        let number = self.article();
        let change = match self.below(12) {
            0..4 => Change::Edit(number),
            4..7 => Change::Correct(number),
            7..9 => Change::Withdraw(number),
            9 => Change::Delete(number),
            _ => Change::Build,
        };
        self.push([Step::Publish(change)]);
    }

    /// Some reading with no network.
    fn without_a_network(&mut self) {
        self.push([Step::Cut]);
        if self.one_in(4) {
            self.push([Step::Restart]);
        }
        for _ in 0..2 + self.below(3) {
            self.reading();
        }
        self.push([Step::Heal]);
    }

    fn fault(&mut self) -> Fault {
        let slow = self.millis(200..1200);
        match self.below(12) {
            0..3 => Fault::Status(503),
            3..5 => Fault::Status(404),
            5..7 => Fault::Portal,
            7 => Fault::Truncated,
            8 => Fault::Cut,
            9 => Fault::Slow(slow),
            // Longer than the worker waits before it shows a copy.
            10 => Fault::Slow(Duration::from_millis(3800)),
            _ => Fault::Status(500),
        }
    }

    fn files(&mut self) -> Files {
        let number = self.article();
        match self.below(10) {
            0..2 => Files::One(path_of(number)),
            2 => Files::One(path_of(number) + "index.json"),
            3..5 => Files::Pictures,
            5 => Files::Data,
            6 => Files::Lists,
            7 => Files::Shell,
            8 => Files::One(
                self.pick(&["/offline/", "/saved/", "/sw.js", "/corrections.json"]).to_owned(),
            ),
            _ => Files::All,
        }
    }

    fn failing_files(&mut self) {
        let (files, fault) = (self.files(), self.fault());
        self.push([Step::Fail(files, fault)]);
        for _ in 0..1 + self.below(4) {
            self.reading();
        }
        self.push([Step::Heal]);
    }

    /// An article is saved while its pictures or its page do not come, or come late.
    fn save_under_trouble(&mut self) {
        let number = self.article();
        let other = self.article();
        let (read, save) = (Step::Read(Place::Article(number)), Step::Save(number, true));
        let slow = Fault::Slow(self.millis(500..2000));
        match self.below(7) {
            0 => {
                let fault = self.fault();
                self.push([Step::Clear(Store::Pictures), Step::Fail(Files::Pictures, fault), save]);
            }
            1 => self.push([
                read,
                Step::Fail(Files::One(path_of(number)), Fault::Hold),
                Step::Save(number, false),
                Step::GiveUp(number),
            ]),
            2 => self.push([
                read,
                Step::Fail(Files::One(path_of(number)), Fault::Hold),
                Step::Save(number, false),
                Step::Follow(0),
                Step::Fail(Files::All, Fault::Status(503)),
            ]),
            // Another is given up while the pictures of this one are on their way.
            3 => self.push([
                Step::Save(other, true),
                read,
                Step::Publish(Change::Edit(number)),
                Step::Fail(Files::Pictures, slow),
                Step::Save(number, false),
                Step::Remove(0),
            ]),
            4 => self.push([
                read,
                Step::Fail(Files::One(path_of(number)), slow),
                Step::Save(number, false),
                Step::Kill,
            ]),
            5 => self.push([read, Step::Cut, save]),
            _ => {
                let fault = self.fault();
                self.push([read, Step::Fail(Files::One(path_of(number)), fault), save]);
            }
        }
        self.push([Step::Heal]);
    }

    /// Two tabs at the same time.
    fn two_tabs(&mut self) {
        let (number, other) = (self.article(), self.article());
        let slow = self.millis(200..1500);
        self.push([
            Step::Read(Place::Article(number)),
            Step::OpenTab,
            Step::Save(other, true),
            Step::SwitchTab,
            Step::Fail(Files::One(path_of(number)), Fault::Slow(slow)),
            Step::Save(number, false),
            Step::SwitchTab,
            Step::GiveUp(other),
            Step::Heal,
        ]);
        for _ in 0..self.below(4) {
            self.reading();
            if self.one_in(2) {
                self.push([Step::SwitchTab]);
            }
        }
        self.push([Step::CloseTab]);
    }

    /// A new build comes while its files fail.
    fn bad_deploy(&mut self) {
        let fault = self.fault();
        self.push([
            Step::Fail(Files::Shell, fault),
            Step::Publish(Change::Build),
            Step::Read(Place::Front),
        ]);
        self.reading();
        if self.one_in(2) {
            self.push([Step::Restart]);
        }
        self.push([Step::Heal]);
    }

    /// Many tasks of the worker at once, perhaps slowly, perhaps killed in the middle.
    fn many_at_once(&mut self) {
        let count = 2 + self.below(6);
        let articles = [self.article(), self.article(), self.article()];
        let tasks = (0..count).map(|_| self.task(&articles)).collect();
        let slow = self.one_in(2);
        if slow {
            let files = self.pick(&[Files::All, Files::Pictures]);
            let delay = self.millis(50..700);
            self.push([Step::Fail(files, Fault::Slow(delay))]);
        }
        let wait = !self.one_in(3);
        self.push([Step::Ask(tasks, wait)]);
        if !wait && self.one_in(2) {
            self.push([Step::Kill]);
        }
        if slow {
            self.push([Step::Heal]);
        }
    }

    /// A task that concerns few articles, so that tasks meet.
    fn task(&mut self, articles: &[usize]) -> Task {
        let one = self.pick(articles);
        match self.below(20) {
            0..6 => Task::Save(one),
            6..10 => Task::Remove(one),
            10..12 => Task::Sync,
            12..14 => Task::Download(articles.to_vec()),
            14 => Task::Download(vec![one]),
            15 => Task::Prune(vec![one]),
            16 => Task::Clear(self.pick(&[Store::Downloads, Store::Read, Store::Pictures])),
            17 => Task::Entries,
            18 => Task::Usage,
            _ => Task::Readable,
        }
    }

    fn no_room(&mut self) {
        let bytes = self.rng.u64(0..40_000);
        self.push([Step::Fill(bytes)]);
        for _ in 0..2 + self.below(3) {
            self.reading();
        }
        let number = self.article();
        self.push([Step::Save(number, true), Step::Empty]);
    }
}
