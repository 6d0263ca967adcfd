fn main(){
    match sayso::lexicon::Lexicon::load(&Default::default()) { Ok(l)=>{ 
        let mut out=std::io::BufWriter::new(std::io::stdout());
        for p in std::env::args().skip(1) { let text=std::fs::read_to_string(&p).unwrap(); let m=sayso::model::Meta::default(); let d=sayso::model::Document::new(p.clone(),text,m); let a=sayso::analysis::analyze(&d,&l);
        if std::env::var("V").is_ok(){ for s in &a.statements { println!("[{}] {:?} | {:?} | {:?} {} {:?}->{:?} parent {:?}", s.provenance.rule, s.source.as_ref().map(|x| (x.span.map(|q| q.of(d.text()).to_string()), x.entity.map(|e| a.entities[e].id.clone()))), s.cue.as_ref().map(|c| c.span.of(d.text())), s.content.iter().map(|c| c.of(d.text())).collect::<Vec<_>>(), s.act, s.polarity, s.targets.iter().map(|t| a.entities[t.entity].id.clone()).collect::<Vec<_>>(), s.parent); } }
        else { sayso::export::record::write(&mut out,&d,&a).unwrap(); } }
    }, Err(sayso::lexicon::Error::Faults(f))=> { for x in f.iter().take(40) { println!("{x}") } println!("{}", f.len()) }, Err(e)=>println!("{e}") }
}
