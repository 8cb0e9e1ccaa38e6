//! Makes cards of the links that ask for one: with a mark, or alone in their block with an address that is known to
//! play. A card is a link that also works without script, without a network and in feeds.

use super::providers::{self, Foreign, Kind, Shape};
use super::{MARK, Player, chapters, own};
use crate::edition::addresses::urls;
use crate::edition::article::BundleFile;
use crate::edition::body::labels::Labels;
use crate::edition::body::names;
use crate::edition::body::postprocess::{Complaints, Surroundings};
use crate::edition::diagnostics::Problem;
use crate::html::{Element, Node, NodeId, Tree};

/// What a link asks for, by its classes.
#[derive(Debug, Default)]
struct Asked {
    /// It has the mark.
    marked: bool,
    /// It was a frame of another page, and not a film or sound.
    frame: bool,
    /// It was a film, or sound.
    element: Option<Kind>,
    chapters: bool,
    size: Option<(u32, u32)>,
    /// How long it plays, in seconds.
    length: Option<u64>,
}

/// What a card shows.
#[derive(Debug)]
enum Content<'f> {
    Foreign(Foreign),
    Own(Kind, &'f BundleFile),
    Document(String, &'f BundleFile),
}

/// Makes the cards, and gives the players of other sites that need a page. `files` are those that the links lead to.
pub(crate) fn show(
    tree: &mut Tree,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
    files: &[BundleFile],
) -> Vec<Player> {
    let mut maker = Maker { surroundings, files, players: Vec::new() };
    for block in tree.all(|name| matches!(name, "p" | "div" | "figure")) {
        let Some(links) = only_links(tree, block) else { continue };
        let asked: Vec<Asked> = links.iter().map(|link| asked(tree, *link)).collect();
        let contents: Vec<_> = links
            .iter()
            .zip(&asked)
            .filter(|(_, asked)| !asked.chapters)
            .map(|(link, asked)| {
                Some((*link, maker.content(tree, *link, asked, true, complaints)?))
            })
            .collect();
        let Some(contents) = contents.into_iter().collect::<Option<Vec<_>>>() else { continue };
        let track = links.iter().zip(&asked).find(|(_, asked)| asked.chapters);
        let track = track.and_then(|(link, _)| maker.file(tree, *link)).map(|it| it.from.clone());
        let block = around(tree, block);
        let (mut place, mut last) = (block, None);
        for (link, content) in contents {
            let Some(card) = maker.card(tree, place, link, content) else { continue };
            (place, last) = (card, Some(card));
        }
        if last.is_none() {
            continue;
        }
        tree.remove(block);
        if let Some(card) = last {
            maker.add_chapters(tree, card, track.as_deref());
        }
    }
    // What stands amid words stays a link there, and its card follows.
    for link in tree.all(|name| name == "a") {
        let asked = asked(tree, link);
        if !asked.marked {
            continue;
        }
        let content = maker.content(tree, link, &asked, false, complaints);
        let block = tree.above(link, |name| name == "p");
        let plain = tree.above(link, |name| matches!(name, "dt" | "th" | "summary")).is_none();
        if let (Some(content), Some(block), true) = (content, block, plain) {
            let copy =
                tree.element(link).cloned().and_then(|it| tree.append(block, Node::Element(it)));
            if let Some(copy) = copy {
                let words = tree.words(link, |_| false);
                tree.append(copy, Node::Text(words));
                maker.card(tree, block, copy, content);
                tree.remove(copy);
            }
        }
        tree.change(link, |element| element.take("class"));
        // Nothing that plays is left of it, and its words are an address that may not be loaded.
        let is_gone = tree.element(link).is_some_and(|it| it.get("href").is_none());
        if is_gone && (asked.frame || asked.element.is_some()) {
            tree.remove(link);
        }
    }
    maker.players.sort();
    maker.players.dedup();
    maker.players
}

/// The links of a block that holds nothing else.
fn only_links(tree: &Tree, block: NodeId) -> Option<Vec<NodeId>> {
    let mut links = Vec::new();
    for node in tree.get(block).children() {
        match node.value() {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Element(element) if &*element.name == "a" => links.push(node.id()),
            Node::Element(element) if &*element.name == "br" => {}
            Node::Other => {}
            _ => return None,
        }
    }
    (!links.is_empty()).then_some(links)
}

/// The outermost element that holds nothing but a block.
fn around(tree: &Tree, block: NodeId) -> NodeId {
    let parents = tree.get(block).ancestors().take_while(|parent| {
        let is_plain = match parent.value() {
            Node::Element(it) => matches!(&*it.name, "div" | "figure") && it.get("class").is_none(),
            _ => false,
        };
        let blank = |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
        is_plain && parent.children().filter(|it| !blank(it.value())).count() == 1
    });
    parents.last().map_or(block, |it| it.id())
}

fn asked(tree: &Tree, link: NodeId) -> Asked {
    let mut asked = Asked::default();
    let classes = tree.element(link).and_then(|it| it.get("class")).unwrap_or_default();
    let own = names::class(MARK);
    for class in classes.split(' ') {
        match class.strip_prefix(&*own) {
            Some("") => asked.marked = true,
            Some("-iframe" | "-embed" | "-object") => asked.frame = true,
            Some("-video") => asked.element = Some(Kind::Video),
            Some("-audio") => asked.element = Some(Kind::Audio),
            Some("-chapters") => asked.chapters = true,
            _ => {
                let length = class.strip_prefix("c-length-").and_then(|it| it.parse().ok());
                asked.length = length.or(asked.length);
                let size = class.strip_prefix("c-size-").and_then(|it| it.split_once('x'));
                let size = size.and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
                asked.size = size.or(asked.size);
            }
        }
    }
    asked
}

/// An address without what nobody writes.
fn bare(address: &str) -> &str {
    let rest = address.strip_prefix("https://").or(address.strip_prefix("http://"));
    let rest = rest.unwrap_or(address);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// The host of a web address.
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    url.host_str().map(|host| host.trim_start_matches("www.").to_owned())
}

struct Maker<'a> {
    surroundings: Surroundings<'a>,
    files: &'a [BundleFile],
    players: Vec<Player>,
}

