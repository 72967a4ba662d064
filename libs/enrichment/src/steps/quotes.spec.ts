import { enrichArticle } from '../enrich-article.js';

function quotesIn(...paragraphs: string[]) {
  const body = paragraphs.join('\n\n');
  const { enrichment } = enrichArticle({ body }, { steps: ['language', 'quotes'] });
  const quotes = enrichment.quotes ?? [];
  for (const quote of quotes) {
    expect(body.slice(quote.start, quote.end)).toBe(quote.text);
    if (quote.speaker) expect(body.slice(quote.speaker.start, quote.speaker.end)).toBe(quote.speaker.text);
  }
  return quotes.filter((quote) => quote.direct).map((quote) => [quote.text, quote.speaker?.name]);
}

describe('quotations', () => {
  it('are found in curly, straight, single and angular marks', () => {
    expect(quotesIn('“We sail at dawn,” said Mira Holt.')).toEqual([['We sail at dawn,', 'Mira Holt']]);
    expect(quotesIn('Mira Holt said: "We sail at dawn."')).toEqual([['We sail at dawn.', 'Mira Holt']]);
    expect(quotesIn("'We won't sail in this,' said Mira Holt. 'It's the drivers' day off.'")).toEqual([
      ["We won't sail in this,", 'Mira Holt'],
      ["It's the drivers' day off.", 'Mira Holt'],
    ]);
    expect(quotesIn('«La mer est trop forte», a déclaré Mira Holt, la capitaine du navire.')).toEqual([
      ['La mer est trop forte', 'Mira Holt'],
    ]);
    expect(quotesIn('„Wir fahren heute nicht hinaus“, sagte Kapitänin Mira Holt am Montag.')).toEqual([
      ['Wir fahren heute nicht hinaus', 'Mira Holt'],
    ]);
    expect(quotesIn('船长李安和说：“今天不出海。”')).toEqual([['今天不出海。', '李安和']]);
  });

  it('keep their last mark missing, and end with the paragraph', () => {
    expect(quotesIn('Mira Holt said: "The wind is too strong. We wait.', 'The ferry stayed in port.')).toEqual([
      ['The wind is too strong. We wait.', 'Mira Holt'],
    ]);
  });

  it('run over paragraphs and belong to the one named at the end', () => {
    expect(
      quotesIn('“The first boat left at six.', '“The second never came back,” Mira Holt said.', 'Nobody spoke.'),
    ).toEqual([
      ['The first boat left at six.', 'Mira Holt'],
      ['The second never came back,', 'Mira Holt'],
    ]);
  });

  it('end at the first closing mark where one too many follows', () => {
    const quotes = quotesIn('“The pact defines trade and travel” between the ports,” Captain Mira Holt said.');
    expect(quotes).toEqual([['The pact defines trade and travel', 'Mira Holt']]);
  });

  it('leave out titles, nicknames, inscriptions and scare quotes', () => {
    expect(
      quotesIn(
        'The so-called "night ferry" sails again. Her novel, "The Long Tide", sold well.',
        'Sailors call the strait "the Needle". A banner read "No Ferry, No Vote".',
        'Mira Holt said the ship, nicknamed "the tub", was safe.',
        'Crews have a shorter name for the hall: "the oven".',
        'Mira Holt said the cabin, advertised as "the upper berth", had no window.',
      ),
    ).toEqual([]);
    expect(quotesIn('La canción del puerto se llama «La mar y los barcos del sur».')).toEqual([]);
  });

  it.each([
    'Mira Holt never said "I quit", her lawyer told the court.',
    'If Mira Holt says "yes", the port opens.',
    'Mira Holt didn\'t say "the ship is lost".',
    'Mira Holt sagte nie: „Ich gebe das Schiff auf.“ Der Hafen blieb am Montag geschlossen.',
    'Wenn Mira Holt sagt: „Wir fahren“, dann öffnet der Hafen am Montag wieder.',
  ])('are none where nobody is said to have spoken: %s', (body) => {
    expect(quotesIn(body)).toEqual([]);
  });

  it('are nobody’s whom the next paragraph names', () => {
    const body =
      'Lena Quaye was scathing. "A rule is what they broke," she snapped. "What use is another?"\n\nMarram Bay Ferries apologised.';
    expect(quotesIn(body)).toEqual([
      ['A rule is what they broke,', 'Lena Quaye'],
      ['What use is another?', 'Lena Quaye'],
    ]);
  });

  it('are a body’s by its whole name, though one of its words is an office', () => {
    const body = 'A statement from the Northern Coast Guard Corps said the pilot had been "brave to the end".';
    expect(quotesIn(body)).toEqual([['brave to the end', 'Northern Coast Guard Corps']]);
  });

  it('are speech behind the name of a work where they are no title', () => {
    expect(quotesIn('Mira Holt said she had bought the painting "in good faith and for the frame".')).toEqual([
      ['in good faith and for the frame', 'Mira Holt'],
    ]);
    expect(quotesIn('Mira Holt said she had bought the painting "Girl with a Ladder".')).toEqual([]);
  });

  it('are none where one word has its noun behind it', () => {
    expect(quotesIn('Mayor Mira Holt says it is "monitoring" prices.')).toEqual([]);
    expect(quotesIn('Mayor Mira Holt says it is "reckless".')).toEqual([['reckless', 'Mira Holt']]);
  });

  it('hold a negation or a condition of their own', () => {
    expect(quotesIn('Mira Holt, who has not slept since, said: "If it blows, we never sail."')).toEqual([
      ['If it blows, we never sail.', 'Mira Holt'],
    ]);
  });

  it('are speech in German, where nouns have capitals as titles have', () => {
    expect(quotesIn('»Das ist das Ende«, erklärte Kapitänin Mira Holt am Montag im Hafen.')).toEqual([
      ['Das ist das Ende', 'Mira Holt'],
    ]);
  });

  it('leave out the space that French marks keep', () => {
    expect(quotesIn('« La mer est trop forte », a déclaré Mira Holt, la capitaine du navire.')).toEqual([
      ['La mer est trop forte', 'Mira Holt'],
    ]);
  });

  it('are found with an honorific after the name', () => {
    expect(quotesIn('「二度と起きない」と佐藤花子さんは語った。')).toEqual([['二度と起きない', '佐藤花子']]);
  });

  it('take fragments inside reported speech', () => {
    expect(quotesIn('Harbour master Ivo Brandt called the plan "a gift to smugglers" and "badly drawn".')).toEqual([
      ['a gift to smugglers', 'Ivo Brandt'],
      ['badly drawn', 'Ivo Brandt'],
    ]);
  });

  it('name no speaker where nobody is named', () => {
    expect(quotesIn('"We are sorry," said a spokesman for the ferry company.')).toEqual([['We are sorry,', undefined]]);
  });

  it('are cut where French says between the marks who speaks', () => {
    expect(quotesIn('« Le bac reprend lundi, a expliqué Mira Holt, maire de Saltmouth, et il sera gratuit. »')).toEqual(
      [
        ['Le bac reprend lundi', 'Mira Holt'],
        ['et il sera gratuit.', 'Mira Holt'],
      ],
    );
    expect(
      quotesIn("La directrice de l'hôpital, Mira Holt, est en colère. « C'est fini, s'indigne-t-elle. Nous partons. »"),
    ).toEqual([
      ["C'est fini", 'Mira Holt'],
      ['Nous partons.', 'Mira Holt'],
    ]);
    expect(quotesIn('« Tout a brûlé, raconte Mira Holt, 62 ans. Il reste la cave. »')).toEqual([
      ['Tout a brûlé', 'Mira Holt'],
      ['Il reste la cave.', 'Mira Holt'],
    ]);
  });

  it('stay whole where somebody behind the marks quotes another inside them', () => {
    expect(quotesIn("« Mon frère, m'a dit Paul, est parti hier », a déclaré Mira Holt.")).toEqual([
      ["Mon frère, m'a dit Paul, est parti hier", 'Mira Holt'],
    ]);
  });

  it('end at who speaks where the closing mark is missing', () => {
    expect(
      quotesIn('“The river rose in an hour, said farmer Paul Renn.', '“We lost everything,” said Mira Holt.'),
    ).toEqual([
      ['The river rose in an hour,', 'Paul Renn'],
      ['We lost everything,', 'Mira Holt'],
    ]);
  });

  it('are speech in German where every noun has a capital', () => {
    expect(quotesIn('„Das Wasser“, sagte Paul Renn, „steht schon im Keller.“')).toEqual([
      ['Das Wasser', 'Paul Renn'],
      ['steht schon im Keller.', 'Paul Renn'],
    ]);
  });

  it('are read in Japanese where the speaker is somebody of somewhere', () => {
    expect(quotesIn('「眠れない夜が続いた」と住民の山本花子さんは話した。')).toEqual([
      ['眠れない夜が続いた', '山本花子'],
    ]);
  });

  it('are read in German where "so" stands for the verb', () => {
    expect(quotesIn('„Wir werden“, so Ministerin Eva Roth, „das noch prüfen.“')).toEqual([
      ['Wir werden', 'Eva Roth'],
      ['das noch prüfen.', 'Eva Roth'],
    ]);
    expect(quotesIn('Die Lage ist „ernst“, so dass der Hafen am Montag geschlossen bleibt.')).toEqual([]);
  });

  it('are read in Italian, whose past has two words', () => {
    expect(quotesIn('«Il traghetto è sicuro», ha detto il sindaco Carlo Benni.')).toEqual([
      ['Il traghetto è sicuro', 'Carlo Benni'],
    ]);
  });

  it.each([
    ['«Паром пойдёт в июне», — сказал мэр Олег Савин.', 'Паром пойдёт в июне'],
    ['«لم يعد لدينا ماء»، قالت ليلى حداد، وهي معلمة في القرية.', 'لم يعد لدينا ماء'],
    ['„Prom jest bezpieczny”, powiedział burmistrz Marek Zawada w czwartek.', 'Prom jest bezpieczny'],
  ])('are found without a speaker where the verbs of the language are unknown: %s', (body, text) => {
    expect(quotesIn(body)).toEqual([[text, undefined]]);
  });

  it('have an unsure speaker where "she" may mean either of two', () => {
    const body = 'Mayor Mira Holt met the union leader Dina Castor. “We will not strike,” she said.';
    const [quote] = enrichArticle({ body }, { steps: ['language', 'quotes'] }).enrichment.quotes!;
    expect(quote!.speaker!.confidence).toBe(0.5);
  });

  it('take nobody who was spoken to for what was said', () => {
    const body = 'Mira Holt asked her about the night of the fire.';
    expect(enrichArticle({ body }, { steps: ['language', 'quotes'] }).enrichment.quotes).toEqual([]);
  });
});

