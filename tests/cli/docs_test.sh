#!/usr/bin/env bash
# The documentation shows what the program says: each `console` block of docs/ and
# README.md is run. Its lines must come in that order; `...` stands for anything, as
# a line or inside one. Blocks on inputs that are not in the checkout are skipped.
set -uo pipefail
[[ -x ${SALLYPORT:-} ]] || exit 77
command -v python3 >/dev/null || exit 77
cd "$SOURCE" || exit 1
python3 - "$SALLYPORT" README.md docs/*.md docs/*/*.md examples/*/README.md <<'PYTHON'
import os, re, shlex, subprocess, sys

sallyport, pages = sys.argv[1], sys.argv[2:]
ran = bad = 0
for page in pages:
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"```console\n(.*?)```", file.read(), re.S)
    for block in blocks:
        command, *lines = block.rstrip("\n").split("\n")
        words = shlex.split(command.removeprefix("$ "))
        assert words[0] == "sallyport", f"{page}: {command}"
        if not os.path.exists(words[-1]):
            continue
        got = subprocess.run([sallyport, *words[1:]], capture_output=True, text=True)
        ran += 1
        if got.returncode == 1:
            print(f"{page}: {command}\n  {got.stderr}")
            bad += 1
            continue
        rest = got.stdout.split("\n")
        for line in lines:
            if line.strip() == "...":
                continue
            pattern = re.compile(".*".join(re.escape(part) for part in line.split("...")))
            place = next((i for i, other in enumerate(rest) if pattern.fullmatch(other)), None)
            if place is None:
                print(f"{page}: {command}\n  does not say: {line}")
                bad += 1
                break
            rest = rest[place + 1:]
print(f"{ran} blocks, {bad} wrong")
sys.exit(bad > 0 or ran == 0)
PYTHON
