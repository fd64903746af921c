resource "aws_vpc" "v" {
  cidr_block           = "10.7.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_subnet" "a" {
  vpc_id                  = aws_vpc.v.id
  cidr_block              = "10.7.1.0/24"
  availability_zone       = "eu-central-1a"
  map_public_ip_on_launch = true
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
resource "aws_instance" "left" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.open.id]
  tags                   = { Name = "left" }
}
resource "aws_vpc" "w" {
  cidr_block = "10.8.0.0/16"
}
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.w.id
  cidr_block        = "10.8.1.0/24"
  availability_zone = "eu-central-1a"
}
resource "aws_security_group" "far" {
  vpc_id = aws_vpc.w.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.7.0.0/16"]
  }
}
resource "aws_instance" "right" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.b.id
  private_ip             = "10.8.1.10"
  vpc_security_group_ids = [aws_security_group.far.id]
  tags                   = { Name = "right" }
}
resource "aws_ec2_transit_gateway" "t" {
  default_route_table_association = "disable"
}
resource "aws_ec2_transit_gateway_vpc_attachment" "v" {
  transit_gateway_id = aws_ec2_transit_gateway.t.id
  vpc_id             = aws_vpc.v.id
  subnet_ids         = [aws_subnet.a.id]
}
resource "aws_ec2_transit_gateway_vpc_attachment" "w" {
  transit_gateway_id = aws_ec2_transit_gateway.t.id
  vpc_id             = aws_vpc.w.id
  subnet_ids         = [aws_subnet.b.id]
}
resource "aws_route" "to_w" {
  route_table_id         = aws_vpc.v.main_route_table_id
  destination_cidr_block = "10.8.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.t.id
  depends_on             = [aws_ec2_transit_gateway_vpc_attachment.v]
}
resource "aws_route" "to_v" {
  route_table_id         = aws_vpc.w.main_route_table_id
  destination_cidr_block = "10.7.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.t.id
  depends_on             = [aws_ec2_transit_gateway_vpc_attachment.w]
}