describe('speakers', () => {
  it('are resolved from surname, office and pronoun', () => {
    expect(
      quotesIn(
        'Mira Holt, the transport minister of Ostrel, met the harbour master, Ivo Brandt, on Monday.',
        '“The port stays open,” Holt said.',
        '“The money is there,” the transport minister told reporters. “It was always there.”',
        'Brandt was not convinced. “I have seen no money,” he said.',
      ).map(([, name]) => name),
    ).toEqual(['Mira Holt', 'Mira Holt', 'Mira Holt', 'Ivo Brandt']);
  });

  it.each([
    ['"Vi el número -explicó a EFE la escritora Ana Holm- y era la luz".', ['Vi el número', 'y era la luz']],
    ['"Spostano tutto - ha poi attaccato - e lo chiamano festa".', ['Spostano tutto', 'e lo chiamano festa']],
    ['« Il pleut, raconte Ana Holm, dont la maison est basse. Je reste. »', ['Il pleut', 'Je reste.']],
  ])('cut out who speaks between hyphens, or whose house it is: %s', (body, expected) => {
    expect(quotesIn(body).map(([text]) => text)).toEqual(expected);
  });

  it.each([
    '« Le pont rouvrira en mai », a déclaré mardi soir la maire, Anna Holm.',
    '"El puente abrirá en mayo", dijo el lunes la alcaldesa, Anna Holm.',
    '"Il ponte aprirà a maggio", ha detto ieri la sindaca, Anna Holm.',
    '„Die Brücke öffnet im Mai“, sagte am Montagabend in Velmar Bürgermeisterin Anna Holm.',
  ])('stand behind the day: %s', (body) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual(['Anna Holm']);
  });

  it.each([
    '"Il ponte aprirà a maggio". Lo ha detto la sindaca, Anna Holm, ai cronisti.',
    '"El puente abrirá en mayo". Así lo aseguró la alcaldesa, Anna Holm.',
    '« Le pont rouvrira en mai. » C’est ce qu’affirme la maire, Anna Holm.',
    '“A ponte da cidade abre em maio.” Foi o que disse a ministra Anna Holm.',
  ])('stand in a sentence that takes the words up: %s', (body) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual(['Anna Holm']);
  });

  it.each([
    '« Le pont rouvrira en mai », a confié à l’AFP Anna Holm.',
    '«Il ponte aprirà a maggio», scrive su Facebook Anna Holm.',
    '"The bridge opens in May," Anna Holm, 52, who runs the port, said.',
  ])('stand behind an audience, or before an age and what they do: %s', (body) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual(['Anna Holm']);
  });

  it.each([
    '– Bron öppnar i maj efter ett års arbete, säger Anna Holm.',
    '- Broen åbner i maj efter et års arbejde, siger Anna Holm.',
    '– Broen åpner i mai etter et års arbeid, sier Anna Holm.',
  ])('are found behind Scandinavian dashes: %s', (body) => {
    const [[text, name] = []] = quotesIn(body);
    expect([text, name]).toEqual([body.slice(2, body.indexOf(',')), 'Anna Holm']);
  });

  it('is nobody whom the dateline names', () => {
    const body = 'Puerto Alcor, 4 feb (EFE).- La alcaldesa, Rosa Lisarri, se va. "Toca abrir las ventanas", añadió.';
    const input = { body, dateline: 'Puerto Alcor, 4 feb (EFE)' };
    const { enrichment } = enrichArticle(input, { steps: ['language', 'quotes'] });
    expect(enrichment.quotes?.map(({ speaker }) => speaker?.name)).toEqual(['Rosa Lisarri']);
  });

  it('leaves the day before a name out of it', () => {
    const said = 'On Friday Mira Holt said: "It is cold." Last Monday Piet Corvin swam. "It is too cold," he said.';
    expect(quotesIn(said)).toEqual([
      ['It is cold.', 'Mira Holt'],
      ['It is too cold,', 'Piet Corvin'],
    ]);
  });

  it('are who did something, not whom it was done to', () => {
    expect(quotesIn('Tom Redfield met Paul Sorrel on Monday. "We are done," he said.')).toEqual([
      ['We are done,', 'Tom Redfield'],
    ]);
  });

  it('are told apart by country, where a counterpart holds the same office', () => {
    expect(
      quotesIn(
        'Turkish Trade Minister Demir Aksan signed the pact with his Danish counterpart Lise Holm in Kellan.',
        '“It opens our ports,” the Danish trade minister said.',
        '“It is a new start,” the Turkish trade minister said.',
      ),
    ).toEqual([
      ['It opens our ports,', 'Lise Holm'],
      ['It is a new start,', 'Demir Aksan'],
    ]);
  });

  it('of a headline are those of the same words below', () => {
    expect(
      quotesIn(
        '‘It sounded like a drum’: storm hits Ostrel',
        'Farmer Rosa Lind hid. ‘It sounded like a drum,’ she said.',
      ),
    ).toEqual([
      ['It sounded like a drum', 'Rosa Lind'],
      ['It sounded like a drum,', 'Rosa Lind'],
    ]);
  });

  it('are whom the pronoun fits by the given name', () => {
    const quotes = quotesIn(
      'Baker Helena Moss wrote to the ferryman, Colin Tarr, in May. Moss wants a later boat.',
      '“It sails when it is full,” he said.',
    );
    expect(quotes).toEqual([['It sails when it is full,', 'Colin Tarr']]);
  });

  it('are nobody where "he" is somebody whom the text does not name', () => {
    const quotes = quotesIn(
      '“The boat was late,” Captain Colin Tarr said.',
      'The bus driver waited an hour. “I read the paper twice,” he said. His lawyer agreed. “He is patient,” his lawyer said.',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Colin Tarr', undefined, undefined]);
  });

  it('may have one name and be introduced by what they are to somebody', () => {
    const quotes = quotesIn(
      'Conrad Hale, 50, is a butcher, and his wife, Solveig, keeps the books. “He cannot add,” she said.',
      "Hale's brother and partner, Anton, was away. “I was fishing,” he said.",
      'Their daughter Zora laughed. “I do the sums,” she said.',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Solveig', 'Anton', 'Zora']);
  });

  it('are who asks, where a capital follows the question', () => {
    const quotes = quotesIn(
      'Colin Tarr owns the ferry. The chair, Dame Ottilie Moss, heard him.',
      '“Did you read it?” Dame Ottilie asked.',
      '“I did!” Tarr said the log was clear.',
    );
    expect(quotes[0]).toEqual(['Did you read it?', 'Ottilie Moss']);
  });

  it('are named right behind their words, whatever the verb', () => {
    const quotes = quotesIn(
      'Councillor Freya Moss wants a tram.',
      '“It never paid,” objected Colin Tarr. “Nor did you,” Moss shot back.',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Colin Tarr', 'Freya Moss']);
  });

  it('are nobody where the only one named does not fit the pronoun', () => {
    const quotes = quotesIn(
      '“The sign is there for a reason,” said Helena Moss of the mountain rescue.',
      'One of the walkers, who gave no name, was sorry. “I thought it meant cars,” he said.',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Helena Moss', undefined]);
  });

  it('are whom a sentence says to be somebody', () => {
    const quotes = quotesIn('Colin Tarr retires. His successor will be Nadia Lund. “I have a plan,” she said.');
    expect(quotes).toEqual([['I have a plan,', 'Nadia Lund']]);
  });

  it('are those whose verdict is given', () => {
    const [quote] = quotesIn('Reader Colin Tarr, 11, finished the book by noon. His verdict: “Sad, then funny.”');
    expect(quote).toEqual(['Sad, then funny.', 'Colin Tarr']);
  });

  it('are bodies by the last word of their name, where one alone has it', () => {
    const [quote] = quotesIn(
      'The Saltmouth Ferry Trust lost the log.',
      '“We are sorry,” the trust said in a statement.',
    );
    expect(quote).toEqual(['We are sorry,', 'Saltmouth Ferry Trust']);
    const [unsure] = quotesIn(
      'The Saltmouth Ferry Trust met the Ostrel Bridge Trust.',
      '“We are sorry,” the trust said in a statement.',
    );
    expect(unsure).toEqual(['We are sorry,', undefined]);
  });

  it('go by their name without what a sentence or a police force puts before it', () => {
    const quotes = quotesIn(
      'Unseeded Katya Moss won on Friday. “I ran and ran,” the 19-year-old said.',
      '“Nobody was hurt,” PC Fiona Lund said.',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Katya Moss', 'Fiona Lund']);
  });

  it('are those who speak, not whom they work for', () => {
    expect(quotesIn('Analyst Lucia Moss of Brandt & Kay said the price was "a gift to the rich".')).toEqual([
      ['a gift to the rich', 'Lucia Moss'],
    ]);
    expect(quotesIn('Holt left. Her union, the League of Ferrymen, called it "a sad day for the port".')).toEqual([
      ['a sad day for the port', 'League of Ferrymen'],
    ]);
  });

  it('have one name where a surname has several words', () => {
    const quotes = quotesIn(
      'The painter Ludo van der Moor gave his house away.',
      '“I have one chair,” Van der Moor said.',
    );
    expect(quotes).toEqual([['I have one chair,', 'Ludo van der Moor']]);
  });

  it('are named before a colon, or nobody is', () => {
    const quotes = quotesIn(
      '“It costs too much,” Mayor Helena Moss said.',
      'For baker Noemi Lund it is simple: “As much as the flour.”',
      'By the oven stood Lund and the miller Piet Aske: “We have a deal.”',
    );
    expect(quotes.map(([, name]) => name)).toEqual(['Helena Moss', 'Noemi Lund', undefined]);
  });

  it('are not guessed from an office that nobody is said to hold', () => {
    const quotes = quotesIn(
      'Tansy Brooke won the race.',
      'The stadium announcer was beside himself. “What a race,” the stadium announcer said.',
    );
    expect(quotes).toEqual([['What a race,', undefined]]);
  });
});

describe('a quotation without attribution', () => {
  it('is not given to the last speaker where somebody unnamed comes between', () => {
    const quotes = quotesIn(
      '“Salt is no luxury,” Greta Thorne said.',
      'One baker, who asked not to be named, was blunter. “They will tax the air next.”',
    );
    expect(quotes[1]).toEqual(['They will tax the air next.', undefined]);
  });
});

describe('indirect speech', () => {
  it('is marked as such', () => {
    const { enrichment } = enrichArticle(
      { body: 'Mira Holt said that the ferry would sail on Friday.' },
      { steps: ['language', 'quotes'] },
    );
    expect(enrichment.quotes).toMatchObject([
      { text: 'the ferry would sail on Friday', direct: false, verb: 'said', speaker: { name: 'Mira Holt' } },
    ]);
  });

  it.each([
    ['”Färjan är säker”, sade borgmästaren Karin Lund i går.', 'Färjan är säker', 'Karin Lund'],
    ['"Det er en skandale", siger skipper Anders Holm til avisen.', 'Det er en skandale', 'Anders Holm'],
    ['«Fergen er trygg», sier ordfører Kari Nes til avisen på torsdag.', 'Fergen er trygg', 'Kari Nes'],
    ['Enligt borgmästaren Karin Lund är bron ”helt klart för dyr”.', 'helt klart för dyr', 'Karin Lund'],
  ])('are read with their speakers in the languages of Scandinavia: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it.each([
    ['«No hay barco», confesó ante la prensa el capitán del puerto, Ramón Vela.', 'No hay barco', 'Ramón Vela'],
    ['« La mer monte », a déclaré à l’agence la maire Odile Marchais.', 'La mer monte', 'Odile Marchais'],
    ['"Il porto è chiuso", ha detto all\'agenzia la sindaca Carla Benni.', 'Il porto è chiuso', 'Carla Benni'],
  ])('belong to the one named behind where and to whom it was said: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it('belong to the subject before where a Romance verb has none of its own', () => {
    expect(quotesIn('El alcalde Ramón Vela visitó el puerto. «No hay barco», dijo a los vecinos.')).toEqual([
      ['No hay barco', 'Ramón Vela'],
    ]);
    expect(
      quotesIn('Il sindaco Carlo Benni ha visitato il porto. "Non c\'è traghetto", ha detto all\'agenzia.'),
    ).toEqual([["Non c'è traghetto", 'Carlo Benni']]);
  });

  it('end their speaker before a separable prefix or "is"', () => {
    expect(quotesIn('„Das Schiff war alt“, räumte Kapitänin Eva Roth am Montag ein.')).toEqual([
      ['Das Schiff war alt', 'Eva Roth'],
    ]);
    expect(quotesIn('Volgens kapitein Bram Visser is de haven ‘voorlopig niet veilig’.')).toEqual([
      ['voorlopig niet veilig', 'Bram Visser'],
    ]);
  });

  it('belong to offices that another word holds, joined or with its article', () => {
    expect(
      quotesIn('Verkehrsministerin Eva Roth kam am Montag.', '„Die Brücke bleibt zu“, sagte die Ministerin.'),
    ).toEqual([['Die Brücke bleibt zu', 'Eva Roth']]);
    expect(quotesIn('Statsminister Karin Lund kom på måndagen.', '”Bron är stängd”, sade statsministern.')).toEqual([
      ['Bron är stängd', 'Karin Lund'],
    ]);
  });

  it('are reported by the mood of a German verb', () => {
    expect(quotesIn('„Das reicht“, sagte Kapitänin Eva Roth. Der Hafen habe „lange genug gewartet“.')).toEqual([
      ['Das reicht', 'Eva Roth'],
      ['lange genug gewartet', 'Eva Roth'],
    ]);
  });

  it('hold no German noun for a name that says whose words they are', () => {
    expect(quotesIn('Kapitänin Eva Roth bleibt im Hafen. Ihre Begründung: „Der Wind ist zu stark.“')).toEqual([
      ['Der Wind ist zu stark.', 'Eva Roth'],
    ]);
  });

  it.each([
    ['Mira Holt called it "mad", warning that "the boats are far too old".', ['mad', 'the boats are far too old']],
    ['Mira Holt left the harbour, calling the plan "a gift to smugglers".', ['a gift to smugglers']],
    ['Mira Holt said it was "mad" and that "the boats are far too old".', ['mad', 'the boats are far too old']],
  ])('go on with a participle or another clause: %s', (body, texts) => {
    expect(quotesIn(body)).toEqual(texts.map((text) => [text, 'Mira Holt']));
  });

  it('are the subject of a sentence that says whose words they are', () => {
    expect(quotesIn('Captain Mira Holt is tired. "Unbearable" is how she describes the noise.')).toEqual([
      ['Unbearable', 'Mira Holt'],
    ]);
    expect(quotesIn('"The Needle" is what sailors call the strait.')).toEqual([]);
  });

  it('belong to the one whom somebody else quotes', () => {
    expect(
      quotesIn('The Saltmouth Courier quoted Captain Mira Holt as saying the boat was "a floating wreck".'),
    ).toEqual([['a floating wreck', 'Mira Holt']]);
    expect(quotesIn('The Saltmouth Courier quoted an official as saying the boat was "a floating wreck".')).toEqual([
      ['a floating wreck', undefined],
    ]);
  });

  it("are nobody's where a claim or a crowd is quoted", () => {
    expect(quotesIn('Captain Mira Holt rejected claims that the boat was "a floating wreck".')).toEqual([
      ['a floating wreck', undefined],
    ]);
    expect(quotesIn('Captain Mira Holt left the hall to shouts of "Shame!" on Monday.')).toEqual([
      ['Shame!', undefined],
    ]);
    expect(quotesIn('Captain Mira Holt had believed rumours that the boat was "cursed".')).toEqual([]);
  });

  it('have a title between their speaker and the verb', () => {
    expect(quotesIn('Novelist Mira Holt, who wrote "The Long Tide", says the sea is "a very patient reader".')).toEqual(
      [['a very patient reader', 'Mira Holt']],
    );
  });

  it('belong to the body that a noun or "it" means', () => {
    expect(quotesIn('The airline NordSky cancelled all flights.', '"We are deeply sorry," the airline said.')).toEqual([
      ['We are deeply sorry,', 'NordSky'],
    ]);
    expect(quotesIn('The ferry company, HarbourLink, replied at noon. "We are sorry," it wrote.')).toEqual([
      ['We are sorry,', 'HarbourLink'],
    ]);
    expect(
      quotesIn('The airline NordSky and the airline Polara cancelled flights.', '"We are sorry," the airline said.'),
    ).toEqual([['We are sorry,', undefined]]);
  });

  it.each([
    'Forecasters warned of "real danger to life" at sea.',
    'Captain Mira Holt met the crew. "We sail at dawn," the Norwegian said.',
  ])('have no speaker that is a common noun or where somebody is from: %s', (body) => {
    expect(quotesIn(body).map(([, name]) => name)).not.toContain('Forecasters');
    expect(quotesIn(body).map(([, name]) => name)).not.toContain('Norwegian');
    expect(quotesIn(body)).toHaveLength(1);
  });

  it('belong to somebody with one name and an age', () => {
    expect(quotesIn('Au port, Jeannine, 72 ans, attend. « Mon chat est resté à bord », dit la retraitée.')).toEqual([
      ['Mon chat est resté à bord', 'Jeannine'],
    ]);
  });

  it.each([
    ['«Mai più in mare», bisbiglia Gino Bertolli, pescatore di Porto Levo.', 'Mai più in mare', 'Gino Bertolli'],
    ['„Wir danken ihm sehr“, wird Präsidentin Eva Roth in der Mitteilung zitiert.', 'Wir danken ihm sehr', 'Eva Roth'],
    ['Richterin Eva Roth sprach von „Betrug mit Bouquet“.', 'Betrug mit Bouquet', 'Eva Roth'],
    ['Chipmaker Quillon cut jobs. "We remain confident," the chipmaker said.', 'We remain confident,', 'Quillon'],
    ['Il ministro dell\'Ambiente, Elsa Corvi, ha detto: "Il fiume sale".', 'Il fiume sale', 'Elsa Corvi'],
    ['« Le quai est fermé », s’est emporté Ivan Mestre, docker.', 'Le quai est fermé', 'Ivan Mestre'],
    ['O presidente da câmara de Vilar do Cabo, Rui Salema, disse: "A água sobe".', 'A água sobe', 'Rui Salema'],
    ['O autarca Rui Salema considerou hoje "absurdo" o fecho da ponte.', 'absurdo', 'Rui Salema'],
    ['Habló el alcalde Blas Oteo, quien añadió que el río "ya no baja".', 'ya no baja', 'Blas Oteo'],
    ['« La mer monte », a dit son avocate, Me Odile Marchais.', 'La mer monte', 'Odile Marchais'],
  ])('are attributed in yet other forms: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it.each([
    ['Im Radio sagte Rita Held: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Dem Sender sagte Rita Held: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Zuvor hatte Rita Held im Radio gesagt: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Rita Held kam spät. Dann sagte sie: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Auch Rita Held sagte der Zeitung: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Rita Held vom Verein Talblick sagte: „Wir warten ab.“', 'Wir warten ab.', 'Rita Held'],
    ['Am Dienstag nannte Rita Held den Plan „gut gemeint“.', 'gut gemeint', 'Rita Held'],
    ['In Utrecht zei Marga Vos: ‘We wachten het af.’', 'We wachten het af.', 'Marga Vos'],
    ['I Malmö sade Rita Hedlund: ”Vi får vänta på det.”', 'Vi får vänta på det.', 'Rita Hedlund'],
    ['En Vigo dijo la ministra Rita Vela: «Vamos a esperar».', 'Vamos a esperar', 'Rita Vela'],
  ])('are those behind the verb where another phrase comes first: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it('are not those of the sentence after the closing mark where the verb comes second', () => {
    expect(
      quotesIn('„Der Saal ist zu klein“, sagte Rita Held am Montag, „und viel zu laut.“ Das Orchester lachte.'),
    ).toEqual([
      ['Der Saal ist zu klein', 'Rita Held'],
      ['und viel zu laut.', 'Rita Held'],
    ]);
    expect(quotesIn('Der Saal war voll. „Ist es nicht zu laut?“ Karl Moser fragte nach der Zeit.')).toEqual([
      ['Ist es nicht zu laut?', undefined],
    ]);
  });

  it.each([
    ['‘We wachten af’, zei Marga van der Vos na afloop.', 'We wachten af', 'Marga van der Vos'],
    ['‘We wachten af’, zei Bas in ’t Woud.', 'We wachten af', 'Bas in ’t Woud'],
    ['‘We wachten af’, zei Bas Vonk in de Kamer.', 'We wachten af', 'Bas Vonk'],
    ['‘We wachten af’, zei Bas Vonk van Financiën.', 'We wachten af', 'Bas Vonk'],
    ['‘We wachten af’, meldt Van Vossen & Zonen.', 'We wachten af', 'Van Vossen & Zonen'],
    ['‘We wachten af’, zei officier van justitie Bas Vonk.', 'We wachten af', 'Bas Vonk'],
    ['„Wir warten ab“, sagte Rita von der Aue.', 'Wir warten ab', 'Rita von der Aue'],
    ['„Wir warten ab“, sagte Rita Held der Zeitung.', 'Wir warten ab', 'Rita Held'],
    ['„Wir warten ab“, sagte der Bund der Gärtner.', 'Wir warten ab', 'Bund der Gärtner'],
  ])('have the whole of their name, and no more: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it.each([
    ['„Wir warten ab“, sagte Rita Held vergangene Woche.', 'Wir warten ab', 'Rita Held'],
    ['„Wir warten ab“, sagte Rita Held Anfang März.', 'Wir warten ab', 'Rita Held'],
    ['„Wir warten ab“, sagte dazu Rita Held.', 'Wir warten ab', 'Rita Held'],
    ['‘We wachten af’, zei Bas Vonk vorige maand.', 'We wachten af', 'Bas Vonk'],
    ['‘We wachten af’, zei gisteren Bas Vonk.', 'We wachten af', 'Bas Vonk'],
    ['‘We wachten af’, laat Bas Vonk weten.', 'We wachten af', 'Bas Vonk'],
    ['„Wir warten ab“, ließ Rita Held wissen.', 'Wir warten ab', 'Rita Held'],
    ['”Vi får vänta på det”, sade Rita Hedlund förra veckan.', 'Vi får vänta på det', 'Rita Hedlund'],
    ['Rita Held kam spät. „Wir warten ab“, knisterte sie.', 'Wir warten ab', 'Rita Held'],
    ['Bas Vonk belde. Het plan is volgens hem ‘een goed begin’.', 'een goed begin', 'Bas Vonk'],
    ['Rita Held sprach von einem „kleinen Wunder“.', 'kleinen Wunder', 'Rita Held'],
  ])('are found beside phrases of time, by any verb before a pronoun, and in parts: %s', (body, text, name) => {
    expect(quotesIn(body)).toEqual([[text, name]]);
  });

  it('are who reports last, whoever the report is about', () => {
    expect(
      quotesIn('Der Präsident dürfe das nicht, erklärte Parteichef Karl Moser. „Wir warten ab“, kündigte er an.'),
    ).toEqual([['Wir warten ab', 'Karl Moser']]);
    expect(quotesIn('Den Ball hatte Arno Quell. Der Stürmer traf. „Das war Glück“, sagte er.')).toEqual([
      ['Das war Glück', 'Arno Quell'],
    ]);
    expect(quotesIn('Gisteren kwam Xandra Brunzema langs. ‘Soep is saai’, zegt Brunzema.')).toEqual([
      ['Soep is saai', 'Xandra Brunzema'],
    ]);
  });

  it('are not somebody with another office of the same ending, or of another paragraph', () => {
    expect(
      quotesIn(
        'Laut Staatsanwalt Karl Moser ist das „ein klarer Fall“. Verteidiger Arno Quell widersprach. „Nein“, sagte der Anwalt.',
      ),
    ).toEqual([
      ['ein klarer Fall', 'Karl Moser'],
      ['Nein', 'Arno Quell'],
    ]);
    expect(
      quotesIn('‘Het was druk’, zegt Marga Vos bescheiden.', 'Later schreef de burgemeester: ‘We wachten af.’'),
    ).toEqual([
      ['Het was druk', 'Marga Vos'],
      ['We wachten af.', undefined],
    ]);
  });

  it('go on after a dash', () => {
    expect(quotesIn('„Heute regnet es“, sagte Rita Held – „aber morgen scheint die Sonne.“')).toEqual([
      ['Heute regnet es', 'Rita Held'],
      ['aber morgen scheint die Sonne.', 'Rita Held'],
    ]);
  });

  it('stand in a headline of two words, or one that is nothing else, where the text repeats them', () => {
    expect(quotesIn('„Wir warten“: Gärtner geben nicht auf', '„Wir warten“, sagte Rita Held am Montag.')).toEqual([
      ['Wir warten', 'Rita Held'],
      ['Wir warten', 'Rita Held'],
    ]);
    expect(quotesIn('‘Soep is nooit saai’', '‘Soep is nooit saai’, zegt kok Bas Vonk.')).toEqual([
      ['Soep is nooit saai', 'Bas Vonk'],
      ['Soep is nooit saai', 'Bas Vonk'],
    ]);
  });

  it('are not what stands on a banner', () => {
    expect(quotesIn('Am Tor hängt ein Laken. „Bleibt hier!“ steht darauf.')).toEqual([]);
  });

  it('belong to nobody called "Jährige"', () => {
    const quotes = quotesIn('Trainer Rico Haber geht. „So ist das Geschäft“, sagte der 51-Jährige am Montag.');
    expect(quotes).toEqual([['So ist das Geschäft', 'Rico Haber']]);
  });

  it('are read where a known name stands for no person: "Le Monde" beside "Le"', () => {
    const body = 'dans l’Ancien Monde. En 2019, Le Monde par Tarvel. Le « viol.';
    expect(enrichArticle({ body }).enrichment.failedSteps).toBeUndefined();
  });

  it('open with a dash in Romance dialogues, and lists do not', () => {
    expect(
      quotesIn(
        'La panadera Rosa Quintero abre a las cinco.',
        '—El horno no espera —explica Quintero, sin dejar de amasar—. Nunca ha esperado.',
        'Su vecino, Blas Oteo, asiente:',
        '—Huele a gloria.',
      ),
    ).toEqual([
      ['El horno no espera', 'Rosa Quintero'],
      ['Nunca ha esperado.', 'Rosa Quintero'],
      ['Huele a gloria.', 'Blas Oteo'],
    ]);
    expect(quotesIn('— La marée monte vite, dit Odile Marchais. Il faut partir.')).toEqual([
      ['La marée monte vite', 'Odile Marchais'],
      ['Il faut partir.', 'Odile Marchais'],
    ]);
    expect(
      quotesIn(
        'El pleno aprobó dos medidas para el puerto:',
        '— Rebaja de las tasas.',
        '— Nuevas farolas en el muelle.',
      ),
    ).toEqual([]);
  });

  it('are the answers of an interview, and given to nobody where two may speak in turn', () => {
    const dialogue = ['—¿Por qué vuelve ahora?', '—Porque me aburría mucho.', '—¿Y la voz?', '—La voz sigue ahí.'];
    expect(quotesIn('La cantante Rosa Quintero visita a su maestro, Blas Oteo.', ...dialogue)).toEqual([
      ['Porque me aburría mucho.', undefined],
      ['La voz sigue ahí.', undefined],
    ]);
    expect(quotesIn('Vuelve la cantante Rosa Quintero.', ...dialogue)).toEqual([
      ['Porque me aburría mucho.', 'Rosa Quintero'],
      ['La voz sigue ahí.', 'Rosa Quintero'],
    ]);
  });

  it('are given to whoever is interviewed, not to whom a question names', () => {
    const questions = [
      'Il suo maestro diceva che è pigro. È vero?',
      '«Sì, ma solo la mattina.»',
      'E adesso?',
      '«Dormo.»',
    ];
    expect(
      quotesIn(
        'Ugo Barile ha vinto la regata di Porto Selva.',
        'Barile, che cosa ha pensato?',
        '«Niente di bello.»',
        ...questions,
        'Il maestro, Luca Ferri, conferma: «È pigro, e vince lo stesso».',
      ),
    ).toEqual([
      ['Niente di bello.', 'Ugo Barile'],
      ['Sì, ma solo la mattina.', 'Ugo Barile'],
      ['Dormo.', 'Ugo Barile'],
      ['È pigro, e vince lo stesso', 'Luca Ferri'],
    ]);
    expect(
      quotesIn('Ugo Barile e Luca Ferri tornano in mare.', 'Che vento farà?', '«Quello che capita.»').map(
        ([, speaker]) => speaker,
      ),
    ).toEqual([undefined]);
  });

  it('resume with a closing mark at the head of a paragraph in Spanish', () => {
    expect(
      quotesIn(
        'Habla Rosa Quintero junto al horno. «Llegué un lunes y no había nadie.',
        '»Esperé hasta el martes.',
        '»El miércoles me fui», rememora.',
      ),
    ).toEqual([
      ['Llegué un lunes y no había nadie.', 'Rosa Quintero'],
      ['Esperé hasta el martes.', 'Rosa Quintero'],
      ['El miércoles me fui', 'Rosa Quintero'],
    ]);
  });

  it.each([
    [
      '«Il ponte – ammette il sindaco Ugo Barile – riaprirà in aprile».',
      ['Il ponte', 'riaprirà in aprile'],
      'Ugo Barile',
    ],
    [
      'La alcaldesa Rosa Quintero calló un rato. «El puente —suspiró— abrirá en abril».',
      ['El puente', 'abrirá en abril'],
      'Rosa Quintero',
    ],
    ['«A ponte, garante o autarca Rui Salema, abre em abril».', ['A ponte', 'abre em abril'], 'Rui Salema'],
    [
      '« Le pont est fermé ? s’étonne Odile Marchais. Personne ne m’a prévenue. »',
      ['Le pont est fermé ?', 'Personne ne m’a prévenue.'],
      'Odile Marchais',
    ],
  ])('leave out who speaks inside the marks: %s', (body, parts, name) => {
    expect(quotesIn(body)).toEqual(parts.map((part) => [part, name]));
  });

  it.each([
    [
      'La ministra Rosa Quintero llegó tarde. Aseguró que el plan era «un paso muy pequeño».',
      'un paso muy pequeño',
      'Rosa Quintero',
    ],
    ['El alcalde Blas Oteo presentó un acuerdo que tildó de «paso muy pequeño».', 'paso muy pequeño', 'Blas Oteo'],
    [
      'La ministra Rosa Quintero no cede. A su juicio, la huelga es «un error de cálculo».',
      'un error de cálculo',
      'Rosa Quintero',
    ],
    ['Según Quintero, que dirige el puerto, el dique es «una chapuza de libro».', 'una chapuza de libro', 'Quintero'],
    [
      'L’assessora Ida Corvi non si scompone. «Ci vediamo in aula a giugno», si limita a dire.',
      'Ci vediamo in aula a giugno',
      'Ida Corvi',
    ],
    [
      'La sindaca Ida Corvi alza le spalle. «Il molo resta dov’è», ha detto la donna.',
      'Il molo resta dov’è',
      'Ida Corvi',
    ],
    ['Al suo fianco il regista Ugo Barile sorride. «Il mare era gelato», scherza.', 'Il mare era gelato', 'Ugo Barile'],
    [
      'O Sindicato dos Estivadores do Norte reagiu ontem. «O porto vai parar», avisa a estrutura sindical.',
      'O porto vai parar',
      'Sindicato dos Estivadores do Norte',
    ],
    [
      '«O porto está velho», disse Rui Salema, diretor do cais. «Precisa de obras», acrescenta o responsável.',
      'Precisa de obras',
      'Rui Salema',
    ],
    [
      'Le Syndicat des pêcheurs du Trégor proteste. « Le port se meurt », déplore l’organisation.',
      'Le port se meurt',
      'Syndicat des pêcheurs du Trégor',
    ],
    [
      'À 60 ans, Odile Marchais remonte sur scène. « Le trac ne passe jamais », confie la comédienne.',
      'Le trac ne passe jamais',
      'Odile Marchais',
    ],
    [
      'Le procureur, Luc Berthier, a décrit un homme « calme, froid et sans remords ».',
      'calme, froid et sans remords',
      'Luc Berthier',
    ],
    [
      'La romancière Odile Marchais se tait. « Le trac ne passe jamais », s’époumone-t-elle ensuite.',
      'Le trac ne passe jamais',
      'Odile Marchais',
    ],
    ['Rui Salema não desmente: «A pontualidade engorda».', 'A pontualidade engorda', 'Rui Salema'],
    ['Aux yeux du critique Luc Berthier, c’est « un très mauvais calcul ».', 'un très mauvais calcul', 'Luc Berthier'],
    ['« La mer monte », a plaisanté en retour Luc Berthier, éclusier.', 'La mer monte', 'Luc Berthier'],
    [
      '« La mer monte », a averti Luc Berthier, pour qui le port est « un tonneau sans fond ».',
      'un tonneau sans fond',
      'Luc Berthier',
    ],
    ['Na opinião do economista Rui Salema, a taxa é «um imposto de praia».', 'um imposto de praia', 'Rui Salema'],
    ['A sentire la cuoca, Ida Corvi, il sale «è la vera assenza».', 'è la vera assenza', 'Ida Corvi'],
    [
      'Odile Marchais a couru toute la nuit. « Mes jambes ont démissionné », plaisante la traileuse.',
      'Mes jambes ont démissionné',
      'Odile Marchais',
    ],
    [
      'La retraitée Odile Marchais range. L’intéressée n’en revient pas : « Je voulais juste partir. »',
      'Je voulais juste partir.',
      'Odile Marchais',
    ],
    [
      'O advogado, Rui Salema, vai recorrer, por considerar que o tribunal «contou gatos a mais».',
      'contou gatos a mais',
      'Rui Salema',
    ],
    [
      'Une idée que balaie la déléguée CFDT, Odile Marchais : « On a prévenu il y a un an. »',
      'On a prévenu il y a un an.',
      'Odile Marchais',
    ],
    [
      'Il mecenate sarebbe Ugo Barile, il quale però nega: «Ho regalato una panchina».',
      'Ho regalato una panchina',
      'Ugo Barile',
    ],
    [
      'Em nota, a Secretaria de Obras afirmou que acompanha o caso «com atenção e calma».',
      'com atenção e calma',
      'Secretaria de Obras',
    ],
    [
      'O aprendiz tem 19 anos e chama-se Rui Salema. «Agora ouço as horas», garante o jovem.',
      'Agora ouço as horas',
      'Rui Salema',
    ],
    ['“O cais é de todos”, lê-se num comunicado da Rio Livre enviado ontem.', 'O cais é de todos', 'Rio Livre'],
    ['“El muelle es de todos”, se lee en un comunicado de Tren Ya.', 'El muelle es de todos', 'Tren Ya'],
    [
      '« Je reste ici », a dit Odile Marchais, « et puis je vais dormir. »',
      'et puis je vais dormir.',
      'Odile Marchais',
    ],
  ])('are attributed in Romance languages by what leads to whoever speaks: %s', (body, text, name) => {
    expect(quotesIn(body).at(-1)).toEqual([text, name]);
  });

  it.each([
    'La edil Rosa Quintero calla. Uno de los vecinos se mostró molesto: «Pagamos y nadie limpia aquí».',
    'La edil Rosa Quintero calla. La otra parte no se inmuta: «Pagamos y nadie limpia aquí».',
    'Il comandante Ugo Barile scava. Sul posto anche il prefetto. «Nessuno sarà lasciato solo», ha promesso.',
    'Odile Marchais et son fils Luc rangent la cave. « On a l’habitude ici », relativise celui-ci.',
    'Il portavoce Ugo Barile tace. Accanto a lui la moglie annuisce. «Mio nonno pagava», dice.',
    'Luc Berthier forme une équipe. Le gouvernement cherche un accord. Il a déclaré que « la route sera longue ».',
    'Le ministre de l’Intérieur, Luc Berthier, se tait. Le ministre du Redressement productif a dit que « tout ira mieux ».',
    'Desde la empresa respondieron que el paro es «inoportuno y político».',
    'El entrenador Blas Oteo calla. El colega Ivo Petrov elogió al portero. El técnico habló de «un gato en la red».',
  ])('have no speaker where somebody else may speak: %s', (body) => {
    expect(quotesIn(body).map(([, speaker]) => speaker)).toEqual([undefined]);
  });

  it.each([
    'Al posto suo arriva Ugo Barile, detto «il Professore».',
    'La tormenta ya tiene apodo: «la Coja».',
    'La agencia ha propuesto a la ministra Rosa Quintero un paquete, «Alba y cava».',
    'El agente halló una nota que decía «mañana a las seis».',
    'Odile Marchais se rappelle surtout le jour du « cahier à bêtises ».',
    'Il piano, ribattezzato «Scuola futura», è stato discusso dal sindaco Ugo Barile.',
    'Na porta, alguém colou um papel: «Sem peixe não há festa».',
  ])('are not names and what can be read: %s', (body) => {
    expect(quotesIn(body)).toEqual([]);
  });
});

