resource "aws_vpc" "v" {
  cidr_block           = "10.7.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_security_group" "open" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Two public subnets with one table, and gateways in them.
resource "aws_subnet" "outer" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "outer" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "outer" {
  count          = 2
  subnet_id      = aws_subnet.outer[count.index].id
  route_table_id = aws_route_table.outer.id
}
resource "aws_eip" "n" {
  count = 2
}
resource "aws_nat_gateway" "alike" {
  count         = 2
  allocation_id = element(aws_eip.n[*].id, count.index)
  subnet_id     = element(aws_subnet.outer[*].id, count.index)
}
resource "aws_eip" "m" {
  count = 1
}
resource "aws_nat_gateway" "mixed" {
  count             = 2
  allocation_id     = count.index == 0 ? aws_eip.m[0].id : null
  connectivity_type = count.index == 0 ? "public" : "private"
  subnet_id         = element(aws_subnet.outer[*].id, count.index)
}

# Two inner subnets, a table for each, with a route to one of the gateways that are alike.
resource "aws_subnet" "inner" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 8, 10 + count.index)
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "inner" {
  count  = 2
  vpc_id = aws_vpc.v.id
}
resource "aws_route" "inner" {
  count                  = 2
  route_table_id         = element(aws_route_table.inner[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.alike[*].id, count.index)
}
resource "aws_route_table_association" "inner" {
  count          = 2
  subnet_id      = element(aws_subnet.inner[*].id, count.index)
  route_table_id = element(aws_route_table.inner[*].id, count.index)
}
resource "aws_instance" "inner" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = element(aws_subnet.inner[*].id, 0)
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "inner" }
}

# The same by one of two gateways, one of which has no public address.
resource "aws_subnet" "mixed" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.20.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "mixed" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route" "mixed" {
  route_table_id         = aws_route_table.mixed.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.mixed[*].id, 0)
}
resource "aws_route_table_association" "mixed" {
  subnet_id      = aws_subnet.mixed.id
  route_table_id = aws_route_table.mixed.id
}
resource "aws_instance" "mixed" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.mixed.id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "mixed" }
}
