// node/test_folder.h - a folder that lives as long as a test. Tests only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "os/files.h"

namespace weir::node {

class TestFolder {
 public:
  TestFolder() {
    auto name = (std::filesystem::temp_directory_path() / "weir-node-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  void write(const std::string& name, std::string_view octets) const {
    const auto file = path / name;
    WEIR_ASSERT(os::make_folders(file.parent_path()));
    WEIR_ASSERT(os::replace_file(file, octets));
  }

  std::filesystem::path path;
};

}  // namespace weir::node
