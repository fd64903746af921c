resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "pub" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "priv" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_route_table" "pub" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "pub" {
  subnet_id      = aws_subnet.pub.id
  route_table_id = aws_route_table.pub.id
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.v.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "shut" {
  name   = "shut"
  vpc_id = aws_vpc.v.id
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}
resource "aws_launch_template" "plain" {
  name                   = "plain"
  image_id               = "ami-1"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.web.id]
  iam_instance_profile { arn = aws_iam_instance_profile.app.arn }
}
resource "aws_launch_template" "public" {
  name          = "public"
  image_id      = "ami-1"
  instance_type = "t3.micro"
  network_interfaces {
    associate_public_ip_address = true
    security_groups             = [aws_security_group.web.id]
  }
}
resource "aws_launch_template" "two" {
  name          = "two"
  image_id      = "ami-1"
  instance_type = "t3.micro"
  network_interfaces {
    device_index    = 0
    security_groups = [aws_security_group.web.id]
  }
  network_interfaces {
    device_index    = 1
    security_groups = [aws_security_group.shut.id]
  }
}
resource "aws_instance" "plain" {
  subnet_id = aws_subnet.pub.id
  launch_template { id = aws_launch_template.plain.id }
  tags = { Name = "plain" }
}
resource "aws_instance" "named" {
  subnet_id = aws_subnet.priv.id
  launch_template { name = aws_launch_template.plain.name }
  tags = { Name = "named" }
}
resource "aws_autoscaling_group" "public" {
  name                = "asg-public"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.pub.id]
  launch_template { id = aws_launch_template.public.id }
}
resource "aws_autoscaling_group" "mixed" {
  name                = "asg-mixed"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.priv.id, aws_subnet.pub.id]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_name = aws_launch_template.plain.name
      }
      override { instance_type = "t3.large" }
    }
  }
}
resource "aws_autoscaling_group" "two" {
  name                = "asg-two"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.pub.id]
  launch_template { id = aws_launch_template.two.id }
}
