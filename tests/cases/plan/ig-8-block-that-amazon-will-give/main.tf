resource "aws_vpc" "v" {
  cidr_block                       = "10.7.0.0/16"
  enable_dns_hostnames             = true
  assign_generated_ipv6_cidr_block = true
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_egress_only_internet_gateway" "e" {
  vpc_id = aws_vpc.v.id
}
resource "aws_security_group" "open" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}
# What it lets in is a part of Amazon's addresses: that of the other instance may be among them.
resource "aws_security_group" "some" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["2600:1f00::/24", "fd00::/8"]
  }
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_subnet" "inner" {
  vpc_id                          = aws_vpc.v.id
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.v.ipv6_cidr_block, 8, 1)
  ipv6_native                     = true
  assign_ipv6_address_on_creation = true
  availability_zone               = "eu-central-1a"
}
resource "aws_subnet" "outer" {
  vpc_id                          = aws_vpc.v.id
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.v.ipv6_cidr_block, 8, 2)
  ipv6_native                     = true
  assign_ipv6_address_on_creation = true
  availability_zone               = "eu-central-1a"
}
resource "aws_route_table" "inner" {
  vpc_id = aws_vpc.v.id
  route {
    ipv6_cidr_block        = "::/0"
    egress_only_gateway_id = aws_egress_only_internet_gateway.e.id
  }
}
resource "aws_route_table_association" "inner" {
  subnet_id      = aws_subnet.inner.id
  route_table_id = aws_route_table.inner.id
}
resource "aws_route_table" "outer" {
  vpc_id = aws_vpc.v.id
  route {
    ipv6_cidr_block = "::/0"
    gateway_id      = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "outer" {
  subnet_id      = aws_subnet.outer.id
  route_table_id = aws_route_table.outer.id
}
resource "aws_instance" "inner" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.inner.id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "inner" }
}
resource "aws_instance" "outer" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.outer.id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "outer" }
}
resource "aws_instance" "picky" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.outer.id
  vpc_security_group_ids = [aws_security_group.some.id]
  tags                   = { Name = "picky" }
}
