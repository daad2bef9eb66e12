// read: everything that can be seen in a message, without judging it.
#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "mail/dump.h"
#include "node/home.h"
#include "node/intake.h"
#include "node/messages.h"
#include "node/ordered.h"
#include "node/scan.h"

#include <thread>

namespace weir::cli {
namespace {

std::string json_line(const std::string& path, const mail::Reading& reading) {
  JsonWriter out;
  out.begin_object();
  out.key("path").value(path);
  mail::write_reading(out, reading);
  out.end_object();
  return out.take();
}

}  // namespace

int read(const Common& common, const ReadOptions& options) {
  const auto home = node::Home::open(common.home, common.config);
  if (!home) return complain(home.error());
  const auto messages = node::list_messages(options.paths);
  if (!messages) return complain(messages.error());
  const auto mail_options = node::read_options(home->config);
  Progress progress("Reading");
  bool failed = false;
  node::for_each_ordered(
      messages->size(), std::thread::hardware_concurrency(),
      [&](std::size_t i) -> Result<std::string> {
        const auto& message = (*messages)[i];
        WEIR_TRY(const auto loaded, node::load(message, home->config.message_octets));
        auto reading = mail::read(loaded.octets, mail_options);
        if (loaded.cut) node::note_cut(reading, home->config);
        return common.json ? json_line(message.path, reading) : mail::to_text(reading);
      },
      [&](std::size_t i, const Result<std::string>& text) {
        const auto& path = (*messages)[i].path;
        progress.clear();
        if (!text) {
          failed = true;
          if (common.json)
            print_line(unreadable_json(path, text.error()));
          else
            complain(with_context(text.error(), path));
        } else {
          if (!common.json && messages->size() > 1)
            print_line(fmt::format("{}== {}", i == 0 ? "" : "\n", node::printable(path)));
          print_line(*text);
        }
        progress.update(i + 1, messages->size());
        return true;
      });
  return failed ? kFoundOrFailed : kDone;
}

}  // namespace weir::cli
