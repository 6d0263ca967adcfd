//! Makes `models/en-tagger/model.bin`: an averaged perceptron over a word list.
//!
//! ```text
//! cargo run --release --example train_tagger -- TRAIN.conllu.gz WORDS.txt NEWS models/en-tagger/model.bin [TEST.conllu.gz …]
//! ```
//!
//! TRAIN is the training part of UD English EWT, WORDS the word list of Brill's tagger (`en-lexicon.txt` of textblob), NEWS a
//! folder of articles as .txt: a word to which the tagger gives one and the same tag all over it keeps that tag, and nobody
//! looks at its neighbours any more. Same input, same bytes out. With TEST files it prints the accuracy on each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::io::Read;

use sayso::model::Tag;
use sayso::text::normalize;
use sayso::text::tagger::{
    END, FEATURE_SLOT, NO_TAG, NO_WEIGHT, Tagger, Word, features, mark, product, slot_of, word_key,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Words as they stand, their normal forms, their tags.
struct Sentence {
    words: Vec<String>,
    norms: Vec<String>,
    tags: Vec<Tag>,
}

const EPOCHS: usize = 8;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [train, words, news, model, tests @ ..] = arguments.as_slice() else {
        return Err(
            "usage: train_tagger TRAIN.conllu.gz WORDS.txt NEWS MODEL.bin [TEST.conllu.gz …]"
                .into(),
        );
    };
    let mut sentences = read(train)?;
    let listed = word_list(words, &sentences)?;
    add_headlines(&mut sentences);
    let weights = perceptron(&sentences, &listed);
    let mut listed: WordList = listed
        .into_iter()
        .map(|(word, (tag, certain))| (word, in_list(tag, certain)))
        .collect();
    let open = |listed: &WordList| Tagger::open(encode(listed, &weights).leak());
    let tagger = open(&listed);
    settle(&mut listed, &tagger, news)?;
    let tagger = open(&listed);
    fs::write(model, encode(&listed, &weights))?;
    for test in tests {
        report(test, &tagger, &read(test)?);
    }
    Ok(())
}

/// Reads CoNLL-U; words joined by hyphens become one, as in news.
fn read(path: &str) -> Result<Vec<Sentence>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let mut words: Vec<(String, String, bool)> = Vec::new(); // form, xpos, glued to the next
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            words.push((
                cells[1].to_owned(),
                cells[4].to_owned(),
                cells[9].contains("SpaceAfter=No"),
            ));
        }
        let mut joined: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (mut form, mut tag, _) = words[at].clone();
            while at + 2 < words.len()
                && words[at].2
                && words[at + 1].1 == "HYPH"
                && words[at + 1].2
            {
                form = format!("{form}-{}", words[at + 2].0);
                tag = match words[at + 2].1.as_str() {
                    "VBN" | "VBG" | "VBD" | "JJ" | "NN"
                        if tag != "NNP" && words[at + 2].1 != "NN" =>
                    {
                        "JJ".to_owned()
                    }
                    other => other.to_owned(),
                };
                at += 2;
            }
            joined.push((form, tag));
            at += 1;
        }
        if joined.is_empty() {
            continue;
        }
        sentences.push(Sentence {
            norms: joined
                .iter()
                .map(|(form, _)| normalize(form).to_string())
                .collect(),
            tags: joined
                .iter()
                .map(|(form, tag)| mark(form).unwrap_or_else(|| tag_named(tag)))
                .collect(),
            words: joined.into_iter().map(|(form, _)| form).collect(),
        });
    }
    Ok(sentences)
}

fn tag_named(name: &str) -> Tag {
    match name {
        "PRP$" => Tag::PRPS,
        "WP$" => Tag::WPS,
        "," => Tag::Comma,
        "." => Tag::Stop,
        ":" => Tag::Colon,
        "HYPH" => Tag::Dash,
        "``" => Tag::QuoteOpen,
        "''" => Tag::QuoteClose,
        "-LRB-" => Tag::BracketOpen,
        "-RRB-" => Tag::BracketClose,
        "$" | "NFP" | "ADD" | "GW" | "XX" | "AFX" => Tag::SYM,
        name => Tag::ALL
            .into_iter()
            .find(|tag| format!("{tag:?}") == name)
            .unwrap_or(Tag::SYM),
    }
}

