import { describe, expect, it } from '@jest/globals';
import { FakeWeb, itemsOf, readOnce } from '../../../testing/reading.js';

const PAGE = 'https://harbour.example/tides';
const spec = { kind: 'page' as const, address: PAGE };

describe('a page', () => {
  it('given other markup around the same words, then its digest is the same; given other words, then not', async () => {
    const digestOf = async (body: string) =>
      itemsOf(await readOnce(spec, new FakeWeb({ [PAGE]: { body } })))[0]!.digest;
    const first = await digestOf('<script>t=1</script><p>High water at <b>ten</b></p>');
    expect(await digestOf('<script>t=2</script><div class="x"><p>High  water at <i>ten</i></p></div>')).toBe(first);
    expect(await digestOf('<p>High water at eleven</p>')).not.toBe(first);
  });

  it('given a watched page that is gone, then 410 takes it back at once and 404 at the second look', async () => {
    const retractionsAfter = async (...statuses: number[]): Promise<number[]> => {
      const web = new FakeWeb({ [PAGE]: { body: '<p>High water at ten</p>' } });
      const marks = new Map<string, string>();
      const watched = { ...spec, watchPages: true };
      await readOnce(watched, web, marks);
      const counts: number[] = [];
      for (const status of statuses) {
        web.documents[PAGE] = { status };
        counts.push(itemsOf(await readOnce(watched, web, marks)).filter(({ kind }) => kind === 'retraction').length);
      }
      return counts;
    };
    expect(await retractionsAfter(410)).toEqual([1]);
    expect(await retractionsAfter(404, 404)).toEqual([0, 1]);
  });

  it('given a page that was never there, or is not watched, then the source failed', async () => {
    const gone = new FakeWeb({ [PAGE]: { status: 404 } });
    await expect(readOnce({ ...spec, watchPages: true }, gone)).rejects.toMatchObject({ code: 'http-status' });
    await expect(readOnce(spec, gone)).rejects.toMatchObject({ code: 'http-status' });
  });
});
