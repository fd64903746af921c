#!/usr/bin/env bash
# `confirm` from end to end: the script it prints is checked and run against a fake `aws`,
# what comes back is compared, and kept as a case that `sallyport test` runs.
set -uo pipefail
[[ -x ${SALLYPORT:-} ]] || exit 77
cd "$SOURCE" || exit 1
article=examples/article
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
bad=0
fail() { echo "FAILED: $*"; bad=1; }
equal() { [[ $1 == "$2" ]] || fail "$3: expected \`$2\`, got \`$1\`"; }
has() { grep -qF -- "$2" "$1" || fail "$3: no \`$2\` in: $(head -c 1500 "$1")"; }
lacks() { if grep -qF -- "$2" "$1"; then fail "$3: \`$2\` stands in $1"; fi; }
# confirm STATUS WHAT ARGUMENT...: leaves `out` and `err`.
confirm() {
  local wanted=$1 what=$2 status=0
  shift 2
  "$SALLYPORT" confirm "$@" >"$here/out" 2>"$here/err" || status=$?
  equal "$status" "$wanted" "exit status of $what ($(tail -2 "$here/err"))"
}

# --- the script ---
for state in "$article"/[1-4]-*; do
  confirm 0 "--print $state" --print "$state"
  cp "$here/out" "$here/${state##*/}.sh"
  confirm 0 "--print $state again" --print "$state"
  cmp -s "$here/out" "$here/${state##*/}.sh" || fail "two scripts of $state differ"
  sh -n "$here/${state##*/}.sh" || fail "$state: no shell script"
  if command -v shellcheck >/dev/null; then
    shellcheck --shell=sh "$here/${state##*/}.sh" || fail "$state: shellcheck"
  else
    echo 'shellcheck is missing: the scripts were not checked by it'
  fi
done
script=$here/2-endpoints.sh
has "$script" "ask 2 eu-central-1 'i-0a500000000000001 to dynamodb.eu-central-1 by vpce-0d4e0000000000001 tcp 443'" 'gateway endpoint'
has "$script" 'i-0a500000000000001 to vpce-01f6c000000000001 tcp 443' 'interface endpoint'
has "$script" "'arn:aws:iam::111122223333:role/alpha5-role' \\" 'the role'
has "$script" "'s3:GetObject' 'arn:aws:s3:::s3delta/sallyport'" 'the object'
has "$here/1-no-endpoints.sh" ' by igw-07100000000000001 tcp 443' 'public by the internet gateway'
confirm 0 '--samples 1' --print --samples 1 "$article/2-endpoints"
[[ $(grep -c '^  ask ' "$here/out") -lt $(grep -c '^  ask ' "$script") ]] || fail 'fewer samples, but not fewer questions'
has "$script" 'eni-01f6c000000000001 to i-0a500000000000001 tcp 443' 'a blocked flow to a workload'
equal "$(grep -c 'expected: no path is found' "$script")" 1 'paths that are expected not to be found'
confirm 0 '--port 8080' --print --port 8080 "$article/2-endpoints"
has "$here/out" 'eni-01f6c000000000001 to i-0a500000000000001 tcp 8080' 'another port'
has "$here/out" 'flows, blocked on the way to a service' 'what is not asked'

# --- usage ---
confirm 1 'neither' "$article/2-endpoints"
confirm 1 'both' --print --results "$here" "$article/2-endpoints"
confirm 1 'no samples' --print --samples 0 "$article/2-endpoints"
confirm 1 'icmp' --print --protocol icmp "$article/2-endpoints"
confirm 1 'json script' --print --format json "$article/2-endpoints"
confirm 1 'no folder' --results "$here/nothing" "$article/2-endpoints"
mkdir "$here/empty"
confirm 1 'empty folder' --results "$here/empty" "$article/2-endpoints"

