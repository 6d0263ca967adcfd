//! Where the bytes of a compiled gazetteer are, and whether they are those that were written.
//!
//! A small file is read whole; of a large one a page is read when somebody first asks for it. Nothing is mapped: a mapped file
//! that another program cuts short ends this one, and one that is overwritten changes under it. Every page has a checksum and
//! is looked at once, so opening five million names reads a head. A page that is not what was written counts as empty and
//! is remembered: whoever opened the file must ask [`Bytes::is_damaged`] before the results are believed.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::hash::hash;

/// What every compiled gazetteer begins with; the number is that of the format.
pub const MAGIC: &[u8; 8] = b"saysogz5";
/// Blocks behind the head: fingerprint, strings, files, entries, ids, nodes, uses, roles, adjectives, peoples, surnames,
/// offices, values, counts, where every eighth entry begins, and what words names begin with.
pub const SECTIONS: usize = 16;
/// Bytes of the head: the mark, and where each section ends.
pub const HEAD: usize = MAGIC.len() + SECTIONS * 4;

/// Bytes of a page.
const PAGE: usize = 1 << 13;
/// Bytes behind a page that are read with it: whatever begins in the page and is shorter stands in it whole.
const BEHIND: usize = 1 << 10;
/// Bytes of the largest file that is read whole.
const SMALL: u64 = 1 << 20;

/// Why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no compiled gazetteer of this format.
    Foreign,
    /// It is one, and not as it was written.
    Damaged,
}

/// A compiled gazetteer.
#[derive(Debug)]
pub enum Bytes {
    /// In the program, or in memory.
    Whole(Cow<'static, [u8]>),
    /// In a file.
    Paged(Paged),
}

/// A large file, of which pages are read when they are needed.
#[derive(Debug)]
pub struct Paged {
    file: Mutex<File>,
    head: [u8; HEAD],
    body: usize,
    size: usize,
    sums: Vec<u64>,
    pages: Box<[OnceLock<Box<[u8]>>]>,
    damaged: AtomicBool,
}

/// Puts the checksums behind the sections of a gazetteer.
pub fn seal(bytes: &mut Vec<u8>) {
    let sums: Vec<u8> = pages(bytes.len())
        .flat_map(|page| hash(&bytes[page]).to_le_bytes())
        .collect();
    let head = whole_sum(&bytes[..HEAD], &sums);
    bytes.extend(sums);
    bytes.extend(head.to_le_bytes());
}

impl Bytes {
    /// Reads `file`, or as much of it as must be read now. With `through` all of it is looked at.
    pub fn read(mut file: File, through: bool) -> io::Result<Result<Bytes, Unfit>> {
        let size = file.metadata()?.len();
        if size > SMALL {
            return Paged::open(file, size as usize, through).map(|paged| paged.map(Bytes::Paged));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        file.read_to_end(&mut bytes)?;
        Ok(checked(&bytes).map(|()| Bytes::Whole(Cow::Owned(bytes))))
    }

    /// The bytes of `range`, which lies in the sections.
    pub fn view(&self, range: Range<usize>) -> View<'_> {
        match self {
            Bytes::Whole(bytes) => View::Whole(bytes.get(range).unwrap_or_default()),
            Bytes::Paged(paged) => View::Paged(paged, range.start, range.end.min(paged.body)),
        }
    }

    /// The head.
    pub fn head(&self) -> &[u8] {
        match self {
            Bytes::Whole(bytes) => bytes.get(..HEAD).unwrap_or_default(),
            Bytes::Paged(paged) => &paged.head,
        }
    }

    /// All bytes, where they are in memory.
    pub fn whole(&self) -> Option<&[u8]> {
        match self {
            Bytes::Whole(bytes) => Some(bytes),
            Bytes::Paged(_) => None,
        }
    }

    /// Bytes in all.
    pub fn size(&self) -> usize {
        match self {
            Bytes::Whole(bytes) => bytes.len(),
            Bytes::Paged(paged) => paged.size,
        }
    }

    /// True when something was asked for that is not as it was written.
    pub fn is_damaged(&self) -> bool {
        match self {
            Bytes::Whole(_) => false,
            Bytes::Paged(paged) => paged.damaged.load(Ordering::Relaxed),
        }
    }
}

/// A run of bytes of a gazetteer.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// In memory.
    Whole(&'a [u8]),
    /// In a file, from one place to another.
    Paged(&'a Paged, usize, usize),
}

impl<'a> View<'a> {
    /// How many they are.
    #[inline]
    pub fn len(self) -> usize {
        match self {
            View::Whole(bytes) => bytes.len(),
            View::Paged(_, start, end) => end.saturating_sub(start),
        }
    }

    /// What stands from `at` on: all of it or a kilobyte at least.
    #[inline]
    pub fn from(self, at: usize) -> &'a [u8] {
        match self {
            View::Whole(bytes) => bytes.get(at..).unwrap_or_default(),
            View::Paged(paged, start, end) => paged.from(start.saturating_add(at), end),
        }
    }

    /// The `length` bytes at `at`, at most a kilobyte; none where they are not all there.
    #[inline]
    pub fn get(self, at: usize, length: usize) -> &'a [u8] {
        self.from(at).get(..length).unwrap_or_default()
    }

