"""Short and pet forms and spellings of first names: Sepp is a Josef, Uschi an Ursula.

A group holds the forms one person may be written down with, in a passport, on a card, in a
signature. Names that were one name centuries ago but are two today (Jürgen and Georg, Ute and
Jutta) stay apart; a form of several names (Alex, Andi, Toni) stands in the group of each, and
only the form joins them: Alexander and Alexandra share nobody but Alex.

The table is of our own making, from general knowledge of names as any dictionary of first
names states it. Germans come first, then Turks, Arabs, Poles, Russians (with the German names
that repatriates took), Southern Slavs, Greeks, Italians, Spaniards and English speakers.

Ids are stored: a group's id is its line in the table, counted from 1. So lines are appended at
the end only, never moved, taken out or put in between; names may be added to a line or leave it.
"""

from contacts.matching.normalise.folding import fold

_TABLE = """
Johannes Hans Johann Hannes Hansi Hanns Hänschen Johan Jo Joh Hanno
Josef Joseph Sepp Seppl Jupp Beppo Jo Pepi
Michael Michi Micha Michel Mike Maik Meik Michl Mick Mickey Micky Mikey
Andreas Andi Andy Anderl
Alexander Alex Alexandre Aleksander Xander Sascha Sandro Lex Alec
Thomas Tom Tommy Tommi Thom Tomas
Christian Chris Kristian Krischan
Stefan Stephan Steff Steve
Matthias Mathias Matze Matthes Mattes Hias Hiasl Matt Matti
Friedrich Fritz Frieder Friedel Fiete Fredi Fred Friederich
Wilhelm Willi Willy Willem Wim Will Wilm
Heinrich Heinz Heiner Heini Hein Hinrich Heino Hinnerk
Joachim Jochen Achim Jochim Jo Joakim
Wolfgang Wolf Wolle Wolfi
Klaus Claus Claas Klaas Kläuschen
Günter Günther Günni
Bernhard Bernd Bernt Bernard Berni Benno
Gerhard Gerd Gert Gerhardt Gerrit
Dieter Didi Diether Dietrich
Manfred Manni Manne Fred Fredi
Siegfried Siggi Sigi Sigfried
Rudolf Rudi Rolf Rudolph Dolf Rudy Ruedi
Walter Walther Walti Wally Walt
Georg Schorsch Schorschi George
Franz Franzl Franzi Franziskus
Ulrich Uli Ulli Utz Ueli
Maximilian Max Maxi Maxl Maximillian
Sebastian Basti Bastian Wastl Bas Sebi Seb
Benjamin Ben Benni Benny Benji
Tobias Tobi Toby
Philipp Philip Phil Filip Phillip Phillipp
Florian Flo Flori
Daniel Dani Dan Danny Danni
Markus Marcus Mark Marc
Robert Rob Robby Robbie Bert Robi Bob Bobby
Christoph Chris Christof Stoffel Toffel Christoffer
Lukas Lucas Luke
Anton Toni Tony Antonius
Jakob Jacob Jockel Köbes Jock
Vincent Vinzenz Vince
Dominik Dominic Domi Domenik
Jonathan Jonny Johnny Jon
Nikolaus Klaus Niko Nico Nick Niggi Klas
Nicolas Nikolas Niclas Niklas Nico Niko Nick Nicki Nicholas
Karl Carl Kalle Charly Karli Charlie
Karl-Heinz Karlheinz Carl-Heinz Carlheinz Heinz Kalle
Hans-Jürgen Hansjürgen Hajü
Hans-Peter Hanspeter Hape
Hans-Joachim Hansjoachim Hajo
Hans-Georg Hansgeorg Hansjörg Hans-Jörg
Hans-Dieter Hansdieter
Hans-Werner Hanswerner
Klaus-Dieter Klausdieter Claus-Dieter
Klaus-Peter Klauspeter Claus-Peter
Karl-Friedrich Karlfriedrich Carl-Friedrich Kalle
Ernst-August Ernstaugust
Franz-Josef Franzjosef Franz-Joseph
Peter Pit Pitt Piet Pete
Paul Paule Pauli Paulchen
Martin Marty Tinus
Werner Wernher
Hermann Herrmann Herman
Ludwig Lui Louis Luggi
Leopold Poldi Leo Poldl
Leonhard Leo Lenni Lenny Leonard
Leon Leo Leonidas
Lorenz Laurenz Lenz Laurentius Lorenzo
Konrad Conrad Kurt Conny Cord Curt
Kurt Curt Kurti
Albert Bert Berti Adalbert Albrecht
Alfred Fred Fredi Freddy
Alfons Alphons Fonsi Alfonso
Alois Aloys Loisl Aloisius
August Gustl
Gustav Gustl Gustaf
Hubert Hubertus Hubi Bert
Norbert Nobbi Norbi Bert
Herbert Herbie Bert
Engelbert Bert
Eberhard Ebi Eberhardt Everhard
Eckhard Eckard Eckart Eckhart Ecki Eckehard Ekkehard Ekkehart
Reinhard Reinhardt Hardy Reinhart
Rainer Reiner
Reinhold Reinold
Richard Richie Ritchie Rick Ricky Ricardo Dick Rich
Roland Rolli Roli Rolly
Raimund Reimund Raymund Raymond
Edmund Edi Eddi Eddy
Eduard Edi Eddi Edward Eddy
Eugen Jewgenij Jewgeni Ewgenij Evgenij Evgeniy Evgeny Yevgeniy Yevhen Schenja Zhenya Jenja Genja
Emil Emile Emilio
Ferdinand Ferdi Fernando Ferdy
Frank Frankie
Felix Feliks
Fabian Fabi
Gottfried Friedel
Gregor Greg Gregorius
Harald Harry Harri Harold
Hartmut Hartmuth
Helmut Hellmut Helmuth Hellmuth
Horst Horsti
Ignaz Ignatz Naz
Jonas Jona Jonah
Julian Jules Jule
Kaspar Caspar Kasper Kasperl Casper
Kevin Kev
Klemens Clemens
Kilian Killian Kili Cilian
Korbinian Korbi
Marius Mariusz
Moritz Mo Maurice
Oliver Olli Oli Olly
Oskar Oscar Ossi
Oswald Ossi
Pascal Paskal
Patrick Paddy Pat Patrik
Ralf Ralph Ralle
Raphael Rafael Raffi Rafa Rafi Raffael
Ruprecht Rupert
Samuel Sam Sammy
Simon Simeon Szymon
Sven Svenni
Theodor Theo Teddy Ted Teo
Till Tillmann Til
Tim Timo Timmi Timmy
Torsten Thorsten Thorsti
Valentin Valentino
Veit Vitus
Viktor Victor Vicky Wiktor Vitja Vitya Witja
Volker Volkmar Volki
Waldemar Waldi Wladimir Vladimir Volodja Waldek Wowa Wolodja Volodymyr Vova Wladek Wolodymyr Włodek
Winfried Winni Winnie Friedel
Xaver Xavier Veri
Zacharias Zach Zachary
Adolf Adi Dolf Adolph
Adrian Adi Adriano
Arnold Arno Noldi
Arthur Artur Atze
Axel Aksel
Balthasar Balthazar
Bartholomäus Bartl Barthel Bart
Burkhard Burkhardt Burkard Burghard
Constantin Konstantin Konsti Kostja Conny Kosta
Cornelius Kornelius Conny Cornel
David Dave Davi Davide Davy Dawid
Detlef Detlev
Dennis Denis Denni
Elias Elia
Gebhard Gebhardt
Gerald Gerry Gerold Jerry
Henri Henry Hendrik Henrik
Immanuel Emanuel Manuel Manu Emmanuel
Jannik Yannik Yannick Jannick
Joel Jo Yoel
Kai Kay Kaj
Lennard Lennart Lenny Lennert
Malte Malthe
Meinhard Meini Meinhardt
Niels Nils
Olaf Ole Olav Oluf Olof
Rüdiger Rudi
Silvester Sylvester
Vitali Vitalij Vitaliy Witali Witalij Vitaly
Wendelin Wendel Wendi Wendl
Wenzel Wenzeslaus Vaclav Waclaw
Maria Marie Mia Mizzi Mitzi Mariechen Marja Mary
Anna Anne Anni Ann Annchen Annie Ania Nannerl
Katharina Kathi Käthe Kati Katrin Kathrin Trine Kathie Käte Catharina
Elisabeth Lisa Elli Sissi Sisi Lisbeth Liesel Lisl Else Elsbeth Betty Betti Lissy Liesl
Margarete Margarethe Grete Gretel Gretchen Margret Gretl Marga Gitta
Johanna Hanna Hanni Jo Johanne Hanne
Susanne Susi Sanne Susanna Susann Suse Susan Suzanne
Gabriele Gabi Gaby Gabriela Gabriella Gabrielle Ela
Angelika Geli Angie Angelica Angi Gela
Brigitte Gitte Biggi Gitta Brigitta Biggy Gitti
Ursula Uschi Ulla Ursel Ursl Ursi Urschl Ulli Uschy
Barbara Bärbel Babsi Babs Barbi Bärbl Barbra Basia Baska Barbora Warwara
Sabine Bine Biene Bini Sabina Bina
Stefanie Stephanie Steffi Steff Stefania Fanny Steffy Stephani
Nicole Nici Nicki Nicola Nikola Nicol Nickie Niki
Christine Christina Tina Chris Christel Kristina Christl Stina Kristine Tine
Alexandra Alex Sandra Sascha Xandra Aleksandra Alessandra
Petra Petri
Katrin Kathrin Kati Catrin Cathrin Kathi
Ulrike Uli Rike Ulli
Franziska Franzi Fränze Fanny Ziska Franka Francisca Fanni
Theresia Therese Theresa Resi Teresa Thea
Magdalena Leni Lena Magda Magdalene Lene Lenchen Madzia Magdusia
Helene Helena Lene Leni Hella Lena Nelly Helen
Jessica Jessi Jess Jessy Jessika Jessie
Jennifer Jenny Jenni Jen Jenna Jenifer Jenn Jennie
Charlotte Lotte Lotti Charly Lotta Lottchen Charlotta Carlotta
Sabrina Bina Sabi
Cornelia Conny Nelly Conni Kornelia Nele Nelia
Rosemarie Rosi Rosemaria Rosmarie Rose-Marie Romy
Rosa Rosi Rosalie Rosl Rose Rosalia
Hannelore Hanne Lore Hanni
Renate Reni Renata
Caroline Karoline Caro Carolin Karolin Carolina Karolina Lina Karo Carola Karola
Julia Jule Julie Giulia
Svenja Svenni Swenja
Monika Moni Monica Monique
Martina Tina Tini
Claudia Claudi Klaudia
Annette Anette Netti Annett Anett
Michaela Michi Micha Ela Michaele Micaela Mikaela
Andrea Andi Drea Andy
Antonia Toni Antonie Tonia Tony
Daniela Dani Ela Danielle Danny Daniella
Manuela Manu Ela Manuella
Bettina Betty Betti Tina Bettine
Hildegard Hilde Hilla Hilda
Gertrud Trude Gerti Trudi Gertraud Traudl Gertrude Trudel
Waltraud Traudl Traudel Traudi Waltraut Traute Wally
Edeltraud Traudl Edeltraut Traudel Traudi
Irmgard Irmi Irma Irmela
Ingeborg Inge
Ingrid Inge Ingrit
Helga Helgi Helgard
Heidemarie Heidi Heide Heidemaria Heide-Marie
Adelheid Heidi Heide Adele
Erika Erica Ricki
Elfriede Friedel Elfi Frieda Friede
Friederike Rike Friedel Friederika Fritzi Frieda Frederike
Wilhelmine Minna Mina Minchen Helma Wilma Helmine Wilhelmina
Emilie Emilia Emmi Emily Emmy Emilija
Emma Emmi Emmy
Luise Louise Luisa Lulu Louisa
Liselotte Lieselotte Lilo Lotte Liese Lieschen
Annemarie Anne-Marie Annemie Annamaria Anna-Maria Annemaria Annamarie
Annelie Anneli Annelies Anneliese Liesel Annelise Liese Lieschen
Annegret Anne-Grete Annegrete
Eva Evi Eve Evchen Ewa
Eva-Maria Evamaria Evi Eva-Marie Evamarie
Ann-Kathrin Annkathrin Anne-Kathrin Anna-Katharina Annkatrin Ann-Katrin
Anna-Lena Annalena Lena
Marie-Luise Marieluise Marlies Malu Marie-Louise Marie-Luisa
Marlies Marliese Marlis Marlise
Marlene Marlen Leni Lene Marleen Marlena
Marianne Mariann Marianna Janne Mariandl
Mechthild Mechtild Mechthilde Mecht
Mathilde Mathilda Tilda Tilli Hilde Tilly Matilda Tilde
Melanie Mel Melli Melly Meli
Miriam Mirjam Miri Mimi Myriam
Nadine Nadi Nadin Nadina
Natalie Nathalie Natascha Natalia Natalja Tascha Natalya Natasha Natali
Patricia Patrizia Patti Patty Pat Trish Tricia Patsy
Beatrice Beatrix Bea Trixi Beatriz Trixie Beatris
Beate Bea Beata
Rebecca Rebekka Becky Becci Becki Becca Beck
Regina Regine Gina Ina Gine
Ramona Mona Romy Romona
Roswitha Rosi Rosvita Roswita
Rosalinde Linde Rosalinda Linda Rosi
Sieglinde Linde Siggi Sigi Linda Siglinde
Gerlinde Linde Gerli Linda Gerlind Gerlindis
Dorothea Dorothee Doro Dora Dorle Thea Dörte Dorothy
Theodora Thea Dora Teodora
Sophie Sophia Sofia Sofie Fieke Zofia
Viktoria Victoria Vicky Vicki Viki Tori Wiktoria
Veronika Vroni Veronica Weronika
Verena Vreni Reni Rena
Vanessa Nessa Nessi Vanesa
Valerie Valeria Vali Val
Valentina Vali Tina Valentine Walentina
Silvia Sylvia Silvi Sylvie Silvie Sylwia
Silke Silka Sylke
Cäcilia Cäcilie Cilli Cilly Zilli Cecilia Zilla
Simone Simona Moni Simonne
Sarah Sara
Sigrid Siggi Sigi Sigrit
Berta Bertha Bertl Berti
Agnes Agi Agnese Agnieszka
Agathe Agatha Agi Agata
Amalie Amalia Mali Malchen Mally
Angelina Angie Lina Angi Angeline
Leonie Leoni Loni Leo Leonia
Eleonore Lore Lenore Nora Eleonora Ella Elli Elenore Ellinor
Isabel Isabella Isabelle Isa Bella Isabell Belle Isabela Izabela
Jacqueline Jackie Jaqueline Jacky Jaquelin Jackeline Jacqui
Josefine Josephine Josi Fine Josefina Josy Sefa Jo Pepi Josefa Josie
Kerstin Kersten Kersti
Klara Clara Klärchen Claire Klärle
Kunigunde Gundi Gunda Kuni Kunigunda Gundel
Gundula Gundi Gunda Gundel
Laura Lauri Lori
Larissa Lara Lari Larisa
Ludmilla Ludmila Mila Lyudmila Ljudmila Milla Ljuda Luda
Lydia Lidia Lidija
Lucia Luzia Luzie Lucie Lucy Lucija
Margot Margo Margott
Nina Antonina
Olivia Liv Oliwia
Ottilie Otti Tilli Ottilia Tilly
Pauline Paula Pauli Paulina Polly
Philippine Philippa Pippa Filippa
Roxane Roxana Roxy Roxanne Roxanna
Samantha Sam Sammy Samanta
Tamara Tami Mara
Tatjana Tanja Tatiana Tania Tanya Tatyana Tetiana
Walburga Burgi Wally Burga Walpurga Burgl
Wiebke Wibke Wiebe Wieb Vibeke
Yvonne Ivonne Yvi Evi
Yvette Ivette Yvi Iwetta
Edith Edit Edita
Elvira Elvi Elwira
Esther Ester Estera
Felicitas Feli Fee Felizitas
Gisela Gisi Gila Gisella Gisele
Henriette Henni Jette Henny Harriet Jettchen Henrietta Rike
Hermine Herma Minna Hermi Hermina Mina
Jasmin Yasmin Jassi Jasmina Yasemin Jasmine Yasmina
Judith Judit Judy Judi Jitka
Karla Carla
Kreszentia Zenzi Kreszenz Senta Crescentia Zenz Zenta
Notburga Burgi Burga Burgl
Genoveva Vevi Veva Genovefa
Mehmet Muhammed Mohammed Mohamed Muhammet Mohammad Muhammad Muhamed Mohamad Mo Memo Memet
Mustafa Mustapha Mustafe Musti Moustafa Mostafa
Ahmet Ahmed Achmed Ahmad Achmet
Ali Alican
Yusuf Jusuf Youssef Yousef Josef Yussuf Joseph Yousif Jussuf Yusup
Ibrahim Ibo Ebrahim Ibrahima Brahim Ibro
Hüseyin Hussein Hussain Husain Huseyn Hossein
Hasan Hassan
Ömer Omar Umar
Murat Murad Mourad
Süleyman Suleiman Sulejman Sulaiman
Ismail Smail Ismael
Halil Khalil Chalil Khaleel
Abdullah Apo Abdulla Abdallah Abdul Abdo Abdoullah
Abdulrahman Abdurrahman Abdelrahman Abdul-Rahman
Kemal Kamal Kemo Camal Kamel
Mahmut Mahmud Mahmoud Mahmood
Hamza Hamze Hamzah
Yakup Yakub Yaqub Yakob Jakub Jakob
Isa Issa Eissa
Musa Moussa Mousa Moses
Fatma Fatima Fatme Fatimah
Ayse Aisha Aischa Aise Aicha Aishe
Emine Amina Emina Aminah
Hatice Hatidza Khadija Chadidscha Khadidja Hadisha
Zeynep Zeinab Zainab Seynep Zaynab
Meryem Maryam Mariam Meriem Miriam
Leyla Leila Layla Laila
Piotr Peter Pjotr Petr Piotrek Pyotr
Jan Johann Johannes Janek
Andrzej Andreas Andrej Andrei Andrey Andriy Andrii
Krzysztof Christoph Christof Krzysiek Krzys Kristof Krystof Krzychu
Stanislaw Stanislaus Stani Staszek Stas Stanislav Stan Stasiek
Tomasz Thomas Tomek Tomas
Pawel Paul Pavel Pavol Pasha Pascha Pavlo
Marek Markus Mark Marcus
Wojciech Adalbert Wojtek Vojtech Albert Voitek
Grzegorz Gregor Grzesiek Georg Grzes Gregory
Jerzy Georg Jurek Jurij Juri Yuri Jiri Jura Yury Georgij Yuriy Iurii
Zbigniew Zbyszek
Slawomir Slawek Slavo Slavomir Slava
Miroslaw Mirek Miroslav Miro Mirko
Jaroslaw Jarek Jaroslav Jaro Yaroslav Slava
Radoslaw Radek Radoslav Rado
Przemyslaw Przemek Przemko
Dariusz Darius Darek
Mateusz Matthias Matthäus Mathias Matti Mateusch Matheus Mateo Matteo
Maciej Matthias Maciek Mathias Matej
Michal Michael Michail Mikhail Mischa Mykhailo Mikhael Michajlo Misha Mihail
Jozef Josef Josip Joseph Jozo Yosef Josko
Henryk Heinrich Heniek Henrich
Tadeusz Thaddäus Tadek Tadzio Tadeus Tad
Kazimierz Kasimir Kazik Kazimir
Boguslaw Bogdan Bogus
Malgorzata Margarete Gosia Malgosia Margarethe Margareta Margarita
Katarzyna Katharina Kasia Kaska Katarina Kate
Agnieszka Agnes Aga Agusia
Joanna Johanna Asia Aska Joana
Ewa Eva Ewunia Ewka
Elzbieta Elisabeth Ela Elizabeth Elisaveta Jelisaweta Lisa Lizaveta Yelizaveta Liza
Krystyna Christine Christina Krysia Krista Kristina Kristyna
Aleksandra Alexandra Ola Olka Sascha Sasha Olenka
Aleksander Alexander Olek Aleksandr Alexandr Sasha Sascha Aleks Oleksandr Oles Alik Sanja Aleksandar
Zofia Sophie Sophia Zosia Sofia Sofija Sonja
Jadwiga Hedwig Jadzia Hedi
Hedwig Hedi Hede Hedda Hedy Hedwiga
Danuta Danka Danusia Danute
Halina Hala Halinka Galina Halyna Galja Galya
Beata Beate Beatka Beatrix
Dorota Dorothea Dorka Dorotka Dorothee
Iwona Yvonne Iwonka Ivona Ivonna
Natalia Natalie Natalka Natascha Natalja Nataliya
Sergej Sergei Serge Sergey Serjoscha Sergius Serhii Serhiy
Dmitri Dmitrij Dima Dimitri Dmitry Dmytro Mitja Dmitriy Dimitrij
Nikolai Nikolaj Nikolaus Kolja Nikolay Mykola Nicolai Kolya
Iwan Ivan Johann Johannes Vanja Wanja Vanya
Alexej Alexei Aleksej Aljoscha Alexey Aleksei Oleksii Ljoscha Alyosha
Konstantin Kostja Kostya Kostiantyn
Jurij Juri Georg Yuri Jura Yuriy Iurii Georgij
Wjatscheslaw Slava Vyacheslav Slawa Viacheslav Wiatscheslaw
Wladislaw Vladislav Vlad Wlad Vladyslav Władek
Gennadij Gena Gennadi Gennady Hennadij Genadi
Anatolij Tolja Anatoli Anatol Tolik Anatoliy Anatoly
Boris Borja Borys Borya
Grigorij Grischa Gregor Grigori Georg Grigory
Arkadij Arkadi Arkascha Arkady
Oleg Oleh
Olga Olja Olya Olha
Irina Ira Iryna
Irene Irena Reni Irina Irin
Swetlana Svetlana Sveta Lana Sweta Svitlana
Jelena Helene Helena Elena Lena Aljona Yelena Olena Alena Alyona Ljena
Jekaterina Katharina Katja Katya Ekaterina Kateryna Katia Yekaterina Kate
Anastasia Nastja Anastasija Nastya Anastasiia Asja Anastassia Anastasiya
Xenia Ksenia Ksenija Oksana Xenja Oxana Kseniya
Marina Mara Marinka Maryna
Ljubow Ljuba Lyubov Luba Liubov Lubov
Nadeschda Nadja Nadezhda Nadia Nadiya Nadya Nadeshda
Julija Julia Yulia Julja Yuliia Iuliia Yuliya Iulia
Jewgenija Evgenia Eugenia Schenja Yevheniia Eugenie Evgenija Zhenya
Galina Galja Halyna Galya Galka
Polina Paulina Apollinaria Polja Pauline
Daria Darja Dascha Dasha Darya Dariia Dariya
Sofija Sophie Sonja Sonya Sofia Sofya Sofiia
Nikola Nikolaus Nikolaos Niko Nico Nikolas
Dragan Drago
Stjepan Stefan Stipe Stevan Stevo Stephan Stipo Stepan
Ante Anton Antun Toni Tonci Antonio Antonije
Ivana Ivanka Ivka
Jovan Johann Johannes Joco
Djordje Georg Djuro Juraj
Mirjana Miriam Mirka
Ljiljana Ljilja Lilian Liljana
Georgios Georg Jorgos Giorgos Yiorgos Georgi George Yorgos
Ioannis Johannes Jannis Yannis Giannis Janis Yiannis John
Dimitrios Dimitri Mitsos Dimitris Dimi
Konstantinos Kostas Konstantin Costas Kosta
Panagiotis Panos Takis Panajotis Panayotis
Athanasios Thanos Nasos Thanasis Sakis
Vasilios Vassilis Basilius Wassili Wasilij Vasily Vasile Vasyl Vassili Wassilios Vasilis
Eleni Helena Helene Lena Elena
Ekaterini Katharina Katerina Katina
Giovanni Gianni Johannes Gio Giannino Vanni Nino Gian
Giuseppe Pino Beppe Josef Peppe Peppino Beppo
Francesco Franco Franz Checco Frank
Antonio Toni Anton Tonino Tony Nino Antonino
Salvatore Salvo Toto Turi Salva
Vincenzo Enzo Vincent Vinzenz Vince
Lorenzo Enzo Lorenz Renzo Laurenz
Domenico Mimmo Dominik Nico Dominic
Michele Michael Michi
Luigi Ludwig Gigi Luis Gino
Giacomo Jakob Jacopo Jacob Iacopo
Pietro Peter Piero Pierino
Paolo Paul Paolino
Roberto Robert Robby Berto Roby Bob
Alessandro Sandro Alexander Ale Alex
Alessandra Sandra Alexandra Ale Alex
Raffaele Raphael Lello Rafael
Gaetano Tano Kajetan
Calogero Lillo
Giuseppina Pina Josefine Giusy Peppina Josephine Giuseppa Giusi
Giovanna Gianna Johanna Vanna
Concetta Cettina Tina Concettina Titti
Caterina Katharina Rina Cate Katia Caterine
Francesca Franziska Franca Cesca Francy
Maria-Teresa Mariateresa Marité Maite Maritere
Jose Josef Pepe Joseph Pepito
Francisco Paco Pancho Franz Kiko Francis
Manuel Manolo Manu Emanuel Manel
Jesus Chus Chuy Suso
Juan Juanito Johannes Johann
Jorge Georg Jordi
Guillermo Wilhelm Memo Guille
Enrique Heinrich Quique Kike Henrique Henry Rico
Miguel Michael Miguelito Migue
Luis Ludwig Luisito Louis
Mercedes Merche Meche
Dolores Lola Loli Lolita Lole
Concepcion Concha Conchita Conception
Joao Johannes Johann Juca Jo
William Bill Will Billy Willy Wilhelm Willie
James Jim Jimmy Jamie Jakob
John Jack Johnny Johannes Jonny Johann Jackie
Edward Ted Eddie Ed Teddy Eduard Ned Eddy
Charles Charlie Chuck Karl Charly
Joseph Joe Josef Joey Jo Jos
Anthony Tony Anton Ant Antony Toni
Christopher Chris Kit Christoph Topher Christofer Kristopher
Matthew Matt Matthias Matty Matthäus Mathew
Andrew Andy Drew Andreas Andi
Steven Steve Stephen Stefan Stephan Stevie Stevan
Kenneth Ken Kenny
Gregory Greg Gregor Gregg
Lawrence Larry Lorenz Laurence Laurie
Timothy Tim Timmy
Jeffrey Jeff Geoffrey Geoff
Ronald Ron Ronny Ronnie Roni
Donald Don Donny Donnie
Frederick Fred Freddy Friedrich Freddie Frederic Frederik
Leonard Leo Lenny Leonhard
Alan Allan Allen
Elizabeth Liz Beth Betty Lizzy Elisabeth Eliza Lizzie Liza
Margaret Maggie Peggy Meg Margarete Margret Margie Meggie
Katherine Kate Kathy Cathy Katharina Catherine Katie Kathryn Kat
Susan Sue Susie Susanne Suzy Susi Suzie
Deborah Debbie Debby Debora Deb
Victoria Vicky Tori Viktoria Vic
Dorothy Dorothea Dolly Dorothee
Mary Molly Maria Marie May
Ann Annie Anna Nancy Anne
Sandra Sandy Sandi Sandie
Cynthia Cindy Cyndi Cinthia Cindi
Abigail Abby Gail Abbie
Pamela Pam Pammy Pamella
Kimberly Kim Kimberley Kimmy Kimmie
Jean-Pierre Jeanpierre
Jean Johannes Johann Jeannot John
Pierre Peter Pierrot Petrus
Jacques Jakob Jacob Jacquot
Guillaume Wilhelm William
Françoise Franziska Francine
"""
_WRITTEN_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ö": "Oe"})


