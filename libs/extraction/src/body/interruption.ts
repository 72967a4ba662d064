import type { Block } from '../html/blocks.js';

/** What a line between or behind paragraphs says that is no part of the report, in the languages news is read in here. */
const POINTERS = anyOf(`
  read (?:also|more|next|on)|also read|see also|related(?: stor(?:y|ies)| articles?)?|more on this|lesen sie (?:auch|hier|mehr|dazu)|
  lies auch|auch interessant|mehr (?:dazu|zum thema)|siehe auch|(?:à )?lire aussi|à lire|voir aussi|lee también|le(?:er|e) más|
  te puede interesar|le puede interesar|leia (?:também|mais)|veja também|leggi anche|lees ook|läs (?:också|även|mer)|les også|læs også|
  lue myös|czytaj (?:także|też|również|więcej)|zobacz (?:też|także)|přečtěte si (?:také|i)|čtěte (?:také|více)|čítajte aj|citește și|
  citiți și|olvassa el|pročitajte (?:i|još)|читайте (?:также|також|ещё)|читать также|διαβάστε (?:επίσης|ακόμα)|ayrıca okuyun|
  اقرأ أيضا|اقرأ أيضًا|بیشتر بخوانید|קראו (?:גם|עוד)|यह भी पढ़ें|baca juga|xem thêm|đọc thêm|อ่านเพิ่มเติม|関連記事|相关(?:阅读|新闻)|관련기사`);
const ADVERTISEMENT = anyOf(`
  advertisement|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|advertentie|annons|annonse|annonce|mainos|reklama|reklam|
  hirdetés|publicitate|oglas|реклама|διαφήμιση|إعلان|תוכן ממומן|פרסומת|विज्ञापन|iklan|quảng cáo|โฆษณา|広告|广告|廣告|광고`);

/** A call to join, in front of where to. */
const CALLS = anyOf(`
  (?:please )?(?:sign up|subscribe|register|join|follow us|get (?:the|our)|receive)|(?:melden sie sich|abonnier(?:en sie|t|e)|folgen sie uns|folgt uns)|
  inscrivez-vous|abonnez-vous|recevez|suivez-nous|suscríb(?:e|a)|apúnt(?:a|e)|síg(?:a|ue)nos|assine|inscreva-se|siga|iscriv(?:i|e)ti|
  segui(?:ci|teci)|schrijf (?:je|u) in|abonneer|volg ons|prenumerera|följ oss|tilmeld|følg os|meld deg på|følg oss|tilaa|seuraa|zapisz się|
  obserwuj|přihlaste|sledujte|prihláste|iratkozz|kövess|abonează|urmărește|подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтесь)|εγγραφείτε|
  abone ol|takip edin|اشترك|تابعونا|הירשמו|עקבו|berlangganan|đăng ký|theo dõi`);
const PLACES = anyOf(`
  newsletter|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|hírlevél|inbox|posteingang|boîte mail|рассылк|розсилк|telegram|телеграм|whatsapp|
  facebook|instagram|youtube|google news|канал|bülten|النشرة|ניוזלטר|bản tin|buletin`);
const LONGEST_CALL = 250;

const CALL = new RegExp(`^[^\\p{L}]*(?:${CALLS})(?!\\p{L}).*(?:${PLACES})`, 'iu');
const POINTER = new RegExp(`^[^\\p{L}]*(?:${POINTERS})\\s*[:：>»→–—-]`, 'iu');
const ARROW = /^\s*(?:>{1,2}|→|►|▶|➜)\s*\p{L}/u;
const ADVERTISEMENT_ALONE = new RegExp(`^[^\\p{L}]*(?:${ADVERTISEMENT})[^\\p{L}]*$`, 'iu');

/** Why a block only interrupts a report: a link to another story, the label of an advertisement, a call to subscribe. */
export function interruptionIn(block: Block): string | undefined {
  const { text } = block;
  if (ADVERTISEMENT_ALONE.test(text)) return 'is the label of an advertisement';
  if (text.length <= LONGEST_CALL && CALL.test(text)) return 'calls to subscribe or follow';
  if (pointsElsewhere(block)) return 'points to another story';
  return undefined;
}

/** A label in front of a link, or an arrow that a link begins with. */
function pointsElsewhere({ text, linkChars, links }: Block): boolean {
  if (links === 0) return false;
  const label = POINTER.exec(text)?.[0];
  const characters = (part: string): number => part.replace(/\s/g, '').length;
  return label === undefined
    ? ARROW.test(text) && linkChars >= characters(text) * WHOLLY
    : linkChars >= characters(text.slice(label.length)) * WHOLLY;
}

const WHOLLY = 0.9;

function anyOf(alternatives: string): string {
  return alternatives.replace(/\s*\n\s*/g, '');
}
