//! The state of saving: for each article what the store has, and what the reader wants of it.
//!
//! The button shows the wish at once. A task that ends counts only if it carried out the newest wish
//! for its own article.

/// An article whose state is known.
#[derive(Debug, Default)]
struct Article {
    path: String,
    /// The store has it.
    stored: bool,
    /// What the reader wants, while a task goes on.
    wanted: Option<bool>,
    /// The number of the newest task.
    task: u32,
}

/// The articles of this tab.
#[derive(Debug, Default)]
pub(super) struct SavingState(Vec<Article>);

/// A task that is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Task {
    /// To save the article, or to give it up.
    pub(super) save: bool,
    number: u32,
}

impl SavingState {
    fn article(&mut self, path: &str) -> &mut Article {
        let index = match self.0.iter().position(|it| it.path == path) {
            Some(index) => index,
            None => {
                self.0.push(Article { path: path.to_owned(), ..Article::default() });
                self.0.len() - 1
            }
        };
        &mut self.0[index]
    }

    /// Whether the article's button says that it is saved.
    pub(super) fn is_saved(&self, path: &str) -> bool {
        let article = self.0.iter().find(|it| it.path == path);
        article.is_some_and(|it| it.wanted.unwrap_or(it.stored))
    }

    /// The reader pressed the article's button.
    pub(super) fn toggle(&mut self, path: &str) -> Task {
        let save = !self.is_saved(path);
        let article = self.article(path);
        article.wanted = Some(save);
        article.task += 1;
        Task { save, number: article.task }
    }

    /// The store says whether it has the article. While a task goes on that is no news.
    pub(super) fn learn(&mut self, path: &str, stored: bool) {
        let article = self.article(path);
        if article.wanted.is_none() {
            article.stored = stored;
        }
    }

    /// A task has ended, and the store says whether it has the article. Whether the reader did not
    /// get what the newest wish was.
    pub(super) fn settle(&mut self, path: &str, task: Task, stored: bool) -> bool {
        let article = self.article(path);
        if article.task != task.number {
            return false;
        }
        article.wanted = None;
        article.stored = stored;
        stored != task.save
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "/a/";
    const B: &str = "/b/";

    #[test]
    fn the_button_shows_the_wish_at_once_and_the_truth_at_the_end() {
        let mut state = SavingState::default();
        let task = state.toggle(A);
        assert!(task.save && state.is_saved(A));
        assert!(state.settle(A, task, false), "the reader did not get it");
        assert!(!state.is_saved(A));
    }

    #[test]
    fn what_becomes_of_one_article_changes_nothing_of_another() {
        let mut state = SavingState::default();
        let a = state.toggle(A);
        let b = state.toggle(B);
        assert!(!state.settle(B, b, true));
        assert!(state.settle(A, a, false));
        assert!(state.is_saved(B) && !state.is_saved(A));
    }

    #[test]
    fn given_up_while_it_is_loading_it_ends_not_saved() {
        let mut state = SavingState::default();
        let save = state.toggle(A);
        let remove = state.toggle(A);
        assert!(!remove.save && !state.is_saved(A));
        // In either order of the answers.
        assert!(!state.settle(A, save, true), "nobody is told of a wish that was taken back");
        assert!(!state.is_saved(A));
        assert!(!state.settle(A, remove, false));
        assert!(!state.is_saved(A));
    }

    #[test]
    fn what_the_store_says_while_a_task_goes_on_does_not_turn_the_button() {
        let mut state = SavingState::default();
        let task = state.toggle(A);
        state.learn(A, false);
        assert!(state.is_saved(A));
        assert!(!state.settle(A, task, true));
        state.learn(A, false);
        assert!(!state.is_saved(A), "the browser deleted it");
    }
}
