#include "text/han.h"

#include <array>
#include <string>

#include "base/error.h"
#include "base/utf8.h"
#include "text/decoder.h"

namespace weir::text {
namespace {

constexpr char32_t kFirst = 0x4E00;
constexpr std::size_t kCount = 0x5200;

using Uses = std::array<std::uint8_t, kCount>;

// Marks every Han character of the rows [first_lead, last_lead] of a two-octet charset.
void mark(Uses& uses, const Charset& charset, unsigned first_lead, unsigned last_lead, HanUse use) {
  for (unsigned lead = first_lead; lead <= last_lead; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail == 0x7F || (charset.name != "big5-hkscs" && trail < 0xA1)) continue;
      const char octets[] = {static_cast<char>(lead), static_cast<char>(trail)};
      const Conversion c = decode({octets, 2}, charset);
      if (c.replaced > 0 || c.text.empty()) continue;
      std::size_t at = 0;
      const char32_t code_point = next_code_point(c.text, at);
      if (at == c.text.size() && code_point >= kFirst && code_point - kFirst < kCount)
        uses[code_point - kFirst] |= static_cast<std::uint8_t>(use);
    }
  }
}

constexpr char32_t kFirstHangul = 0xAC00;
constexpr std::size_t kHangulCount = 11'172;
using HangulSet = std::array<bool, kHangulCount>;

HangulSet read_hangul() {
  HangulSet set{};
  const Charset* korean = find_charset("euc-kr");
  WEIR_ASSERT(korean != nullptr);
  for (unsigned lead = 0xB0; lead <= 0xC8; ++lead) {
    for (unsigned trail = 0xA1; trail <= 0xFE; ++trail) {
      const char octets[] = {static_cast<char>(lead), static_cast<char>(trail)};
      const Conversion c = decode({octets, 2}, *korean);
      std::size_t at = 0;
      const char32_t code_point = c.text.empty() ? 0 : next_code_point(c.text, at);
      if (code_point >= kFirstHangul && code_point - kFirstHangul < kHangulCount)
        set[code_point - kFirstHangul] = true;
    }
  }
  return set;
}

Uses read_tables() {
  Uses uses{};
  const Charset* gb = find_charset("gb18030");
  const Charset* big5 = find_charset("big5");
  const Charset* jis = find_charset("euc-jp");
  WEIR_ASSERT(gb != nullptr && big5 != nullptr && jis != nullptr);
  mark(uses, *gb, 0xB0, 0xD7, kGbLevel1);
  mark(uses, *gb, 0xD8, 0xF7, kGbLevel2);
  mark(uses, *big5, 0xA4, 0xC6, kBig5Level1);
  mark(uses, *big5, 0xC9, 0xF9, kBig5Level2);
  mark(uses, *jis, 0xB0, 0xCF, kJisLevel1);
  mark(uses, *jis, 0xD0, 0xF4, kJisLevel2);
  return uses;
}

}  // namespace

std::uint8_t han_use(char32_t code_point) {
  static const Uses uses = read_tables();
  return code_point >= kFirst && code_point - kFirst < kCount ? uses[code_point - kFirst]
                                                              : std::uint8_t{0};
}

bool is_everyday_hangul(char32_t code_point) {
  static const HangulSet set = read_hangul();
  return code_point >= kFirstHangul && code_point - kFirstHangul < kHangulCount &&
         set[code_point - kFirstHangul];
}

const std::string_view kFrequentSimplified =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发"
    "后作里用道行所然家种事"
    "成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无"
    "力它与长把机十民第公此"
    "已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制"
    "身果加西斯月话合回特代"
    "内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更"
    "别打女变四神总何电数安"
    "少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五"
    "基眼书非则听白却界达光"
    "放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切"
    "院让识候带导争运"
    "您请吧费票税网邮箱址址售购优惠价服联系技客户件载系统免支付款元有限限司企业贸易培训课邀代开具验"
    "证真先";
const std::string_view kFrequentTraditional =
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發"
    "後作裡用道行所然家種事"
    "成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無"
    "力它與長把機十民第公此"
    "已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制"
    "身果加西斯月話合回特代"
    "內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更"
    "別打女變四神總何電數安"
    "少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五"
    "基眼書非則聽白卻界達光"
    "放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切"
    "院讓識候帶導爭運"
    "您請吧費票稅網郵箱址售購優惠價服聯繫技客戶載免支付款元限企貿易訓課邀啟臺灣台灣港";
const std::string_view kFrequentKanji =
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四"
    "定今回新場金員九入選立"
    "開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的"
    "要用制治度務強気小七成"
    "期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派"
    "点教報済書府活原先共得"
    "解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次"
    "水半品昨論計死官増係感"
    "特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流"
    "格有疑口過局少放税検町"
    "常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井"
    "何南石足違消境神番規術"
    "護展態導備宅害配副算視条独警宮究育席輸訪楽起着店述残想線率病農州武声質念待試族銀域助労例衛然早"
    "張映限親額監環験様願返";
const std::string_view kFrequentHangul =
    "이다는에의가을로고하지기사한시도정인어자대나아리들은서해과를스그부있수상장전일제국보만주구원연"
    "관여동공적신성조소모것라성면안"
    "니요무오경비우미생와말발선명치호던세방민위유실때금개까없음문재중업행학계진용회건강당체통거물화"
    "선결데되내두마트게습드려며입합"
    "님메회원광고무료카드할출상담전송클릭메일편받직접본터저더단분심간러르직택매년월운영설질최특별확"
    "불차될급";

}  // namespace weir::text
