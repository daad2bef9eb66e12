#include "node/projections.h"

#include "base/log.h"
#include "crypto/crypto.h"
#include "os/files.h"

namespace weir::node {
namespace {

// The header of projections/evidence.pos; docs/formats/projections.md.
constexpr std::string_view kMagic = "WEIRPOS1";
constexpr std::string_view kPositionFile = "evidence.pos";
constexpr std::string_view kModelFile = "model.bin";
constexpr std::string_view kRehearsalFile = "rehearsal.bin";
constexpr std::string_view kHistoryFile = "history.bin";

struct Files {
  std::string model, rehearsal, history;
};

// The position file holds the digests of the others: files from different moments do not pass for
// one state.
std::string position_octets(const Projections& projections, const Files& files) {
  ByteWriter out;
  out.octets(kMagic);
  out.u64(projections.position);
  out.u64(projections.skipped);
  for (const auto* file : {&files.model, &files.rehearsal, &files.history})
    out.octets(as_octets(crypto::sha256(*file)));
  return out.take();
}

}  // namespace

void Projections::apply(std::string_view octets) {
  if (const auto record = evidence::parse(octets)) {
    apply(*record);
  } else {
    ++skipped;
    ++position;
  }
}

void Projections::apply(const evidence::Record& record) {
  history.apply(record);
  const bool learnt =
      record.kind == evidence::Kind::learnt_spam || record.kind == evidence::Kind::learnt_ham;
  if (learnt && record.features_version == judge::kFeaturesVersion) {
    if (const auto features = judge::decode_features(record.features))
      rehearsal.learn(
          model, record.message,
          record.kind == evidence::Kind::learnt_spam ? judge::Label::spam : judge::Label::ham,
          *features);
  }
  ++position;
}

Result<std::uint64_t> catch_up(Projections& projections, store::LogStore& evidence,
                               const std::function<void(store::Seq, store::Seq)>& progress) {
  constexpr std::size_t kBatchRecords = 1'000;
  constexpr std::size_t kBatchOctets = 8U << 20;
  WEIR_TRY(const auto head, evidence.head());
  std::uint64_t applied = 0;
  while (projections.position < head) {
    WEIR_TRY(const auto records, evidence.read(projections.position, kBatchRecords, kBatchOctets));
    if (records.empty())
      return fail(Errc::corrupt,
                  fmt::format("the evidence log ends before record {}", projections.position));
    for (const auto& record : records) {
      WEIR_ASSERT(record.seq == projections.position);
      projections.apply(std::string_view(record.octets));
    }
    applied += records.size();
    if (progress) progress(projections.position, head);
  }
  return applied;
}

Result<Projections> load_projections(const std::filesystem::path& folder) {
  WEIR_TRY(const auto header, os::read_file(folder / kPositionFile, 1024));
  Files files;
  WEIR_TRY(files.model, os::read_file(folder / kModelFile));
  WEIR_TRY(files.rehearsal, os::read_file(folder / kRehearsalFile));
  WEIR_TRY(files.history, os::read_file(folder / kHistoryFile));
  ByteReader in(header);
  const auto magic = in.octets(kMagic.size());
  Projections projections;
  projections.position = in.u64();
  projections.skipped = in.u64();
  if (!in.ok() || magic != kMagic) return fail(Errc::unsupported, "projections of another version");
  if (header != position_octets(projections, files))
    return fail(Errc::corrupt, "the projection files do not belong together");
  WEIR_TRY(projections.model, judge::Model::parse(files.model));
  WEIR_TRY(projections.rehearsal, judge::Rehearsal::parse(files.rehearsal));
  WEIR_TRY(projections.history, reputation::History::parse(files.history));
  return projections;
}

Status save_projections(const std::filesystem::path& folder, const Projections& projections) {
  WEIR_CHECK(os::make_folders(folder));
  const Files files{projections.model.serialise(), projections.rehearsal.serialise(),
                    projections.history.serialise()};
  WEIR_CHECK(os::replace_file(folder / kModelFile, files.model));
  WEIR_CHECK(os::replace_file(folder / kRehearsalFile, files.rehearsal));
  WEIR_CHECK(os::replace_file(folder / kHistoryFile, files.history));
  return os::replace_file(folder / kPositionFile, position_octets(projections, files));
}

Result<Projections> current_projections(
    const std::filesystem::path& folder, store::LogStore& evidence,
    const std::function<void(store::Seq, store::Seq)>& progress) {
  auto loaded = load_projections(folder);
  if (!loaded && loaded.error().code != Errc::not_found)
    log::warn("projections.made_again", {{"why", loaded.error().detail}});
  Projections projections = loaded ? std::move(*loaded) : Projections{};
  WEIR_TRY(const auto head, evidence.head());
  if (projections.position > head)
    return fail(Errc::corrupt,
                fmt::format("the evidence log has {} records, but {} had been counted: restore "
                            "evidence.db, or accept the loss with 'weir rebuild'",
                            head, projections.position));
  WEIR_TRY(const auto applied, catch_up(projections, evidence, progress));
  (void)applied;
  return projections;
}

Result<Projections> projections_to_read(
    const Home& home, const std::function<void(store::Seq, store::Seq)>& progress) {
  const auto evidence = open_evidence_to_read(home);
  if (evidence) return current_projections(home.projections(), **evidence, progress);
  if (evidence.error().code != Errc::permission) return std::unexpected(evidence.error());
  auto saved = load_projections(home.projections());
  if (!saved) return std::unexpected(evidence.error());
  log::warn("projections.as_saved",
            {{"records", std::to_string(saved->position)}, {"why", evidence.error().detail}});
  return saved;
}

}  // namespace weir::node
