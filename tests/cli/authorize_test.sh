#!/usr/bin/env bash
# authorize: a decision a line, in order; malformed lines do not stop the others.
set -uo pipefail
[[ -x ${SALLYPORT:-} ]] || exit 77
bad=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

allowed='{"id": "a", "request": {"principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "resourceAccount": "111122223333"}, "identityPolicies": [{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}]}'
denied='{"id": 7, "request": {"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "resourceAccount": "111122223333"}}'
unknown='{"id": "u", "request": {"principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "resourceAccount": "111122223333"}, "identityPolicies": "unknown"}'

# run STATUS LINE...: the lines through the program
run() {
  local wanted=$1 status=0
  shift
  printf '%s\n' "$@" >"$folder/cases.jsonl"
  "$SALLYPORT" authorize "$folder/cases.jsonl" >"$folder/out" 2>"$folder/err" || status=$?
  ((status == wanted)) || { printf 'status %s, expected %s\n' "$status" "$wanted"; bad=1; }
}
# line NUMBER TEXT: the answer's line begins so
line() {
  local got
  got=$(sed -n "$1p" "$folder/out")
  [[ $got == "$2"* ]] || { printf 'line %s is %s, expected %s\n' "$1" "$got" "$2"; bad=1; }
}

run 0 "$allowed" "$denied"
line 1 '{"id": "a", "decision": "allowed", "layers": {"identity-policy": "allow"}'
line 2 '{"id": 7, "decision": "denied", "layers": {}'

run 3 "$unknown" "$allowed"
line 1 '{"id": "u", "decision": "unknown", "layers": {"identity-policy": "unknown"}'
line 2 '{"id": "a", "decision": "allowed"'

run 1 '{"id": "broken", "request": ' "$unknown" '{"id": "r"}' '' '[]' "$allowed"
line 1 '{"id": "broken", "error": '
line 2 '{"id": "u", "decision": "unknown"'
line 3 '{"id": "r", "error": "no `request`"'
line 4 '{"id": null, "error": '
line 5 '{"id": "a", "decision": "allowed"'
(($(wc -l <"$folder/out") == 5)) || { echo 'one line out for each line in that is not blank'; bad=1; }
grep -q 'cases.jsonl:3: error: no `request`' "$folder/err" || { echo 'stderr says where'; bad=1; }

# Same bytes from a pipe, and twice.
"$SALLYPORT" authorize "$folder/cases.jsonl" >"$folder/again" 2>/dev/null
"$SALLYPORT" authorize - <"$folder/cases.jsonl" >"$folder/pipe" 2>/dev/null
cmp -s "$folder/out" "$folder/again" && cmp -s "$folder/out" "$folder/pipe" || { echo 'not the same bytes'; bad=1; }

# Many lines with texts of their own do not pile up.
for ((i = 0; i < 3000; ++i)); do printf '%s\n' "${allowed//s3:::b/s3:::b$i}"; done >"$folder/many.jsonl"
"$SALLYPORT" authorize --format json "$folder/many.jsonl" | grep -c '"allowed"' | grep -qx 3000 || { echo 'not all of many lines were answered'; bad=1; }
exit $bad
