/**
 * What pages without an article say of themselves, in the languages news is read in here. Texts are compared in their
 * {@link comparable} form: lower case, straight apostrophes.
 */

/** A check whether the reader is a program. */
export const CHALLENGE = anyOf([
  'just a moment|one more step|checking your browser|security check|attention required|unusual traffic|access (?:to this page has been )?denied',
  "captcha|ddos protection|enable javascript and cookies|press (?:&|and) hold|too many requests|(?:you are|you're|are you) (?:a )?(?:not a )?(?:human|robot|bot)",
  'bist du ein (?:mensch|roboter)|sie kein roboter|browser wird überprüft|sicherheits(?:über)?prüfung',
  "vous n'êtes pas un robot|êtes-vous un robot|vérification de sécurité|vérifi(?:er|ons) que vous (?:êtes|n'êtes)",
  'no (?:eres|soy|es) un robot|verificación de seguridad|não é um robô|verificação de segurança|non sei un robot|verifica di sicurezza',
  'geen robot bent|je geen robot|ikke er en robot|du är en människa|inte är en robot|nie jesteś robotem|nejste robot|nem vagy robot',
  'вы не робот|ви не робот|robot olmadığınızı|δεν είστε ρομπότ|لست روبوت|לא רובוט|ロボットではない|不是机器人|不是機器人|安全验证|人机验证|로봇이 아닙니다',
]);

const PAGE_WORDS = 'page|article|story|content|url|file|document|resource|post|link|site|item|object|video';

/** That a page, the one asked for, is not there. */
export const NOT_FOUND = anyOf([
  // A number alone or beside such words: "Council fines 404 drivers" is news.
  '(?:^|[-–—|:·(])\\s*404\\s*(?:$|[-–—|:·.)!])|(?<!\\d)404\\s+(?:error|page)(?!\\p{L})',
  '(?:error|err|http|code|page|fehler|erreur|errore|erro|fout|fejl|feil|fel|virhe|błąd|chyba|hiba|eroare|greška|ошибка|помилка|грешка|hata|σφάλμα|خطأ|lỗi|错误|錯誤|エラー|오류)\\s*:?\\s*404(?!\\d)',
  // Of a page, or hardly anything else: "Hiker not found after two days" is news too.
  `(?:${PAGE_WORDS})(?: [\\p{L}']+){0,8} (?:not(?: be)? found|no longer (?:available|exists?))`,
  "(?:^|[-–—|:·(!,])\\s*(?:[\\p{L}']+ )?(?:not found|no longer available)\\s*(?:$|[-–—|:·.)!])",
  "(?:page|story|article|content|link)(?: you (?:requested|are looking for))? (?:could not|can't|cannot) be found",
  "(?:page|story|article|content|link) (?:doesn't|does not) exist|(?:page|story|article|content) (?:has been|was) (?:removed|deleted)",
  'nicht gefunden|existiert nicht|(?:seite|inhalt|artikel) (?:gibt es nicht|ist nicht (?:mehr )?(?:verfügbar|vorhanden))',
  "introuvable|n'existe (?:pas|plus)|no (?:se ha |se ha podido )?encontrad[ao]|no se encuentra|página no existe|não (?:foi )?encontrad[ao]|non (?:è stata )?trovat[ao]|non esiste",
  'niet gevonden|bestaat niet|ikke fundet|(?:ikke|ikkje) funnet|findes ikke|finnes ikke|hittades inte|inte hittas|sidan finns inte|ei löyt(?:ynyt|ynt)|ei löydy|fannst ekki',
  'nie (?:została )?znalezion|nenalezen|nebyl[ao]? nalezen|nenájden|nem található|nu a fost găsit|nije pronađen|ni bila? najden|nav atrast|nerast|ei leitud',
  'не найден|не знайден|не е намерен|није пронађен|δεν βρέθηκε|bulunamadı|غير موجود|یافت نشد|לא נמצא|नहीं मिल|tidak ditemukan|không tìm thấy|ไม่พบ',
  '見つかりません|存在しません|页面不存在|頁面不存在|找不到|찾을 수 없',
]);

/** An invitation to sign in. */
export const LOGIN = anyOf([
  'log ?in|sign ?in|anmelden|anmeldung|einloggen|connexion|connectez-vous|se connecter|inici(?:ar|a|e) sesión|acceder|iniciar sessão|entrar|accedi',
  'inloggen|log ind|logg? inn|logga in|kirjaudu|zaloguj|logowanie|přihlášení|přihlásit|prihlásenie|bejelentkez|autentificare|conectare|prijav[ia]',
  'войти|вход|увійти|вхід|σύνδεση|είσοδος|giriş yap|oturum aç|تسجيل الدخول|ورود|התחבר|כניסה|लॉग ?इन|masuk|đăng nhập|เข้าสู่ระบบ',
  'ログイン|登录|登入|로그인',
]);

/** What data protection is about. */
export const PRIVACY = anyOf([
  'cookie|privacy|privat|consent|einwillig|datenschutz|personenbezogen|données|vie privée|datos personales|dados pessoais|dati personali',
  'vafrakök|persónuvernd|колачић|kolačić|бисквитк|slapuk|sīkdat|küpsise|piškotk|galet(?:a|e)|cwcis|cookieak|fianáin',
  'persoonsgegevens|persondata|personopplysninger|personuppgifter|henkilötiet|prywatno|soukrom|súkrom|adatvéd|confidențial|piškot',
  'куки|персональн|конфиденциальн|απόρρητ|çerez|gizlilik|خصوصية|ملفات تعريف|פרטיות|गोपनीयता|privasi|quyền riêng tư|クッキー|プライバシー|隐私|隱私|쿠키|개인정보',
]);

/** A request to agree to it. */
export const CONSENT = anyOf([
  'noi e i nostri|nós e (?:os nossos|nossos)|wir und unsere|nous et nos|nosotros y nuestros|wij en onze|vi og våre|vi och våra',
  'before you continue|(?:we|us) and our (?:\\d+ )?partners|we (?:use|value|store)|accept all|manage (?:consent|cookies)|cookie[- ]?(?:consent|einstellungen|policy)',
  "einwilligung|zustimm(?:en|ung)|(?:alle|cookies) akzeptieren|akzeptieren und weiter|accepter et (?:continuer|fermer)|tout accepter|j'accepte|sans accepter|avec votre accord",
  'aceptar (?:todo|y continuar)|aceitar (?:tudo|todos)|valorizamos|accetta(?: e continua| tutt[io])|rifiuta|alles accepteren|accepteer',
  'godta alle|accepter alle|tillad alle|acceptera alla|godkänn alla|hyväksy (?:kaikki|evästeet)|nasi partnerzy|przejdź do serwisu|akceptuj|souhlas|súhlas|elfogad|accept[ăa]? toate|prihvati',
  'samþykkja all|onart(?:u|zen)|прихвати|сагласност|приеми всички|sutinku|priimti|piekrīt|nõustu|sprejm|acceptar(?: tot|-ho)|derbyn|glac leis',
  'принять все|согласие|прийняти|αποδοχή|συγκατάθεση|kabul et|قبول|موافق|מסכים|स्वीकार|terima semua|chấp nhận|同意|接受|すべて許可|동의',
]);

function anyOf(lines: string[]): RegExp {
  return new RegExp(lines.join('|'), 'iu');
}
