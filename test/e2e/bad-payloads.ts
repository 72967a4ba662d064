/** A payload that must be refused, and the field that the refusal must name. */
export interface BadPayload {
  what: string;
  bytes: Buffer;
  field: string;
}

const good = { source: 'e2e', externalId: 'bad', contentType: 'text/plain', body: 'Words of a story.' };

/**
 * Two hundred payloads that break the contract for producers, each in one way: fields missing, of a wrong
 * type, out of range, unknown, at any depth; operators, prototypes, bytes that are no JSON.
 */
export function badPayloads(): BadPayload[] {
  return [
    ...wrongTypes(),
    ...missing(),
    ...wrongTexts(),
    ...unknownKeys(),
    ...reachingForPrototypes(),
    ...notJson(),
    ...wrongMetadata(),
  ];
}

const WRONG: [string, unknown][] = [
  ['a number', 5],
  ['zero', 0],
  ['true', true],
  ['an object', { $ne: null }],
  ['an operator', { $gt: '' }],
  ['an empty list', []],
  ['a list in a list', [[]]],
  ['a list of null', [null]],
  ['a list of the right thing', ['e2e']],
  ['null', null],
];

function wrongTypes(): BadPayload[] {
  const fields = ['source', 'externalId', 'url', 'contentType', 'body', 'bodyBase64', 'publishedAt', 'kind'];
  return fields.flatMap((field) =>
    WRONG.flatMap(([what, value]) => {
      const base: Record<string, unknown> = { ...good };
      if (field === 'bodyBase64') delete base['body'];
      return [json(`${field} is ${what}`, { ...base, [field]: value }, field)];
    }),
  );
}

function missing(): BadPayload[] {
  return [
    json('no source', { ...good, source: undefined }, 'source'),
    json('neither externalId nor url', { ...good, externalId: undefined }, 'externalId'),
    json('no contentType', { ...good, contentType: undefined }, 'contentType'),
    json('no body', { ...good, body: undefined }, 'body'),
    json('two bodies', { ...good, bodyBase64: 'QUJD' }, 'body'),
    json('an empty body', { ...good, body: '' }, 'body'),
    json('an update without a body', { ...good, kind: 'update', body: undefined }, 'body'),
    json('nothing', {}, 'source'),
  ];
}

function wrongTexts(): BadPayload[] {
  const wrong: [string, string[]][] = [
    ['source', ['', ' ', 'a b', '-x', '.', '../etc', 'x'.repeat(101), 'é', 'a\u0000b', '$where']],
    ['externalId', ['', 'x'.repeat(1001)]],
    [
      'url',
      [
        '',
        'x',
        'ftp://a.example/',
        'javascript:alert(1)',
        'file:///etc/passwd',
        '//a.example',
        'http://',
        `http://a.example/${'x'.repeat(4097)}`,
      ],
    ],
    ['contentType', ['', 'text', 'text/', '/html', 'text/html; charset', 'text/html\r\nX-Y: z', 'x'.repeat(201)]],
    [
      'publishedAt',
      [
        '',
        'yesterday',
        '2026',
        '2026-13-01T00:00:00Z',
        '2026-02-30T00:00:00Z',
        '2026-01-01',
        '2026-01-01T00:00:00',
        '1767225600',
      ],
    ],
    ['kind', ['', 'originall', 'ORIGINAL', 'kill', '__proto__', 'constructor']],
    ['bodyBase64', ['', 'not base64!', 'QUJ', '====', 'QUJD QUJD']],
  ];
  return wrong.flatMap(([field, values]) =>
    values.map((value) => {
      const base: Record<string, unknown> = { ...good };
      if (field === 'bodyBase64') delete base['body'];
      return json(`${field} is ${JSON.stringify(value).slice(0, 40)}`, { ...base, [field]: value }, field);
    }),
  );
}

function unknownKeys(): BadPayload[] {
  const keys = [
    '_id',
    'revision',
    'contentId',
    'status',
    'roles',
    'said',
    'eventId',
    'fingerprint',
    '$where',
    '$set',
    'Source',
    'source ',
    'populate',
    'id',
    'type',
    'data',
    'a.b',
    'createdAt',
    'processingVersion',
    'channels',
    'traceparent',
    'headers',
    'toString',
    'hasOwnProperty',
  ];
  return keys.map((key) => json(`unknown key ${key}`, { ...good, [key]: 'x' }, key));
}

function reachingForPrototypes(): BadPayload[] {
  const text = JSON.stringify(good).slice(0, -1);
  const reaching = [
    '"__proto__":{"admin":true}',
    '"__proto__":null',
    '"constructor":{"prototype":{"polluted":true}}',
    '"prototype":{"polluted":true}',
    '"metadata":{"__proto__":{"polluted":true}}',
    '"metadata":{"constructor":{"prototype":{"polluted":true}}}',
    '"metadata":{"a":{"b":{"__proto__":{"polluted":true}}}}',
  ];
  return reaching.map((part) => raw(part, `${text},${part}}`, /"(__proto__|constructor|prototype)"/.exec(part)![1]!));
}

function notJson(): BadPayload[] {
  const texts = [
    '{',
    '}',
    '[]',
    '[{}]',
    'null',
    'true',
    '5',
    '"text"',
    '',
    ' ',
    '{"source":"e2e",}',
    "{'source':'e2e'}",
    '{"source":"e2e"}{"source":"e2e"}',
    'NaN',
    'undefined',
    '<xml/>',
    'source=e2e',
  ];
  const bytes = [
    Buffer.from([0x00]),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.alloc(100, 0x80),
  ];
  const deep = `{"source":"e2e","metadata":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
  return [
    ...texts.map((text) => raw(`not JSON of an object: ${text}`, text, '(root)')),
    ...bytes.map((one) => ({ what: `bytes ${one.subarray(0, 8).toString('hex')}`, bytes: one, field: '(root)' })),
    raw('5,000 levels deep', deep, 'metadata'),
  ];
}

function wrongMetadata(): BadPayload[] {
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
  const values: unknown[] = [
    'text',
    5,
    [],
    [[]],
    [null],
    ['a'],
    { a: 1 },
    { a: null },
    { a: {} },
    { a: ['x'] },
    { a: { b: { c: 'x' } } },
    { a: true },
    { a: 'x'.repeat(2001) },
    { ['k'.repeat(201)]: 'x' },
    many,
  ];
  return values.map((metadata) =>
    json(`metadata is ${JSON.stringify(metadata).slice(0, 40)}`, { ...good, metadata }, 'metadata'),
  );
}

function json(what: string, value: unknown, field: string): BadPayload {
  return raw(what, JSON.stringify(value), field);
}

function raw(what: string, text: string, field: string): BadPayload {
  return { what, bytes: Buffer.from(text), field };
}
