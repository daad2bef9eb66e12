// Three hypotheses are compared by their likelihood. A character that a country's standard puts
// into its first level is everyday there; one of the second level is rare; one that it does not
// have at all is nearly impossible. What is written alike in all three is told apart by small words
// of Chinese that Japanese does not have, and by words of two characters that only one of the three
// uses: 手机 is in simplified Chinese, 機票 in traditional Chinese, 連絡 in Japanese.
#include "text/language_han.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "text/han.h"
#include "text/language_profiles.h"

namespace weir::text {
namespace {

constexpr int kSecondLevel = -3;
// The second level of JIS X 0208 has the old forms that Japan gave up.
constexpr int kSecondLevelJapanese = -5;
constexpr int kAbsent = -9;
// Pairs are for short texts; a long one has enough characters.
constexpr std::size_t kPairsMax = 256;
constexpr std::int8_t kWord = 6;
constexpr unsigned kPair = 5;  // at most, for a pair that is frequent
constexpr int kKana = 7;

enum Side : std::uint8_t { kSimplified = 1, kTraditional = 2, kJapanese = 4 };

struct Lexicon {
  std::uint8_t sides;
  std::string_view words;  // of two characters, with blanks between them
};

// Words of letters and subjects. Where a word is in two of the three, both are named.
// clang-format off
constexpr Lexicon kLexicon[] = {
    {kJapanese,
     "連絡 御中 弊社 貴社 当社 御社 御礼 案内 無料 有料 送料 料金 予約 予定 予告 登録 申込 手続 "
     "手配 手数 受付 受取 受注 発送 配達 配信 出荷 出会 出張 入金 入荷 退会 返金 返信 返品 返却 "
     "振込 口座 残高 引落 引越 割引 値引 値下 値段 半額 特価 格安 激安 通販 通帳 募集 求人 転職 "
     "在宅 収入 面接 会社 株式 社員 社長 担当 打合 会議 添付 書類 見積 請求 領収 納品 納期 注文 "
     "当選 当日 抽選 景品 人妻 熟女 彼女 彼氏 逆援 至急 大切 大事 仮名 名刺 氏名 携帯 着信 迷惑 "
     "解除 変更 完了 終了 開催 欠席 明日 昨日 今週 来週 先週 毎日 毎週 毎月 今月 来月 先月 来年 "
     "年始 新春 謹賀 初夏 盛夏 残暑 東京 大阪 京都 名古 横浜 神戸 札幌 福岡 仙台 切符 乗車 駅前 "
     "駐車 地図 家賃 物件 賃貸 勉強 授業 宿題 宿泊 試験 卒業 受験 病院 診察 検診 予防 薬局 保険 "
     "写真 映画 番組 放送 雑誌 野球 試合 応援 応募 対応 対象 対策 最安 絶対 必見 必着 誠実 恐縮 "
     "拝啓 敬具 前略 様子 様式 皆様 奥様 客様 様方 会員 同窓 懇親 親睦 歓迎 忘年 再配 再送 配布 "
     "掲載 掲示 閲覧 検索 規約 漏洩 不正 詐欺 工事 点検 保証 買取 買物 販売 売上 売切 完売 在庫 "
     "店舗 閉店 営業 休日 休暇 有給 祝日 定休 時給 日給 月給 月額 年収 支払 未払 前払 後払 滞納 "
     "両替 為替 証券 貯金 預金 融資 借入 返済 審査 充電 修正 訂正 議事 議題 稟議 経費 精算 勤怠 "
     "出社 退社 退職 異動 昇進 研修 在中 予想 的中 競馬 馬券 競輪 実施 結果 速報 "},
    {kSimplified,
     "手机 联系 发票 代开 优惠 信息 网络 软件 视频 服务 质量 电脑 短信 打印 邮箱 邮件 附件 账号 "
     "账户 帐号 密码 验证 登录 注册 点击 链接 下载 快递 包裹 订单 付款 转账 支付 银行 贷款 理财 "
     "股票 投资 项目 培训 课程 讲座 会议 公司 有限 招聘 简历 面试 加班 放假 春节 国庆 周末 明天 "
     "今天 昨天 下周 上周 晚上 早上 下午 上午 早安 晚安 你好 您好 谢谢 请问 麻烦 老师 同学 朋友 "
     "女士 小姐 经理 老板 客户 用户 会员 人民 北京 上海 广州 深圳 杭州 成都 武汉 重庆 天津 南京 中国 医院 机票 火车 酒店 宾馆 "
     "旅游 免费 试用 特价 促销 打折 中奖 奖金 红包 彩票 公告 报价 合同 样品 产品 厂家 批发 供应 "
     "采购 代理 税务 财务 会计 增值 正规 机打 真票 抵扣 认证 操作 默认 文件 程序 数据 硬件 屏幕 "
     "鼠标 出租 公交 地铁 什么 怎么 为什 我们 你们 他们 这个 那个 没有 可以 因为 所以 但是 如果 "
     "已经 还是 就是 不是 生日 快乐 聚餐 家长 孩子 作业 水电 小区 物业 房租 押金 打扫 吃饭 回家 "},
    {kTraditional,
     "手機 聯絡 聯繫 發票 優惠 資訊 網路 網絡 軟體 視訊 服務 品質 電腦 簡訊 短訊 列印 郵箱 郵件 "
     "附件 帳號 帳戶 密碼 驗證 登入 註冊 點擊 點選 連結 下載 快遞 包裹 訂單 付款 轉帳 匯款 支付 "
     "貸款 借款 理財 股票 專案 培訓 課程 講座 會議 公司 有限 徵才 履歷 面試 加班 放假 春節 國慶 "
     "週末 明天 今天 昨天 下週 上週 晚上 早上 下午 上午 早安 晚安 你好 您好 謝謝 請問 麻煩 老師 "
     "同學 朋友 女士 小姐 經理 老闆 客戶 用戶 臺北 台北 台灣 臺灣 高雄 新北 桃園 新竹 嘉義 臺南 台南 屏東 宜蘭 花蓮 台中 香港 九龍 澳門 大學 "
     "學校 醫院 機票 火車 高鐵 捷運 酒店 飯店 旅遊 免費 試用 特價 促銷 折扣 中獎 獎金 紅包 彩券 "
     "公告 報價 合約 樣品 產品 廠商 批發 採購 代理 稅務 財務 會計 健保 勞保 房屋 房貸 信貸 信義 "
     "當鋪 借錢 週轉 過件 低利 利率 額度 核准 專人 諮詢 洽詢 電洽 歡迎 光臨 敬請 什麼 怎麼 為什 "
     "我們 你們 他們 這個 那個 沒有 可以 因為 所以 但是 如果 已經 還是 就是 不是 優質 團購 宅配 "
     "出貨 缺貨 到貨 早晨 多謝 唔該 點解 而家 聽日 尋日 生日 快樂 聚餐 家長 孩子 作業 水電 社區 "
     "房租 押金 打掃 吃飯 回家 "},
};
// clang-format on

// Small words of Chinese that are rare in Japanese, in both forms.
constexpr std::string_view kChineseWords =
    "你您她们們这這哪吗嗎呢吧啊嘛麼么很都了的我是和跟把被给給让讓请請谁誰没沒还還也就在什怎那它咱俺"
    "哦嗯啦呀"
    "嘅咗唔係喺哋冇嚟啲佢嗰咁乜嘢噉瞓攞俾睇";
// Characters that are in few words of Chinese today and in many of Japanese.
constexpr std::string_view kJapaneseCharacters = "御致頂込払届様円駅町畑込枠辺匂働々〆";

// Beside its level: what a character says by itself.
struct Character {
  std::int8_t simplified = 0, traditional = 0, japanese = 0;
};
constexpr char32_t kFirst = 0x4E00;
constexpr std::size_t kCount = 0x5200;

int by_level(std::uint8_t use, unsigned first, unsigned second, int if_second = kSecondLevel) {
  if ((use & first) != 0) return 0;
  return (use & second) != 0 ? if_second : kAbsent;
}

struct Tables {
  std::vector<Character> characters;
  struct Word {
    std::uint32_t key = 0;  // two characters of 16 bits
    Character scores;
  };
  std::vector<Word> words;  // open addressing
  static constexpr std::size_t kSlots = 8192;

