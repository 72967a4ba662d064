import { enrichArticle } from '../enrich-article.js';

function topOf(body: string) {
  return topicsOf(body)[0];
}

function topicsOf(body: string, title?: string) {
  const { enrichment } = enrichArticle({ title, body }, { steps: ['language', 'topics'] });
  return enrichment.topics ?? [];
}

function narrowerOf(body: string, title?: string) {
  return topicsOf(body, title).filter(({ broader }) => broader);
}

describe('topics', () => {
  it.each([
    ['sport', 'Rovers beat Eastfield in the cup final after the striker scored two late goals at the stadium.'],
    ['health', 'Doctors at the clinic gave the new vaccine to patients who had fallen ill with the virus.'],
    ['politics and government', 'The prime minister lost a vote in parliament and called an early election.'],
    ['labour', 'The union called a strike over wages and overtime after the layoffs of two hundred workers.'],
    ['health', 'Les médecins de la clinique ont donné le vaccin aux patients atteints par le virus.'],
    [
      'sport',
      'Der Trainer der Mannschaft lobte die Spieler nach dem Sieg im Stadion gegen den Meister der Bundesliga.',
    ],
  ])('%s', (label, body) => {
    expect(topOf(body)?.top).toBe(label);
  });

  it('are none where there is no word', () => {
    expect(topOf('12 : 3, 2026 —')).toBeUndefined();
  });

  it('name the words that decided', () => {
    expect(topOf('The orchestra played the opera at the music festival.')?.words).toContain('orchestra');
  });
});

describe('topics below the top terms', () => {
  it.each([
    [
      'earthquake',
      'The earthquake struck the valley of Orrin at dawn. Rescuers dug in the rubble for survivors of the disaster, and two strong earthquakes followed before noon, the seismologists of Karsholm said.',
    ],
    [
      'labour strike',
      'Ferry workers went on strike over wages on Monday. The union said that the strike would last until the company raised the pay of its employees.',
    ],
    [
      'parliament',
      'The parliament of Oster Holm voted on the budget of the government. The president of parliament counted forty votes of the opposition against the prime minister.',
    ],
    [
      'soccer',
      'Der Trainer der Mannschaft von Eastfield lobte die Spieler nach dem Sieg im Stadion. Der Fußball habe gewonnen, sagte er, und der Fußball im Dorf lebe von solchen Spielen der Liga.',
    ],
    [
      'volcanic eruption',
      "Le volcan de l'île de Skerra est entré en éruption dans la nuit. Les pompiers ont évacué les habitants, et la catastrophe a fait trois blessés près du volcan.",
    ],
    [
      'hospital',
      'Los médicos del hospital de Vallelargo trataron a los pacientes con el virus. El hospital pidió más vacunas contra la enfermedad para los enfermos de la epidemia.',
    ],
    [
      'earthquake',
      '卡尔斯霍姆发生地震，造成十人受伤，救援人员正在废墟中寻找幸存者。这次地震是当地多年来最严重的灾难。',
    ],
  ])('%s', (label, body) => {
    expect(narrowerOf(body).map((topic) => topic.label)).toContain(label);
  });

  it('stand after the top terms, name all above them and are never surer than these', () => {
    const topics = topicsOf('The marathon of Karsholm was won by a runner from Orrin.', 'A record in the marathon');
    const sport = topics[0]!;
    const marathon = topics.find(({ label }) => label === 'marathon')!;
    expect(sport).toMatchObject({ code: 'medtop:15000000', top: 'sport' });
    expect(marathon).toMatchObject({ top: 'sport', broader: ['medtop:15000000', 'medtop:20000822'] });
    expect(marathon.score).toBeLessThan(sport.score);
    expect(marathon.words).toContain('marathon');
  });

  it('are told with where the body names them', () => {
    const body = 'Runners of the marathon crossed the bridge at noon, and the champion won the race at the stadium.';
    const { provenance } = enrichArticle({ title: 'Marathon of Karsholm', body }, { steps: ['language', 'topics'] });
    const spans = provenance.filter(({ rule }) => rule === 'named-in-text').flatMap((one) => one.spans);
    expect(spans.map(({ start, end }) => body.slice(start, end))).toEqual(['marathon']);
  });

  it.each([
    [
      'a long report that mentions one in passing',
      `${'The striker scored for the team at the stadium. '.repeat(40)}He likes golf.`,
    ],
    [
      'a name that is a word of the language',
      'Bob gewann das Rennen im Stadion, und der Trainer der Mannschaft lobte Bob nach dem Sieg.',
    ],
    [
      'an aside among many',
      'The walkers of the valley climb without a rope and jump from rock to rock as players of the team do, which takes less training and less money than in other sports such as golf, judo or fencing.',
    ],
  ])('are none for %s', (_, body) => {
    expect(narrowerOf(body)).toEqual([]);
  });

  it('leave out what stands above another one', () => {
    const labels = narrowerOf(
      'The rugby union match was won by Orrin. Rugby union players and rugby fans of the team filled the stadium.',
    ).map(({ label }) => label);
    expect(labels).toContain('rugby union');
    expect(labels).not.toContain('rugby');
  });
});