/// Tag and certainty of each listed word: certain when the list and hundreds of uses agree.
fn word_list(path: &str, sentences: &[Sentence]) -> Result<BTreeMap<String, (Tag, bool)>> {
    let mut counts: HashMap<&str, HashMap<Tag, u32>> = HashMap::new();
    for sentence in sentences {
        for (norm, &tag) in sentence.norms.iter().zip(&sentence.tags) {
            *counts.entry(norm).or_default().entry(tag).or_default() += 1;
        }
    }
    let mut listed = BTreeMap::new();
    for line in fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.starts_with(";;;"))
    {
        let mut cells = line.split_whitespace();
        if let (Some(word), Some(name)) = (cells.next(), cells.next())
            && word.chars().any(char::is_alphabetic)
            && (name == "PRP$"
                || name == "WP$"
                || Tag::ALL.into_iter().any(|t| format!("{t:?}") == name))
        {
            listed.insert(word.to_owned(), (tag_named(name), false));
        }
    }
    for (norm, tags) in counts {
        let total: u32 = tags.values().sum();
        let Some((&tag, &most)) = tags
            .iter()
            .max_by_key(|&(tag, count)| (*count, std::cmp::Reverse(*tag)))
        else {
            continue;
        };
        let certain =
            total >= 25 && most * 200 >= total * 199 && norm.chars().any(char::is_alphabetic);
        let agrees = listed.get(norm).is_none_or(|&(t, _)| t == tag);
        if certain && agrees {
            listed.insert(norm.to_owned(), (tag, true));
        } else if total >= 5 && !listed.contains_key(norm) && norm.chars().any(char::is_alphabetic)
        {
            listed.insert(norm.to_owned(), (tag, false));
        }
    }
    Ok(listed)
}

/// Words with the list's tag and the only one, [`NO_TAG`] for none.
type WordList = BTreeMap<String, (u8, u8)>;

fn in_list(tag: Tag, certain: bool) -> (u8, u8) {
    (tag as u8, if certain { tag as u8 } else { NO_TAG })
}

/// How often a word must have one tag, and in how many articles.
const OFTEN: (usize, usize) = (100, 25);

/// What the tagger made of a word.
#[derive(Default)]
struct Uses {
    tags: BTreeSet<Tag>,
    count: usize,
    articles: usize,
    /// The last article with it.
    last: usize,
}

/// Gives the words that `tagger` tags alike all over the articles of `news` that tag for good: lower-case writings under
/// their normal form, others under their own.
fn settle(listed: &mut WordList, tagger: &Tagger, news: &str) -> Result<()> {
    let mut paths: Vec<_> = fs::read_dir(news)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    let language = &sayso::lexicon::Lexicon::builtin().language;
    let mut seen: BTreeMap<(String, String), Uses> = BTreeMap::new();
    for (article, path) in paths.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let layers = sayso::text::read(&text, language);
        for sentence in &layers.sentences {
            let tokens = &layers.tokens[sentence.tokens.0 as usize..sentence.tokens.1 as usize];
            let words: Vec<(&str, &str)> = tokens
                .iter()
                .map(|token| (token.span.of(&text), token.norm.as_str()))
                .collect();
            let mut tags = Vec::new();
            tagger.tag(&words, &mut tags);
            for (&(word, norm), &tag) in words.iter().zip(&tags) {
                let own = if word.starts_with(char::is_uppercase) {
                    word
                } else {
                    norm
                };
                let uses = seen.entry((own.to_owned(), norm.to_owned())).or_default();
                uses.tags.insert(tag);
                uses.count += 1;
                uses.articles += usize::from(uses.articles == 0 || uses.last != article);
                uses.last = article;
            }
        }
    }
    let mut settled = 0;
    for ((word, norm), uses) in seen {
        let often = uses.count >= OFTEN.0 && uses.articles >= OFTEN.1;
        let (Some(&tag), 1) = (uses.tags.first(), uses.tags.len()) else {
            continue;
        };
        if !often || mark(&word).is_some() {
            continue;
        }
        let before = listed.get(&word).or_else(|| listed.get(&norm)).copied();
        let (list, certain) = before.unwrap_or((NO_TAG, NO_TAG));
        if certain == NO_TAG {
            listed.insert(word, (list, tag as u8));
            settled += 1;
        }
    }
    eprintln!("{settled} words have one tag all over the news");
    Ok(())
}