# --- run against a fake ---
# It keeps the tags of what is created and answers by them: found, unless the question matches FAKE_LOST;
# allowed, unless FAKE_DENIED stands in the action. FAKE_BREAKS: the operation that is refused.
mkdir "$here/bin" "$here/fake"
cat >"$here/bin/aws" <<'FAKE'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"$FAKE_LOG"
operation=$2
[[ $operation != "${FAKE_BREAKS:-}" ]] || { echo 'AccessDenied' >&2; exit 254; }
argument() { # argument NAME "$@"
  local name=$1
  shift
  while (($#)); do [[ $1 == "$name" ]] && { printf '%s' "$2"; return; }; shift; done
}
question() { sed -n 's/.*"Value":"\([^"]*\)".*/\1/p' <<<"$(argument --tag-specifications "$@")"; }
case $operation in
  get-caller-identity) echo "${FAKE_ACCOUNT:-111122223333}" ;;
  create-network-insights-path) question "$@" >"$FAKE/nip-1"; echo nip-1 ;;
  start-network-insights-analysis) question "$@" >"$FAKE/nia-1"; echo nia-1; rm -f "$FAKE/polled" ;;
  delete-network-insights-analysis) rm "$FAKE/nia-1" ;;
  delete-network-insights-path) [[ ! -e $FAKE/nia-1 ]] || exit 1; rm "$FAKE/nip-1" ;;
  describe-network-insights-analyses)
    [[ $* != *'--output text'* ]] || { if [[ -e $FAKE/polled ]]; then echo succeeded; else touch "$FAKE/polled"; echo running; fi; exit; }
    found=true codes='[]'
    if [[ -n ${FAKE_LOST:-} && $(<"$FAKE/nia-1") =~ $FAKE_LOST ]]; then
      found=false codes='[{"ExplanationCode": "ENI_SG_RULES_MISMATCH"}]'
    fi
    printf '{"NetworkInsightsAnalyses": [{"NetworkInsightsAnalysisId": "nia-1", "Status": "succeeded", "NetworkPathFound": %s,
 "Explanations": %s, "Tags": [{"Key": "owner", "Value": "x"}, {"Key": "sallyport", "Value": "%s"}]}]}\n' "$found" "$codes" "$(<"$FAKE/nia-1")" ;;
  simulate-principal-policy)
    action=$(argument --action-names "$@")
    decision=allowed
    [[ -z ${FAKE_DENIED:-} || $action != *"$FAKE_DENIED"* ]] || decision=implicitDeny
    printf '{"EvaluationResults": [{"EvalActionName": "%s", "EvalResourceName": "%s", "EvalDecision": "%s", "MatchedStatements": []}]}\n' \
      "$action" "$(argument --resource-arns "$@")" "$decision" ;;
esac
FAKE
printf '#!/bin/sh\n' >"$here/bin/sleep"
chmod +x "$here/bin/aws" "$here/bin/sleep"
export FAKE=$here/fake FAKE_LOG=$here/log
# ask STATUS FOLDER [SCRIPT]
ask() {
  local status=0
  : >"$FAKE_LOG"
  (PATH="$here/bin:$PATH" sh "${3:-$script}" "$here/$2") >/dev/null 2>"$here/err" || status=$?
  equal "$status" "$1" "exit status of the script into $2 ($(tail -2 "$here/err"))"
}
questions=$(grep -c '^  ask \|^  simulate ' "$script")
export FAKE_LOST=' to i-'
ask 0 good
equal "$(find "$here/good" -name '*.json' | wc -l | tr -d ' ')" "$questions" 'answers'
equal "$(find "$here/fake" -name 'ni*' | wc -l | tr -d ' ')" 0 'paths and analyses left behind'
[[ -f "$here/good/eu-central-1/ec2-describe-network-insights-analyses/1.json" ]] || fail 'the first answer is not where it belongs'
[[ -f "$here/good/aws-global/iam-simulate-principal-policy/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Falpha5-role--1.json" ]] || fail 'the first request is not where it belongs'
ask 0 good
equal "$(grep -vc 'get-caller-identity' "$FAKE_LOG" | tr -d ' ')" 0 'calls of a second run'
FAKE_BREAKS=describe-network-insights-analyses ask 254 broken
equal "$(find "$here/fake" -name 'ni*' | wc -l | tr -d ' ')" 0 'left behind after an error'
equal "$(find "$here/broken" -name '*.json' | wc -l | tr -d ' ')" 0 'answers after an error'
FAKE_ACCOUNT=999999999999 ask 1 elsewhere
ask 0 public "$here/1-no-endpoints.sh"
has "$FAKE_LOG" '--filter-at-source {"DestinationAddress":"' 'an address of the service'

