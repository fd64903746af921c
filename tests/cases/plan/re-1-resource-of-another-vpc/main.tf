# A resource of the VPC `data`, shared with the VPC `app` by a resource endpoint alone.
resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.app.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "data" {
  vpc_id            = aws_vpc.data.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "client" {
  vpc_id = aws_vpc.app.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "endpoint" {
  vpc_id = aws_vpc.app.id
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_security_group" "gateway" {
  vpc_id = aws_vpc.data.id
  egress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.1.1.20/32"]
  }
}

resource "aws_security_group" "store" {
  vpc_id = aws_vpc.data.id
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["10.1.1.0/24"]
  }
}

resource "aws_network_interface" "client" {
  subnet_id       = aws_subnet.app.id
  security_groups = [aws_security_group.client.id]
  private_ips     = ["10.0.1.10"]
  tags            = { Name = "client" }
}

resource "aws_network_interface" "store" {
  subnet_id       = aws_subnet.data.id
  security_groups = [aws_security_group.store.id]
  private_ips     = ["10.1.1.20"]
  tags            = { Name = "store" }
}

resource "aws_instance" "client" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  tags          = { Name = "client" }
  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.client.id
  }
}

resource "aws_instance" "store" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  tags          = { Name = "store" }
  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.store.id
  }
}

resource "aws_vpclattice_resource_gateway" "data" {
  name               = "data"
  vpc_id             = aws_vpc.data.id
  subnet_ids         = [aws_subnet.data.id]
  security_group_ids = [aws_security_group.gateway.id]
}

resource "aws_vpclattice_resource_configuration" "store" {
  name                        = "store"
  resource_gateway_identifier = aws_vpclattice_resource_gateway.data.id
  port_ranges                 = ["5432", "8000-8010"]
  protocol                    = "TCP"
  resource_configuration_definition {
    ip_resource {
      ip_address = "10.1.1.20"
    }
  }
}

resource "aws_vpc_endpoint" "store" {
  vpc_id                     = aws_vpc.app.id
  vpc_endpoint_type          = "Resource"
  resource_configuration_arn = aws_vpclattice_resource_configuration.store.arn
  subnet_ids                 = [aws_subnet.app.id]
  security_group_ids         = [aws_security_group.endpoint.id]
  tags                       = { Name = "to-store" }
}
