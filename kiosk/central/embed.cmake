# cmake -DOUTPUT=web_files.cpp "-DFILES=path=file|path=file|…" -P embed.cmake
# Writes the files into one C++ source as the table of web_files.h.
set(type_html "text/html; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_svg "image/svg+xml")
set(type_json "application/json")

set(arrays "")
set(rows "")
set(index 0)
string(REPLACE "|" ";" FILES "${FILES}")
foreach(entry ${FILES})
  string(REGEX MATCH "^(.*)=(.*)$" parts "${entry}")
  set(path "${CMAKE_MATCH_1}")
  set(file "${CMAKE_MATCH_2}")
  get_filename_component(ending "${file}" LAST_EXT)
  string(SUBSTRING "${ending}" 1 -1 ending)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char file_${index}[] = {${bytes}};\n")
  string(APPEND rows
    "    {\"${path}\", \"${type_${ending}}\", {file_${index}, sizeof file_${index}}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE "${OUTPUT}" "#include \"kiosk/central/web_files.h\"

namespace central {
namespace {

${arrays}
constexpr WebFile files[] = {
${rows}};

}  // namespace

std::span<const WebFile> web_files() {
  return files;
}

}  // namespace central
")
