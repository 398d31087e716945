# SPDX-License-Identifier: Apache-2.0
#
# The parts: the common library, services, clients, tests. Each is skipped while its folder is empty.
#
# A service's rules (all but main.c) are a library of their own, because the gateway and the clients read the same
# command descriptions: rights, command line and documents come from them.

file(GLOB TIAOJIE_CONTRACTS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/proto/*.proto)
set(TIAOJIE_BIN ${CMAKE_BINARY_DIR}/bin)

# All rules that there are; each service adds its own.
add_library(tiaojie_rules INTERFACE)

function(tiaojie_common)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/common/*.c ${CMAKE_SOURCE_DIR}/common/*/*.c)
  file(GLOB private CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/common/*/*.proto)
  add_library(tiaojie_common STATIC ${sources})
  target_compile_options(tiaojie_common PRIVATE ${TIAOJIE_WARNINGS})
  target_link_libraries(tiaojie_common PUBLIC PkgConfig::OUTSIDE pthread m)
  tiaojie_embed(tiaojie_common STORE_SCHEMA common/store/schema)
  tiaojie_embed(tiaojie_common STORE_SQL common/store/sql)
  tiaojie_messages(tiaojie_contracts ${TIAOJIE_CONTRACTS} ${private})
  target_link_libraries(tiaojie_common PUBLIC tiaojie_contracts)
endfunction()

# services/services.c: the table of all services, over their rules.
function(tiaojie_service_table)
  add_library(tiaojie_services STATIC ${CMAKE_SOURCE_DIR}/services/services.c)
  target_compile_options(tiaojie_services PRIVATE ${TIAOJIE_WARNINGS})
  foreach(name IN LISTS ARGN)
    target_link_libraries(tiaojie_services PUBLIC rules_${name})
  endforeach()
  target_link_libraries(tiaojie_rules INTERFACE tiaojie_services)
endfunction()

# tiaojie_service(NAME [KNOWS libraries]): the library rules_NAME and, where main.c is, the program tiaojie-NAME.
function(tiaojie_service name)
  cmake_parse_arguments(service "" "" KNOWS ${ARGN})
  set(folder services/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.c)
  file(GLOB rows CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.proto)
  set(main ${sources})
  list(FILTER main INCLUDE REGEX "/main\\.c$")
  list(FILTER sources EXCLUDE REGEX "/main\\.c$")
  if(NOT sources AND NOT rows)
    return()
  endif()
  string(TOUPPER ${name} symbol)
  add_library(rules_${name} STATIC ${sources})
  target_compile_options(rules_${name} PRIVATE ${TIAOJIE_WARNINGS})
  target_link_libraries(rules_${name} PUBLIC tiaojie_common)
  tiaojie_embed(rules_${name} ${symbol}_SCHEMA ${folder}/schema)
  tiaojie_embed(rules_${name} ${symbol}_SQL ${folder}/sql)
  if(rows)
    tiaojie_messages(rows_${name} ${rows})
    target_link_libraries(rows_${name} PUBLIC tiaojie_contracts)
    target_link_libraries(rules_${name} PUBLIC rows_${name})
  endif()
  foreach(other IN LISTS service_KNOWS)
    target_link_libraries(rules_${name} PUBLIC ${other})
  endforeach()
  target_link_libraries(tiaojie_rules INTERFACE rules_${name})
  if(main)
    tiaojie_program(tiaojie-${name} ${TIAOJIE_BIN} SOURCES ${main} LINKS rules_${name})
  endif()
endfunction()

# The programs that people start, and the library that a partner's own software links.
function(tiaojie_clients)
  file(GLOB partner CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/clients/partner/*.c)
  file(GLOB tiaojie CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/clients/tiaojie/*.c)
  file(GLOB admin CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/clients/admin/*.c)
  if(partner)
    add_library(tiaojie_partner STATIC ${partner})
    target_compile_options(tiaojie_partner PRIVATE ${TIAOJIE_WARNINGS})
    target_link_libraries(tiaojie_partner PUBLIC tiaojie_common)
  else()
    add_library(tiaojie_partner INTERFACE)
  endif()
  if(tiaojie)
    tiaojie_program(tiaojie ${TIAOJIE_BIN} SOURCES ${tiaojie} LINKS tiaojie_partner tiaojie_rules)
  endif()
  if(admin)
    tiaojie_program(tiaojie-admin ${TIAOJIE_BIN} SOURCES ${admin} LINKS tiaojie_partner tiaojie_rules)
  endif()
endfunction()

# tests/unit/test_X.c, tests/bench/bench_X.c and tests/scenario/X.c are a program each; other files in tests/unit are
# shared by the unit tests. All run with the source root as their folder.
function(tiaojie_tests)
  tiaojie_stage()
  tiaojie_test_programs(unit test_*.c LINKS tiaojie_stage)
  tiaojie_test_programs(bench bench_*.c)
  tiaojie_test_programs(scenario *.c)
  tiaojie_fuzz_targets()
endfunction()

# What unit tests share. cmocka.h wants four headers before it, where the formatter would sort them behind it.
function(tiaojie_stage)
  file(GLOB shared CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/*.c)
  file(GLOB samples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/*.proto)
  list(FILTER shared EXCLUDE REGEX "/test_[^/]*$")
  tiaojie_messages(tiaojie_samples ${samples})
  set(kind INTERFACE)
  if(shared)
    set(kind PUBLIC)
    add_library(tiaojie_stage STATIC ${shared})
    target_compile_options(tiaojie_stage PRIVATE ${TIAOJIE_WARNINGS})
  else()
    add_library(tiaojie_stage INTERFACE)
  endif()
  target_compile_options(tiaojie_stage ${kind}
    "SHELL:-include stdarg.h" "SHELL:-include stddef.h" "SHELL:-include stdint.h" "SHELL:-include setjmp.h")
  target_link_libraries(tiaojie_stage ${kind}
    tiaojie_samples tiaojie_partner tiaojie_rules tiaojie_common PkgConfig::CMOCKA)
endfunction()

function(tiaojie_test_programs kind pattern)
  cmake_parse_arguments(test "" "" LINKS ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${kind}/${pattern})
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    tiaojie_program(${name} ${CMAKE_BINARY_DIR}/tests/${kind} SOURCES ${source}
      LINKS ${test_LINKS} tiaojie_partner tiaojie_rules)
    if(kind STREQUAL unit)
      add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endif()
  endforeach()
endfunction()

# tests/fuzz/fuzz_X.c replays tests/fuzz/seeds/X as a test, or is a libFuzzer program with TIAOJIE_FUZZ.
function(tiaojie_fuzz_targets)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    string(REGEX REPLACE "^fuzz_" "" seeds ${name})
    if(TIAOJIE_FUZZ)
      tiaojie_program(${name} ${CMAKE_BINARY_DIR}/tests/fuzz SOURCES ${source} LINKS tiaojie_rules -fsanitize=fuzzer)
    else()
      tiaojie_program(${name} ${CMAKE_BINARY_DIR}/tests/fuzz SOURCES ${source} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.c
        LINKS tiaojie_rules)
      add_test(NAME ${name} COMMAND ${name} tests/fuzz/seeds/${seeds} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endif()
  endforeach()
endfunction()

# A program of ours: tiaojie_program(NAME FOLDER SOURCES files LINKS libraries).
function(tiaojie_program name folder)
  cmake_parse_arguments(program "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${program_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${folder})
  target_compile_options(${name} PRIVATE ${TIAOJIE_WARNINGS})
  target_link_libraries(${name} PRIVATE ${program_LINKS} tiaojie_common)
endfunction()
