#include "read/planned/databases.h"

namespace sallyport::read::planned {

std::uint16_t database_port(std::string_view engine) {
  struct Port {
    std::string_view engine;
    std::uint16_t port;
  };
  constexpr Port ports[] = {
      {"aurora-postgresql", 5432}, {"postgres", 5432}, {"aurora", 3306},        {"mysql", 3306},
      {"mariadb", 3306},           {"oracle", 1521},   {"custom-oracle", 1521}, {"sqlserver", 1433},
      {"custom-sqlserver", 1433},  {"db2", 50000},     {"docdb", 27017},        {"neptune", 8182}};
  for (const Port& p : ports) {
    if (engine.starts_with(p.engine)) return p.port;
  }
  return 0;
}

}  // namespace sallyport::read::planned
