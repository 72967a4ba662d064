import { enrichArticle } from '../enrich-article.js';

function topOf(body: string) {
  const { enrichment } = enrichArticle({ body }, { steps: ['language', 'topics'] });
  return enrichment.topics?.[0];
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
