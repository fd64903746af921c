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
resource "aws_subnet" "p" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.3.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_subnet" "q" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.7.4.0/24"
  availability_zone = "eu-central-1b"
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "p" {
  subnet_id      = aws_subnet.p.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table_association" "q" {
  subnet_id      = aws_subnet.q.id
  route_table_id = aws_route_table.public.id
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
resource "aws_instance" "client" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.client.id]
  tags                   = { Name = "client" }
}
resource "aws_instance" "shown" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.p.id
  vpc_security_group_ids      = [aws_security_group.client.id]
  associate_public_ip_address = true
  tags                        = { Name = "shown" }
}
resource "aws_security_group" "dns" {
  vpc_id = aws_vpc.v.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_route53_resolver_endpoint" "out" {
  direction          = "OUTBOUND"
  security_group_ids = [aws_security_group.dns.id]
  ip_address {
    subnet_id = aws_subnet.a.id
  }
  ip_address {
    subnet_id = aws_subnet.b.id
  }
}
resource "aws_route53_resolver_rule" "sqs" {
  domain_name          = "sqs.eu-central-1.amazonaws.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.out.id
  target_ip {
    ip = "192.168.9.9"
  }
}
resource "aws_route53_resolver_rule_association" "sqs" {
  resolver_rule_id = aws_route53_resolver_rule.sqs.id
  vpc_id           = aws_vpc.v.id
}
resource "aws_route53_resolver_rule" "kms" {
  domain_name          = "kms.eu-central-1.amazonaws.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.out.id
  target_ip {
    ip = "192.168.9.9"
  }
}
