# Which VPC `local.vpc` is, Terraform does not show; but only one can hold the subnets.
locals {
  vpc = aws_vpc.a.id
}
resource "aws_vpc" "a" {
  cidr_block           = "10.7.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_vpc" "b" {
  cidr_block           = "10.8.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "a" {
  vpc_id = local.vpc
}
resource "aws_subnet" "inner" {
  vpc_id            = local.vpc
  cidr_block        = "10.7.1.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_subnet" "outer" {
  vpc_id            = local.vpc
  cidr_block        = "10.7.2.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "inner" {
  vpc_id = local.vpc
}
resource "aws_route_table" "outer" {
  vpc_id = local.vpc
}
resource "aws_route" "outer" {
  route_table_id         = aws_route_table.outer.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.a.id
}
resource "aws_route_table_association" "inner" {
  subnet_id      = aws_subnet.inner.id
  route_table_id = aws_route_table.inner.id
}
resource "aws_route_table_association" "outer" {
  subnet_id      = aws_subnet.outer.id
  route_table_id = aws_route_table.outer.id
}
resource "aws_security_group" "open" {
  vpc_id = aws_vpc.a.id
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
resource "aws_instance" "inner" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.inner.id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "inner" }
}
resource "aws_instance" "outer" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.outer.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
  tags                        = { Name = "outer" }
}
