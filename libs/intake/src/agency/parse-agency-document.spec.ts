import { describe, expect, it } from '@jest/globals';
import { IntakeError } from '../intake-error.js';
import { parseAgencyDocument } from './parse-agency-document.js';

const read = (text: string) => parseAgencyDocument(Buffer.from(text));
const codeOf = (text: string): string | undefined => {
  try {
    read(text);
    return undefined;
  } catch (error) {
    return error instanceof IntakeError ? error.code : 'no intake error';
  }
};

describe('parseAgencyDocument on ninjs', () => {
  it('reads version 1', () => {
    const item = read(
      JSON.stringify({
        ...{ uri: 'urn:orle:1', version: 3, type: 'text', pubstatus: 'usable', urgency: 4, language: 'en-GB' },
        ...{ firstcreated: '2026-03-02T09:00:00+01:00', versioncreated: '2026-03-02T11:00:00+01:00' },
        ...{
          headline: ' Fog over Orle ',
          byline: 'Ada Holm',
          slugline: 'FOG',
          located: 'Orle',
          usageterms: 'Nordmark only',
        },
        subject: [{ code: '20000339', name: 'shipping' }],
        body_text: 'One.\n\nTwo.\n\nThree.',
        body_xhtml:
          '<h2>Not this</h2><p>One <b>bold</b>.</p><p> </p><table><tr><td><p>no</p></td></tr></table><ul><li>Two.</li></ul>',
        associations: { main: { uri: 'urn:orle:pic', headline: 'not this' } },
      }),
    );
    expect(item).toMatchObject({
      ...{
        format: 'ninjs',
        guid: 'urn:orle:1',
        version: '3',
        headline: 'Fog over Orle',
        byline: 'Ada Holm',
        slugline: 'FOG',
      },
      ...{ dateline: 'Orle', urgency: 4, language: 'en-GB', status: 'usable', published: '2026-03-02T08:00:00.000Z' },
      ...{ subjects: [{ code: '20000339', name: 'shipping' }], paragraphs: ['One bold.', 'Two.'] },
      ...{ usageTerms: 'Nordmark only', references: ['urn:orle:pic'] },
    });
  });

  it('splits HTML without paragraph elements at its blocks and breaks', () => {
    const item = (body: string) =>
      read(JSON.stringify({ uri: 'urn:orle:9', type: 'text', body_html: body })).paragraphs;
    expect(item('<div>One <b>a</b>.</div><div>Two.</div>')).toEqual(['One a.', 'Two.']);
    expect(item('One.<br>still<br><br>Two.')).toEqual(['One. still', 'Two.']);
    expect(item('1 < 2\n\nTwo.')).toEqual(['1 < 2', 'Two.']);
  });

  it('reads version 3 with its camel case and its lists', () => {
    const item = read(
      JSON.stringify({
        ...{
          uri: 'urn:orle:2',
          versionCreated: '2026-03-02T09:00:00Z',
          pubStatus: 'withheld',
          embargoedUntil: '2026-03-03T06:00:00Z',
        },
        headlines: [
          { role: 'sub', value: 'no' },
          { role: 'main', value: 'Main' },
        ],
        bodies: [
          { contentType: 'text/plain', value: 'plain' },
          { contentType: 'text/html', value: '<p>marked</p>' },
        ],
        subjects: [{ uri: 'https://cv.example/t/7', name: 'Sea' }, { literal: 'local' }],
      }),
    );
    expect(item).toMatchObject({
      ...{ headline: 'Main', status: 'withheld', embargo: '2026-03-03T06:00:00.000Z', paragraphs: ['marked'] },
      subjects: [{ code: 'https://cv.example/t/7', name: 'Sea' }, { code: 'local' }],
    });
  });
});

const G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"';

describe('parseAgencyDocument on an embargo without an end that can be read', () => {
  const newsMl = (management: string): string =>
    `<NewsML><NewsItem><NewsManagement>${management}</NewsManagement><NewsComponent/></NewsItem></NewsML>`;
  const nitf = (status: string): string =>
    `<nitf><head><docdata management-status="${status}"><date.release norm="soon"/></docdata></head></nitf>`;

  it.each([
    JSON.stringify({ uri: 'urn:orle:1', headline: 'Dam', embargoed: 'at noon' }),
    `<newsItem ${G2} guid="urn:orle:1"><itemMeta><embargoed/></itemMeta></newsItem>`,
    `<newsItem ${G2} guid="urn:orle:1"><itemMeta><embargoed>at noon</embargoed></itemMeta></newsItem>`,
    newsMl('<Status FormalName="Embargoed"/>'),
    nitf('Embargoed'),
  ])('says that it holds: %s', (text) => {
    expect(read(text)).toMatchObject({ embargoOpen: true });
    expect(read(text)).not.toHaveProperty('embargo');
  });

  it.each([
    JSON.stringify({ uri: 'urn:orle:1', headline: 'Dam' }),
    newsMl('<Status FormalName="Usable"/>'),
    nitf('usable'),
  ])('and none where there is none: %s', (text) => expect(read(text)).not.toHaveProperty('embargoOpen'));
});