describe('German and Dutch quotations', () => {
  it.each([
    ['Der Minister, Jan Holm, sprach am Abend von einem „Glück im Hafen“.', 'Jan Holm'],
    ['Der Vorsitzende Richter, Jan Holm, schwieg. „Das war alles“, sagte der Richter.', 'Jan Holm'],
    ['Anwältin Anna Holm widersprach; die Mittel seien „nie bei ihr angekommen“.', 'Anna Holm'],
    ['Die Biologin Anna Holm nennt ein Wort, das Holm nicht mag: „Moose sind tot.“', 'Anna Holm'],
    ['Man wolle Entlassungen „nach Kräften vermeiden“, hieß es in der Mitteilung von Holm & Sohn.', 'Holm & Sohn'],
    ['Herr über drei Boote: Seit 1989 fährt Jan Holm aus. „Im Herbst ist Schluss“, sagt er.', 'Jan Holm'],
    ['„Mein Bruder rief an und sagte: ‚Komm sofort nach Hause.‘“ So erzählt es Jan Holm.', undefined],
    ['Voorzitter Jan Bakker noemt het besluit “een klap in het gezicht”.', 'Jan Bakker'],
    ['Zijn vrouw Aaltje bleef thuis. ‘Hij mag ook wel eens slapen’, moppert ze.', 'Aaltje'],
    ['De minister, Jan Bakker, bleef vaag. De bewindsman zweeg lang. “Het kost veel geld”, zei hij.', 'Jan Bakker'],
    ['De man zweeg. “U kocht zelfs nog een kaartje”, hield de rechter hem voor.', undefined],
  ])('belong to whom the clause says: %s', (body, speaker) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual([speaker]);
  });

  it('are no name that a relative clause gives', () => {
    expect(quotesIn('Für den Bau, den die Leute „das Loch ohne Boden“ nennen, fehlt Geld.')).toEqual([]);
  });
});