  Tables() : characters(kCount), words(kSlots) {
    for (std::size_t i = 0; i < kCount; ++i) {
      const std::uint8_t use = han_use(kFirst + static_cast<char32_t>(i));
      if (use == 0) continue;
      characters[i] = {
          static_cast<std::int8_t>(by_level(use, kGbLevel1, kGbLevel2)),
          static_cast<std::int8_t>(by_level(use, kBig5Level1, kBig5Level2)),
          static_cast<std::int8_t>(by_level(use, kJisLevel1, kJisLevel2, kSecondLevelJapanese))};
    }
    for (std::size_t at = 0; at < kChineseWords.size();) {
      const char32_t c = next_code_point(kChineseWords, at);
      if (c >= kFirst && c - kFirst < kCount) characters[c - kFirst].japanese -= 3;
    }
    for (std::size_t at = 0; at < kJapaneseCharacters.size();) {
      const char32_t c = next_code_point(kJapaneseCharacters, at);
      if (c >= kFirst && c - kFirst < kCount) characters[c - kFirst].japanese += 3;
    }
    for (const Lexicon& lexicon : kLexicon) {
      for (std::size_t at = 0; at < lexicon.words.size();) {
        const char32_t first = next_code_point(lexicon.words, at);
        if (first == U' ') continue;
        const char32_t second =
            at < lexicon.words.size() ? next_code_point(lexicon.words, at) : U' ';
        const Character scores{(lexicon.sides & kSimplified) != 0 ? kWord : std::int8_t{0},
                               (lexicon.sides & kTraditional) != 0 ? kWord : std::int8_t{0},
                               (lexicon.sides & kJapanese) != 0 ? kWord : std::int8_t{0}};
        raise(slot(first << 16 | second).scores, scores);
      }
    }
    for (std::size_t i = 0; i < kLanguageProfileCount; ++i)
      if (kLanguageProfiles[i].script == Script::han) read(kLanguageProfiles[i]);
  }

