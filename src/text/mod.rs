//! Words, sentences, quotations, phrases.
