resource "aws_vpc" "v" {
  cidr_block           = "10.7.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "inner" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
  availability_zone = "eu-central-1a"
}
resource "aws_route_table" "inner" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table_association" "inner" {
  count          = 2
  subnet_id      = aws_subnet.inner[count.index].id
  route_table_id = aws_route_table.inner.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.v.id
  service_name    = "com.amazonaws.eu-central-1.s3"
  route_table_ids = [aws_route_table.inner.id]
}
resource "aws_security_group" "jobs" {
  vpc_id = aws_vpc.v.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "closed" {
  vpc_id = aws_vpc.v.id
}
resource "aws_batch_compute_environment" "jobs" {
  compute_environment_name = "jobs"
  type                     = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 4
    subnets            = [aws_subnet.inner[0].id, aws_subnet.inner[1].id]
    security_group_ids = [aws_security_group.jobs.id]
  }
}
resource "aws_batch_compute_environment" "shut" {
  compute_environment_name = "shut"
  type                     = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 4
    subnets            = [aws_subnet.inner[0].id]
    security_group_ids = [aws_security_group.closed.id]
  }
}
