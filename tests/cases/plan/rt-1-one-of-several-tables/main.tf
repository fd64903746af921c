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
resource "aws_subnet" "own" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
  availability_zone = "eu-central-1a"
}
resource "aws_subnet" "other" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.9.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "closed" {
  count  = 2
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "outward" {
  count  = 2
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "own" {
  count          = 2
  subnet_id      = aws_subnet.own[count.index].id
  route_table_id = element(coalescelist(aws_route_table.closed[*].id, aws_route_table.outward[*].id), count.index)
}
resource "aws_route_table_association" "other" {
  subnet_id      = aws_subnet.other.id
  route_table_id = aws_route_table.outward[0].id
}
resource "aws_instance" "own" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.own[0].id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
  tags                        = { Name = "own" }
}
resource "aws_instance" "other" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.other.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
  tags                        = { Name = "other" }
}
