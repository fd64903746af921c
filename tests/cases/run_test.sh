#!/usr/bin/env bash
# All cases through the program, and a case for every rule: docs/internals/cases.md.
set -uo pipefail
source_dir=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
cases=$source_dir/tests/cases
program=${SALLYPORT:-$source_dir/build/sallyport}
if [[ ! -x $program ]]; then
  echo "skipped: no program at \`$program\`: build it, or set SALLYPORT"
  exit 77
fi

"$program" test --failed "$cases"
status=$?

shopt -s nullglob
count=0
while IFS= read -r line; do
  rule=${line%%:*}
  [[ -z $rule || $rule == '#'* ]] && continue
  folders=("$cases"/*/"${rule,,}"-*/)
  if [[ $line == *:* ]]; then
    echo "without a case: $line"
    [[ ${#folders[@]} -gt 0 ]] && { echo "but there is one: ${folders[0]}"; status=1; }
  elif [[ ${#folders[@]} -eq 0 ]]; then
    echo "RULE WITHOUT A CASE: $rule"
    status=1
  else
    count=$((count + 1))
  fi
done <"$cases/rules.txt"
echo "$count rules have a case"

# A case in the name of a rule that the list does not have.
for folder in "$cases"/*/*/; do
  name=${folder%/}
  name=${name##*/}
  [[ $name =~ ^([a-z]+[0-9]?-[0-9]+[a-z]?)- ]] || continue
  rule=${BASH_REMATCH[1]}
  if [[ $rule =~ ^([a-z][a-z0-9]-[0-9]+)([a-z]?)$ ]]; then rule=${BASH_REMATCH[1]^^}${BASH_REMATCH[2]}; fi
  grep -qE "^$rule(:|$)" "$cases/rules.txt" || { echo "NOT IN rules.txt: $name"; status=1; }
done
exit "$status"
