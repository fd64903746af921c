#!/usr/bin/env bash
# Exit statuses, streams and colours of the real binary.
set -uo pipefail
[[ -x ${SALLYPORT:-} ]] || exit 77
cd "$SOURCE" || exit 1
article=examples/article
bad=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# expect STATUS WHAT COMMAND...
expect() {
  local wanted=$1 what=$2 status=0
  shift 2
  "$@" >"$folder/out" 2>"$folder/err" || status=$?
  if ((status != wanted)); then
    printf '%s: status %s, expected %s\n' "$what" "$status" "$wanted"
    head -5 "$folder/err"
    bad=1
  fi
}
# holds WHAT COMMAND...
holds() {
  local what=$1
  shift
  "$@" || { printf '%s\n' "$what"; bad=1; }
}

expect 1 'no command' "$SALLYPORT"
expect 1 'misspelt command' "$SALLYPORT" pahts "$article"
holds 'a misspelt command is suggested' grep -q 'did you mean `paths`' "$folder/err"
for missing in diff what-if needs fix lab cloud; do
  expect 1 "$missing is not there" "$SALLYPORT" "$missing"
  holds "$missing: says which commands there are" grep -q 'the commands are' "$folder/err"
done
expect 0 'version' "$SALLYPORT" --version
expect 0 'help' "$SALLYPORT" --help
expect 0 'help of a command' "$SALLYPORT" help check
expect 1 'input that is not there' "$SALLYPORT" paths "$folder/nothing"
expect 1 'base that is not there' "$SALLYPORT" paths --base a "$article/2-endpoints"
expect 1 'base without anything on it' "$SALLYPORT" paths --base "$article/1-no-endpoints" "$article/2-endpoints"
expect 1 'source without a plan' "$SALLYPORT" paths --source "$article" "$article/2-endpoints"
expect 1 'source that is no folder' "$SALLYPORT" paths --source "$folder/nothing" "$article/../terraform/plan.json"
expect 1 'parameters without a template' "$SALLYPORT" paths --parameters "$folder/nothing" "$article/2-endpoints"
holds 'errors leave stdout empty' test ! -s "$folder/out"

expect 0 'paths' "$SALLYPORT" paths "$article/1-no-endpoints"
expect 0 'a template' "$SALLYPORT" paths "$article/../cloudformation/template.yaml"
expect 0 'a template from a pipe' "$SALLYPORT" paths - <"$article/../cloudformation/template.yaml"
holds 'it finds the doors' grep -q 'gateway-endpoint S3Door' "$folder/out"
expect 0 'a cdk.out over a base' "$SALLYPORT" reach --verbose --base "$article/2-endpoints" --from alpha5 --to s3delta \
  "$article/../cloudformation/cdk.out"
holds 'it says what is laid over' grep -q 'all else is as in the base' "$folder/err"
expect 0 'a plan with its sources' "$SALLYPORT" reach --source "$article/../terraform" --from lf6c --to s3delta \
  "$article/../terraform/plan.json"
holds 'it points into them' grep -q 'terraform/.*\.tf:[0-9]' "$folder/out"
expect 0 'public is an answer' "$SALLYPORT" reach --from lf6c --to s3delta "$article/1-no-endpoints"
expect 0 'denied is an answer' "$SALLYPORT" can --principal omega9 --from internet --action s3:GetObject \
  --resource arn:aws:s3:::s3delta/report.csv "$article/3-front-door-closed"
expect 0 'an action that AWS does not have' "$SALLYPORT" can --principal omega9 --from internet --action s3:GetObjekt \
  --resource arn:aws:s3:::s3delta/report.csv "$article/3-front-door-closed"
holds 'it is told, with the one that is meant' grep -q 'did you mean `s3:GetObject`' "$folder/err"
expect 2 'a finding' "$SALLYPORT" check "$article/4-route-table-forgotten"
expect 0 'nothing found' "$SALLYPORT" check "$article/3-front-door-closed"
expect 0 'no finding at that level' "$SALLYPORT" check --fail-on none "$article/4-route-table-forgotten"
expect 0 'no finding as bad as that' "$SALLYPORT" check --fail-on critical "$article/4-route-table-forgotten"

# Half a snapshot: where something is not known, the status says so.
mkdir -p "$folder/half/111122223333/eu-central-1"
cp "$article/2-endpoints/111122223333/eu-central-1/"ec2-describe-{instances,network-interfaces,vpcs,subnets}.json \
  "$folder/half/111122223333/eu-central-1/"
expect 3 'reach: unknown' "$SALLYPORT" reach --from alpha5 --to s3.eu-central-1 "$folder/half"
holds 'it says what is missing' grep -q 'not known' "$folder/out"
expect 3 'can: unknown' "$SALLYPORT" can --principal arn:aws:iam::111122223333:role/a --from alpha5 \
  --action s3:GetObject --resource arn:aws:s3:::x/y "$folder/half"
expect 0 'paths: lists what is unknown' "$SALLYPORT" paths "$folder/half"
expect 0 'census: lists what is unknown' "$SALLYPORT" census "$folder/half"
expect 3 'check: undecided' "$SALLYPORT" check --control services-through-endpoints "$folder/half"

# Cases.
mkdir "$folder/case"
printf 'source: x\ninputs: [%s]\nexpect:\n  - reach: {from: alpha5, to: s3delta, port: 443}\n    verdict: %s\n' \
  "$SOURCE/$article/2-endpoints" private >"$folder/case/expect.yaml"
