// Octets of some hundred characters, as most mail has them, with their label and without.
#include <benchmark/benchmark.h>
#include <iconv.h>

#include <string>

#include "base/random.h"
#include "text/charset.h"

namespace weir::text {
namespace {

constexpr std::string_view kChinese =
    "各位同事，明天下午三点在二楼会议室开会，请带上本月的销售报表和客户名单。\r\n";
constexpr std::string_view kRussian =
    "Завтра в три часа дня в зале будет совещание, возьмите отчёт.\r\n";
constexpr std::string_view kEnglish =
    "The meeting is tomorrow at three, bring the monthly report.\r\n";

std::string encode(std::string_view utf8, const char* name, std::size_t repeats) {
  std::string text;
  for (std::size_t i = 0; i < repeats; ++i) text += utf8;
  iconv_t handle = iconv_open(name, "UTF-8");
  std::string out(text.size() * 2, '\0');
  char* in = text.data();
  std::size_t in_left = text.size();
  char* to = out.data();
  std::size_t left = out.size();
  iconv(handle, &in, &in_left, &to, &left);
  iconv_close(handle);
  out.resize(out.size() - left);
  return out;
}

void run(benchmark::State& state, const std::string& octets, std::string_view label) {
  for (auto _ : state) benchmark::DoNotOptimize(to_utf8(octets, label));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * octets.size()));
}

void unlabelled_gbk(benchmark::State& s) { run(s, encode(kChinese, "GBK", 11), ""); }
void labelled_gbk(benchmark::State& s) { run(s, encode(kChinese, "GBK", 11), "gb2312"); }
void unlabelled_koi8(benchmark::State& s) { run(s, encode(kRussian, "KOI8-R", 11), ""); }
void labelled_utf8(benchmark::State& s) { run(s, encode(kChinese, "UTF-8", 11), "utf-8"); }
void labelled_ascii(benchmark::State& s) { run(s, encode(kEnglish, "UTF-8", 100), "us-ascii"); }
void random_octets(benchmark::State& s) {
  SeededRandom random(1);
  std::string octets(static_cast<std::size_t>(s.range(0)), '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(octets.data()), octets.size()});
  run(s, octets, "iso-2022-jp");
}

BENCHMARK(unlabelled_gbk);
BENCHMARK(labelled_gbk);
BENCHMARK(unlabelled_koi8);
BENCHMARK(labelled_utf8);
BENCHMARK(labelled_ascii);
BENCHMARK(random_octets)->Arg(100)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace weir::text