describe('wire copy', () => {
  it.each([
    ['Mira Holt on Wednesday called the plan "a waste of a harbour".', 'Mira Holt'],
    ['Mira Holt on Wednesday hit out at the council, saying the people "have been robbed".', 'Mira Holt'],
    ['The premier, Mira Holt, defended the dam after Senator Noor Hadi said it was "badly built".', 'Noor Hadi'],
    ['The premier, Mira Holt, defended the dam after critics said it was "badly built".', undefined],
    ['"My jaw dropped at that," said Per Ahlberg, a geologist at a school in Norvik.', 'Per Ahlberg'],
    ['Mira Holt of the Sarrow Institute in Norvik said the rocks were "hard to date".', 'Mira Holt'],
    ['The coach, Anna Holm-Hill, lost. "We were slow today," she said.', 'Anna Holm-Hill'],
    ['Albert Hall reopened. "We were slow today," he said.', undefined],
    ['Councilwoman Mira Holt voted no. "It is a shame," Councilwoman Holt said.', 'Mira Holt'],
    ['The forecaster, Dean Holt-Moss, looked up. "It\'s not over," Holt-Moss said.', 'Dean Holt-Moss'],
  ])('tells who speaks: %s', (body, speaker) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual([speaker]);
  });

  it.each([
    '"The Glass Orchard," Mira Holt\'s drama about three sisters, won the prize.',
    'A guard took her copy of "The Glass Orchard."',
    '"Is the pool open?" read the sign at the gate. Mira Holt shrugged.',
    'Mira Holt warned against words such as "feud" and spoke of the pool.',
  ])('leaves titles, words and signs in marks out: %s', (body) => {
    expect(quotesIn(body)).toEqual([]);
  });

  it.each([
    ['Mira Holt was asked about the pool. "Cold," was her verdict.', 'Mira Holt'],
    ['Mira Holt, who runs the pool, left school early. "I learned by watching," she liked to say.', 'Mira Holt'],
    ['A statement from Mira Holt: "The pool stays shut."', 'Mira Holt'],
    ['The plan drew a retort from Senator Mira Holt: "Nor do we."', 'Mira Holt'],
    ['Cllr Mira Holt (Ind) told the chamber that the pool was "a puddle with a roof".', 'Mira Holt'],
    ['Judge Mira Holt said that the Norvik Bank had offered "no reason at all".', 'Mira Holt'],
    ['Gov. Mira Holt signed the bill. The governor was brief. "It is done," she said.', 'Mira Holt'],
    ['In 1969 he married Mira Holt, a designer. "He sang to spiders," she said.', 'Mira Holt'],
    ['The coach, Mira Holt, corrects this from the pool: "Warmer."', 'Mira Holt'],
    ['Mira Holt closed the pool. In the hall, she said:\n\n“I expected tears.”', 'Mira Holt'],
  ])('knows whose words they are: %s', (body, speaker) => {
    expect(quotesIn(body).map(([, name]) => name)).toEqual([speaker]);
  });

  it.each([
    ['Mira Holt told the council that the pool loses water.', ['the pool loses water']],
    ['Mayor Mira Holt declared three days of mourning in the city.', []],
    ['Sheriff Mira Holt confirmed the death of a second man.', []],
  ])('reports clauses only: %s', (body, clauses) => {
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'quotes'] });
    expect((enrichment.quotes ?? []).map(({ text }) => text)).toEqual(clauses);
  });
});

