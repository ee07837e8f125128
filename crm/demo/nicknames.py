"""What Johannes, Katharina and Michael are called by those who type their names in a hurry."""

_PAIRS = """
Johannes:Hans,Hannes,Johann,Jo Hans-Jürgen:Hajü,Jürgen Hans-Peter:Hape,Peter
Hans-Joachim:Hajo,Joachim Josef:Sepp,Jupp Joachim:Jochen,Achim Karl-Heinz:Heinz,Kalle
Michael:Michi,Micha,Mike Andreas:Andi,Andy Alexander:Alex,Sascha Thomas:Tom,Tommy
Matthias:Matze,Mathias Christian:Chris Stefan:Steff Wolfgang:Wolf Klaus:Claus
Friedrich:Fritz,Frieder Wilhelm:Willi,Willy Heinrich:Heiner,Heinz Rudolf:Rudi Siegfried:Siggi
Manfred:Manni Günter:Günther Bernhard:Bernd Gerhard:Gerd Dieter:Didi Walter:Walther Georg:Schorsch
Franz:Francis Ulrich:Uli Maximilian:Max Sebastian:Basti Benjamin:Ben,Benni Tobias:Tobi Philipp:Phil
Florian:Flo Daniel:Dani Markus:Marcus Robert:Rob Christoph:Chris,Stoffel Lukas:Lucas,Luke
Katharina:Kathi,Käthe,Kati Elisabeth:Lisa,Sissi,Elli Margarete:Grete,Gretel Johanna:Hanna
Susanne:Susi Gabriele:Gabi,Gaby Angelika:Geli Brigitte:Gitte,Biggi Ursula:Uschi,Ulla
Barbara:Babsi,Bärbel Sabine:Bine Stefanie:Steffi Nicole:Nici Christine:Tina,Chris Christina:Tina
Alexandra:Alex,Sandra Petra:Petri Katrin:Kathrin,Kati Ulrike:Uli,Rike Franziska:Franzi Theresa:Resi
Magdalena:Leni,Lena Jessica:Jessi Jennifer:Jenny Charlotte:Lotte Sabrina:Bina Cornelia:Conny
Rosemarie:Rosi Hannelore:Hanne Renate:Reni Carolin:Caro Julia:Jule Svenja:Svenni Anna:Anni
Monika:Moni Martina:Tina Claudia:Claudi Maria:Mia Annette:Anette,Netti Michelle:Mimi Anton:Toni
Jakob:Jacob Vincent:Vince Dominik:Domi Jonathan:Jonny
"""
NICKNAMES = {
    formal: tuple(short.split(","))
    for formal, short in (pair.split(":") for pair in _PAIRS.split())
}