impl<'a> Maker<'a> {
    /// The file of the edition that a link leads to.
    fn file(&self, tree: &Tree, link: NodeId) -> Option<&'a BundleFile> {
        let href = tree.element(link)?.get("href")?;
        let name = href.rsplit('/').next()?;
        let file = self.files.iter().find(|file| file.to == name)?;
        (self.surroundings.linker.address.file(name) == href).then_some(file)
    }

    /// What a link plays; `alone` where nothing else is in its block.
    fn content(
        &self,
        tree: &Tree,
        link: NodeId,
        asked: &Asked,
        alone: bool,
        complaints: &mut Complaints<'_>,
    ) -> Option<Content<'a>> {
        let Some(href) = tree.element(link)?.get("href").map(str::to_owned) else {
            if asked.marked && (asked.frame || asked.element.is_some()) {
                let words = tree.words(link, |_| false);
                complaints.once(&words, Problem::PlayerWithoutAddress { words: words.clone() });
            }
            return None;
        };
        if let Some(file) = self.file(tree, link) {
            let kind = own::kind(&file.to);
            let kind = kind.map(|kind| asked.element.unwrap_or(kind));
            // A picture that leads to a document stays a picture.
            let is_plain = (alone || asked.frame) && picture(tree, link).is_none();
            let document = || own::document(&file.to).filter(|_| is_plain);
            return match kind {
                Some(kind) => (alone || asked.marked).then_some(Content::Own(kind, file)),
                None => document().map(|name| Content::Document(name, file)),
            };
        }
        if !urls::is_foreign(&href) {
            return None;
        }
        let is_bare = || {
            let words = urls::encoded(&tree.words(link, |_| false)).into_owned();
            bare(&words) == bare(&href) || (words.is_empty() && picture(tree, link).is_some())
        };
        if (asked.marked || (alone && is_bare()))
            && let Some(foreign) = providers::of(&href)
        {
            return Some(Content::Foreign(foreign));
        }
        if !asked.frame {
            return None;
        }
        if !self.surroundings.players.may_frame(&href) {
            let host = host(&href).unwrap_or_default();
            complaints.once(&href, Problem::PlayerLinked { host });
            return None;
        }
        let shape = match asked.size {
            Some((_, height)) if height <= 200 => Shape::Low,
            Some((width, height)) if width < height => Shape::Tall,
            _ => Shape::Wide,
        };
        let (provider, frame) = (host(&href)?, href.clone());
        Some(Content::Foreign(Foreign { provider, kind: Kind::Frame, shape, frame, page: href }))
    }

    /// Puts the card of a link behind a node.
    fn card(
        &mut self,
        tree: &mut Tree,
        place: NodeId,
        link: NodeId,
        content: Content<'_>,
    ) -> Option<NodeId> {
        let labels = self.surroundings.labels;
        let href = tree.element(link)?.get("href")?.to_owned();
        let title = title(tree, link, &href);
        let (classes, kind, mut facts) = match &content {
            Content::Foreign(it) => (
                vec![MARK, it.shape.class()],
                label(it.kind, labels).to_owned(),
                vec![it.provider.clone()],
            ),
            Content::Own(kind, file) => {
                let mut facts: Vec<String> =
                    own::seconds(&file.from).map(own::clock).into_iter().collect();
                facts.extend(own::bytes(&file.from).map(|it| own::size(it, labels.decimal)));
                let shape = if *kind == Kind::Audio { "audio" } else { Shape::Wide.class() };
                (vec![MARK, shape], label(*kind, labels).to_owned(), facts)
            }
            Content::Document(name, file) => {
                let size = own::bytes(&file.from).map(|it| own::size(it, labels.decimal));
                (vec!["document"], name.clone(), size.into_iter().collect())
            }
        };
        if matches!(content, Content::Foreign(_)) {
            facts.extend(asked(tree, link).length.map(own::clock));
        }
        let name = match (&title, &content) {
            (Some(title), _) => title.clone(),
            (None, Content::Own(_, file) | Content::Document(_, file)) => own_name(&file.to),
            (None, Content::Foreign(_)) => kind.clone(),
        };
        if name != kind {
            facts.insert(0, kind);
        }
        let class: Vec<String> = classes.into_iter().map(names::class).collect();
        let mut card = Element::new("div", [("class", class.join(" "))]);
        match &content {
            Content::Foreign(foreign) => {
                let player = self.player(foreign, title.as_deref());
                card.set(
                    "data-player",
                    [self.surroundings.linker.address.base, &player.file()].concat(),
                );
                self.players.push(player);
            }
            Content::Own(Kind::Video, _) => card.set("data-player", "video"),
            _ => {}
        }
        let card = tree.insert_after(place, Node::Element(card))?;
        self.fill(tree, card, link, &content, &name, &facts)
    }

    /// Puts the link and the element that plays sound into a card.
    fn fill(
        &self,
        tree: &mut Tree,
        card: NodeId,
        link: NodeId,
        content: &Content<'_>,
        name: &str,
        facts: &[String],
    ) -> Option<NodeId> {
        let poster = picture(tree, link).map(|img| {
            // The title says it all.
            tree.change(img, |it| it.set("alt", ""));
            // A picture with its sources moves as one.
            tree.above(img, |name| name == "picture").unwrap_or(img)
        });
        let mut element = tree.element(link)?.clone();
        element.attributes.retain(|(key, _)| matches!(&**key, "href" | "rel" | "id" | "hreflang"));
        if let Content::Foreign(foreign) = content {
            element.set("href", foreign.page.clone());
        }
        let href = element.get("href").unwrap_or_default().to_owned();
        let anchor = tree.append(card, Node::Element(element))?;
        if let Some(poster) = poster.filter(|_| !matches!(content, Content::Document(..))) {
            tree.move_to(poster, anchor);
        }
        let mut say = |element: &str, text: &str| {
            let element = tree.append(anchor, Node::Element(Element::new(element, [])))?;
            tree.append(element, Node::Text(text.to_owned()))
        };
        say("b", name)?;
        if !facts.is_empty() {
            say("small", &facts.join(" · "))?;
        }
        if matches!(content, Content::Own(Kind::Audio, _)) {
            let sound = [
                ("controls", String::new()),
                ("preload", "none".to_owned()),
                ("src", href),
                ("title", name.to_owned()),
            ];
            tree.append(card, Node::Element(Element::new("audio", sound)));
        }
        Some(card)
    }

    fn player(&self, foreign: &Foreign, title: Option<&str>) -> Player {
        Player {
            provider: foreign.provider.clone(),
            title: title.unwrap_or(&foreign.provider).to_owned(),
            frame: foreign.frame.clone(),
            page: foreign.page.clone(),
            language: self.surroundings.labels.language.to_owned(),
        }
    }

    /// Adds the chapters of the edition's own sound or film: those of the list that follows, else those of a track.
    fn add_chapters(&self, tree: &mut Tree, card: NodeId, track: Option<&std::path::Path>) {
        let link = tree.get(card).children().find(|it| it.value().name() == Some("a"));
        let file =
            link.and_then(|it| self.file(tree, it.id()).filter(|it| own::kind(&it.to).is_some()));
        let Some(file) = file else { return };
        let href = self.surroundings.linker.address.file(&file.to);
        let next = tree.get(card).next_siblings().find(|it| match it.value() {
            Node::Text(text) => !text.trim().is_empty(),
            it => it.name().is_some(),
        });
        let next = next.map(|it| it.id());
        let label = self.surroundings.labels.chapters;
        if let Some((list, found)) = next.and_then(|it| Some((it, chapters::of_list(tree, it)?))) {
            tree.remove(list);
            chapters::add(tree, card, &href, &found, label);
        } else if let Some(found) = track.and_then(chapters::of_track) {
            chapters::add(tree, card, &href, &found, label);
        }
    }
}

