import { parseDate } from './parse-date.js';

/** What is said in front of, or right behind, the date of publication, in the languages news is read in here. */
const PUBLISHED = anyOf(`
  published|posted|released|press release|publication date|date of publication|
  veröffentlicht|gepostet|publiziert|erschienen|eingestellt|veröffentlichungsdatum|online seit|(?:presse|medien)(?:mitteilung|information) vom|meldung vom|
  publiée?|parue?|mise? en ligne|date de publication|communiqué(?: de presse)? du|
  publicad[oa]|publicación|publicação|nota de prensa del?|comunicado del?|
  pubblicat[oa]|data di pubblicazione|comunicato(?: stampa)? del|notizia del|
  gepubliceerd|geplaatst|persbericht|publicerad|publicerat|publiceret|publisert|udgivet|offentliggjort|pressmeddelande|pressemeddelelse|pressemelding|
  opublikowano|dodano|data publikacji|publikováno|vydáno|zveřejněno|publikované|zverejnené|publicată?|postată?|megjelent|közzétéve|julkaistu|
  yayınlanma|yayımlanma|giriş tarihi|eklenme|опубликовано|дата публикации|опубліковано|публикувана?|δημοσιεύθηκε|δημοσιεύτηκε|δημοσίευση|
  نشر في|نشر بتاريخ|تاريخ النشر|تاریخ انتشار|פורסם|תאריך פרסום|प्रकाशित|ngày đăng|đăng lúc|diterbitkan|dipublikasikan|diposting|เผยแพร่|
  (?:发布|發布)(?:时间|時間|日期|于|於)|(?:发表|發表)(?:于|於)|公開日|掲載日|配信日|投稿日|등록|입력|게시|승인`);

/** The same of the last change. */
const MODIFIED = anyOf(`
  updated|modified|last (?:changed|edited|update|change)|stand|aktualisiert|geändert|bearbeitet|letzte (?:änderung|aktualisierung)|
  mise? à jour|modifiée?|actualizad[oa]|actualización|atualizad[oa]|atualização|aggiornat[oa]|aggiornamento|modificat[oa]|ultima modifica|
  bijgewerkt|gewijzigd|uppdaterad|uppdaterat|opdateret|oppdatert|aktualizowano|aktualizacja|aktualizováno|aktualizované|frissítve|actualizată?|
  päivitetty|güncelleme|güncellenme|обновлено|изменено|оновлено|обновена|ενημερώθηκε|ενημέρωση|تحديث|עודכן|अपडेट|cập nhật|diperbarui|อัปเดต|
  更新(?:时间|時間|日|于|於)?|수정`);

/** Characters between the word and the date it speaks of: `on Tuesday,`, `am`, `: `. */
const BETWEEN = 24;
const LONGEST_DATE = 48;

/** The date that a text says it was published on, in the words of the text. */
export function statedPublication(text: string): string | undefined {
  return stated(text, PUBLISHED);
}

/** The date that a text says it was last changed on, in the words of the text. */
export function statedChange(text: string): string | undefined {
  return stated(text, MODIFIED);
}

function stated(text: string, words: RegExp): string | undefined {
  if (!/\p{Nd}/u.test(text)) return undefined;
  for (const { 0: word, index } of text.matchAll(words)) {
    const behind = dateFirst(text.slice(index + word.length));
    if (behind) return behind;
    // `wurde am 19. Mai 2010 um 23:03 Uhr gepostet`
    const before = text.slice(Math.max(0, index - LONGEST_DATE), index);
    if (/\d{4}\D{0,6}(?:\d{1,2}[:.h]\d{2}\D{0,8})?$/.test(before) && parseDate(before)) return before;
  }
  return undefined;
}

/** The start of a text, if a date stands there, perhaps behind a word or two. */
function dateFirst(text: string): string | undefined {
  const digit = text.search(/\p{Nd}/u);
  if (digit < 0 || digit > BETWEEN) return undefined;
  const start = text.slice(0, digit + LONGEST_DATE);
  return parseDate(start) ? start : undefined;
}

/** Alternatives as whole words; scripts without spaces have none. */
function anyOf(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${alternatives.replace(/\s*\n\s*/g, '')})`, 'giu');
}
