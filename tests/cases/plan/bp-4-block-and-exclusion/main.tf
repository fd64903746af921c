resource "aws_vpc" "a" {
  cidr_block = "10.7.0.0/16"
}

resource "aws_internet_gateway" "a" {
  vpc_id = aws_vpc.a.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.a.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.a.id
  }
}

resource "aws_security_group" "open" {
  vpc_id = aws_vpc.a.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_subnet" "left" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.7.1.0/24"
}

resource "aws_subnet" "right" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.7.2.0/24"
}

resource "aws_route_table_association" "left" {
  subnet_id      = aws_subnet.left.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "right" {
  subnet_id      = aws_subnet.right.id
  route_table_id = aws_route_table.public.id
}

resource "aws_instance" "left" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.left.id
  vpc_security_group_ids      = [aws_security_group.open.id]
  associate_public_ip_address = true
  tags                        = { Name = "left" }
}

resource "aws_instance" "right" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.right.id
  vpc_security_group_ids      = [aws_security_group.open.id]
  associate_public_ip_address = true
  tags                        = { Name = "right" }
}

resource "aws_vpc_block_public_access_options" "all" {
  internet_gateway_block_mode = "block-bidirectional"
}

resource "aws_vpc_block_public_access_exclusion" "left" {
  subnet_id                       = aws_subnet.left.id
  internet_gateway_exclusion_mode = "allow-egress"
}