/// The picture in a link.
fn picture(tree: &Tree, link: NodeId) -> Option<NodeId> {
    let found = tree.get(link).descendants().find(|it| it.value().name() == Some("img"));
    found.map(|it| it.id())
}

/// What the author calls it: the title, or words that are not its address.
fn title(tree: &mut Tree, link: NodeId, href: &str) -> Option<String> {
    let title = tree.change(link, |element| element.take("title")).flatten();
    let poster = picture(tree, link).and_then(|it| tree.change(it, |it| it.take("alt")).flatten());
    let words = tree.words(link, |_| false);
    let words = poster.filter(|_| words.is_empty()).unwrap_or(words);
    let file = own::kind(&words).is_some() || own::document(&words).is_some_and(|it| it.len() <= 4);
    let is_address = bare(&urls::encoded(&words)) == bare(href)
        || urls::is_web(&words)
        || words.starts_with('/');
    let is_name = is_address || providers::of(&format!("https://{words}")).is_some();
    let is_name = is_name || (file && !words.contains(' '));
    title.or((!is_name).then_some(words)).filter(|it| !it.trim().is_empty())
}

/// The name of a file without its hash.
fn own_name(published: &str) -> String {
    let mut parts: Vec<&str> = published.split('.').collect();
    if parts.len() >= 3 {
        parts.remove(parts.len() - 2);
    }
    parts.join(".")
}

fn label(kind: Kind, labels: &Labels) -> &str {
    match kind {
        Kind::Video => labels.video,
        Kind::Audio => labels.audio,
        Kind::Post => labels.post,
        Kind::Frame => labels.frame,
    }
}
