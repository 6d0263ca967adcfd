window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id_str": "1",
   "full_text": "Bob Lee, who leads the dockers, denied that a strike was planned.",
   "created_at": "Wed Mar 05 09:00:00 +0000 2025"
  }
 },
 {
  "tweet": {
   "id_str": "2",
   "full_text": "Cara Dunn, the minister for ports, warned that the money would run out by June.",
   "created_at": "Mon Mar 03 09:00:00 +0000 2025"
  }
 }
]