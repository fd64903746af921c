#!/usr/bin/env bash
# collect.sh against a fake `aws`: layout, refusals, resuming, names of files, and the policy it prints.
set -uo pipefail
source_dir=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
collect=$source_dir/collect.sh
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/bin"
failures=0
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }
equal() { [[ $1 == "$2" ]] || fail "$3: expected \`$2\`, got \`$1\`"; }
# shellcheck disable=SC2015
holds() { [[ -f $1 ]] && grep -qF -- "$2" "$1" || fail "$1 should hold \`$2\`: $(head -c 200 "$1" 2>&1)"; }

# The fake logs each call, answers identifier queries with one name each and everything else with a small object.
# FAKE_REFUSES: an operation to refuse. FAKE_EXPIRED: credentials expire at that operation. FAKE_BROKEN: it dies half way.
cat >"$here/bin/aws" <<'FAKE'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"$FAKE_LOG"
operation="$1 $2"
error() { echo >&2; echo "An error occurred ($1) when calling the X operation: $2" >&2; exit 254; }
[[ $operation != "${FAKE_EXPIRED:-}" ]] || error ExpiredToken 'The security token included in the request is expired'
[[ $operation != "${FAKE_REFUSES:-}" ]] || error AccessDenied 'User "x\y" is not authorized'
if [[ $operation == "${FAKE_BROKEN:-}" && $* != *'--output text'* ]]; then echo '{ "Half":'; echo 'Could not connect to the endpoint URL' >&2; exit 255; fi
case "$* " in
  'sts get-caller-identity'*text*) printf '111122223333\tarn:aws-cn:sts::111122223333:assumed-role/r/s\n' ;;
  'ec2 describe-regions'*text*) printf 'eu-west-1\teu-central-1\n' ;;
  'organizations list-roots'*text*) echo r-1 ;;
  'organizations list-organizational-units-for-parent'*r-1*text*) echo ou-1-a ;;
  'organizations list-organizational-units-for-parent'*text*) echo None ;;
  's3api list-buckets'*text*) printf 's3delta\tother\n' ;;
  'route53 list-hosted-zones'*text*) echo /hostedzone/Z1 ;;
  'secretsmanager list-secrets'*text*) echo 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:a/b%c-1' ;;
  'sqs list-queues'*text*) echo https://sqs.eu-central-1.amazonaws.com/111122223333/q1 ;;
  'kms list-keys'*text*) echo 'k&1' ;;
  'elbv2 describe-load-balancers'*text*) echo arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/1 ;;
  'ecr describe-repositories'*text*) echo team/app ;;
  *'--output text '*) echo "id-$2" ;;
  's3api get-bucket-policy'*other*) error NoSuchBucketPolicy 'The bucket policy does not exist' ;;
  'sqs list-queues'*) ;; # a real CLI prints nothing where there are no queues
  *) printf '{\n    "Call": "%s"\n}\n' "$operation" ;;
esac
FAKE
chmod +x "$here/bin/aws"
export FAKE_LOG=$here/log
run() { # run STATUS ARGUMENT...
  local expected=$1 status=0
  shift
  : >"$FAKE_LOG"
  (cd "$here" && PATH="$here/bin:$PATH" bash "$collect" "$@") >"$here/stdout" 2>"$here/stderr" || status=$?
  equal "$status" "$expected" "exit status of collect.sh $* (stderr: $(tail -3 "$here/stderr"))"
}
top=$here/collected/111122223333

# 1. A refusal is kept as such, "there is none" as an answer, and everything has its place.
FAKE_REFUSES='lambda list-functions' run 3
holds "$top/eu-central-1/ec2-describe-vpcs.json" '"Call": "ec2 describe-vpcs"'
holds "$top/eu-west-1/ec2-describe-vpc-attribute/id-describe-vpcs--enableDnsHostnames.json" '"Call"'
holds "$top/aws-global/s3api-get-bucket-policy/s3delta.json" '"Call"'
holds "$top/aws-global/s3api-get-bucket-policy/other.json" '{"Error": {"Code": "NoSuchBucketPolicy"'
holds "$top/eu-central-1/lambda-list-functions.json" '{"Error": {"Code": "AccessDenied", "Message": "'
holds "$top/eu-central-1/lambda-list-functions.json" 'User \"x\\y\" is not'
holds "$top/eu-central-1/sqs-list-queues.json" '{}'
holds "$top/eu-central-1/sqs-get-queue-attributes/q1.json" '"Call"'
holds "$top/eu-central-1/secretsmanager-get-resource-policy/arn%3Aaws%3Asecretsmanager%3Aeu-central-1%3A111122223333%3Asecret%3Aa%2Fb%25c-1.json" '"Call"'
holds "$top/eu-central-1/kms-get-key-policy/k&1.json" '"Call"'
holds "$top/eu-central-1/kms-describe-key/k&1.json" '"Call"'
holds "$top/eu-central-1/kms-list-aliases.json" '"Call"'
holds "$top/eu-central-1/ecr-get-repository-policy/team%2Fapp.json" '"Call"'
holds "$top/eu-central-1/events-describe-event-bus/id-list-event-buses.json" '"Call"'
holds "$top/aws-global/route53-get-hosted-zone/Z1.json" '"Call"'
holds "$top/aws-global/organizations-list-parents/ou-1-a.json" '"Call"'
holds "$top/aws-global/organizations-list-organizational-units-for-parent/ou-1-a.json" '"Call"'
holds "$top/aws-global/organizations-list-policies/RESOURCE_CONTROL_POLICY.json" '"Call"'
holds "$FAKE_LOG" '--resource-arn arn:aws-cn:dynamodb:eu-west-1:111122223333:table/id-list-tables'
holds "$here/stderr" 'lambda list-functions: AccessDenied'
holds "$here/stderr" '111122223333/eu-central-1: '
[[ -z $(find "$here/collected" -name '*.tmp') ]] || fail 'a temporary file was left'
if command -v python3 >/dev/null; then
  while IFS= read -r -d '' file; do
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$file" 2>/dev/null || fail "not JSON: $file"
  done < <(find "$here/collected" -name '*.json' -print0)
