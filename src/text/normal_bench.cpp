#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "text/normal.h"

namespace weir::text {
namespace {

constexpr std::array<std::string_view, 6> kTexts = {
    "Dear members, the minutes of our last meeting are on the usual page. Please send corrections "
    "by Friday, 14 March; the next meeting is at 7.30 pm in room 12, see "
    "http://www.example.com/rooms?id=12. Thank you for your help!\n",
    "各位会员：上次会议的记录已经放在网页上，请大家在三月十四日以前提出修改意见。下次会议定于晚上七"
    "点半在"
    "十二号房间举行，谢谢大家的帮助！\n",
    "会員の皆様、前回の会議の議事録をいつものページに掲載しました。修正は三月十四日までにお送りくだ"
    "さい。\n",
    "회원 여러분, 지난 회의록을 홈페이지에 올렸습니다. 수정할 내용은 삼월 십사일까지 보내 "
    "주세요.\n",
    "Дорогие члены общества, протокол прошлого собрания уже на сайте. Исправления пришлите до "
    "пятницы.\n",
    "V-I-A-G-R-A v1agra 代.开.发.票 ＦＲＥＥ 🅵🆁🅴🅴 pаypаl f r e e Z\u0336\u0327a\u0335l\u0338go 대 "
    "출 상 담\n"};

std::string long_text(std::size_t which) {
  std::string text;
  while (text.size() < 20'000) text += kTexts[which];
  return text;
}

void BM_NormalForm(benchmark::State& state) {
  const std::string text = long_text(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(normal_form(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}
// English, Chinese, Japanese, Korean, Russian, disguised.
BENCHMARK(BM_NormalForm)->DenseRange(0, kTexts.size() - 1);

}  // namespace
}  // namespace weir::text
