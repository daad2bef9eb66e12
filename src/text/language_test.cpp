#include "text/language.h"

#include <fstream>

#include "base/utf8.h"

namespace weir::text {
namespace {

std::string first_tag(std::string_view text) {
  const std::vector<Language> languages = detect_languages(text);
  return languages.empty() ? "" : languages.front().tag;
}

constexpr std::string_view kSimplified[] = {"代开发票",
                                            "优惠代开各类发票",
                                            "您好,请问有什么可以帮您",
                                            "公司长期对外代开",
                                            "会议通知",
                                            "请查收附件中的报价单",
                                            "欢迎订阅我们的电子杂志",
                                            "今晚一起吃饭吗？",
                                            "我们的产品质量很好",
                                            "这是一封测试邮件",
                                            "免费试用30天",
                                            "网络营销培训课程",
                                            "企业所得税筹划",
                                            "祝您身体健康，万事如意",
                                            "周末去爬山",
                                            "验证码：3812，请勿泄露",
                                            "你的快递已经到了",
                                            "关于放假的通知",
                                            "听说你要结婚了",
                                            "请点击以下链接激活您的账号",
                                            "机票酒店预订",
                                            "特价手机大促销",
                                            "为您推荐以下职位",
                                            "谢谢"};

constexpr std::string_view kTraditional[] = {"免費試用",           "您好，請問有什麼需要幫忙的嗎",
                                             "會議通知",           "歡迎訂閱電子報",
                                             "這是一封測試郵件",   "請查收附件中的報價單",
                                             "恭喜您獲得優惠",     "今晚一起吃飯嗎？",
                                             "我們的產品品質很好", "低利貸款，快速過件",
                                             "網路行銷課程",       "祝您身體健康，萬事如意",
                                             "週末去爬山",         "驗證碼：3812，請勿外洩",
                                             "您的包裹已經送達",   "關於放假的通知",
                                             "聽說你要結婚了",     "請點選以下連結啟用帳號",
                                             "機票飯店預訂",       "特價手機大促銷",
                                             "為您推薦以下職缺",   "謝謝",
                                             "香港電訊服務",       "臺灣高鐵時刻表"};

constexpr std::string_view kJapanese[] = {"お知らせ",
                                          "会議のご案内",
                                          "いつもお世話になっております",
                                          "ご注文ありがとうございます",
                                          "無料でお試しください",
                                          "請求書を送ります",
                                          "明日の打ち合わせについて",
                                          "セール開催中！",
                                          "新商品のご紹介",
                                          "パスワードの再設定",
                                          "お疲れ様です",
                                          "写真を添付しました",
                                          "ご確認をお願いいたします",
                                          "東京駅で待っています",
                                          "出会い系サイト",
                                          "今すぐクリック",
                                          "当選おめでとうございます",
                                          "営業時間の変更",
                                          "ﾒｰﾙｱﾄﾞﾚｽ",
                                          "会議資料送付",
                                          "検索結果",
                                          "図書館の休館日",
                                          "カード会社",
                                          "株価が上がった"};

constexpr std::string_view kKorean[] = {"안녕하세요",
                                        "(광고) 무료 상담",
                                        "회의 안내",
                                        "대출 승인되었습니다",
                                        "주문해 주셔서 감사합니다",
                                        "첨부 파일을 확인해 주세요",
                                        "오늘 저녁에 만날까요?",
                                        "특별 할인 행사",
                                        "비밀번호 재설정",
                                        "신용카드 발급",
                                        "수신거부를 원하시면 클릭",
                                        "내일 뵙겠습니다",
                                        "성인용품",
                                        "새해 복 많이 받으세요",
                                        "배송이 시작되었습니다",
                                        "회원가입을 축하합니다",
                                        "무료체험",
                                        "이력서를 보내드립니다",
                                        "서울 부동산 정보",
                                        "大韓民國의 헌법은 민주공화국",
                                        "휴가 일정 공지",
                                        "고객센터 1588",
                                        "사진 보냈어요",
                                        "감사합니다"};

TEST(DetectLanguages, ShortTextsInEastAsianWritingsAreRight) {
  for (const std::string_view text : kSimplified) EXPECT_EQ(first_tag(text), "zh-Hans") << text;
  for (const std::string_view text : kTraditional) EXPECT_EQ(first_tag(text), "zh-Hant") << text;
  for (const std::string_view text : kJapanese) EXPECT_EQ(first_tag(text), "ja") << text;
  for (const std::string_view text : kKorean) EXPECT_EQ(first_tag(text), "ko") << text;
}

struct Row {
  std::string_view tag;
  std::string_view text;
};

TEST(DetectLanguages, OtherLanguagesAreToldApart) {
  constexpr Row kRows[] = {
      {"en", "Please find the invoice attached and let me know if you have any questions."},
      {"en", "The meeting has been moved to Thursday afternoon."},
      {"en", "You have won a prize, claim it before midnight"},
      {"de",
       "Sehr geehrte Damen und Herren, anbei erhalten Sie die Rechnung für den letzten Monat."},
      {"de", "Wir treffen uns morgen um neun Uhr vor dem Bahnhof."},
      {"fr", "Bonjour, veuillez trouver ci-joint la facture du mois dernier."},
      {"fr", "Votre colis est arrivé, vous pouvez venir le chercher demain."},
      {"es", "Estimado cliente, adjuntamos la factura correspondiente al mes pasado."},
      {"es", "La reunión se ha cambiado para el jueves por la tarde."},
      {"it", "Gentile cliente, in allegato trova la fattura del mese scorso."},
      {"pt",
       "Prezado cliente, segue em anexo a fatura do mês passado, não hesite em nos contactar."},
      {"nl", "Geachte klant, in de bijlage vindt u de factuur van de afgelopen maand."},
      {"sv", "Bästa kund, bifogat finner du fakturan för förra månaden."},
      {"pl", "Szanowny kliencie, w załączniku przesyłamy fakturę za ubiegły miesiąc."},
      {"cs", "Vážený zákazníku, v příloze zasíláme fakturu za minulý měsíc."},
      {"tr", "Sayın müşterimiz, geçen aya ait faturanız ekte bulunmaktadır."},
      {"vi", "Kính gửi quý khách, vui lòng xem hóa đơn tháng trước trong tệp đính kèm."},
      {"id", "Pelanggan yang terhormat, terlampir kami kirimkan tagihan untuk bulan lalu."},
      {"ru", "Уважаемый клиент, во вложении находится счёт за прошлый месяц."},
      {"ru", "Встреча перенесена на четверг, после обеда."},
      {"uk", "Шановний клієнте, у вкладенні надсилаємо рахунок за минулий місяць."},
      {"bg", "Уважаеми клиенти, приложено ви изпращаме фактурата за миналия месец."},
      {"el", "Αγαπητέ πελάτη, επισυνάπτεται το τιμολόγιο του περασμένου μήνα."},
      {"he", "לקוח יקר, מצורפת החשבונית של החודש שעבר."},
      {"ar", "عزيزي العميل، تجدون في المرفقات فاتورة الشهر الماضي."},
      {"fa", "مشتری گرامی، صورتحساب ماه گذشته پیوست شده است، لطفا آن را ببینید."},
      {"th", "เรียนลูกค้า กรุณาดูใบแจ้งหนี้ของเดือนที่แล้วในไฟล์แนบ"},
      {"hi", "प्रिय ग्राहक, कृपया पिछले महीने का बिल संलग्न देखें।"},
      {"ta", "அன்புள்ள வாடிக்கையாளரே, கடந்த மாத விலைப்பட்டியலை இணைத்துள்ளோம்."},
      {"ka", "ძვირფასო მომხმარებელო, გთხოვთ იხილოთ გასული თვის ინვოისი."},
  };
  for (const Row& row : kRows) EXPECT_EQ(first_tag(row.text), row.tag) << row.text;
}

TEST(DetectLanguages, AddressesAreInNoLanguage) {
  EXPECT_TRUE(detect_languages(
                  "http://www.example.com/some/english/words sales@example.com www.example.org")
                  .empty());
  const std::vector<Language> languages =
      detect_languages("请访问 http://www.example.com/winter-sale-of-everything 谢谢");
  ASSERT_EQ(languages.size(), 1U);
  EXPECT_EQ(languages[0], (Language{"zh-Hans", 1.0}));
}

TEST(DetectLanguages, NoLettersNoEntry) {
  EXPECT_TRUE(detect_languages("").empty());
  EXPECT_TRUE(detect_languages("12 345 -- !! 😀 。").empty());
  EXPECT_TRUE(detect_languages("\xFF\xFE\x80").empty());
}

TEST(DetectLanguages, MixedTextsAreSharedOut) {
  const std::vector<Language> languages = detect_languages(
      "本公司将于下周举行会议，请准时参加，谢谢合作。 The company will hold a meeting next week, "
      "please be there on time.");
  ASSERT_EQ(languages.size(), 2U);
  EXPECT_GT(languages[0].share, languages[1].share);
  EXPECT_LE(languages[0].share + languages[1].share, 1.0001);
}

TEST(DetectLanguages, ASprinkleOfKanaDoesNotMakeChineseJapanese) {
  EXPECT_EQ(first_tag("鲜の美味，我们为您准备了这个夏天最好的奶茶，欢迎您到店里来品尝"), "zh-Hans");
  EXPECT_EQ(first_tag("這個夏天最好的奶茶，歡迎您到優の店裡來品嚐，我們等著您"), "zh-Hant");
}

RC_GTEST_PROP(DetectLanguages, SharesAreOfOne, (const std::vector<std::uint32_t>& numbers)) {
  std::string text;
  for (const std::uint32_t n : numbers)
    append_utf8(text, n % 3 == 0 ? 'a' + n % 26 : n % 0x3000 + (n % 2 == 0 ? 0x4E00 : 0));
  double sum = 0;
  double last = 1;
  for (const Language& language : detect_languages(text)) {
    RC_ASSERT(!language.tag.empty() && language.tag != "und");
    RC_ASSERT(language.share > 0 && language.share <= last + 1e-9);
    last = language.share;
    sum += language.share;
  }
  RC_ASSERT(sum <= 1 + 1e-9);
}

TEST(Language, AFewLettersBesideAnotherLanguageAreNoneOfTheirOwn) {
  for (const auto* text : {"会員番号 XK-fdcnzy で今日だけ登録できます、お急ぎください",
                           "대출 상담 hwobdw 즉시 입금"}) {
    const auto languages = detect_languages(text);
    EXPECT_EQ(languages.size(), 1U) << text;
  }
  // A sentence is one.
  EXPECT_EQ(detect_languages("我们的新产品已经上市，欢迎各位来电咨询。 Our new product is "
                             "available now, please call us for details.")
                .size(),
            2U);
}

// The texts of a list of "tag TAB text" for which another language came first.
std::vector<std::string> wrong_in(const std::string& name, std::size_t& count) {
  std::ifstream file(WEIR_TESTDATA "/languages/" + name);
  std::vector<std::string> wrong;
  count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const std::size_t tab = line.find('\t');
    if (first_tag(line.substr(tab + 1)) != line.substr(0, tab))
      wrong.push_back(line.substr(tab + 1));
  }
  return wrong;
}

TEST(DetectLanguages, ShortTextsAreRight) {
  std::size_t count = 0;
  EXPECT_EQ(wrong_in("short-texts.tsv", count), std::vector<std::string>());
  EXPECT_EQ(count, 300U);
}

// Written after the rules; what is wrong there stays named here (docs/reading/languages.md).
TEST(DetectLanguages, OfTextsHeldOutFromTheRulesTheseAreWrong) {
  std::size_t count = 0;
  const std::vector<std::string> known = {"停水通知",
                                          "爸，我到了",
                                          "租屋補助申請",
                                          "停水公告",
                                          "Ditt paket kunde inte levereras",
                                          "Strømregningen for november",
                                          "Ne vedem mâine la birou",
                                          "बिजली का बिल"};
  EXPECT_EQ(wrong_in("held-out.tsv", count), known);
  EXPECT_EQ(count, 115U);
}

TEST(DetectLanguages, NamesCodesAndOtherWritingsInLatinLettersAreNotClaimed) {
  for (const auto* text : {"PayPal",
                           "Rolex Omega Breitling",
                           "XK-fdcnzy hwobdw",
                           "qzxvw krtplm",
                           "iPhone 15 Pro Max",
                           "Re: FW: RE:",
                           "http://example.com/en/the/best",
                           "Viagra Cialis Levitra",
                           "ASDF QWER ZXCV",
                           "nin hao, women gongsi you fapiao",
                           "daikai fapiao, youhui",
                           "annyeonghaseyo gamsahamnida",
                           "oneul hoeui sigan byeongyeong annae",
                           "itsumo osewa ni natte orimasu",
                           "ashita no kaigi ni tsuite",
                           "Privet, kak dela? Zavtra vstrecha",
                           "Dobryy den, vash zakaz dostavlen",
                           "kalimera sas, pos eiste",
                           "HTML CSS JSON XML",
                           "dkjfhg sldkfj woeiru",
                           "12345 67890"})
    EXPECT_EQ(first_tag(text), "") << text;
}

TEST(DetectLanguages, MarksMayBeMissingOrStandApart) {
  EXPECT_EQ(first_tag("Chuc mung quy khach da trung thuong"), "vi");
  EXPECT_EQ(first_tag("Tho\u0302ng ba\u0301o ti\u00EA\u0300n \u0111i\u00EA\u0323n"), "vi");
  EXPECT_EQ(first_tag("Sehr geehrte Damen und Herren, anbei die Rechnung u\u0308ber 300 Euro"),
            "de");
  EXPECT_EQ(first_tag("Siparisiniz kargoya verildi, tesekkur ederiz"), "tr");
}

TEST(DetectLanguages, LettersInDisguiseAreRead) {
  EXPECT_EQ(first_tag("Ｐｌｅａｓｅ　ｃｏｎｆｉｒｍ　ｙｏｕｒ　ｏｒｄｅｒ"), "en");
  EXPECT_EQ(first_tag("𝐏𝐥𝐞𝐚𝐬𝐞 𝐜𝐨𝐧𝐟𝐢𝐫𝐦 𝐲𝐨𝐮𝐫 𝐨𝐫𝐝𝐞𝐫"), "en");
}

TEST(DetectLanguages, LinesInSeveralLanguagesAreSharedOut) {
  const std::vector<Language> languages = detect_languages(
      "我们的会议改到下周三下午三点举行，请各位准时参加，谢谢。\n"
      "会議は来週の水曜日の午後三時に変更になりました。よろしくお願いします。\n"
      "회의가 다음 주 수요일 오후 세 시로 변경되었습니다. 감사합니다.\n");
  ASSERT_EQ(languages.size(), 3U);
  for (const Language& language : languages) EXPECT_GT(language.share, 0.2) << language.tag;
}

TEST(DetectLanguages, HanjaInKoreanIsKorean) {
  EXPECT_EQ(detect_languages("本人은 貴社의 發展을 祈願합니다").size(), 1U);
  EXPECT_EQ(first_tag("本人은 貴社의 發展을 祈願합니다"), "ko");
}

TEST(DetectLanguages, TwoLanguagesInLatinLettersAreBothSeen) {
  std::string text;
  for (int i = 0; i < 6; ++i)
    text += "Please find the invoice attached and let me know if you have any questions about it. ";
  for (int i = 0; i < 6; ++i)
    text +=
        "Veuillez trouver ci-joint la facture, et n'hésitez pas à nous écrire si vous avez des "
        "questions. ";
  const std::vector<Language> languages = detect_languages(text);
  ASSERT_EQ(languages.size(), 2U);
  EXPECT_GT(languages[1].share, 0.3);
}

TEST(DetectLanguages, ALongTextIsNotReadToItsEnd) {
  std::string text(1'000'000, 'x');
  EXPECT_TRUE(detect_languages(text).empty());
  text.clear();
  while (text.size() < 1'000'000) text += "我们的会议 and the meeting\u0301 встреча ";
  EXPECT_FALSE(detect_languages(text).empty());
}

RC_GTEST_PROP(DetectLanguages, DoNotFearAnyOctets, (const std::string& octets)) {
  double sum = 0;
  for (const Language& language : detect_languages(octets)) sum += language.share;
  RC_ASSERT(sum <= 1 + 1e-9);
}

RC_GTEST_PROP(LanguageSums, OfTextsAreThatOfOneTextOfAllOfThem, ()) {
  // Writings of one language each, so that the order in which words are looked at does not matter.
  const auto line = rc::gen::element<std::string>("안녕하세요 여러분\n", "Καλημέρα σας\n",
                                                  "שלום לכולם\n", "สวัสดีครับ\n", "12:30\n", "");
  const auto lines = *rc::gen::container<std::vector<std::string>>(line);
  LanguageSums sums;
  std::string all;
  for (const std::string& text : lines) {
    sums.add(LanguageSums(text));
    all += text;
  }
  RC_ASSERT(sums.languages() == detect_languages(all));
}

TEST(LanguageSums, TellTheLanguageOfManyShortTexts) {
  LanguageSums sums;
  for (const std::string_view text :
       {"Please find the report attached", "and send it to your office", "before the end of May."})
    sums.add(LanguageSums(text));
  const auto languages = sums.languages();
  ASSERT_EQ(languages.size(), 1U);
  EXPECT_EQ(languages[0].tag, "en");
  EXPECT_EQ(languages, sums.languages());
}

}  // namespace
}  // namespace weir::text
