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
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.2.0/24"
  availability_zone = "eu-central-1b"
}
resource "aws_route_table" "out" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.out.id
}
resource "aws_security_group" "client" {
  vpc_id = aws_vpc.v.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "front" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = 1
    to_port     = 1024
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
# Lets in what comes from a balancer, and nothing else.
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.front.id]
  }
}
resource "aws_instance" "client" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.client.id]
  tags                   = { Name = "client" }
}
resource "aws_instance" "web" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.web.id]
  tags                   = { Name = "web" }
}
resource "aws_elb" "inside" {
  name            = "inside"
  internal        = true
  subnets         = [aws_subnet.b.id]
  security_groups = [aws_security_group.front.id]
  instances       = [aws_instance.web.id]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}
resource "aws_elb" "outside" {
  name            = "outside"
  subnets         = [aws_subnet.b.id]
  security_groups = [aws_security_group.front.id]
  listener {
    lb_port           = 80
    lb_protocol       = "tcp"
    instance_port     = 8080
    instance_protocol = "tcp"
  }
}
resource "aws_elb_attachment" "outside" {
  elb      = aws_elb.outside.id
  instance = aws_instance.web.id
}