def _index(table: str) -> dict[str, tuple[int, ...]]:
    """Folded form → ids of its groups in the order of the table; "Jörg" is "joerg" as well."""
    groups_by_form: dict[str, tuple[int, ...]] = {}
    for group, line in enumerate(table.strip().splitlines(), start=1):
        names = f"{line} {line.translate(_WRITTEN_UMLAUT)}".split()
        for form in dict.fromkeys(map(fold, names)):
            groups_by_form[form] = (*groups_by_form.get(form, ()), group)
    return groups_by_form


_GROUPS_BY_FORM = _index(_TABLE)


def groups_of(name: str) -> tuple[int, ...]:
    """Ids of every group the name belongs to, the likeliest first; () for other names."""
    return _GROUPS_BY_FORM.get(fold(name), ())


def group_of(name: str) -> int:
    """Id of the likeliest group of the name, 0 for other names: the value to be stored."""
    groups = groups_of(name)
    return groups[0] if groups else 0


def are_forms_of_one_name(name: str, other: str) -> bool:
    """Whether one person may bear both: Andi and Andrea, but not Andreas and Andrea.

    A name is a form of itself. Not transitive: Alex is an Alexander or an Alexandra.
    """
    if fold(name) == fold(other):
        return True
    return not set(groups_of(name)).isdisjoint(groups_of(other))
