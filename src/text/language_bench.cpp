// What the language and the scripts of a text cost: a subject and 3 KB, in three writings.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/language.h"
#include "text/script.h"

namespace weir::text {
namespace {

constexpr std::string_view kTexts[] = {
    "Please find the invoice for last month attached, and let me know if you have any questions. ",
    "您好，请查收附件中上个月的报价单，如有任何问题请与我们联系，谢谢合作。",
    "Добрый день, во вложении счёт за прошлый месяц; если есть вопросы, напишите нам. ",
};

std::string text_of(std::int64_t language, std::int64_t octets) {
  const std::string_view sentence = kTexts[static_cast<std::size_t>(language)];
  std::string text;
  while (text.size() < static_cast<std::size_t>(octets)) text += sentence;
  return std::string(utf8_prefix(text, static_cast<std::size_t>(octets)));
}

void languages(benchmark::State& state) {
  const std::string text = text_of(state.range(0), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(detect_languages(text));
}
BENCHMARK(languages)->ArgsProduct({{0, 1, 2}, {60, 3072}});

void scripts(benchmark::State& state) {
  const std::string text = text_of(state.range(0), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(scripts_of(text));
}
BENCHMARK(scripts)->ArgsProduct({{0, 1, 2}, {60, 3072}});

}  // namespace
}  // namespace weir::text
