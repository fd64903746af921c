resource "aws_vpc" "v" {
  cidr_block           = "10.7.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.1.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "out" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.out.id
}
resource "aws_security_group" "open" {
  vpc_id = aws_vpc.v.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "client" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.a.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
  tags                        = { Name = "client" }
}
resource "aws_api_gateway_rest_api" "inner" {
  name = "inner"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}
resource "aws_api_gateway_rest_api" "outer" {
  name = "outer"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}
resource "aws_apigatewayv2_api" "light" {
  name          = "light"
  protocol_type = "HTTP"
}
