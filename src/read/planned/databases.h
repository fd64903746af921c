// What RDS and its like document of databases that nothing else says.
#pragma once

#include <cstdint>
#include <string_view>

namespace sallyport::read::planned {

// The port at which an engine answers where none is given; 0: of an engine that is not known.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
std::uint16_t database_port(std::string_view engine);

}  // namespace sallyport::read::planned