/// Every eighth sentence once more with Capital Letters, as in headlines.
fn add_headlines(sentences: &mut Vec<Sentence>) {
    let mut copies = Vec::new();
    for sentence in sentences.iter().step_by(8).filter(|s| s.words.len() > 4) {
        let capital = |word: &String| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
        };
        copies.push(Sentence {
            words: sentence
                .words
                .iter()
                .map(|w| if w.len() > 3 { capital(w) } else { w.clone() })
                .collect(),
            norms: sentence.norms.clone(),
            tags: sentence.tags.clone(),
        });
    }
    sentences.extend(copies);
}

#[derive(Clone, Default)]
struct Weight {
    now: f64,
    total: f64,
    since: u64,
}

/// Averaged weights by feature and tag.
fn perceptron(
    sentences: &[Sentence],
    listed: &BTreeMap<String, (Tag, bool)>,
) -> BTreeMap<u32, Vec<(u8, f64)>> {
    let mut weights: HashMap<u32, Vec<(u8, Weight)>> = HashMap::new();
    let mut step = 0u64;
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut seed = 20_260_101u64;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        let (mut right, mut all) = (0u32, 0u32);
        for &index in &order {
            let sentence = &sentences[index];
            let words: Vec<(&str, &str)> = sentence
                .words
                .iter()
                .zip(&sentence.norms)
                .map(|(w, n)| (w.as_str(), n.as_str()))
                .collect();
            let look_up = |word: &str, _| {
                let found = listed.get(word);
                found.map(|&(tag, certain)| in_list(tag, certain))
            };
            let seen: Vec<Word> = words
                .iter()
                .map(|&(word, norm)| Word::new(word, norm, look_up))
                .collect();
            let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
            for at in 0..words.len() {
                if let Some(tag) = mark(words[at].0) {
                    tags.push(tag);
                    continue;
                }
                if let Some(tag) = seen[at].certain() {
                    tags.push(tag);
                    continue;
                }
                let keys = features(&seen, &tags, at);
                let mut scores = [0f64; Tag::ALL.len()];
                for key in keys {
                    for (tag, weight) in weights.get(&key).into_iter().flatten() {
                        scores[*tag as usize] += weight.now;
                    }
                }
                let best =
                    (0..scores.len()).fold(0, |b, t| if scores[t] > scores[b] { t } else { b });
                let gold = sentence.tags[at] as usize;
                step += 1;
                all += 1;
                right += u32::from(best == gold);
                if best != gold {
                    for key in keys {
                        let list = weights.entry(key).or_default();
                        for (tag, change) in [(gold, 1.0), (best, -1.0)] {
                            let place = list
                                .iter()
                                .position(|(t, _)| *t as usize == tag)
                                .unwrap_or_else(|| {
                                    list.push((tag as u8, Weight::default()));
                                    list.len() - 1
                                });
                            let weight = &mut list[place].1;
                            weight.total += weight.now * (step - weight.since) as f64;
                            weight.since = step;
                            weight.now += change;
                        }
                    }
                }
                tags.push(Tag::ALL[best]);
            }
        }
        eprintln!(
            "epoch {}: {:.2} % of {all} words",
            epoch + 1,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
    weights
        .into_iter()
        .map(|(key, list)| {
            let averaged = list.into_iter().map(|(tag, w)| {
                (
                    tag,
                    (w.total + w.now * (step - w.since) as f64) / step as f64,
                )
            });
            let mut kept: Vec<(u8, f64)> = averaged.filter(|(_, w)| w.abs() >= 1.2).collect();
            kept.sort_by_key(|&(tag, _)| tag);
            (key, kept)
        })
        .filter(|(_, list)| !list.is_empty())
        .collect()
}

/// The file: two sizes, the word table, the feature table, the weights.
fn encode(listed: &WordList, weights: &BTreeMap<u32, Vec<(u8, f64)>>) -> Vec<u8> {
    let word_slots = listed.len() * 3 / 2 + 1;
    let mut words = vec![0u8; word_slots * 6];
    for slot in words.chunks_exact_mut(6) {
        slot[4] = 255;
    }
    for (word, (tag, certain)) in listed {
        let key = word_key(product(word.as_bytes()));
        let mut slot = slot_of(key, word_slots);
        while words[slot * 6 + 4] != 255 {
            slot = (slot + 1) % word_slots;
        }
        words[slot * 6..slot * 6 + 4].copy_from_slice(&key.to_le_bytes());
        words[slot * 6 + 4] = *tag;
        words[slot * 6 + 5] = *certain;
    }
    let feature_slots = weights.len() * 3 / 2 + 1;
    let mut table = vec![[END; FEATURE_SLOT]; feature_slots];
    let mut lists: Vec<u8> = Vec::new();
    for (key, list) in weights {
        let mut at = slot_of(*key, feature_slots);
        while table[at] != [END; FEATURE_SLOT] {
            at = (at + 1) % feature_slots;
        }
        let all = list.iter().flat_map(|&(tag, weight)| {
            let [low, high] =
                ((weight * 100.0).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes();
            [tag, low, high]
        });
        let slot = &mut table[at];
        slot[..4].copy_from_slice(&key.to_le_bytes());
        if list.len() > 2 {
            slot[5..9].copy_from_slice(&(lists.len() as u32).to_le_bytes());
            slot[9] = 0;
            lists.extend(all);
            lists.extend([END, 0, 0]);
        } else {
            slot[4..].copy_from_slice(&[0, 0, 0, NO_WEIGHT, 0, 0]);
            slot[4..]
                .iter_mut()
                .zip(all)
                .for_each(|(to, from)| *to = from);
        }
    }
    let mut file = Vec::new();
    file.extend((word_slots as u32).to_le_bytes());
    file.extend((feature_slots as u32).to_le_bytes());
    file.extend(words);
    file.extend(table.as_flattened());
    file.extend(lists);
    file
}

fn report(name: &str, tagger: &Tagger, sentences: &[Sentence]) {
    let coarse = |tag: Tag| match tag {
        Tag::NN | Tag::NNS => 0,
        Tag::NNP | Tag::NNPS => 1,
        Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ | Tag::MD => 2,
        Tag::JJ | Tag::JJR | Tag::JJS => 3,
        Tag::RB | Tag::RBR | Tag::RBS => 4,
        Tag::PRP | Tag::PRPS | Tag::DT | Tag::PDT | Tag::WP | Tag::WPS | Tag::WDT | Tag::EX => 5,
        Tag::IN | Tag::TO | Tag::RP => 6,
        other => 10 + other as u8,
    };
    let (mut fine, mut rough, mut all) = (0u32, 0u32, 0u32);
    for sentence in sentences {
        let words: Vec<(&str, &str)> = sentence
            .words
            .iter()
            .zip(&sentence.norms)
            .map(|(w, n)| (w.as_str(), n.as_str()))
            .collect();
        let mut tags = Vec::new();
        tagger.tag(&words, &mut tags);
        for (tag, gold) in tags.iter().zip(&sentence.tags) {
            all += 1;
            fine += u32::from(tag == gold);
            rough += u32::from(coarse(*tag) == coarse(*gold));
        }
    }
    println!(
        "{name}: {all} words, tags {:.2} %, coarse {:.2} %",
        100.0 * f64::from(fine) / f64::from(all),
        100.0 * f64::from(rough) / f64::from(all)
    );
}
