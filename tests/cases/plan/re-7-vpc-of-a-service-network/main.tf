# Two VPCs: the first is associated with a service network, the second is not.
resource "aws_vpc" "with" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "without" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "with" {
  vpc_id            = aws_vpc.with.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "without" {
  vpc_id            = aws_vpc.without.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "with" {
  vpc_id = aws_vpc.with.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "without" {
  vpc_id = aws_vpc.without.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "association" {
  vpc_id = aws_vpc.with.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_instance" "with" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.with.id
  vpc_security_group_ids = [aws_security_group.with.id]
  tags                   = { Name = "with" }
}

resource "aws_instance" "without" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.without.id
  vpc_security_group_ids = [aws_security_group.without.id]
  tags                   = { Name = "without" }
}

resource "aws_vpclattice_service_network" "shared" {
  name      = "shared"
  auth_type = "NONE"
}

resource "aws_vpclattice_service" "billing" {
  name = "billing"
}

resource "aws_vpclattice_service_network_service_association" "billing" {
  service_identifier         = aws_vpclattice_service.billing.id
  service_network_identifier = aws_vpclattice_service_network.shared.id
}

resource "aws_vpclattice_service_network_vpc_association" "with" {
  vpc_identifier             = aws_vpc.with.id
  service_network_identifier = aws_vpclattice_service_network.shared.id
  security_group_ids         = [aws_security_group.association.id]
}