describe('English quotations of all genres', () => {
  it.each([
    ['Mayor Max Holt shook his head and told the court he had “done nothing wrong at all”.', 'Max Holt'],
    ['Max Holt left the hall and said, “We will be back.”', 'Max Holt'],
    ['Max Holt phoned Ann Renn, who sighed and told him it was “far too late for that”.', 'Ann Renn'],
    ['Police arrested Max Holt after he fled the scene and told officers “to get lost, all of them”.', 'Max Holt'],
    ['The club sacked coach Max Holt, then said it was “time for a change of air”.', undefined],
    ['The head of the Guild of Drivers, Dr Max Holt, stormed out and accused the port of “bad faith”.', 'Max Holt'],
    ['Max Holt took to the stage to say he was “done with this circus”.', 'Max Holt'],
  ])('belong to the subject that a second verb shares: %s', (text, speaker) => {
    expect(quotesIn(text).map(([, name]) => name)).toEqual([speaker]);
  });

  it.each([
    [
      'She leaves a daughter, the actress Josie Castellane, who said on Friday: “He answered every letter.”',
      'Josie Castellane',
    ],
    ['Mary Eccles, of Library Row, who spoke in public, said the street was “a racetrack by six”.', 'Mary Eccles'],
    [
      'Colm Garvey, chief executive of the developer, Slieve Renewables, said it would “engage fully with us”.',
      'Colm Garvey',
    ],
    ['His opposite number at Port Haven, Judit Sark, called it “the first sensible thing in years”.', 'Judit Sark'],
    ['The vicar, the Rev Paul Larch, called the case “a bereavement of a sort”.', 'Paul Larch'],
    ['“Somebody washed a coat,” said Det. Chief Insp. Ruth Egerton.', 'Ruth Egerton'],
    ['Prosecutor Rosalind Keene KC told jurors: “He was trusted with a key.”', 'Rosalind Keene'],
    ['“She keeps asking,” said mother of three Kylie Brannigan.', 'Kylie Brannigan'],
    ['The film was described by the critic Hugo Marsh as “one long sigh with drums”.', 'Hugo Marsh'],
    ['The strike would be, in Max Holt’s words, “the first of many to come”.', 'Max Holt'],
    ['Her early years were spent, as Ann Renn put it, “drawing other men’s handrails”.', 'Ann Renn'],
    ['Justice Ann Renn held that the poll was “a mockery of the electoral act”.', 'Ann Renn'],
    ['Max Holt’s reply was short: “No, thank you.”', 'Max Holt'],
  ])('belong to whom the sentence says: %s', (text, speaker) => {
    expect(quotesIn(text).map(([, name]) => name)).toEqual([speaker]);
  });

  it('belong to whom a question was put, and whoever was reported before them', () => {
    expect(
      quotesIn(
        'Percy Gather turns off the engine. What will he do in June? “Fish,” he decides. “Tuesdays, mostly.”',
        'Others urged caution. Surviving is not growing, noted Henrik Sole, a botanist. “A seed in a drawer survives.”',
        'The piano had not been played for years, according to the manager, Trish Oddy. “Now it never stops,” she says.',
      ),
    ).toEqual([
      ['Fish,', 'Percy Gather'],
      ['Tuesdays, mostly.', 'Percy Gather'],
      ['A seed in a drawer survives.', 'Henrik Sole'],
      ['Now it never stops,', 'Trish Oddy'],
    ]);
  });

  it('are told by who stands behind them, or leads to their paragraph', () => {
    expect(
      quotesIn(
        '“Nobody does housekeeping like that.”',
        'That was Karin Vander, a biologist at the harbour.',
        'The premier, Ellen Croft, has just spoken. Here is the passage:',
        '“You are not forgotten. I have spoken to the army.”',
      ),
    ).toEqual([
      ['Nobody does housekeeping like that.', 'Karin Vander'],
      ['You are not forgotten. I have spoken to the army.', 'Ellen Croft'],
    ]);
  });

  it('go on in a second clause of what is reported', () => {
    expect(
      quotesIn('Max Holt said the ward was “unsafe at night” and that staff had been “left to improvise”.'),
    ).toEqual([
      ['unsafe at night', 'Max Holt'],
      ['left to improvise', 'Max Holt'],
    ]);
  });

  it('belong to a body by its whole name, "the company" or "it"', () => {
    expect(
      quotesIn(
        'The Food and Drink Workers’ Federation said it would resist. “Staff should not pay,” it said in a statement.',
        'Northern Grid says homes are without power. “Our crews go out at dawn,” the company posted.',
      ),
    ).toEqual([
      ['Staff should not pay,', 'Food and Drink Workers’ Federation'],
      ['Our crews go out at dawn,', 'Northern Grid'],
    ]);
  });

  it('belong to the one whom a bare surname stands for among kin, and whom a lead gave an office', () => {
    expect(
      quotesIn(
        'The vice-chancellor has withdrawn his plan.',
        '“I listened to the wrong people,” Professor Leo Garrick told staff. His wife, Nora Garrick, nodded.',
        'Students cheered. The vice-chancellor said savings would be found. “Not by magic,” he said.',
        '“He was late,” said Nora Garrick. Garrick put it differently. “I was busy,” he said.',
      ),
    ).toEqual([
      ['I listened to the wrong people,', 'Leo Garrick'],
      ['Not by magic,', 'Leo Garrick'],
      ['He was late,', 'Nora Garrick'],
      ['I was busy,', 'Leo Garrick'],
    ]);
  });

  it('belong to nobody above where somebody says them whom the sentence does not name', () => {
    expect(quotesIn('“We stay,” said Max Holt. Protesters outside chanted “Not one year more.”')).toEqual([
      ['We stay,', 'Max Holt'],
      ['Not one year more.', undefined],
    ]);
  });

  it('belong to whoever the paragraph above reports or asks about, where they fill one of their own', () => {
    expect(
      quotesIn(
        'City manager Dale Koval said those figures came from different pots.',
        '“Capital is capital, and operating is operating.”',
        'The composer Ada Thiel puts down her fork. Is she angry?',
        '“I was. And then one Tuesday it had gone.”',
      ),
    ).toEqual([
      ['Capital is capital, and operating is operating.', 'Dale Koval'],
      ['I was. And then one Tuesday it had gone.', 'Ada Thiel'],
    ]);
  });

  it('belong to players and artists by what they are, and not to their team or a place', () => {
    expect(
      quotesIn(
        'Mathis Beau, 20, was pulled after nine shots.',
        '“You hear it from the stands,” the goaltender said.',
        'Coastal Lions spinner Imaan Jaffer took four for 58.',
        '“I could bowl on that until I am forty,” she said.',
      ),
    ).toEqual([
      ['You hear it from the stands,', 'Mathis Beau'],
      ['I could bowl on that until I am forty,', 'Imaan Jaffer'],
    ]);
    expect(quotesIn('Odile Marche lives above Saint-Orens. She knocks on trees. “One answers,” she tells me.')).toEqual(
      [['One answers,', 'Odile Marche']],
    );
  });

  it('go on behind what the speaker does, and belong to the one whom the market is wrong for', () => {
    expect(
      quotesIn(
        '“It is glue,” Ada Thiel goes on, holding up a brown pot, “and patience, and a sharp knife.”',
        'For Giulia Ferrant, an analyst at Banca Tir, the market is wrong. “There is plenty of grain.”',
      ),
    ).toEqual([
      ['It is glue,', 'Ada Thiel'],
      ['and patience, and a sharp knife.', 'Ada Thiel'],
      ['There is plenty of grain.', 'Giulia Ferrant'],
    ]);
  });

  it('belong to whom a portrait is about, where a paragraph says "he" and names nobody', () => {
    expect(
      quotesIn(
        'Barnaby Skerr wakes at four. He rows alone. Skerr sells at dawn. He sings. His grandfather wove the traps.',
        '“My hands know the way,” he says of the river at last.',
      ).at(-1),
    ).toEqual(['My hands know the way,', 'Barnaby Skerr']);
  });

  it('are no nickname, coinage, catchphrase, notice or word for a plan', () => {
    expect(
      quotesIn(
        'The shirt was worn by Vic “The Vet” Sugden. She likes what she calls “hedge food”.',
        'Its catchphrase, “Mind the step, Mr Badger!”, was painted on a boat.',
        'The stretch is known locally as “the Straight Mile”. A card in the window said “Back in 5 mins”.',
        'The theatre announced that the company would be “paused”. It is a play long dismissed as “worthy”.',
        'Finally, a notice in a shop in Market Deering: “Closed due to knitting”.',
        'The council declared a “dry spell” last week. Max Holt calls it “the Widow”. He wore a cap that says “Bait Me.”',
      ),
    ).toEqual([]);
  });
});
