import type { ArticleView } from '@wireroom/contracts';

export interface StreamEvent {
  id: string;
  event: string;
  data: Partial<ArticleView>;
}

export interface OpenStream {
  /** Releases so far; the opening event is left out. */
  events: StreamEvent[];
  readonly lastEventId: string | undefined;
  close(): void;
}

/** Follows /v1/stream; resolves once the stream is open. */
export async function openStream(baseUrl: string, lastEventId?: string): Promise<OpenStream> {
  const abort = new AbortController();
  const response = await fetch(`${baseUrl}/v1/stream`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    signal: abort.signal,
  });
  if (response.status !== 200) throw new Error(`stream answered ${response.status}`);
  const stream = { events: [] as StreamEvent[], lastEventId, close: () => abort.abort() };
  const opened = new Promise<void>((resolve) => void follow(response, stream, resolve).catch(() => undefined));
  await opened;
  return stream;
}

async function follow(
  response: Response,
  stream: { events: StreamEvent[]; lastEventId?: string },
  opened: () => void,
): Promise<void> {
  let buffer = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = buffer.indexOf('\n\n'); end !== -1; end = buffer.indexOf('\n\n')) {
      const fields = new Map(
        buffer
          .slice(0, end)
          .split('\n')
          .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      buffer = buffer.slice(end + 2);
      if (fields.has('id')) stream.lastEventId = fields.get('id');
      if (fields.get('event') === 'open') opened();
      else if (fields.has('data')) {
        stream.events.push({
          id: fields.get('id')!,
          event: fields.get('event')!,
          data: JSON.parse(fields.get('data')!) as Partial<ArticleView>,
        });
      }
    }
  }
}
