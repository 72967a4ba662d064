import { enrichArticle } from '../enrich-article.js';

/** Tuesday. */
const PUBLISHED = '2024-05-14T09:00:00Z';

function datesIn(body: string, publishedAt: string | undefined = PUBLISHED) {
  const { enrichment } = enrichArticle({ body, publishedAt }, { steps: ['language', 'dates'] });
  return (enrichment.dates ?? []).map(({ start, end, value }) => `${body.slice(start, end)}=${value}`);
}

describe('dates', () => {
  it.each([
    ['The ferry sank on Sunday off Ostrel.', 'Sunday=2024-05-12'],
    ['The ferry will sail on Sunday.', 'Sunday=2024-05-19'],
    ['On Friday the council will vote.', 'Friday=2024-05-17'],
    ['After Friday no forms will be read.', 'Friday=2024-05-17'],
    ['On Friday the council voted.', 'Friday=2024-05-10'],
    ['It rained for weeks; on 3 June it will open.', '3 June=2024-06-03'],
    ['On Monday, the mayor said he will resign.', 'Monday=2024-05-13'],
    ['A funeral will be held on Friday.', 'Friday=2024-05-17'],
    ['The plan was dropped on Friday after protests.', 'Friday=2024-05-10'],
    ['The strike began last Tuesday.', 'last Tuesday=2024-05-07'],
    ['She resigned yesterday in Kellan.', 'yesterday=2024-05-13'],
    ['The court ruled three weeks ago.', 'three weeks ago=2024-04-23'],
    ['The harbour opened on 3 June 1998.', '3 June 1998=1998-06-03'],
    ['The vote of March 14th, 2023 was close.', 'March 14th, 2023=2023-03-14'],
    ['He died on 4 July at his home.', '4 July=2023-07-04'],
    ['The deadline is June 30, officials said.', 'June 30=2024-06-30'],
    ['The fair runs from 10 to 12 June 2024.', '10=2024-06-10; 12 June 2024=2024-06-12'],
    ['Prices fell in December for the first time.', 'December=2023-12'],
    ['The inquiry should report in 2026.', '2026=2026'],
    ['The verdict came on Friday, 10 May 2024, in Kellan.', 'Friday, 10 May 2024=2024-05-10'],
    ['The council votes on Friday.', 'Friday=2024-05-17'],
    ['The votes on Friday were counted twice.', 'Friday=2024-05-10'],
    ['Tickets go on sale on Monday.', 'Monday=2024-05-20'],
    ['She won in 2004, 2008 and 2012.', '2004=2004; 2008=2008; 2012=2012'],
    ['The ferry sank on Christmas Eve.', 'Christmas Eve=2023-12-24'],
    ['The ferry sank on Christmas Eve after a fire.', 'Christmas Eve=2023-12-24'],
    ['The harbour was shut on Easter Monday.', 'Easter Monday=2024-04-01'],
    ['The ferry will be free on Good Friday.', 'Good Friday=2025-04-18'],
    ["The winner of Sunday's race will sail to Kellan.", 'Sunday=2024-05-19'],
    ["The winner of Sunday's race sailed to Kellan.", 'Sunday=2024-05-12'],
    ['The mine closed in spring 2019.', '2019=2019'],
    ['Der Hafen bleibt bis Pfingstmontag geschlossen.', 'Pfingstmontag=2024-05-20'],
    ['Der Prozess beginnt am Freitag in Lindenau.', 'Freitag=2024-05-17'],
    ['Le procès commence vendredi à Valbrune.', 'vendredi=2024-05-17'],
    ['El juicio comienza el viernes en Puerto Real.', 'viernes=2024-05-17'],
    ['Il processo inizia venerdì a Torrebruna.', 'venerdì=2024-05-17'],
    ['De veerboot vaart vrijdag weer naar Oostwad.', 'vrijdag=2024-05-17'],
    ['As eleições realizam-se no domingo em Montalvo.', 'domingo=2024-05-19'],
    ['Hearings are planned for November 2, 9 and 16.', 'November 2=2024-11-02; 9=2024-11-09; 16=2024-11-16'],
    ['The fair runs from 10 to 12 June 2012.', '10=2012-06-10; 12 June 2012=2012-06-12'],
    ['She was born on Christmas Day 1933.', 'Christmas Day 1933=1933-12-25'],
    ['The harbour was shut on Easter Monday 2016.', 'Easter Monday 2016=2016-03-28'],
    ['The Friday crash was the third on that road.', 'Friday=2024-05-10'],
    ['The court hears the case on Friday.', 'Friday=2024-05-17'],
    ['Sales opened on 2 May and close this Friday.', '2 May=2024-05-02; this Friday=2024-05-17'],
    ['He was held under a 2019 law.', '2019=2019'],
    ['Bei dem Brand am Sonntagabend wurde niemand verletzt.', 'Sonntagabend=2024-05-12'],
    ['Die Polizei nahm am Sonntag Männer und Frauen fest.', 'Sonntag=2024-05-12'],
    ['Sie sagte, das Gesetz werde im Dezember beschlossen.', 'Dezember=2024-12'],
    ['Die Sitzung wurde auf Freitag verschoben, weil die Halle brannte.', 'Freitag=2024-05-17'],
    ['Les élections, prévues en juin, seront reportées.', 'juin=2024-06'],
    ['Le tribunal rend sa décision vendredi.', 'vendredi=2024-05-17'],
    ['El partido fue aplazado al viernes por la lluvia.', 'viernes=2024-05-17'],
    ['Tra il 2010 e il 2020 i residenti di Torrebruna sono calati.', '2010=2010; 2020=2020'],
    ['A ministra vai apresentar o relatório na sexta.', 'sexta=2024-05-17'],
    ['O jogo foi adiado para domingo por causa da chuva.', 'domingo=2024-05-19'],
    ['Het festival duurt van 11 tot en met 13 juli in Oostwad.', '11=2024-07-11; 13 juli=2024-07-13'],
    ['De verdachte werd zondagavond aangehouden bij de brug.', 'zondagavond=2024-05-12'],
    ['Das Rathaus wurde 1974 gebaut.', '1974=1974'],
    ['Heute Morgen blieb die Schule geschlossen.', 'Heute=2024-05-14'],
    ['Bron stängdes i måndags av polisen.', 'måndags=2024-05-13'],
    ['Der Rat tagte am Montag in Lindenau.', 'Montag=2024-05-13'],
    ['Der Minister wird die Gewerkschaften am Freitag empfangen.', 'Freitag=2024-05-17'],
    ['Das Land will den ersten Abschnitt am Freitag freigeben.', 'Freitag=2024-05-17'],
    ['Le ministre recevra les syndicats vendredi.', 'vendredi=2024-05-17'],
    ['Le conseil pourra se réunir vendredi.', 'vendredi=2024-05-17'],
    ['El consejo podrá reunirse el viernes.', 'viernes=2024-05-17'],
    ['Il ministro potrà rispondere venerdì.', 'venerdì=2024-05-17'],
    ['De gemeente zal de grote brug vrijdag openen.', 'vrijdag=2024-05-17'],
    ['Le procès s’ouvrira le 3 juin à Valbrune.', 'le 3 juin=2024-06-03'],
    ['会议将于2024年6月3日举行。', '2024年6月3日=2024-06-03'],
    ['昨天下雨，市长取消了渡轮。', '昨天=2024-05-13'],
    ['昨日、雨のため渡し船は欠航した。', '昨日=2024-05-13'],
    ['Bron öppnas den 3 juni 2024, sade borgmästaren i går.', 'den 3 juni 2024=2024-06-03; i går=2024-05-13'],
    ['Broen åbner den 3. juni 2024, sagde borgmesteren i går.', 'den 3. juni 2024=2024-06-03; i går=2024-05-13'],
    ['Brua skal åpnes 3. juni 2024, og ordføreren sa det i går.', '3. juni 2024=2024-06-03; i går=2024-05-13'],
    ['Most zostanie otwarty 3 czerwca 2024 roku, powiedział wczoraj.', '3 czerwca 2024=2024-06-03; wczoraj=2024-05-13'],
    ['Паром пойдёт 3 июня 2024 года, сказал вчера мэр.', '3 июня 2024=2024-06-03; вчера=2024-05-13'],
    ['Köprü 3 Haziran 2024 tarihinde açılacak, dün söylendi.', '3 Haziran 2024=2024-06-03; dün=2024-05-13'],
    ['سيفتح الجسر في 3 يونيو 2024 كما قال العمدة أمس.', '3 يونيو 2024=2024-06-03; أمس=2024-05-13'],
  ])('%s', (body, expected) => {
    expect(datesIn(body)).toEqual(expected.split('; '));
  });

  it.each([
    'Ms May may run again.',
    'The Sunday Courier had the story first.',
    'Judge June Halden adjourned the case.',
    'Rovers won 3-2 in front of 2,010 fans.',
    'Flight 2019 landed in Kellan.',
    'Songs of the 1990s filled the hall.',
    'The team will march on.',
    'The market is held every Monday.',
    'The court will rule next week.',
    'Das Spiel gegen Lindenau endete 3:2 vor 2014 Zuschauern.',
    'She told the Today programme that the ferry was lost.',
    'The lamp is in rooms 2004, 2008.',
    'They sang at the Christmas Eve Fair.',
    'They signed the Good Friday Accord.',
    '"Black Tuesday" is the title of her second film.',
    'He sold the mill to Friday & Sons.',
    'The novel "Sunday\'s Harbour" sold well.',
    'Le quotidien Le Dimanche en parle depuis longtemps.',
    'Por la mañana llovió sin parar en el puerto.',
    'Die Zahl der Höfe im Land sank von 2040 auf 1990.',
    'La boulangerie du port est fermée le lundi.',
    'El museo del puerto abre de martes a domingo.',
    'The museum of Kellan has a 1776 Room.',
    'Sabato De Luca è il nuovo allenatore della squadra.',
    'É a quarta vez que isto acontece na quinta da família.',
  ])('leaves out: %s', (body) => {
    expect(datesIn(body)).toEqual([]);
  });

  it('keeps weekdays open without a publication time', () => {
    const body = 'The ferry sank on Sunday.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'dates'] });
    expect(enrichment.dates).toEqual([{ start: 18, end: 24, value: 'XXXX-WXX-7' }]);
  });
});
