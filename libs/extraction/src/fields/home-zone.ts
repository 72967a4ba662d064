/**
 * The zone that the clocks of a country's newsrooms keep, by its top-level domain. Countries with several zones
 * are left out, unless nearly everybody lives in one.
 */
// prettier-ignore
const ZONES = new Map([
  ['nl', 'Europe/Amsterdam'], ['ad', 'Europe/Andorra'], ['gr', 'Europe/Athens'], ['rs', 'Europe/Belgrade'],
  ['de', 'Europe/Berlin'], ['sk', 'Europe/Bratislava'], ['be', 'Europe/Brussels'], ['ro', 'Europe/Bucharest'],
  ['hu', 'Europe/Budapest'], ['md', 'Europe/Chisinau'], ['dk', 'Europe/Copenhagen'], ['ie', 'Europe/Dublin'],
  ['fi', 'Europe/Helsinki'], ['tr', 'Europe/Istanbul'], ['ua', 'Europe/Kyiv'], ['pt', 'Europe/Lisbon'],
  ['si', 'Europe/Ljubljana'], ['uk', 'Europe/London'], ['lu', 'Europe/Luxembourg'], ['es', 'Europe/Madrid'],
  ['mt', 'Europe/Malta'], ['by', 'Europe/Minsk'], ['no', 'Europe/Oslo'], ['fr', 'Europe/Paris'],
  ['cz', 'Europe/Prague'], ['lv', 'Europe/Riga'], ['it', 'Europe/Rome'], ['ba', 'Europe/Sarajevo'],
  ['mk', 'Europe/Skopje'], ['bg', 'Europe/Sofia'], ['se', 'Europe/Stockholm'], ['ee', 'Europe/Tallinn'],
  ['al', 'Europe/Tirane'], ['li', 'Europe/Vaduz'], ['at', 'Europe/Vienna'], ['lt', 'Europe/Vilnius'],
  ['pl', 'Europe/Warsaw'], ['hr', 'Europe/Zagreb'], ['ch', 'Europe/Zurich'], ['cy', 'Asia/Nicosia'],
  ['is', 'Atlantic/Reykjavik'], ['jo', 'Asia/Amman'], ['iq', 'Asia/Baghdad'], ['bh', 'Asia/Bahrain'],
  ['az', 'Asia/Baku'], ['th', 'Asia/Bangkok'], ['lb', 'Asia/Beirut'], ['lk', 'Asia/Colombo'], ['sy', 'Asia/Damascus'],
  ['bd', 'Asia/Dhaka'], ['ae', 'Asia/Dubai'], ['vn', 'Asia/Ho_Chi_Minh'], ['hk', 'Asia/Hong_Kong'],
  ['il', 'Asia/Jerusalem'], ['af', 'Asia/Kabul'], ['pk', 'Asia/Karachi'], ['np', 'Asia/Kathmandu'],
  ['in', 'Asia/Kolkata'], ['my', 'Asia/Kuala_Lumpur'], ['kw', 'Asia/Kuwait'], ['ph', 'Asia/Manila'],
  ['om', 'Asia/Muscat'], ['kh', 'Asia/Phnom_Penh'], ['qa', 'Asia/Qatar'], ['sa', 'Asia/Riyadh'], ['kr', 'Asia/Seoul'],
  ['cn', 'Asia/Shanghai'], ['sg', 'Asia/Singapore'], ['tw', 'Asia/Taipei'], ['uz', 'Asia/Tashkent'],
  ['ge', 'Asia/Tbilisi'], ['ir', 'Asia/Tehran'], ['jp', 'Asia/Tokyo'], ['am', 'Asia/Yerevan'], ['gh', 'Africa/Accra'],
  ['et', 'Africa/Addis_Ababa'], ['dz', 'Africa/Algiers'], ['eg', 'Africa/Cairo'], ['ma', 'Africa/Casablanca'],
  ['sn', 'Africa/Dakar'], ['tz', 'Africa/Dar_es_Salaam'], ['zw', 'Africa/Harare'], ['za', 'Africa/Johannesburg'],
  ['ug', 'Africa/Kampala'], ['ng', 'Africa/Lagos'], ['ke', 'Africa/Nairobi'], ['tn', 'Africa/Tunis'],
  ['ar', 'America/Argentina/Buenos_Aires'], ['py', 'America/Asuncion'], ['co', 'America/Bogota'],
  ['ve', 'America/Caracas'], ['cr', 'America/Costa_Rica'], ['gt', 'America/Guatemala'], ['jm', 'America/Jamaica'],
  ['bo', 'America/La_Paz'], ['pe', 'America/Lima'], ['uy', 'America/Montevideo'], ['pa', 'America/Panama'],
  ['cl', 'America/Santiago'], ['do', 'America/Santo_Domingo'], ['nz', 'Pacific/Auckland'],
]);
/** Domains sold to the whole world for their sound; below them only `com.co` and its like tell the country. */
const SOLD = new Set(['am', 'ad', 'is', 'li', 'md', 'co']);

/** Minutes that the clocks of the country in the page's address are ahead of UTC at an instant, if it has one time for all. */
export function homeOffset(address: string | undefined, instant: number): number | undefined {
  const zone = zoneOf(address);
  return zone ? offsetIn(zone, instant) : undefined;
}

function zoneOf(address = ''): string | undefined {
  const labels = URL.canParse(address) ? new URL(address).hostname.split('.') : [];
  const domain = labels.at(-1) ?? '';
  const isSold = SOLD.has(domain) && !/^(?:com|net|org|edu|gov)$/.test(labels.at(-2) ?? '');
  return isSold ? undefined : ZONES.get(domain);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetIn(zone: string, instant: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const written = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(written) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
