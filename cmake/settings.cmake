# SPDX-License-Identifier: Apache-2.0
#
# Language, warnings, sanitizers and the libraries from outside.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
# Without NDEBUG: an assert names a bug of our own and stays on in what users run.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
set(CMAKE_C_FLAGS_RELEASE "-O2")

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_package(PkgConfig REQUIRED)
pkg_check_modules(OUTSIDE REQUIRED IMPORTED_TARGET libzmq libczmq libprotobuf-c libpq libcrypto jansson inih)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)

add_compile_definitions(_GNU_SOURCE)
include_directories(${CMAKE_SOURCE_DIR})
# Not ours to keep clean, so without warnings.
include_directories(SYSTEM ${CMAKE_BINARY_DIR}/generated)

set(TIAOJIE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Werror)

if(TIAOJIE_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "TIAOJIE_FUZZ needs clang: configure with -DCMAKE_C_COMPILER=clang")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TIAOJIE_SANITIZE OR TIAOJIE_FUZZ)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
