import { type ServerEvent, readEvents } from './read-events.js';

async function eventsOf(chunks: string[], onRetry?: (ms: number) => void): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  for await (const event of readEvents(stream, onRetry)) events.push(event);
  return events;
}

describe('readEvents', () => {
  it('reads events with name, data and id, however the stream is cut', async () => {
    const text = 'id: 1\nevent: published\ndata: {"a":\ndata: "é"}\n\n: still here\n\ndata:x\n\n';
    const whole = await eventsOf([text]);
    expect(whole).toEqual([
      { event: 'published', data: '{"a":\n"é"}', id: '1' },
      { event: 'message', data: 'x', id: '1' },
    ]);
    expect(await eventsOf([...text])).toEqual(whole);
  });

  it('takes all three kinds of line ends', async () => {
    expect(await eventsOf(['data: a\r', '\n\r', '\ndata: b\r\r', 'data: c\n\n'])).toEqual(
      ['a', 'b', 'c'].map((data) => ({ event: 'message', data, id: undefined })),
    );
  });

  it('gives no event without data and drops an unfinished one', async () => {
    expect(await eventsOf(['event: open\n\ndata: half'])).toEqual([]);
  });

  it('passes on how long to wait', async () => {
    const waits: number[] = [];
    await eventsOf(['retry: 2000\nretry: soon\n\n'], (ms) => waits.push(ms));
    expect(waits).toEqual([2000]);
  });
});
