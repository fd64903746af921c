# The article's architecture in its four states (examples/article): 1 without endpoints, 2 with
# them, 3 with the front door of the bucket closed, 4 with a route table forgotten.

variable "state" {
  type    = number
  default = 2
}

resource "aws_vpc" "article" {
  cidr_block           = "10.71.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "article" }
}

resource "aws_internet_gateway" "article" {
  vpc_id = aws_vpc.article.id
}

resource "aws_subnet" "sn713" {
  vpc_id            = aws_vpc.article.id
  cidr_block        = "10.71.13.0/24"
  availability_zone = "${var.region}a"
  tags              = { Name = "SN713" }
}

resource "aws_subnet" "sn714" {
  vpc_id            = aws_vpc.article.id
  cidr_block        = "10.71.14.0/24"
  availability_zone = "${var.region}a"
  tags              = { Name = "SN714" }
}

resource "aws_subnet" "sn715" {
  vpc_id            = aws_vpc.article.id
  cidr_block        = "10.71.15.0/24"
  availability_zone = "${var.region}b"
  tags              = { Name = "SN715" }
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.sn713.id
  tags          = { Name = "nat" }
}

resource "aws_route_table" "sn713" {
  vpc_id = aws_vpc.article.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.article.id
  }
  tags = { Name = "SN713" }
}

resource "aws_route_table" "sn714" {
  vpc_id = aws_vpc.article.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.article.id
  }
  tags = { Name = "SN714" }
}

resource "aws_route_table" "sn715" {
  vpc_id = aws_vpc.article.id
  tags   = { Name = "SN715" }
}

resource "aws_route" "sn715_nat" {
  route_table_id         = aws_route_table.sn715.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat.id
}

resource "aws_route_table_association" "sn713" {
  subnet_id      = aws_subnet.sn713.id
  route_table_id = aws_route_table.sn713.id
}

resource "aws_route_table_association" "sn714" {
  subnet_id      = aws_subnet.sn714.id
  route_table_id = aws_route_table.sn714.id
}

resource "aws_route_table_association" "sn715" {
  subnet_id      = aws_subnet.sn715.id
  route_table_id = aws_route_table.sn715.id
}

resource "aws_security_group" "alpha5" {
  name        = "alpha5"
  description = "the application on alpha5"
  vpc_id      = aws_vpc.article.id
  tags        = { Name = "alpha5" }
}

resource "aws_vpc_security_group_egress_rule" "alpha5_apis" {
  security_group_id = aws_security_group.alpha5.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "alpha5_from_lf6c" {
  security_group_id            = aws_security_group.alpha5.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.lf6c.id
}

resource "aws_security_group" "lf6c" {
  name        = "lf6c"
  description = "the function lf6c"
  vpc_id      = aws_vpc.article.id
  tags        = { Name = "lf6c" }
}

resource "aws_vpc_security_group_egress_rule" "lf6c_apis" {
  security_group_id = aws_security_group.lf6c.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "lf6c_to_alpha5" {
  security_group_id            = aws_security_group.lf6c.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.alpha5.id
}

resource "aws_security_group" "endpoints" {
  name        = "endpoints"
  description = "interface endpoints"
  vpc_id      = aws_vpc.article.id
  ingress {
    description = "clients in this VPC"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = [aws_vpc.article.cidr_block]
  }
  tags = { Name = "endpoints" }
}

locals {
  doors = var.state > 1 ? 1 : 0
}

resource "aws_vpc_endpoint" "s3" {
  count        = local.doors
  vpc_id       = aws_vpc.article.id
  service_name = "com.amazonaws.${var.region}.s3"
}

resource "aws_vpc_endpoint_route_table_association" "s3_sn714" {
  count           = local.doors
  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = aws_route_table.sn714.id
}

resource "aws_vpc_endpoint_route_table_association" "s3_sn715" {
  count           = contains([2, 3], var.state) ? 1 : 0
  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = aws_route_table.sn715.id
}

resource "aws_vpc_endpoint" "dynamodb" {
  count           = local.doors
  vpc_id          = aws_vpc.article.id
  service_name    = "com.amazonaws.${var.region}.dynamodb"
  route_table_ids = [aws_route_table.sn714.id, aws_route_table.sn715.id]
}

resource "aws_vpc_endpoint" "lambda" {
  count               = local.doors
  vpc_id              = aws_vpc.article.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.lambda"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.sn714.id, aws_subnet.sn715.id]
  security_group_ids  = [aws_security_group.endpoints.id]
}

resource "aws_iam_role" "alpha5" {
  name = "alpha5-role"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "alpha5" {
  name = "application"
  role = aws_iam_role.alpha5.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "AnyObject", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::*/*" },
      { Sid = "CallTheFunction", Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "*" },
    ]
  })
}

resource "aws_iam_instance_profile" "alpha5" {
  name = "alpha5"
  role = aws_iam_role.alpha5.name
}

resource "aws_instance" "alpha5" {
  ami                         = "ami-0a5a5a5a5a5a5a5a5"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.sn714.id
  vpc_security_group_ids      = [aws_security_group.alpha5.id]
  iam_instance_profile        = aws_iam_instance_profile.alpha5.name
  associate_public_ip_address = true
  tags                        = { Name = "alpha5" }
}

resource "aws_iam_role" "lf6c" {
  name = "lf6c-role"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_function" "lf6c" {
  function_name = "lf6c"
  role          = aws_iam_role.lf6c.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "${path.module}/lf6c.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.sn715.id]
    security_group_ids = [aws_security_group.lf6c.id]
  }
}

resource "aws_s3_bucket" "s3delta" {
  bucket = "s3delta"
}

resource "aws_dynamodb_table" "dy_epsilon" {
  name         = "dy_epsilon"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_s3_bucket_policy" "s3delta" {
  count  = var.state == 3 ? 1 : 0
  bucket = aws_s3_bucket.s3delta.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThroughOurDoor"
      Effect    = "Deny"
      Principal = "*"
      NotAction = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]
      Resource  = ["arn:aws:s3:::s3delta", "arn:aws:s3:::s3delta/*"]
      Condition = { StringNotEqualsIfExists = { "aws:SourceVpc" = aws_vpc.article.id } }
    }]
  })
}
