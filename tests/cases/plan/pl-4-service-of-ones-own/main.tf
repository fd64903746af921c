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
resource "aws_vpc" "w" {
  cidr_block           = "10.8.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "w" {
  vpc_id            = aws_vpc.w.id
  cidr_block        = "10.8.1.0/24"
  availability_zone = "eu-central-1b"
}
resource "aws_security_group" "store" {
  vpc_id = aws_vpc.w.id
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.8.0.0/16"]
  }
}
resource "aws_instance" "store" {
  ami                    = "ami-0a5a5a5a5a5a5a5a5"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.w.id
  vpc_security_group_ids = [aws_security_group.store.id]
  private_ip             = "10.8.1.10"
  tags                   = { Name = "store" }
}
resource "aws_lb" "store" {
  name                             = "store"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = [aws_subnet.w.id]
  enable_cross_zone_load_balancing = true
}
resource "aws_lb_target_group" "store" {
  name        = "store"
  port        = 5432
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.w.id
}
resource "aws_lb_target_group_attachment" "store" {
  target_group_arn = aws_lb_target_group.store.arn
  target_id        = "10.8.1.10"
}
resource "aws_lb_listener" "store" {
  load_balancer_arn = aws_lb.store.arn
  port              = 5432
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.store.arn
  }
}
resource "aws_vpc_endpoint_service" "store" {
  acceptance_required        = false
  network_load_balancer_arns = [aws_lb.store.arn]
}
resource "aws_vpc_endpoint_service" "asks" {
  acceptance_required        = true
  network_load_balancer_arns = [aws_lb.store.arn]
}
resource "aws_security_group" "door" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.7.0.0/16"]
  }
}
resource "aws_vpc_endpoint" "store" {
  vpc_id             = aws_vpc.v.id
  vpc_endpoint_type  = "Interface"
  service_name       = aws_vpc_endpoint_service.store.service_name
  subnet_ids         = [aws_subnet.b.id]
  security_group_ids = [aws_security_group.door.id]
  tags               = { Name = "to-store" }
}
resource "aws_vpc_endpoint" "asks" {
  vpc_id             = aws_vpc.v.id
  vpc_endpoint_type  = "Interface"
  service_name       = aws_vpc_endpoint_service.asks.service_name
  subnet_ids         = [aws_subnet.b.id]
  security_group_ids = [aws_security_group.door.id]
  tags               = { Name = "not-accepted" }
}
resource "aws_vpc_endpoint" "accepted" {
  vpc_id             = aws_vpc.v.id
  vpc_endpoint_type  = "Interface"
  service_name       = aws_vpc_endpoint_service.asks.service_name
  subnet_ids         = [aws_subnet.b.id]
  security_group_ids = [aws_security_group.door.id]
  tags               = { Name = "accepted" }
}
resource "aws_vpc_endpoint_connection_accepter" "a" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.asks.id
  vpc_endpoint_id         = aws_vpc_endpoint.accepted.id
}
