# The doors: gateway endpoints for S3 and DynamoDB, an interface endpoint for Lambda.

variable "region" { type = string }
variable "vpc_id" { type = string }
variable "route_table_ids" { type = list(string) }
variable "subnet_ids" { type = list(string) }
variable "security_group_id" { type = string }

resource "aws_vpc_endpoint" "gateway" {
  for_each        = toset(["s3", "dynamodb"])
  vpc_id          = var.vpc_id
  service_name    = "com.amazonaws.${var.region}.${each.key}"
  route_table_ids = var.route_table_ids
  tags            = { Name = each.key }
}

resource "aws_vpc_endpoint" "lambda" {
  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.lambda"
  subnet_ids          = var.subnet_ids
  security_group_ids  = [var.security_group_id]
  private_dns_enabled = true
  tags                = { Name = "lambda" }
}
