/*
 * Croatian, Serbian and Bosnian by what they spell and say differently: the ekavian and ijekavian
 * reflexes of yat, months, international words, and the future and infinitive after modal verbs.
 * A weight above 1 marks a form that the other standards do not use at all.
 */

type Marker = readonly [pattern: RegExp, weight: number];

const SERBIAN: Marker[] = [
  [
    /\b(?:gde|ovde|uvek|posle|pre|nešto pre|dve|vreme\w*|mest[oaui]\w*|svet\w*|vest[i]?\b|rešenj\w*|deo|dela|reč\w*|lep\w*|deca|dete|primer\w*|zahtev\w*|uspe[hšlo]\w*|cel[oaui]\w*|čovek\w*|ranije|predsednik\w*|pobed\w*|sednic\w*|levo|međunarodn\w*|zemlje|bezbed\w*|najbezbed\w*|telo|reform[ei]|mera|mere|ponedeljak|nedelj\w*|sledeć\w*|poslednj\w*|promen\w*|vred\w*|ocen\w*|razume\w*|hteo|video|umesto|izmen\w*|obaveš\w*|napred\w*|unapred\w*|razmen\w*|smen\w*)\b/giu,
    1,
  ],
  [
    /\b(?:evrop\w*|milion\w*|hiljad\w*|opštin\w*|opšt\w*|uslov\w*|saradnj\w*|učestv\w*|takođe|ko|šta|sopstven\w*|preduzeć\w*|fabrik\w*|pozorišt\w*|januar\w*|februar\w*|avgust\w*|decembar\w*|decembr\w*|novembr\w*|oktobr\w*|septembr\w*|jun[au]?|jul[au]?|oficir\w*|vojsk\w* i policij\w*|štamp\w*|vazduh\w*|hemij\w*|haos\w*|hrišćan\w*|italijan\w*|izveštaj\w*|organizov\w*|informis\w*|konsult\w*|finansij\w*|sistem bezbed\w*)\b/giu,
    1,
  ],
  // "želi da ide": da with a present where Croatian takes the infinitive.
  [
    /\b(?:može|mogu|moraju|mora|treba|želi|žele|hoće|počeo|počela|će|ću|ćemo|pokušava|pokušao|nastavi\w*|planira\w*|odlučio|odlučila)\s+da\s/giu,
    1.5,
  ],
  [/\b\w+(?:isao|isala|isati|ovao|ovaće|iće|aće)\b/giu, 0.7],
];

const CROATIAN: Marker[] = [
  [
    /\b(?:gdje|ovdje|uvijek|poslije|prije|dvije|vrijeme\w*|mjest\w*|svijet\w*|vijest\w*|rješenj\w*|dio|dijel\w*|riječ\w*|lijep\w*|djec\w*|dijete|primjer\w*|zahtjev\w*|uspjeh\w*|cijel\w*|čovjek\w*|predsjedni\w*|pobjed\w*|sjednic\w*|položaj\w*|promjen\w*|vrijed\w*|ocjen\w*|razumje\w*|htio|vidio|umjesto|izmjen\w*|razmjen\w*|tijel\w*|mjer\w*|cijen\w*|posljednj\w*|sljedeć\w*|ponedjeljak)\b/giu,
    1,
  ],
  [
    /\b(?:europ\w*|milijun\w*|tisuć\w*|općin\w*|opć\w*|uvjet\w*|suradnj\w*|sudjel\w*|također|tko|što|vlastit\w*|poduzeć\w*|tvornic\w*|kazališt\w*|siječ\w*|veljač\w*|ožuj\w*|travnj\w*|svibnj\w*|lipnj\w*|srpnj\w*|kolovoz\w*|rujn\w*|listopad\w*|studen\w*|prosin\w*|časnik\w*|tisak|tiska|zrak\w*|kemij\w*|kaos\w*|kršćan\w*|talijan\w*|izvješ\w*|tjed\w*|glede|glazb\w*|nogomet\w*|sveučiliš\w*|njezin\w*|zajedni[cč]\w*|gospodarst\w*|financij\w*|povijest\w*|računal\w*|sigurnos\w*|sustav\w*|udrug\w*|postotk\w*|postotak|utjec\w*|utjecaj\w*|vrlo|kako bi|netko|nitko|premda|zbog toga|potiču|tijekom)\b/giu,
    1.2,
  ],
  [/\b\w+(?:irao|irala|irati|iralo|irane|irani|irano)\b/giu, 0.7],
  [/\b(?:može|mogu|moraju|mora|treba|želi|žele|počeo|počela|će|ću|ćemo)\s+\p{L}+(?:ti|ći)\b/giu, 1],
];

/** Bosnian shares its yat with Croatian and most of its vocabulary with Serbian; these are its own. */
const BOSNIAN: Marker[] = [
  [
    /\b(?:sedmic\w*|lahko|mehk\w*|kahv\w*|historij\w*|općinsk\w* vijeć\w*|kantonaln\w*|bošnja\w*|sarajevsk\w*|hiljad\w*|također da)\b/giu,
    1,
  ],
];

/** `hr`, `sr` or `bs` for a text known to be one of them; Cyrillic script is Serbian. */
export function tellSouthSlavic(text: string): 'hr' | 'sr' | 'bs' {
  if (/\p{sc=Cyrillic}/u.test(text)) return 'sr';
  const serbian = weigh(text, SERBIAN);
  const croatian = weigh(text, CROATIAN);
  const bosnian = weigh(text, BOSNIAN);
  if (bosnian >= 2 && croatian >= 1 && serbian >= 1) return 'bs';
  return croatian >= serbian ? 'hr' : 'sr';
}

function weigh(text: string, markers: Marker[]): number {
  return markers.reduce((sum, [pattern, weight]) => sum + (text.match(pattern)?.length ?? 0) * weight, 0);
}
