/**
 * Month names and common short forms, by month, in the languages news is read in here. Lower case, without full stops.
 * Forms that mean two months in two languages are left out.
 */
const MONTHS: string[] = [
  // prettier-ignore
  'january jan januar jänner jän janvier janv enero ene gennaio gen januari janeiro leden ledna styczeń stycznia sty január januára ianuarie ian ocak oca január januar tammikuu tammikuuta tammikuun янв января январь січень січня ιανουάριος ιανουαρίου ιαν يناير ינואר جنوری जनवरी জানুয়ারি มกราคม janúar jaanuar janvāris janvāra sausio sausis siječanj siječnja януари қаңтар tháng1 gener xaneiro urtarrila kanun ژانویه ஜனவரி',
  // prettier-ignore
  'february feb februar feber février fév févr febrero febbraio febr februari fevereiro fev únor února luty lutego lut február februára februarie şubat şub február helmikuu helmikuuta helmikuun фев февраля февраль лютий лютого φεβρουάριος φεβρουαρίου φεβ فبراير פברואר فروری फरवरी फ़रवरी ফেব্রুয়ারি กุมภาพันธ์ febrúar veebruar februāris februāra vasario vasaris veljača veljače февруари ақпан febrer febreiro otsaila فوریه பிப்ரவரி',
  // prettier-ignore
  'march mar märz mär mrz mars marzo maart mrt março březen března marzec marca marec martie mart március márc marts maaliskuu maaliskuuta maaliskuun мар марта март березень березня μάρτιος μαρτίου مارس מרץ مارچ मार्च মার্চ มีนาคม märts marta kovo kovas ožujak ožujka наурыз març martxoa مارس மார்ச்',
  // prettier-ignore
  'april apr avril avr abril abr aprile aprilie duben dubna kwiecień kwietnia kwi apríl apríla nisan nis április ápr huhtikuu huhtikuuta huhtikuun апр апреля апрель квітень квітня απρίλιος απριλίου أبريل ابريل אפריל اپریل अप्रैल এপ্রিল เมษายน aprill aprīlis aprīļa balandžio balandis travnja април сәуір apirila آوریل ஏப்ரல்',
  // prettier-ignore
  'may mai mayo maggio mag mei maio mai květen května maj maja máj mája mayıs május maí toukokuu toukokuuta toukokuun мая май травень травня μάιος μαΐου مايو מאי مئی मई মে พฤษภาคม maijs maija gegužės gegužė svibanj svibnja май мамыр maig maiatza مه மே',
  // prettier-ignore
  'june jun juni juin junio giugno giu junho červen června czerwiec czerwca cze jún júna iunie iun haziran haz június jún kesäkuu kesäkuuta kesäkuun июн июня июнь червень червня ιούνιος ιουνίου يونيو יוני جون जून জুন มิถุนายน júní juuni jūnijs jūnija birželio birželis lipnja юни маусым juny xuño ekaina ژوئن ஜூன்',
  // prettier-ignore
  'july jul juli juillet juil julio luglio lug julho červenec července lipiec lipca lip júl júla iulie iul temmuz tem július júl heinäkuu heinäkuuta heinäkuun июл июля июль липень липня ιούλιος ιουλίου يوليو יולי جولائی जुलाई জুলাই กรกฎาคม júlí juuli jūlijs jūlija liepos liepa srpanj srpnja юли шілде juliol xullo uztaila ژوئیه ஜூலை',
  // prettier-ignore
  'august aug août aout agosto ago augustus srpen srpna sierpień sierpnia sie august augusta ağustos ağu augusztus elokuu elokuuta elokuun авг августа август серпень серпня αύγουστος αυγούστου أغسطس אוגוסט اگست अगस्त আগস্ট สิงหาคม ágúst augusts rugpjūčio rugpjūtis kolovoz kolovoza тамыз agost abuztua اوت ஆகஸ்ட்',
  // prettier-ignore
  'september sept sep septembre septiembre setiembre settembre set septembrie setembro září wrzesień września wrz september septembra eylül eyl szeptember szept syyskuu syyskuuta syyskuun сен сент сентября сентябрь вересень вересня σεπτέμβριος σεπτεμβρίου سبتمبر ספטמבר ستمبر सितंबर सितम्बर সেপ্টেম্বর กันยายน septembris rugsėjo rugsėjis rujan rujna септември қыркүйек setembre iraila سپتامبر செப்டம்பர்',
  // prettier-ignore
  'october oct oktober okt octobre octubre ottobre ott octombrie outubro out říjen října październik października paź október októbra ekim eki október lokakuu lokakuuta lokakuun окт октября октябрь жовтень жовтня οκτώβριος οκτωβρίου أكتوبر אוקטובר اکتوبر अक्टूबर অক্টোবর ตุลาคม oktoober oktobris oktobra spalio spalis listopada октомври қазан octubre outubro urria اکتبر அக்டோபர்',
  // prettier-ignore
  'november nov novembre noviembre noiembrie novembro listopad listopadu november novembra kasım kas nóvember marraskuu marraskuuta marraskuun ноя нояб ноября ноябрь листопад листопада νοέμβριος νοεμβρίου نوفمبر נובמבר نومبر नवंबर नवम्बर নভেম্বর พฤศจิกายน novembris lapkričio lapkritis studeni studenoga ноември қараша azaroa نوامبر நவம்பர்',
  // prettier-ignore
  'december dec dezember dez décembre déc diciembre dic dicembre decembrie dezembro prosinec prosince grudzień grudnia gru december decembra aralık ara desember des joulukuu joulukuuta joulukuun дек декабря декабрь грудень грудня δεκέμβριος δεκεμβρίου ديسمبر דצמבר دسمبر दिसंबर दिसम्बर ডিসেম্বর ธันวาคม detsember decembris gruodžio gruodis prosinac prosinca декември желтоқсан desembre decembro abendua دسامبر டிசம்பர்',
];

const BY_NAME = new Map<string, number>();
const AMBIGUOUS = new Set(['lip', 'listopada', 'listopad']);
MONTHS.forEach((names, month) => {
  for (const name of names.split(' ')) if (!BY_NAME.has(name) && !AMBIGUOUS.has(name)) BY_NAME.set(name, month + 1);
});

/** The month, 1 to 12, that a word names in any of the known languages. */
export function monthNamed(word: string): number | undefined {
  return BY_NAME.get(word.toLowerCase().replace(/\.$/, ''));
}
