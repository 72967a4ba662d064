import { identifyLanguage } from './identify.js';

describe('identifyLanguage', () => {
  it.each([
    ['en', 'The river rose again in the night.'],
    ['de', 'Der Fluss ist in der Nacht wieder gestiegen.'],
    ['fr', 'La rivière est encore montée dans la nuit.'],
    ['es', 'El río volvió a crecer durante la noche.'],
    ['nb', 'Elva steg igjen i løpet av natten.'],
    ['hr', 'Tko je prije dvije godine vodio tvrtku, još se ne zna.'],
    ['sr', 'Ne zna se ko je pre dve godine vodio preduzeće u Evropi.'],
    ['sr', 'Река је поново порасла током ноћи.'],
    ['ja', '川は夜のうちにまた増水した。'],
    ['zh', '大桥将于2026年6月3日开通。会议于3月10日举行。上周二市长发表讲话。'],
    ['sv', 'Bron ska repareras i juni'],
    ['ro', 'Un incendiu a distrus piața'],
    ['da', 'Broen skal repareres i juni'],
  ])('takes a headline in %s', (code, text) => {
    expect(identifyLanguage(text).code).toBe(code);
  });

  it('says it cannot tell where there are no words', () => {
    expect(identifyLanguage('12 + 7 = 19')).toEqual({ code: 'und', confidence: 0 });
  });
});
