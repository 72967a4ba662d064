import type { SpanData } from '@wireroom/contracts';

/*
 * Chinese and Japanese attribution. Names are not marked by capitals or spaces there, so only the
 * plain patterns are read: "李安和说：「…」", "「…」，居民王小兰表示", "「…」と田中市長は述べた".
 */

const CHINESE_VERBS = '说道|说|說|表示|称|稱|指出|强调|強調|认为|認為|宣布|告诉|回答|写道|寫道|透露|补充|解释';
const JAPANESE_VERBS = '述べ|語っ|話し|話す|言っ|言う|語る|述べる|コメント|訴え|答え|説明し|強調し';
const NAME = '[\\p{Script=Han}·・]{2,12}?|[\\p{Script=Katakana}ー·・]{2,16}?';

const CHINESE_BEFORE = new RegExp(`(${NAME})(?:对[^，。：]{1,12})?(${CHINESE_VERBS})[：:，,]?$`, 'u');
const CHINESE_AFTER = new RegExp(`^[，,。]?(${NAME})(${CHINESE_VERBS})`, 'u');
const JAPANESE_AFTER = new RegExp(
  `^と、?(?:[^。「」のは]{1,14}の)?(${NAME})(?:さん|くん|ちゃん)?(?:は|が|も)(?:[^。]{0,12}?)(${JAPANESE_VERBS})`,
  'u',
);
const JAPANESE_BEFORE = new RegExp(`(${NAME})(?:は|が)[、,]?$`, 'u');

const ROLE_BEFORE =
  /^(?:.*(?:长|長|总统|總統|总理|總理|主席|主任|教授|医生|居民|记者|發言人|发言人|专家|律师|经理|总裁|书记|议员|警官|教练|导演|作家|演员|司机|村民|老师))(?=\p{Script=Han}{2,4}$)/u;
const ROLE_AFTER =
  /(?:市長|首相|大統領|社長|会長|教授|知事|大臣|監督|選手|容疑者|被告|弁護士|医師|氏|さん|議員|代表|長官)$/u;

/** Who is said to have spoken a quotation, by the words that touch it; undefined outside these scripts. */
export function readCjkAttribution(
  plain: string,
  quote: { open: number; close: number },
): (SpanData & { name: string; verb: string; position: 'before' | 'after' }) | undefined {
  const before = plain.slice(Math.max(0, quote.open - 40), quote.open).replace(/^.*[。！？\n]/su, '');
  const after = plain.slice(quote.close, quote.close + 40);
  const head = CHINESE_BEFORE.exec(before) ?? (/^と/.test(after) ? JAPANESE_BEFORE.exec(before) : null);
  if (head) return located(plain, quote.open - before.length + head.index, head, 'before');
  const tail = CHINESE_AFTER.exec(after) ?? JAPANESE_AFTER.exec(after);
  return tail ? located(plain, quote.close + tail.index + tail[0].indexOf(tail[1]!), tail, 'after') : undefined;
}

function located(plain: string, at: number, match: RegExpExecArray, position: 'before' | 'after') {
  const written = match[1]!;
  const role = ROLE_BEFORE.exec(written)?.[0] ?? '';
  const name = written.slice(role.length).replace(ROLE_AFTER, '');
  const start = at + role.length;
  return { name, verb: match[2] ?? '', position, start, end: plain.indexOf(name, start) + name.length };
}
