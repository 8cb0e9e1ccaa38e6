//! Pictures as bad disks, half transfers and people with bad intentions leave them: valid files of all formats, changed
//! at any places. `PROPTEST_CASES=100000` looks longer.

use press::pictures::make;
use proptest::prelude::*;

use crate::odd_pictures::formats;

/// What happens to a file.
#[derive(Clone, Debug)]
enum Wear {
    /// A byte becomes another one.
    Byte(usize, u8),
    /// Four bytes become a number, as lengths and sides are written.
    Number(usize, u32),
    /// What is behind is gone.
    Cut(usize),
    /// Some bytes are there twice.
    Twice(usize, usize),
}

impl Wear {
    fn of(&self, bytes: &mut Vec<u8>) {
        let place = |at: usize| at % bytes.len().max(1);
        match *self {
            Self::Byte(at, value) => {
                let at = place(at);
                bytes.splice(at..at + 1, [value]);
            }
            Self::Number(at, value) => {
                let at = place(at);
                let end = (at + 4).min(bytes.len());
                bytes.splice(at..end, value.to_be_bytes());
            }
            Self::Cut(at) => bytes.truncate(place(at).max(1)),
            Self::Twice(at, count) => {
                let at = place(at);
                let end = (at + count).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
}

fn wear() -> impl Strategy<Value = Wear> {
    // Headers are where most is decided.
    let at = prop_oneof![0..200_usize, any::<usize>()];
    let numbers = prop_oneof![Just(0), Just(1), Just(0x7fff_ffff), Just(u32::MAX), any::<u32>()];
    prop_oneof![
        4 => (at.clone(), any::<u8>()).prop_map(|(at, value)| Wear::Byte(at, value)),
        2 => (at.clone(), numbers).prop_map(|(at, value)| Wear::Number(at, value)),
        1 => at.clone().prop_map(Wear::Cut),
        1 => (at, 1..64_usize).prop_map(|(at, count)| Wear::Twice(at, count)),
    ]
}

#[test]
fn a_worn_picture_is_shown_or_refused_and_its_files_are_what_they_say() {
    let files = formats(24, 16).expect("the formats can be written");
    let worn = (0..files.len(), prop::collection::vec(wear(), 1..6));
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |((number, wears) in worn)| {
        let (name, whole) = &files[number];
        let mut bytes = whole.clone();
        wears.iter().for_each(|it| it.of(&mut bytes));
        let Ok((made, out)) = make(&bytes) else { return Ok(()) };
        prop_assert!(made.width > 0 && made.height > 0, "{name}: {made:?}");
        prop_assert!(!out.is_empty() && out.iter().all(|(_, it)| !it.is_empty()), "{name}: {made:?}");
        for (file, bytes) in &out {
            let Some(width) = file.strip_suffix(".webp").and_then(|it| it.parse::<usize>().ok()) else {
                continue;
            };
            let sides = imagesize::blob_size(bytes);
            prop_assert!(sides.is_ok_and(|it| it.width == width), "{name}: {file}");
        }
    });
}