    /// The `index`th number; 0 where there is none.
    #[inline]
    pub fn number(self, index: usize) -> u32 {
        number(self.get(index.saturating_mul(4), 4), 0)
    }
}

/// The `field`th number of a row; 0 where there is none.
#[inline]
pub fn number(row: &[u8], field: usize) -> u32 {
    let bytes = row.get(field * 4..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

impl Paged {
    fn open(mut file: File, size: usize, through: bool) -> io::Result<Result<Paged, Unfit>> {
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        if head[..MAGIC.len()] != MAGIC[..] {
            return Ok(Err(Unfit::Foreign));
        }
        let body = number(&head[MAGIC.len()..], SECTIONS - 1) as usize;
        if size != sealed(body) {
            return Ok(Err(Unfit::Damaged));
        }
        file.seek(SeekFrom::Start(body as u64))?;
        let mut tail = vec![0; size - body];
        file.read_exact(&mut tail)?;
        let Some((sums, last)) = tail.split_last_chunk() else {
            return Ok(Err(Unfit::Damaged));
        };
        if whole_sum(&head, sums) != u64::from_le_bytes(*last) {
            return Ok(Err(Unfit::Damaged));
        }
        let (sums, _) = sums.as_chunks();
        let paged = Paged {
            file: Mutex::new(file),
            head,
            body,
            size,
            sums: sums.iter().map(|sum| u64::from_le_bytes(*sum)).collect(),
            pages: sums.iter().map(|_| OnceLock::new()).collect(),
            damaged: AtomicBool::new(false),
        };
        let sound = !through || (0..paged.sums.len()).all(|page| paged.read(page).is_some());
        Ok(sound.then_some(paged).ok_or(Unfit::Damaged))
    }

    /// What stands from `at` to `end`, or to the end of what is read with the page of `at`.
    fn from(&self, at: usize, end: usize) -> &[u8] {
        if at >= end {
            return &[];
        }
        let page = self.page(at / PAGE);
        let start = at / PAGE * PAGE;
        page.get(at - start..page.len().min(end - start))
            .unwrap_or_default()
    }

    fn page(&self, page: usize) -> &[u8] {
        let Some(kept) = self.pages.get(page) else {
            return &[];
        };
        kept.get_or_init(|| {
            self.read(page).unwrap_or_else(|| {
                self.damaged.store(true, Ordering::Relaxed);
                Box::default()
            })
        })
    }

    /// A page and what stands behind it; `None` when it is not what was written.
    fn read(&self, page: usize) -> Option<Box<[u8]>> {
        let range = pages(self.body).nth(page)?;
        let mut bytes = vec![0; range.len()].into_boxed_slice();
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        drop(file);
        (hash(&bytes) == *self.sums.get(page)?).then_some(bytes)
    }
}

/// Looks through a whole file.
fn checked(bytes: &[u8]) -> Result<(), Unfit> {
    if !bytes.starts_with(MAGIC) {
        return Err(Unfit::Foreign);
    }
    let head = bytes.get(..HEAD).ok_or(Unfit::Damaged)?;
    let body = number(&head[MAGIC.len()..], SECTIONS - 1) as usize;
    if bytes.len() != sealed(body) {
        return Err(Unfit::Damaged);
    }
    let (sections, sums) = bytes.split_at(body);
    let (sums, last) = sums.split_last_chunk().ok_or(Unfit::Damaged)?;
    let sound = whole_sum(head, sums) == u64::from_le_bytes(*last)
        && pages(body)
            .zip(sums.as_chunks().0)
            .all(|(page, sum)| hash(&sections[page]) == u64::from_le_bytes(*sum));
    if sound { Ok(()) } else { Err(Unfit::Damaged) }
}

/// The pages of sections that end at `body`, each with what is read behind it.
fn pages(body: usize) -> impl ExactSizeIterator<Item = Range<usize>> {
    (0..body.div_ceil(PAGE)).map(move |page| {
        let start = page * PAGE;
        start..body.min(start + PAGE + BEHIND)
    })
}

/// Bytes of a file whose sections end at `body`.
fn sealed(body: usize) -> usize {
    body + (body.div_ceil(PAGE) + 1) * 8
}

/// The checksum of the head and of all checksums.
fn whole_sum(head: &[u8], sums: &[u8]) -> u64 {
    hash(&[hash(head).to_le_bytes(), hash(sums).to_le_bytes()].concat())
}
