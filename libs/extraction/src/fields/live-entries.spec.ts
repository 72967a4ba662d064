import { describe, expect, it } from '@jest/globals';
import type { LiveEntryData } from '@wireroom/contracts';
import { extractArticle } from '../extract-article.js';

const NEWS = [
  'The ferry to Nordhaven stays in port, says the harbour office. The swell at the outer mole is more than four metres high.',
  'The fire service has closed the lower town. Whoever lives near the quay is asked to take cars and bicycles up to the market place.',
  'The wind has turned to the west and grows weaker. The harbour office means to decide in the evening whether the night boat sails.',
  'Power is back in the lower town. According to the works, a tree had brought down the line behind the old ropewalk.',
];
const CLOCKS = ['14:32', '13:05', '11:50', '09:15'];
const AT = CLOCKS.map((clock) => `2030-03-05T${clock}:00`);

function liveEntriesOf(
  body: string,
  { lang = 'en', url }: { lang?: string; url?: string } = {},
): LiveEntryData[] | undefined {
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Storm over Seestadt</title>
    <meta property="article:published_time" content="2030-03-05T08:00:00+01:00"></head>
    <body><main><h1>Storm over Seestadt</h1>${body}</main></body></html>`;
  const found = extractArticle({ bytes: new TextEncoder().encode(html), contentType: 'text/html', url });
  if (found.kind !== 'article') throw new Error(`taken for ${found.pageKind}`);
  return found.article.liveEntries;
}

const each = (render: (clock: string, text: string, i: number) => string, texts = NEWS): string =>
  texts.map((text, i) => render(CLOCKS[i]!, text, i)).join('');

describe('entries of a live blog without linked data', () => {
  it('come with headings from repeated elements that hold a time element', () => {
    const body = each(
      (clock, text, i) =>
        `<section class="entry"><header><time datetime="2030-03-05T${clock}:00+01:00">${clock}</time></header><h3>News of the storm, part ${i}</h3><p>${text}</p></section>`,
    );
    expect(liveEntriesOf(body)).toEqual(
      NEWS.map((text, i) => ({ at: `${AT[i]}+01:00`, title: `News of the storm, part ${i}`, text })),
    );
  });

  it.each<[string, (clock: string, text: string) => string]>([
    ['paragraphs behind a paragraph with the time', (clock, text) => `<p><strong>${clock}</strong></p><p>${text}</p>`],
    ['a list of terms', (clock, text) => `<dt>${clock}</dt><dd>${text}</dd>`],
    ['list items', (clock, text) => `<li><span>${clock}</span><p>${text}</p></li>`],
  ])('come from %s', (_name, render) => {
    expect(liveEntriesOf(each(render))).toEqual(NEWS.map((text, i) => ({ at: AT[i], text })));
  });

  it('come from paragraphs that open with a time', () => {
    const entries = liveEntriesOf(each((clock, text) => `<p><b>${clock}</b> – ${text}</p><p>More is to come.</p>`));
    expect(entries?.map(({ at }) => at)).toEqual(AT);
    expect(entries?.[1]?.text).toContain(NEWS[1]);
  });

  it('come in Chinese and in Arabic', () => {
    const chinese = [
      '港务局表示，前往北港的渡轮今天停航，外堤附近的浪高超过四米，预计傍晚之前不会恢复通航。',
      '消防部门已经封闭下城区，住在码头附近的居民被要求把车辆转移到集市广场，学校也提前放学。',
      '市政厅通知说，下城区的供电已经恢复，老绳厂后面的一棵树压断了线路，维修人员用了三个小时才清理完毕。',
      '风向已转为西风并逐渐减弱，港务局将在晚上决定夜班船是否开航，旅客可以免费改签船票。',
    ];
    const inChinese = liveEntriesOf(
      chinese.map((text, i) => `<div class="item"><span>下午${5 - i}:30</span><p>${text}</p></div>`).join(''),
      { lang: 'zh' },
    );
    expect(inChinese).toEqual(chinese.map((text, i) => ({ at: `2030-03-05T1${7 - i}:30:00`, text })));

    const arabic = [
      'قالت إدارة الميناء إن العبارة المتجهة إلى الميناء الشمالي ستبقى راسية اليوم لأن ارتفاع الأمواج تجاوز أربعة أمتار.',
      'أغلقت فرق الإطفاء الحي السفلي من المدينة وطلبت من السكان القريبين من الرصيف نقل سياراتهم إلى ساحة السوق.',
      'عادت الكهرباء إلى الحي السفلي بعد أن أسقطت شجرة خلف مصنع الحبال القديم خط الإمداد، بحسب شركة الكهرباء المحلية.',
      'تحولت الرياح إلى غربية وبدأت تضعف، وستقرر إدارة الميناء في المساء ما إذا كانت رحلة الليل ستنطلق في موعدها.',
    ];
    const inArabic = liveEntriesOf(
      arabic.map((text, i) => `<article dir="rtl"><time>٠${5 - i}:٣٠ م</time><p>${text}</p></article>`).join(''),
      { lang: 'ar' },
    );
    expect(inArabic).toEqual(arabic.map((text, i) => ({ at: `2030-03-05T1${7 - i}:30:00`, text })));
  });

  it('are none in a report that names a few times, in a forum and in a calendar', () => {
    const report = `<p>${NEWS.join('</p><p>')}</p><p>14:32 was the time on the stopped clock.</p>`;
    expect(liveEntriesOf(report)).toBeUndefined();
    const posts = each((clock, text) => `<div class="item"><time>${clock}</time><p>${text}</p></div>`);
    expect(liveEntriesOf(posts, { url: 'https://seestadt.example/forum/storm' })).toBeUndefined();
    const calendar = each(
      (clock, text, i) =>
        `<div class="item"><time datetime="2030-0${i + 1}-05T${clock}">${clock}</time><p>${text}</p></div>`,
    );
    expect(liveEntriesOf(calendar)).toBeUndefined();
  });
});
