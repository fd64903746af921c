# Events go to an API of the VPC `data` by a connection through a resource gateway, and to a public one.
resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "data" {
  vpc_id            = aws_vpc.data.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "gateway" {
  vpc_id = aws_vpc.data.id
  egress {
    from_port   = 443
    to_port     = 443
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

resource "aws_network_interface" "store" {
  subnet_id       = aws_subnet.data.id
  security_groups = [aws_security_group.store.id]
  private_ips     = ["10.1.1.20"]
  tags            = { Name = "store" }
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
  port_ranges                 = ["443"]
  protocol                    = "TCP"
  resource_configuration_definition {
    ip_resource {
      ip_address = "10.1.1.20"
    }
  }
}

resource "aws_cloudwatch_event_connection" "inside" {
  name               = "inside"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "key"
      value = "none"
    }
  }
  invocation_connectivity_parameters {
    resource_parameters {
      resource_configuration_arn = aws_vpclattice_resource_configuration.store.arn
    }
  }
}

resource "aws_cloudwatch_event_connection" "outside" {
  name               = "outside"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "key"
      value = "none"
    }
  }
}
