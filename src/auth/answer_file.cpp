#include "auth/answer_file.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace weir::auth {
namespace {

namespace json = boost::json;

std::optional<dns::Type> type_of(std::string_view word) {
  if (word == "A") return dns::Type::a;
  if (word == "AAAA") return dns::Type::aaaa;
  if (word == "MX") return dns::Type::mx;
  if (word == "PTR") return dns::Type::ptr;
  if (word == "TXT") return dns::Type::txt;
  return std::nullopt;
}

std::string_view text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

}  // namespace

Result<AnswerFile> AnswerFile::parse(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error)
    return fail(Errc::invalid, fmt::format("the answers are not JSON: {}", error.message()));
  if (!value.is_array()) return fail(Errc::invalid, "the answers are not a JSON array");
  AnswerFile file;
  for (const auto& element : value.get_array()) {
    if (!element.is_object()) return fail(Errc::invalid, "an answer is not a JSON object");
    const auto& entry = element.get_object();
    const auto name = canonical_name(text_at(entry, "name"));
    if (name.empty()) return fail(Errc::invalid, "an answer has no \"name\"");
    file.names_.insert(name);
    const auto word = text_at(entry, "type");
    const bool failed = text_at(entry, "status") == "failed";
    if (failed && word.empty()) {
      file.failing_.insert(name);
      continue;
    }
    const auto* data = entry.if_contains("data");
    const bool has_data = data != nullptr && data->is_array();
    if (!failed && !has_data)
      return fail(Errc::invalid, fmt::format("the answer for {} has no \"data\" array", name));
    if (word == "CNAME") {
      if (!has_data || data->get_array().size() != 1 || !data->get_array()[0].is_string())
        return fail(Errc::invalid, fmt::format("the CNAME of {} is not one name", name));
      const auto& alias = data->get_array()[0].get_string();
      file.aliases_[name] = canonical_name({alias.data(), alias.size()});
      continue;
    }
    const auto type = type_of(word);
    if (!type) return fail(Errc::invalid, fmt::format("{} is no type asked for here", word));
    Answer answer;
    if (const auto* before = file.answers_.find({name, *type})) answer = *before;
    answer.status = failed ? Answer::Status::failed : Answer::Status::found;
    if (!failed) {
      for (const auto& item : data->get_array()) {
        if (!item.is_string())
          return fail(Errc::invalid, fmt::format("the data of {} is not text", name));
        const std::string_view record(item.get_string().data(), item.get_string().size());
        if (*type == dns::Type::a || *type == dns::Type::aaaa) {
          WEIR_TRY(const auto address, Address::parse(record));
          answer.addresses.push_back(address);
        } else {
          answer.texts.emplace_back(record);
        }
      }
    }
    file.answers_.put({name, *type}, std::move(answer));
  }
  return file;
}

Answer AnswerFile::answer(const Question& question) const {
  Question at = question;
  for (int steps = 0; steps < 8; ++steps) {
    if (const auto* answer = answers_.find(at)) return *answer;
    Answer negative;
    const auto alias = aliases_.find(at.name);
    if (alias == aliases_.end()) {
      negative.status = failing_.contains(at.name) ? Answer::Status::failed
                        : names_.contains(at.name) ? Answer::Status::no_data
                                                   : Answer::Status::no_name;
      return negative;
    }
    at.name = alias->second;
  }
  return {};
}

}  // namespace weir::auth
