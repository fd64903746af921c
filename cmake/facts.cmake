# The facts: a small generator turns data/*.tsv into one source file of constants,
# which becomes part of the room `facts`.
add_executable(embed_facts ${CMAKE_SOURCE_DIR}/scripts/facts/embed/embed.cc ${CMAKE_SOURCE_DIR}/scripts/facts/embed/iam.cc)
# A tool of the build: it needs no sanitizers, and libFuzzer's must stay out of its main.
target_compile_options(embed_facts PRIVATE -fno-sanitize=all)
target_link_options(embed_facts PRIVATE -fno-sanitize=all)

file(GLOB fact_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/*.tsv)
set(facts_source ${CMAKE_BINARY_DIR}/facts/tables.cc)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/facts)
add_custom_command(OUTPUT ${facts_source}
  COMMAND embed_facts ${CMAKE_SOURCE_DIR}/data ${facts_source}
  DEPENDS embed_facts ${fact_tables}
  COMMENT "facts: data/*.tsv -> tables.cc")
# The room is defined after this file is read.
cmake_language(DEFER CALL target_sources sallyport_facts PRIVATE ${facts_source})
# The text pool is one long literal; both compilers take it, clang remarks on it.
set_source_files_properties(${facts_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
