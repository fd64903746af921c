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
resource "aws_subnet" "s" {
  for_each                = { left = "10.7.1.0/24", right = "10.7.2.0/24" }
  vpc_id                  = aws_vpc.v.id
  cidr_block              = each.value
  availability_zone       = "eu-central-1a"
  map_public_ip_on_launch = true
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table_association" "left" {
  subnet_id      = aws_subnet.s["left"].id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table_association" "right" {
  subnet_id      = aws_subnet.s["right"].id
  route_table_id = aws_route_table.closed.id
}
locals {
  doors = { dynamodb = [aws_route_table.public.id] }
}
resource "aws_vpc_endpoint" "door" {
  for_each        = local.doors
  vpc_id          = aws_vpc.v.id
  service_name    = "com.amazonaws.eu-central-1.${each.key}"
  route_table_ids = each.value
}
resource "aws_instance" "left" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.s["left"].id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "left" }
}
resource "aws_instance" "right" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.s["right"].id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "right" }
}
