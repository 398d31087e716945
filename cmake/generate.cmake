# SPDX-License-Identifier: Apache-2.0
#
# Code that the build makes from message files and SQL files. It stays in the build folder, under generated/.

find_program(PROTOC_C protoc-c REQUIRED)
find_program(MSGFMT msgfmt REQUIRED)

# A library of what protoc-c makes of the given files: proto/x.proto is included as "proto/x.pb-c.h".
function(tiaojie_messages library)
  set(sources)
  foreach(file IN LISTS ARGN)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE relative)
    string(REGEX REPLACE "\\.proto$" ".pb-c" stem ${CMAKE_BINARY_DIR}/generated/${relative})
    add_custom_command(
      OUTPUT ${stem}.c ${stem}.h
      COMMAND ${PROTOC_C} --proto_path=${CMAKE_SOURCE_DIR} --c_out=${CMAKE_BINARY_DIR}/generated ${file}
      DEPENDS ${file} ${TIAOJIE_CONTRACTS}
      COMMENT "protoc-c ${relative}"
      VERBATIM)
    list(APPEND sources ${stem}.c ${stem}.h)
  endforeach()
  if(NOT sources)
    add_library(${library} INTERFACE)
    return()
  endif()
  add_library(${library} STATIC ${sources})
  # protoc-c's output isn't ours to keep clean.
  target_compile_options(${library} PRIVATE -w)
  target_link_libraries(${library} PUBLIC PkgConfig::OUTSIDE)
endfunction()

# Adds the SQL files (or tables) of one folder to a library, as the array that common/base/embedded.h describes.
function(tiaojie_embed library symbol folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.sql ${CMAKE_SOURCE_DIR}/${folder}/*.tsv)
  list(SORT files)
  set(output ${CMAKE_BINARY_DIR}/generated/embedded/${symbol}.c)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/embed.sh ${symbol} ${files} > ${output}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed.sh
    COMMENT "embed ${folder}"
    VERBATIM)
  # A whole file is longer than the 4095 characters that ISO C promises for a literal.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${library} PRIVATE ${output})
endfunction()

# po/LANGUAGE.po becomes locale/LANGUAGE/LC_MESSAGES/tiaojie.mo.
function(tiaojie_catalogues)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/po/*.po)
  set(outputs)
  foreach(file IN LISTS files)
    get_filename_component(language ${file} NAME_WE)
    set(folder ${CMAKE_BINARY_DIR}/locale/${language}/LC_MESSAGES)
    add_custom_command(
      OUTPUT ${folder}/tiaojie.mo
      COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
      COMMAND ${MSGFMT} --check --output-file=${folder}/tiaojie.mo ${file}
      DEPENDS ${file}
      COMMENT "msgfmt ${language}"
      VERBATIM)
    list(APPEND outputs ${folder}/tiaojie.mo)
  endforeach()
  add_custom_target(catalogues ALL DEPENDS ${outputs})
endfunction()
