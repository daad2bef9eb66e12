#include "text/charset_samples.h"

namespace weir::text {
namespace {

constexpr const char* kGb[] = {"GB18030", "GBK"};
constexpr const char* kBig5[] = {"BIG5-HKSCS"};
constexpr const char* kJapan[] = {"CP932", "EUC-JP-MS"};
constexpr const char* kKorea[] = {"CP949"};
constexpr const char* kRussia[] = {"CP1251", "KOI8-R"};
constexpr const char* kUkraine[] = {"CP1251", "KOI8-U"};
constexpr const char* kBulgaria[] = {"CP1251"};
constexpr const char* kGreece[] = {"CP1253"};
constexpr const char* kIsrael[] = {"CP1255"};
constexpr const char* kArab[] = {"CP1256"};
constexpr const char* kThailand[] = {"CP874"};
constexpr const char* kWest[] = {"CP1252"};
constexpr const char* kCentral[] = {"CP1250"};
constexpr const char* kTurkey[] = {"CP1254"};
constexpr const char* kBaltic[] = {"CP1257"};

constexpr Sample kSamples[] = {
    {"zh-Hans",
     "各位同事，明天下午三点在二楼会议室开会，请带上本月的销售报表和客户名单。"
     "昨天晚上下了一场大雨，路上堵车很厉害，所以我到家的时候已经快九点了。"
     "我们学校新来了一位数学老师，他讲课风趣，同学们都很喜欢听他的课。"
     "贵公司订购的五百套办公桌椅已于上周五发货，预计三天内送达，请注意查收。"
     "周末如果天气好，我打算带孩子去郊外爬山，顺便拍几张照片寄给你看看。"
     "这本书讲的是一个渔民在海上漂流的故事，情节曲折，语言朴素，值得一读。"
     "请把附件里的合同打印两份，签字盖章以后用快递寄回我们北京办事处。"
     "电脑又出问题了，屏幕一片漆黑，键盘怎么按都没有反应，能帮我看看吗？",
     kGb},
    {"zh-Hant",
     "各位同仁，明天下午三點在二樓會議室開會，請帶上本月的銷售報表和客戶名單。"
     "昨天晚上下了一場大雨，路上塞車很嚴重，所以我到家的時候已經快九點了。"
     "我們學校新來了一位數學老師，他講課風趣，同學們都很喜歡聽他的課。"
     "貴公司訂購的五百套辦公桌椅已於上週五出貨，預計三天內送達，請注意查收。"
     "週末如果天氣好，我打算帶孩子去郊外爬山，順便拍幾張照片寄給你看看。"
     "這本書講的是一個漁民在海上漂流的故事，情節曲折，語言樸素，值得一讀。"
     "請把附件裡的合約列印兩份，簽名蓋章以後用快遞寄回我們臺北辦事處。"
     "電腦又出問題了，螢幕一片漆黑，鍵盤怎麼按都沒有反應，能幫我看看嗎？",
     kBig5},
    {"ja",
     "明日の午後三時から二階の会議室で打ち合わせを行いますので、資料をご用意ください。"
     "昨夜は大雨で電車が遅れてしまい、家に着いたのは九時近くでした。"
     "新しく来た数学の先生は話がおもしろくて、生徒たちにとても人気があります。"
     "ご注文いただいた机と椅子は金曜日に発送しました。三日ほどでお届けできる見込みです。"
     "週末に晴れたら、子どもを連れて山に登り、写真を撮ってお送りするつもりです。"
     "この本は海で漂流した漁師の物語で、言葉は素朴ですが読みごたえがあります。"
     "添付の契約書を二部印刷し、署名のうえ東京の事務所まで郵送してください。"
     "パソコンの画面が真っ暗になり、キーボードを押しても反応しません。見てもらえますか。",
     kJapan},
    {"ko",
     "내일 오후 세 시에 이층 회의실에서 회의가 있으니 이번 달 판매 보고서를 가져오세요. "
     "어젯밤에 비가 많이 와서 길이 막히는 바람에 아홉 시가 다 되어서야 집에 도착했어요. "
     "새로 오신 수학 선생님은 이야기를 재미있게 하셔서 학생들이 무척 좋아합니다. "
     "주문하신 책상과 의자는 지난 금요일에 발송되었으며 사흘 안에 받아 보실 수 있습니다. "
     "주말에 날씨가 좋으면 아이들과 산에 올라가서 사진을 찍어 보내 드릴게요. "
     "이 책은 바다에서 표류한 어부의 이야기인데 문장이 소박하고 읽을 만합니다. "
     "첨부한 계약서를 두 부 인쇄해서 서명한 뒤 서울 사무실로 보내 주시기 바랍니다. "
     "컴퓨터 화면이 까맣게 되고 자판을 눌러도 반응이 없는데 좀 봐 주실 수 있나요?",
     kKorea},
    {"ru",
     "Завтра в три часа дня в зале на втором этаже будет совещание, возьмите с собой отчёт. "
     "Вчера вечером шёл сильный дождь, на дорогах были пробки, и я приехал домой к девяти. "
     "Новый учитель математики рассказывает интересно, и ученики его очень любят. "
     "Заказанные вами столы и стулья отправлены в пятницу и прибудут через три дня. "
     "Если в выходные будет хорошая погода, мы пойдём с детьми в горы и пришлём снимки. "
     "Эта книга о рыбаке, которого унесло в море; язык простой, но читать стоит.",
     kRussia},
    {"uk",
     "Завтра о третій годині в залі на другому поверсі буде нарада, візьміть із собою звіт. "
     "Учора ввечері йшов сильний дощ, на дорогах були затори, і я приїхав додому о дев'ятій. "
     "Новий учитель математики розповідає цікаво, і учні його дуже люблять. "
     "Замовлені вами столи та стільці відправлено в п'ятницю, вони прибудуть за три дні.",
     kUkraine},
    {"bg",
     "Утре в три часа следобед в залата на втория етаж ще има съвещание, вземете отчета. "
     "Снощи валя силен дъжд, по пътищата имаше задръствания и се прибрах чак в девет. "
     "Новият учител по математика разказва интересно и учениците много го обичат. "
     "Поръчаните от вас маси и столове бяха изпратени в петък и ще пристигнат до три дни.",
     kBulgaria},
    {"el",
     "Αύριο στις τρεις το μεσημέρι θα γίνει συνάντηση στην αίθουσα του δεύτερου ορόφου. "
     "Χθες το βράδυ έβρεχε πολύ, οι δρόμοι ήταν γεμάτοι και έφτασα στο σπίτι στις εννέα. "
     "Ο νέος καθηγητής των μαθηματικών διηγείται ωραία και οι μαθητές τον αγαπούν. "
     "Τα γραφεία και οι καρέκλες που παραγγείλατε στάλθηκαν την Παρασκευή.",
     kGreece},
    {"he",
     "מחר בשלוש אחר הצהריים תתקיים ישיבה בחדר שבקומה השנייה, נא להביא את הדוח החודשי. "
     "אתמול בערב ירד גשם חזק, הכבישים היו פקוקים והגעתי הביתה רק בתשע. "
     "המורה החדש למתמטיקה מספר סיפורים מעניינים והתלמידים אוהבים אותו מאוד. "
     "השולחנות והכיסאות שהזמנתם נשלחו ביום שישי ויגיעו תוך שלושה ימים.",
     kIsrael},
    {"ar",
     "سيعقد الاجتماع غدا في الساعة الثالثة بعد الظهر في قاعة الطابق الثاني فأحضروا التقرير معكم. "
     "نزل مطر شديد مساء أمس وكانت الطرق مزدحمة فلم أصل إلى البيت إلا في التاسعة. "
     "معلم الرياضيات الجديد يحكي قصصا جميلة والتلاميذ يحبونه كثيرا. "
     "أرسلنا المكاتب والكراسي التي طلبتموها يوم الجمعة وستصل خلال ثلاثة أيام.",
     kArab},
    {"th",
     "พรุ่งนี้บ่ายสามโมงจะมีประชุมที่ห้องชั้นสอง กรุณานำรายงานการขายประจำเดือนมาด้วย "
     "เมื่อคืนฝนตกหนักมาก รถติดตลอดทาง กว่าจะถึงบ้านก็เกือบสามทุ่มแล้ว "
     "ครูคณิตศาสตร์คนใหม่เล่าเรื่องสนุก นักเรียนจึงชอบเรียนกับครูมาก "
     "โต๊ะและเก้าอี้ที่ท่านสั่งซื้อได้ส่งออกไปเมื่อวันศุกร์ จะถึงภายในสามวัน",
     kThailand},
    {"de",
     "Morgen um drei Uhr ist im großen Saal eine Besprechung, bitte bringen Sie die Übersicht mit. "
     "Gestern Abend regnete es stark, überall war Stau, und ich kam erst gegen neun nach Hause. "
     "Der neue Lehrer für Mathematik erzählt schön, und die Schüler mögen ihn sehr. "
     "Die bestellten Tische und Stühle wurden am Freitag verschickt und müssten bald eintreffen.",
     kWest},
    {"fr",
     "Demain à trois heures, une réunion aura lieu au deuxième étage ; apportez le relevé du mois. "
     "Hier soir il a plu très fort, les routes étaient bouchées et je suis rentré à neuf heures. "
     "Le nouveau maître de mathématiques raconte bien et les élèves l’apprécient beaucoup. "
     "Les bureaux et les chaises commandés ont été expédiés vendredi et arriveront bientôt.",
     kWest},
    {"es",
     "Mañana a las tres habrá una reunión en el salón del segundo piso; traigan el informe. "
     "Anoche llovió muchísimo, había atascos por todas partes y llegué a casa después de las "
     "nueve. "
     "El nuevo profesor de matemáticas explica con gracia y los niños lo aprecian mucho. "
     "¿Podría decirme cuándo llegarán las mesas y las sillas que pedimos el viernes pasado?",
     kWest},
    {"pt",
     "Amanhã às três horas haverá uma reunião na sala do segundo andar; não esqueçam o relatório. "
     "Ontem à noite choveu muito, o trânsito estava péssimo e só cheguei em casa às nove. "
     "O novo professor de matemática ensina com graça e as crianças gostam muito dele. "
     "As mesas e cadeiras que você encomendou já foram enviadas e chegarão até terça-feira.",
     kWest},
    {"sv",
     "I morgon klockan tre blir det möte i salen på andra våningen, ta med månadens översikt. "
     "I går kväll regnade det hårt, det var köer överallt och jag kom hem först vid nio. "
     "Den nya läraren i matematik berättar så roligt att barnen älskar hans lektioner.",
     kWest},
    {"pl",
     "Jutro o trzeciej w sali na drugim piętrze odbędzie się narada, proszę przynieść zestawienie. "
     "Wczoraj wieczorem padał silny deszcz, były korki i dotarłem do domu dopiero o dziewiątej. "
     "Nowy nauczyciel matematyki ciekawie opowiada i uczniowie bardzo go lubią. "
     "Zamówione przez państwa biurka i krzesła wysłaliśmy w piątek, dojdą w ciągu trzech dni.",
     kCentral},
    {"cs",
     "Zítra ve tři hodiny bude v sále ve druhém poschodí porada, přineste prosím měsíční přehled. "
     "Včera večer silně pršelo, všude byly zácpy a domů jsem se dostal až kolem deváté. "
     "Nový učitel matematiky poutavě vypráví a žáci ho mají velmi rádi. "
     "Objednané stoly a židle jsme odeslali v pátek, dojdou během tří dnů.",
     kCentral},
    {"hu",
     "Holnap három órakor értekezlet lesz a második emeleti teremben, kérem, hozzák a kimutatást. "
     "Tegnap este erősen esett az eső, mindenütt dugó volt, és csak kilenc körül értem haza. "
     "Az új matematikatanár érdekesen mesél, és a gyerekek nagyon szeretik őt. "
     "A megrendelt asztalokat és székeket pénteken küldtük el, három napon belül megérkeznek.",
     kCentral},
    {"tr",
     "Yarın saat üçte ikinci kattaki salonda toplantı yapılacak, lütfen aylık raporu getiriniz. "
     "Dün akşam çok yağmur yağdı, yollar tıkalıydı ve eve ancak dokuza doğru vardım. "
     "Yeni matematik öğretmeni güzel anlatıyor, öğrenciler onu çok seviyor. "
     "Sipariş ettiğiniz masa ve sandalyeler cuma günü gönderildi, üç gün içinde ulaşır.",
     kTurkey},
    {"lt",
     "Rytoj trečią valandą antro aukšto salėje vyks pasitarimas, prašome atsinešti ataskaitą. "
     "Vakar vakare smarkiai lijo, gatvėse buvo spūstys, todėl grįžau namo apie devintą. "
     "Naujasis matematikos mokytojas įdomiai pasakoja ir mokiniai jį labai mėgsta.",
     kBaltic},
    {"lv",
     "Rīt pulksten trijos otrā stāva zālē būs apspriede, lūdzu, paņemiet līdzi mēneša pārskatu. "
     "Vakar vakarā stipri lija, uz ceļiem bija sastrēgumi, un mājās tiku tikai ap deviņiem. "
     "Jaunais matemātikas skolotājs stāsta aizraujoši, un skolēni viņu ļoti mīl.",
     kBaltic},
};

}  // namespace

std::span<const Sample> charset_samples() { return kSamples; }

}  // namespace weir::text
