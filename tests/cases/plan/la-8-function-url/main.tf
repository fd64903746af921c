resource "aws_lambda_function" "hook" {
  function_name = "hook"
  role          = "arn:aws:iam::111122223333:role/hook"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "hook.zip"
}
resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}
resource "aws_lambda_permission" "hook" {
  statement_id           = "everybody"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.hook.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}

# The same permission, but its URL asks for a signature.
resource "aws_lambda_function" "signed" {
  function_name = "signed"
  role          = "arn:aws:iam::111122223333:role/signed"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "signed.zip"
}
resource "aws_lambda_function_url" "signed" {
  function_name      = aws_lambda_function.signed.function_name
  authorization_type = "AWS_IAM"
}
resource "aws_lambda_permission" "signed" {
  statement_id           = "everybody"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.signed.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}