describe('parseAgencyDocument on NewsML-G2', () => {
  const item = (contentMeta: string, contentSet = '', itemMeta = ''): string =>
    `<newsItem ${G2} guid="urn:orle:3" version="2" xml:lang="en"><itemMeta><versionCreated>2026-03-02T09:00:00Z</versionCreated>
     ${itemMeta}</itemMeta><contentMeta>${contentMeta}</contentMeta><contentSet>${contentSet}</contentSet></newsItem>`;

  it('takes the main headline and names in the language of the item', () => {
    const text = item(
      `<language tag="nb"/><headline role="hld:sub">sub</headline><headline role="hld:main" xml:lang="de">Nebel</headline>
       <headline role="hld:main" xml:lang="nb">Tåke</headline><by>Ada Holm</by><creator><name>Desk</name></creator>
       <subject qcode="medtop:20000339"><name xml:lang="en">shipping</name><name xml:lang="nb">skipsfart</name></subject>`,
      '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>En.</p><p>To.</p></body></html></inlineXML>',
      '<firstCreated>2026-03-01T09:00:00Z</firstCreated><pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/usable"/>',
    );
    expect(read(text)).toMatchObject({
      ...{ guid: 'urn:orle:3', version: '2', headline: 'Tåke', byline: 'Ada Holm', language: 'nb', status: 'usable' },
      ...{ published: '2026-03-01T09:00:00.000Z', paragraphs: ['En.', 'To.'] },
      subjects: [{ code: 'medtop:20000339', name: 'skipsfart' }],
    });
  });

  it('takes lines from NITF inside where the item has none', () => {
    const nitf =
      '<inlineXML><nitf><body><body.head><hedline><hl1>H</hl1></hedline><byline>By Ada Holm<byttl>Writer</byttl></byline><dateline>ORLE</dateline></body.head>' +
      '<body.content><p>Text.</p></body.content><body.end><tagline>no</tagline></body.end></body></nitf></inlineXML>';
    expect(read(item('', nitf))).toMatchObject({
      headline: 'H',
      byline: 'By Ada Holm',
      dateline: 'ORLE',
      paragraphs: ['Text.'],
    });
  });

  it('reads the item inside a message, with prefixes', () => {
    const message = `<g:newsMessage xmlns:g="http://iptc.org/std/nar/2006-10-01/"><g:header><g:sent>2026-03-02T09:00:00Z</g:sent></g:header>
      <g:itemSet><g:newsItem guid="urn:orle:4" version="1"><g:itemMeta><g:pubStatus qcode="stat:canceled"/></g:itemMeta></g:newsItem></g:itemSet></g:newsMessage>`;
    expect(read(message)).toMatchObject({ guid: 'urn:orle:4', status: 'canceled', paragraphs: [] });
  });

  it('does not take the words of its parts for those of a package', () => {
    const text = `<packageItem ${G2} guid="urn:orle:5" version="1"><itemMeta/><contentMeta><headline>Top</headline></contentMeta>
      <groupSet><group><itemRef residref="urn:orle:6"><title>part</title><pubStatus qcode="stat:withheld"/></itemRef></group></groupSet></packageItem>`;
    expect(read(text)).toMatchObject({ headline: 'Top', status: undefined, references: ['urn:orle:6'] });
  });
});

describe('parseAgencyDocument on older standards', () => {
  it('reads NITF and its finest subject', () => {
    const text = `<nitf xml:lang="en"><head><tobject><tobject.subject tobject.subject.refnum="04013001" tobject.subject.type="economy" tobject.subject.matter="fishing"/></tobject>
      <docdata management-status="embargoed"><doc-id id-string="O-7"/><urgency ed-urg="4"/><date.issue norm="20260302T090000+0100"/>
      <date.release norm="20260303T060000Z"/><du-key key="FISH" version="2"/></docdata></head>
      <body><body.head><hedline><hl1>Fish</hl1></hedline><abstract><p>no</p></abstract></body.head><body.content><block><p>One.</p><hl2>no</hl2><p>Two.</p></block></body.content></body></nitf>`;
    expect(read(text)).toMatchObject({
      ...{
        guid: 'O-7',
        version: '2',
        headline: 'Fish',
        slugline: 'FISH',
        urgency: 4,
        published: '2026-03-02T08:00:00.000Z',
      },
      ...{ status: undefined, embargo: '2026-03-03T06:00:00.000Z', paragraphs: ['One.', 'Two.'] },
      subjects: [{ code: '04013001', name: 'fishing' }],
    });
  });

  it('reads NewsML 1 and its instruction to delete', () => {
    const text = `<NewsML><NewsItem xml:lang="en"><Identification><NewsIdentifier><NewsItemId>dam</NewsItemId><RevisionId>3</RevisionId></NewsIdentifier></Identification>
      <NewsManagement><FirstCreated>20260302T090000Z</FirstCreated><Status FormalName="Usable"/><Urgency FormalName="1"/><Instruction FormalName="Delete"/></NewsManagement>
      <NewsComponent><NewsLines><HeadLine>Delete: dam</HeadLine></NewsLines><DescriptiveMetadata><SubjectCode><Subject FormalName="06000000"/></SubjectCode></DescriptiveMetadata>
      <ContentItem><MediaType FormalName="Photo"/><DataContent>no</DataContent></ContentItem>
      <ContentItem><MediaType FormalName="Text"/><DataContent>Drop this.\n\nAll of it.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`;
    expect(read(text)).toMatchObject({
      ...{ guid: 'dam', version: '3', headline: 'Delete: dam', status: 'canceled', urgency: 1, language: 'en' },
      ...{ subjects: [{ code: '06000000' }], paragraphs: ['Drop this.', 'All of it.'] },
    });
  });

  it.each([
    ['empty', ''],
    ['malformed', '{"uri":'],
    ['malformed', '<nitf><head>'],
    ['not-an-agency-document', '{"title":"x"}'],
    ['not-an-agency-document', '<rss/>'],
  ])('refuses with %s: %j', (code, text) => {
    expect(codeOf(text)).toBe(code);
  });
});
