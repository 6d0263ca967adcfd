//! Words to parts of speech.
use crate::model::{Sentence, Tag, Token};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Tagger.
#[derive(Debug, Default)]
pub struct Tagger { words: FxHashMap<&'static str, Tag> }
static BUILTIN: OnceLock<Tagger> = OnceLock::new();
static LEXICON: &str = include_str!("../../models/en-tagger/lexicon.tsv");
fn tag_of(n: &str) -> Option<Tag> {
    use Tag::*;
    Some(match n { "NN"=>NN,"NNS"=>NNS,"NNP"=>NNP,"NNPS"=>NNPS,"PRP"=>PRP,"PRP$"=>PRPS,"DT"=>DT,"PDT"=>PDT,"CD"=>CD,"JJ"=>JJ,"JJR"=>JJR,"JJS"=>JJS,"VB"=>VB,"VBD"=>VBD,"VBG"=>VBG,"VBN"=>VBN,"VBP"=>VBP,"VBZ"=>VBZ,"MD"=>MD,"IN"=>IN,"TO"=>TO,"RB"=>RB,"RBR"=>RBR,"RBS"=>RBS,"RP"=>RP,"CC"=>CC,"WP"=>WP,"WP$"=>WPS,"WDT"=>WDT,"WRB"=>WRB,"POS"=>POS,"EX"=>EX,"UH"=>UH,"FW"=>FW,_=>return None })
}
impl Tagger {
    /// Builtin.
    pub fn builtin() -> &'static Tagger { BUILTIN.get_or_init(|| {
        let mut words = FxHashMap::default();
        words.reserve(100_000);
        for l in LEXICON.lines() { if let Some((w,t)) = l.split_once('\t') && let Some(t)=tag_of(t) { words.insert(w,t); } }
        Tagger { words }
    }) }
    pub(super) fn tag_sentences(&self, text: &str, tokens: &mut [Token], sentences: &[Sentence]) {
        for s in sentences {
            let (a,b)=(s.tokens.0 as usize,s.tokens.1 as usize);
            for i in a..b {
                let w = tokens[i].span.of(text);
                let n = tokens[i].norm.clone();
                let prev = if i>a { Some(tokens[i-1].tag) } else { None };
                let prevn = if i>a { tokens[i-1].norm.clone() } else { "".into() };
                let c = w.chars().next().unwrap_or(' ');
                let mut t = match w {
                    ","=>Tag::Comma, "."|"?"|"!"=>Tag::Stop, ":"|";"|"..."|"…"=>Tag::Colon, "-"|"--"|"–"|"—"=>Tag::Dash,
                    "("|"["=>Tag::BracketOpen, ")"|"]"=>Tag::BracketClose, "“"|"‘"|"``"=>Tag::QuoteOpen, "”"|"\""|"''"=>Tag::QuoteClose,
                    "'"|"’"=> Tag::POS, "$"|"%"|"&" => Tag::SYM,
                    _ if w.bytes().all(|b| b==b'.') => Tag::Colon,
                    _ if c.is_ascii_digit() => Tag::CD,
                    _ => {
                        let found = if i==a || matches!(prev, Some(Tag::QuoteOpen)) { self.words.get(n.as_str()).or_else(|| self.words.get(w)) } else { self.words.get(w).or_else(|| if c.is_uppercase() { None } else { self.words.get(n.as_str()) }) };
                        match found { Some(t)=>*t, None => if c.is_uppercase() { if n.ends_with('s') && w.len()>4 && self.words.get(&n[..n.len()-1]).is_none() {Tag::NNP} else {Tag::NNP} }
                            else if n.ends_with("ing") {Tag::VBG} else if n.ends_with("ed") {Tag::VBD} else if n.ends_with("ly") {Tag::RB} else if n.ends_with('s') {Tag::NNS} else if n.ends_with("al")||n.ends_with("ive")||n.ends_with("ous")||n.contains('-') {Tag::JJ} else {Tag::NN} }
                    }
                };
                if n=="'s" { t = if matches!(prev, Some(Tag::NN|Tag::NNS|Tag::NNP|Tag::NNPS)) {Tag::POS} else {Tag::VBZ}; }
                if n=="n't" { t=Tag::RB }
                if n=="'re"||n=="'ve"||n=="'m" { t=Tag::VBP } if n=="'ll"||n=="'d" { t=Tag::MD }
                // context
                let aux = matches!(prevn.as_str(),"have"|"has"|"had"|"having"|"be"|"is"|"was"|"were"|"been"|"are"|"being"|"'ve");
                if t==Tag::VBD && aux { t=Tag::VBN }
                if t==Tag::VBN && matches!(prev, Some(Tag::NN|Tag::NNS|Tag::NNP|Tag::NNPS|Tag::PRP|Tag::WP|Tag::WDT)) && !aux { t=Tag::VBD }
                if matches!(t, Tag::NN|Tag::VBP|Tag::VBD) && matches!(prev, Some(Tag::TO|Tag::MD)) && (t!=Tag::VBD) { t=Tag::VB }
                if matches!(t, Tag::NN|Tag::NNS) && matches!(prev, Some(Tag::PRP)) && !n.ends_with("s") { t=Tag::VBP }
                if t==Tag::NNS && matches!(prev, Some(Tag::PRP|Tag::NNP)) { t=Tag::VBZ }
                if t==Tag::VB && matches!(prev, Some(Tag::PRP|Tag::NNS|Tag::NNPS)) { t=Tag::VBP }
                if matches!(t,Tag::VB|Tag::VBP) && matches!(prev, Some(Tag::DT|Tag::JJ|Tag::PRPS|Tag::POS)) { t=Tag::NN }
                if t==Tag::VBZ && matches!(prev, Some(Tag::DT|Tag::JJ|Tag::PRPS|Tag::POS)) { t=Tag::NNS }
                if n=="her" && i+1<b { t=Tag::PRPS }
                if n=="that" { t = if matches!(prev, Some(Tag::NN|Tag::NNS)) {Tag::WDT} else {Tag::IN} ; if matches!(prev,Some(Tag::VBD|Tag::VBZ|Tag::VB|Tag::VBP|Tag::VBG|Tag::VBN)) {t=Tag::IN} }
                tokens[i].tag=t;
            }
        }
    }
}
