# The three kinds of target. Each folder of src/ has one CMakeLists.txt that calls them, and DEPS there is the only
# list of what a module may include (tools/check_layers compares it with every #include).
#
#   weir_module(NAME  SOURCES a.cpp b.cpp  DEPS base text  [LIBS fmt::fmt])       static library weir_NAME
#   weir_test(NAME    SOURCES a_test.cpp   [DEPS sim] [LIBS ...])                 test binary weir_NAME_test, one ctest per binary
#   weir_fuzz(NAME ENTRY [SECONDS 300])    ENTRY_fuzz.cpp: libFuzzer target with clang (-DWEIR_FUZZ=ON), run so long by
#                            tools/check (10); with any compiler a test that replays testdata/fuzz/ENTRY/
#   weir_bench(NAME SOURCES a_bench.cpp)                                          weir_NAME_bench, not part of `all`

function(weir_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LIBS" ${ARGN})
  add_library(weir_${name} STATIC ${arg_SOURCES})
  target_include_directories(weir_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  foreach(dep IN LISTS arg_DEPS)
    target_link_libraries(weir_${name} PUBLIC weir_${dep})
  endforeach()
  target_link_libraries(weir_${name} PRIVATE weir_flags PUBLIC ${arg_LIBS})
  target_precompile_headers(weir_${name} REUSE_FROM weir_pch)
endfunction()

function(weir_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LIBS" ${ARGN})
  if(NOT WEIR_TESTS)
    return()
  endif()
  add_executable(weir_${name}_test ${arg_SOURCES})
  target_link_libraries(weir_${name}_test PRIVATE weir_${name} weir_flags GTest::gtest_main rapidcheck ${arg_LIBS})
  foreach(dep IN LISTS arg_DEPS)
    target_link_libraries(weir_${name}_test PRIVATE weir_${dep})
  endforeach()
  target_precompile_headers(weir_${name}_test REUSE_FROM weir_test_pch)
  target_compile_definitions(weir_${name}_test PRIVATE
    WEIR_TESTDATA="${CMAKE_CURRENT_SOURCE_DIR}/testdata" WEIR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND weir_${name}_test --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

function(weir_fuzz name entry)
  cmake_parse_arguments(arg "" "SECONDS" "" ${ARGN})
  if(NOT arg_SECONDS)
    set(arg_SECONDS 10)
  endif()
  if(WEIR_FUZZ)
    add_executable(${entry}_fuzz ${entry}_fuzz.cpp)
    target_link_libraries(${entry}_fuzz PRIVATE weir_${name} weir_flags)
    target_link_options(${entry}_fuzz PRIVATE -fsanitize=fuzzer)
    set_property(GLOBAL APPEND PROPERTY WEIR_FUZZERS
      "${entry}_fuzz ${CMAKE_CURRENT_SOURCE_DIR}/testdata/fuzz/${entry} ${arg_SECONDS}")
  elseif(WEIR_TESTS)
    add_executable(${entry}_replay ${entry}_fuzz.cpp ${PROJECT_SOURCE_DIR}/cmake/fuzz_replay.cpp)
    target_link_libraries(${entry}_replay PRIVATE weir_${name} weir_flags)
    add_test(NAME ${entry}_replay COMMAND ${entry}_replay ${CMAKE_CURRENT_SOURCE_DIR}/testdata/fuzz/${entry})
  endif()
endfunction()

function(weir_bench name)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  if(WEIR_BENCH)
    add_executable(weir_${name}_bench ${arg_SOURCES})
    target_link_libraries(weir_${name}_bench PRIVATE weir_${name} weir_flags benchmark::benchmark benchmark::benchmark_main)
  endif()
endfunction()