unset FAKE_LOST

# --- compare ---
# The fake says "allowed" to all: what the script expects to be denied differs, so only paths are compared here.
mkdir -p "$here/paths" && cp -r "$here/good/eu-central-1" "$here/paths/"
confirm 0 'all agree' --results "$here/paths" "$article/2-endpoints"
has "$here/out" ' 0 differ, 0 unknown to us, 0 that AWS could not say' 'all agree'
FAKE_LOST=' to i-|^i-.* to vpce-' ask 0 lost
rm -r "$here/lost/aws-global"
confirm 2 'one differs' --results "$here/lost" "$article/2-endpoints"
has "$here/out" 'not found: ENI_SG_RULES_MISMATCH' 'the code'
has "$here/out" ' 1 differ, 0 unknown' 'one differs'
confirm 2 'one differs, JSON' --results "$here/lost" --format json "$article/2-endpoints"
has "$here/out" '"match": "differs"' 'JSON'
# The same answers of another state of the estate: no endpoint is left.
confirm 2 'endpoints that are not there' --results "$here/paths" "$article/1-no-endpoints"
has "$here/out" ' 2 unknown to us' 'unknown ids'

# Requests: as expected all agree, the other way round all differ.
simulated=$here/simulated/aws-global/iam-simulate-principal-policy
mkdir -p "$simulated"
answer() { # answer NAME ACTION RESOURCE DECISION
  printf '{"EvaluationResults": [{"EvalActionName": "%s", "EvalResourceName": "%s", "EvalDecision": "%s"}]}' "$2" "$3" "$4" \
    >"$simulated/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Falpha5-role--$1.json"
}
answer 1 s3:GetObject arn:aws:s3:::s3delta/sallyport allowed
answer 2 s3:DeleteBucket arn:aws:s3:::s3delta implicitDeny
confirm 0 'requests agree' --results "$here/simulated" "$article/2-endpoints"
answer 2 s3:DeleteBucket arn:aws:s3:::s3delta allowed
confirm 2 'a request differs' --results "$here/simulated" "$article/2-endpoints"
answer 2 s3:DeleteBucket arn:aws:s3:::s3delta perhaps
confirm 3 'a decision that is none' --results "$here/simulated" "$article/2-endpoints"
has "$here/out" 'is no decision of the simulator' 'a decision that is none'
answer 2 s3:DeleteBucket arn:aws:s3:::s3delta explicitDeny

# --- a case ---
# What AWS said is held against the estate that it was asked of, and against another one.
cp -r "$article/2-endpoints" "$here/case" && rm "$here/case/expect.yaml"
mkdir -p "$here/both" && cp -r "$here/paths/." "$here/both/"
answer 2 s3:DeleteBucket arn:aws:s3:::s3delta implicitDeny
cp -r "$here/simulated/." "$here/both/"
confirm 0 'a case' --results "$here/both" --format case "$article/2-endpoints"
cp "$here/out" "$here/case/expect.yaml"
has "$here/case/expect.yaml" 'layers: {identity-policy: none}' 'what the simulator refuses'
status=0
"$SALLYPORT" test "$here/case" >"$here/out" 2>&1 || status=$?
equal "$status" 0 "test of the case ($(tail -5 "$here/out"))"
cp -r "$article/1-no-endpoints" "$here/other"
cp "$here/case/expect.yaml" "$here/other/"
status=0
"$SALLYPORT" test "$here/other" >"$here/out" 2>&1 || status=$?
equal "$status" 2 'the case on another state of the estate'
confirm 2 'a case of what differs' --results "$here/lost" --format case "$article/2-endpoints"
has "$here/out" 'verdict: blocked' 'what differs is kept, too'
cp "$here/out" "$here/case/expect.yaml"
status=0
"$SALLYPORT" test "$here/case" >"$here/out" 2>&1 || status=$?
equal "$status" 2 'a case of what differs'