  void read(const LanguageProfile& profile) {
    unsigned level = profile.first_level;
    char32_t first = 0;
    for (std::size_t at = 0; at < profile.triples.size();) {
      const char32_t c = next_code_point(profile.triples, at);
      if (c == U'|') {
        --level;
      } else if (first == 0) {
        first = c;
      } else {
        const auto nats = static_cast<std::int8_t>(std::min<unsigned>(level / 4, kPair));
        Character scores;
        if (profile.tag == "zh-Hans") scores.simplified = nats;
        if (profile.tag == "zh-Hant") scores.traditional = nats;
        if (profile.tag == "ja") scores.japanese = nats;
        raise(slot(first << 16 | c).scores, scores);
        first = 0;
      }
    }
  }

  static void raise(Character& scores, const Character& to) {
    scores.simplified = std::max(scores.simplified, to.simplified);
    scores.traditional = std::max(scores.traditional, to.traditional);
    scores.japanese = std::max(scores.japanese, to.japanese);
  }

  Word& slot(std::uint32_t key) {
    std::size_t at = hash(key);
    while (words[at].key != 0 && words[at].key != key) at = (at + 1) % kSlots;
    words[at].key = key;
    return words[at];
  }
  [[nodiscard]] const Character* word(std::uint32_t key) const {
    std::size_t at = hash(key);
    while (words[at].key != key) {
      if (words[at].key == 0) return nullptr;
      at = (at + 1) % kSlots;
    }
    return &words[at].scores;
  }
  static std::size_t hash(std::uint32_t key) { return (key * 0x9E3779B1U) >> 19; }

  static const Tables& get() {
    static const Tables tables;
    return tables;
  }
};

}  // namespace

std::string_view han_tag(HanLanguage language) {
  switch (language) {
    case HanLanguage::simplified: return "zh-Hans";
    case HanLanguage::traditional: return "zh-Hant";
    case HanLanguage::japanese: return "ja";
    case HanLanguage::unknown: break;
  }
  return {};
}

void HanScores::add(const HanScores& other) {
  simplified += other.simplified;
  traditional += other.traditional;
  japanese += other.japanese;
  han += other.han;
  kana += other.kana;
}

void HanReader::han(char32_t c) {
  ++scores_.han;
  if (c == U'々' || c == U'〆') scores_.japanese += 3;
  last_ = 0;
}

std::size_t HanReader::run(std::string_view text, std::size_t at) {
  const Tables& tables = Tables::get();
  HanScores scores = scores_;
  char32_t last = last_;
  while (text.size() - at >= 3) {
    const auto octet = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
    };
    const std::uint32_t c = (octet(0) ^ 0xE0) << 12 | (octet(1) ^ 0x80) << 6 | (octet(2) ^ 0x80);
    // Wrong octets leave bits above that no character has.
    if (c - kFirst >= kCount || ((octet(1) ^ 0x80) | (octet(2) ^ 0x80)) > 0x3F) break;
    const Character& character = tables.characters[c - kFirst];
    ++scores.han;
    scores.simplified += character.simplified;
    scores.traditional += character.traditional;
    scores.japanese += character.japanese;
    if (last != 0 && pairs_ < kPairsMax) {
      ++pairs_;
      if (const Character* word = tables.word(last << 16 | c); word != nullptr) {
        scores.simplified += word->simplified;
        scores.traditional += word->traditional;
        scores.japanese += word->japanese;
      }
    }
    last = c;
    at += 3;
  }
  scores_ = scores;
  last_ = last;
  return at;
}

HanChoice choose(const HanScores& scores) {
  if (scores.han == 0)
    return {scores.kana > 0 ? HanLanguage::japanese : HanLanguage::unknown, scores.kana > 0};
  // A sprinkle of kana is a decoration, a brand, the possessive mark in a shop's name.
  const int kana = kKana * static_cast<int>(scores.kana);
  const int japanese = scores.japanese + kana;
  const int chinese = std::max(scores.simplified, scores.traditional);
  if (japanese > chinese) return {HanLanguage::japanese, japanese - chinese >= kWord};
  // Characters that say nothing are as in most of today's texts: simplified.
  const bool traditional = scores.traditional > scores.simplified;
  const int second = std::max(japanese, std::min(scores.simplified, scores.traditional));
  return {traditional ? HanLanguage::traditional : HanLanguage::simplified,
          chinese - second >= kWord};
}

}  // namespace weir::text
