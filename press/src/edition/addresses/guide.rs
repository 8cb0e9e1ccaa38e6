//! The guide: the directory as the links of one article ask it. What was asked is noted with the answers, so that it is
//! known later whether the links would still lead where they led.

use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::edition::addresses::directory::{Directory, Goal};

/// A question to the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Question {
    /// Which article is in this file.
    File(PathBuf),
    /// Which page has this address.
    Page(String),
    /// Which article may have had this address.
    Guess(String),
    /// Which page a reference means, written in a folder of a section.
    Reference { name: String, dir: PathBuf, section: String },
}

/// A question, and the page that was the answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answered {
    question: Question,
    answer: Option<Answer>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// The file of the article that it is.
    article: Option<PathBuf>,
    path: String,
}

/// The directory, which notes what it is asked.
pub(crate) struct Guide<'a> {
    directory: &'a dyn Deref<Target = Directory>,
    asked: RefCell<Vec<Answered>>,
}

impl<'a> Guide<'a> {
    pub(crate) fn new(directory: &'a dyn Deref<Target = Directory>) -> Self {
        Self { directory, asked: RefCell::default() }
    }

    /// What was asked.
    pub(crate) fn asked(self) -> Vec<Answered> {
        self.asked.into_inner()
    }

    /// The article in a file.
    pub(crate) fn file(&self, path: &Path) -> Option<Goal> {
        self.ask(Question::File(path.to_owned()))
    }

    /// The page at an address.
    pub(crate) fn page(&self, path: &str) -> Option<Goal> {
        self.ask(Question::Page(path.to_owned()))
    }

    /// The article that an old address means.
    pub(crate) fn guess(&self, path: &str) -> Option<Goal> {
        self.ask(Question::Guess(path.to_owned()))
    }

    /// The page that a reference means.
    pub(crate) fn reference(&self, name: &str, dir: &Path, section: &str) -> Option<Goal> {
        let (name, section) = (name.to_owned(), section.to_owned());
        self.ask(Question::Reference { name, dir: dir.to_owned(), section })
    }

    /// The path of a page from the site's root, without the slash at its begin.
    pub(crate) fn path(&self, goal: &Goal) -> String {
        self.directory.path(goal)
    }

    /// The file of an article.
    pub(crate) fn file_of(&self, goal: &Goal) -> Option<&'a Path> {
        self.directory.file_of(goal)
    }

    fn ask(&self, question: Question) -> Option<Goal> {
        let goal = self.directory.answer(&question);
        let answer = self.directory.described(goal.as_ref());
        self.asked.borrow_mut().push(Answered { question, answer });
        goal
    }
}

impl fmt::Debug for Guide<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guide").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Directory {
    /// Whether the answer to a question would be what it was.
    pub(crate) fn answers_so(&self, asked: &Answered) -> bool {
        self.described(self.answer(&asked.question).as_ref()) == asked.answer
    }

    fn answer(&self, question: &Question) -> Option<Goal> {
        match question {
            Question::File(path) => self.file(path).map(Goal::Article),
            Question::Page(path) => self.page(path),
            Question::Guess(path) => self.guess(path),
            Question::Reference { name, dir, section } => self.reference(name, dir, section),
        }
    }

    fn described(&self, goal: Option<&Goal>) -> Option<Answer> {
        let goal = goal?;
        Some(Answer { article: self.file_of(goal).map(Path::to_owned), path: self.path(goal) })
    }

    fn file_of(&self, goal: &Goal) -> Option<&Path> {
        match goal {
            Goal::Article(number) => self.articles.get(*number).map(|it| &*it.file),
            Goal::Page(_) => None,
        }
    }
}