# --- answers that are none ---
hostile=$here/hostile/eu-central-1/ec2-describe-network-insights-analyses
mkdir -p "$hostile"
n=0
bytes() { n=$((n + 1)); printf '%s' "$1" >"$hostile/$n.json"; }
tagged() { bytes '{"NetworkInsightsAnalyses": [{"Status": "'"$2"'", "StatusMessage": "why\u001b[31m", "NetworkPathFound": true, "Tags": [{"Key": "sallyport", "Value": "'"$1"'"}]}]}'; }
bytes '{"NetworkInsightsAnalyses": [{'
bytes ''
bytes '[1, 2]'
bytes '{"NetworkInsightsAnalyses": {"Tags": 3}}'
bytes '{"NetworkInsightsAnalyses": [3, null, {"Tags": [4]}]}'
tagged 'i-0a500000000000001 to vpce-01f6c000000000001 tcp 443' failed
tagged 'i-0a500000000000001 to vpce-01f6c000000000001 tcp 443' running
tagged 'i-0a500000000000001 to vpce-01f6c000000000001 tcp 99999' succeeded
tagged 'i-0a500000000000001 to vpce-01f6c000000000001 icmp 1' succeeded
tagged 'internet to i-0a500000000000001 tcp 22' succeeded
tagged '$(reboot) to i-0a500000000000001 tcp 22' succeeded
tagged 'i-0a500000000000001 to by by by by by by by by' succeeded
tagged 'i-0ffffffffffffffff to i-0a500000000000001 tcp 22' succeeded
tagged 'i-0a500000000000001 to vpce-0ffffffffffffffff tcp 22' succeeded
bytes '{"EvaluationResults": [{"EvalActionName": "s3:GetObject", "EvalResourceName": "*", "EvalDecision": "allowed"}]}'
printf '\xff\xfe\x00' >"$hostile/bytes.json"
head -c 100000 /dev/zero | tr '\0' '[' >"$hostile/deep.json"
confirm 3 'hostile answers' --results "$here/hostile" "$article/2-endpoints"
has "$here/out" 'analysis failed: why' 'a failed analysis'
has "$here/out" 'is no question' 'a tag that is no question'
has "$here/out" "19 answers: 0 agree, 0 differ, 2 unknown to us, 17 that AWS could not say" 'counts of hostile answers'
if grep -q $'\033' "$here/out"; then fail 'control characters of an answer reach the terminal'; fi
confirm 3 'a case of hostile answers' --results "$here/hostile" --format case "$article/2-endpoints"
lacks "$here/out" 'reboot' 'what is no question is not repeated'
# Nobody asks so much: refused before each is looked up.
mkdir "$here/many"
{ printf '{"NetworkInsightsAnalyses": [0'; for ((i = 0; i < 10000; ++i)); do printf ', 0'; done; printf ']}'; } >"$here/many/1.json"
confirm 1 'too many answers' --results "$here/many" "$article/2-endpoints"
has "$here/err" 'more than 10000 answers' 'too many answers'
# Names of the estate never become commands.
cp -r "$article/1-no-endpoints" "$here/named"
find "$here/named" -name '*.json' -exec sed -i "s/i-0a500000000000001/i-0a5'; touch pwned; '/g" {} +
confirm 0 'an id that is none' --print "$here/named"
lacks "$here/out" 'pwned' 'an id that is none'

((bad == 0)) && echo 'confirm: all checks hold'
exit "$bad"