fi

# 2. Running again asks only what was refused (and the identifiers), and now gets it.
run 0
equal "$(grep -c -- '--output json' "$FAKE_LOG" | tr -d ' ')" 6 'answers asked again: two Regions of list-functions, get-policy and list-function-url-configs'
holds "$top/eu-central-1/lambda-list-functions.json" '"Call"'

# 3. The policy allows exactly what is called, and only reading.
rm -rf "$here/collected"
run 0
awk '{ print $1, $2 }' "$FAKE_LOG" | sort -u >"$here/called"
while read -r service operation; do
  grep -qE '^(batch-get|describe|get|list|search)-' <<<"$operation" || fail "not a reading call: $service $operation"
  name=$(sed -E 's/(^|-)([a-z])/\U\2/g' <<<"$operation")
  case "$service $operation" in
    's3api list-buckets') echo s3:ListAllMyBuckets ;;
    's3api get-public-access-block') echo s3:GetBucketPublicAccessBlock ;;
    's3control get-public-access-block') echo s3:GetAccountPublicAccessBlock ;;
    s3api*) echo "s3:$name" ;;
    rds*) echo "rds:${name/Db/DB}" ;;
    opensearch*) echo "es:$name" ;;
    efs*) echo "elasticfilesystem:$name" ;;
    emr*) echo "elasticmapreduce:$name" ;;
    stepfunctions*) echo "states:$name" ;;
    'route53 list-hosted-zones-by-vpc') echo route53:ListHostedZonesByVPC ;;
    apigateway*) echo apigateway:GET ;;
    'elb '* | elbv2*) echo "elasticloadbalancing:$name" ;;
    *) echo "$service:$name" ;;
  esac
done <"$here/called" | sort -u >"$here/needed"
run 0 --policy
sed -n 's/^ *"\([a-z0-9-]*:[A-Za-z0-9]*\)",\{0,1\}$/\1/p' "$here/stdout" | sort -u >"$here/allowed"
diff "$here/needed" "$here/allowed" >"$here/difference" || fail "calls (<) and policy (>) differ: $(cat "$here/difference")"
equal "$(wc -c <"$FAKE_LOG" | tr -d ' ')" 0 'calls made by --policy'
[[ $(wc -l <"$here/allowed") -gt 50 ]] || fail 'the policy is too short to be true'

# 4. Paging is the CLI's business; environment variables of functions are not asked for.
rm -rf "$here/collected"
run 0 --regions eu-central-1 --out "$here/elsewhere" --profile reader
! grep -qE -- '--(max-items|starting-token|no-paginate|page-size|next-token)' "$FAKE_LOG" || fail 'a call limits its pages'
grep -F 'lambda list-functions' "$FAKE_LOG" | grep -F 'output json' | grep -qF 'VpcConfig: VpcConfig' || fail 'functions lack their network'
! grep -v 'describe-compute-environments' "$FAKE_LOG" | grep -qi 'environment' || fail 'environment variables of functions are asked for'
equal "$(grep -vc -- '--profile reader' "$FAKE_LOG" | tr -d ' ')" 0 'calls without the profile'
equal "$(cd "$here/elsewhere/111122223333" && printf '%s ' *)" 'aws-global eu-central-1 ' 'folders of one Region'

# 5. An answer that breaks off is never kept as one; expired credentials stop the run and leave no trace.
rm -rf "$here/collected"
FAKE_BROKEN='ec2 describe-subnets' run 3 --regions eu-central-1
holds "$top/eu-central-1/ec2-describe-subnets.json" '{"Error": {"Code": "NoAnswer"'
rm -rf "$here/collected"
FAKE_EXPIRED='ec2 describe-subnets' run 1 --regions eu-central-1
holds "$here/stderr" 'expired'
[[ ! -e $top/eu-central-1/ec2-describe-subnets.json ]] || fail 'expired credentials were kept as an answer'
[[ -z $(find "$here/collected" -name '*.tmp') ]] || fail 'a temporary file was left after expiry'
: >"$top/eu-central-1/ec2-describe-vpcs.json" # as an interrupted machine may leave it
run 0 --regions eu-central-1
holds "$top/eu-central-1/ec2-describe-vpcs.json" '"Call"'

# 6. Usage errors.
run 1 --nonsense
holds "$here/stderr" 'unknown argument'
run 1 --out
FAKE_REFUSES='sts get-caller-identity' run 1

((failures == 0)) && echo 'collect.sh: all checks hold'
exit $((failures > 0))