expect 0 'test: holds' "$SALLYPORT" test "$folder/case"
sed -i 's/verdict: private/verdict: public/' "$folder/case/expect.yaml"
expect 2 'test: fails' "$SALLYPORT" test "$folder/case"
holds 'it says what came instead' grep -q 'expected public, got private' "$folder/out"
expect 2 'test: fails in JUnit too' "$SALLYPORT" test --format junit "$folder/case"
holds 'JUnit has the failure' grep -q '<failure message="verdict: expected public, got private">' "$folder/out"
printf 'expect: [{reach: {from: a}, verdikt: x}]\n' >"$folder/case/expect.yaml"
expect 1 'test: unreadable' "$SALLYPORT" test "$folder/case"
expect 1 'test: no case' "$SALLYPORT" test "$folder/half"

# authorize
line='{"id": "c1", "request": {"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "resourceAccount": "111122223333", "context": {}}}'
printf '%s\n' "$line" >"$folder/cases.jsonl"
expect 0 'authorize' "$SALLYPORT" authorize "$folder/cases.jsonl"
printf 'no json\n%s\n' "$line" >"$folder/cases.jsonl"
expect 1 'authorize: a malformed line' "$SALLYPORT" authorize "$folder/cases.jsonl"
holds 'all others are answered' grep -q '"id": "c1", "decision": "denied"' "$folder/out"

# policy check
printf '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}' >"$folder/good.json"
expect 0 'policy check: nothing found' "$SALLYPORT" policy check "$folder/good.json"
expect 0 'policy check: from a pipe' bash -c "'$SALLYPORT' policy check - < '$folder/good.json'"
expect 2 'policy check: a finding' "$SALLYPORT" policy check examples/policies/bucket.json
expect 0 'policy check: a finding that does not count' "$SALLYPORT" policy check --fail-on none examples/policies/bucket.json
expect 3 'policy check: undecided' "$SALLYPORT" policy check --fail-on medium examples/policies/endpoint-that-only-denies.json
holds 'it says what is missing' grep -q -- '--type' "$folder/out"
expect 1 'policy check: no document' "$SALLYPORT" policy check "$folder/cases.jsonl" "$folder/nothing"
expect 1 'policy check: no service' "$SALLYPORT" policy check --service s33 "$folder/good.json"
printf '{"Statement": [' >"$folder/broken.json"
expect 1 'policy check: broken JSON' "$SALLYPORT" policy check "$folder/good.json" "$folder/broken.json"
holds 'errors leave stdout empty' test ! -s "$folder/out"

# Colours only where they are wanted; a name cannot move the cursor.
expect 0 'piped' "$SALLYPORT" paths "$article/2-endpoints"
holds 'no colours in a pipe' bash -c "! grep -q $'\e' '$folder/out'"
expect 0 'coloured' "$SALLYPORT" paths --color always "$article/2-endpoints"
holds 'colours if asked for' grep -q $'\e\[32mprivate' "$folder/out"
mkdir "$folder/hostile"
cp -r "$article/2-endpoints/111122223333" "$folder/hostile/"
sed -i 's/"alpha5"/"al\\u001b[2Jpha5"/' "$folder/hostile/111122223333/eu-central-1/ec2-describe-instances.json"
expect 0 'hostile name' "$SALLYPORT" paths "$folder/hostile"
holds 'an escape in a name is spelled out' grep -q 'al\\x1b\[2Jpha5' "$folder/out"
holds 'and does not reach the terminal' bash -c "! grep -q $'\e' '$folder/out'"

# A reader that goes away is no crash.
status=0
"$SALLYPORT" paths --every --expand --format json "$article/2-endpoints" 2>"$folder/err" | head -c 10 >"$folder/out"
status=${PIPESTATUS[0]}
holds "a closed pipe gives 0 or 1, not $status" test "$status" -le 1

# Two policies: decided 0, unknown 3, no policy 1; one of them from a pipe.
pairs="$SOURCE/tests/cases/iam"
expect 0 'policies that differ' "$SALLYPORT" policy compare "$pairs/compare-actions/one.json" "$pairs/compare-actions/pattern.json"
holds 'more' grep -q '^more: ' "$folder/out"
expect 3 'policies that AWS leaves open' "$SALLYPORT" policy compare "$pairs/compare-stars-and-colons/one-region.json" "$pairs/compare-stars-and-colons/any-region.json"
expect 1 'no policy' "$SALLYPORT" policy compare "$pairs/compare-actions/one.json" "$article/2-endpoints"
expect 1 'one policy' "$SALLYPORT" policy compare "$pairs/compare-actions/one.json"
expect 0 'a policy inside an answer, from a pipe' bash -c \
  'printf "{\"PolicyDocument\": %s}" "$(cat "$1")" | "$0" policy compare --format json - "$1"' \
  "$SALLYPORT" "$pairs/compare-actions/one.json"
holds 'equivalent' grep -q '"relation": "equivalent"' "$folder/out"

# Completion and manual are what shells and roff read.
"$SALLYPORT" completion bash >"$folder/completion"
holds 'bash reads the completion' bash -n "$folder/completion"
words=$(bash -c "source '$folder/completion'; COMP_WORDS=(sallyport pa); COMP_CWORD=1; _sallyport; echo \"\${COMPREPLY[@]}\"")
holds 'bash completes a command' test "$words" = paths
words=$(bash -c "source '$folder/completion'; COMP_WORDS=(sallyport check --format sa); COMP_CWORD=3; _sallyport; echo \"\${COMPREPLY[@]}\"")
holds 'bash completes a word of an option' test "$words" = sarif
expect 0 'man' "$SALLYPORT" man
holds 'the page has a title' grep -q '^\.TH SALLYPORT 1' "$folder/out"
exit "$bad"
