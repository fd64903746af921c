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
resource "aws_security_group" "in" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 5439
    security_groups = [aws_security_group.client.id]
  }
}
resource "aws_opensearch_domain" "inner" {
  domain_name    = "inner"
  engine_version = "OpenSearch_2.11"
  vpc_options {
    subnet_ids         = [aws_subnet.b.id]
    security_group_ids = [aws_security_group.in.id]
  }
}
resource "aws_opensearch_domain" "outer" {
  domain_name    = "outer"
  engine_version = "OpenSearch_2.11"
}
resource "aws_redshift_subnet_group" "g" {
  name       = "g"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}
resource "aws_redshift_cluster" "plain" {
  cluster_identifier        = "plain"
  node_type                 = "ra3.large"
  master_username           = "u"
  master_password           = "Not-a-secret-1"
  cluster_subnet_group_name = aws_redshift_subnet_group.g.name
  vpc_security_group_ids    = [aws_security_group.in.id]
  publicly_accessible       = false
  skip_final_snapshot       = true
}
resource "aws_redshift_cluster" "enhanced" {
  cluster_identifier        = "enhanced"
  node_type                 = "ra3.large"
  master_username           = "u"
  master_password           = "Not-a-secret-1"
  cluster_subnet_group_name = aws_redshift_subnet_group.g.name
  vpc_security_group_ids    = [aws_security_group.in.id]
  publicly_accessible       = false
  enhanced_vpc_routing      = true
  skip_final_snapshot       = true
}
