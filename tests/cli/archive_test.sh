#!/usr/bin/env bash
# Archives as inputs: the same answers as the folder that they hold, places in them, and hostile ones.
set -uo pipefail
[[ -x ${SALLYPORT:-} ]] || exit 77
cd "$SOURCE" || exit 1
bad=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { printf '%s\n' "$*"; bad=1; }

plain=$folder/plain
mkdir "$plain"
cp -r examples/article/2-endpoints/111122223333 "$plain/"
printf 'networks: {ours: [10.0.0.0/8]}\n' >"$plain/sallyport.yaml"
python3 - "$plain" "$folder" <<'PY'
import gzip, io, os, shutil, sys, tarfile, zipfile
plain, out = sys.argv[1:]
files = sorted(os.path.join(r, f) for r, _, fs in os.walk(plain) for f in fs)
name = lambda f: os.path.relpath(f, plain)
with tarfile.open(out + "/flat.tar.gz", "w:gz") as t:
    for f in files: t.add(f, "./" + name(f))
with tarfile.open(out + "/top.tgz", "w:gz") as t:
    t.add(plain, "collected")
with tarfile.open(out + "/plain.tar", "w") as t:
    for f in reversed(files): t.add(f, name(f))
with zipfile.ZipFile(out + "/flat.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for f in files: z.write(f, name(f))
os.makedirs(out + "/inside")
shutil.copy(plain + "/sallyport.yaml", out + "/inside")
with zipfile.ZipFile(out + "/inside/111122223333.zip", "w") as z:  # the archive's name is the folder's
    for f in files:
        if "111122223333" in f: z.write(f, os.path.relpath(f, plain + "/111122223333"))
for f in files:  # every file by itself
    to = out + "/single/" + name(f)
    os.makedirs(os.path.dirname(to), exist_ok=True)
    if f.endswith(".yaml"): shutil.copy(f, to)
    else:
        with open(f, "rb") as source, gzip.open(to + ".gz", "wb") as packed: packed.write(source.read())
with tarfile.open(out + "/nested.tar", "w") as t:  # archives of packed files
    t.add(out + "/single", "x")

# Hostile ones.
def tar(path, entries):
    with tarfile.open(path, "w:gz") as t:
        for n, b in entries:
            i = tarfile.TarInfo(n); i.size = len(b); t.addfile(i, io.BytesIO(b))
tar(out + "/names.tar.gz", [("../../up/ec2-describe-vpcs.json", b'{"Vpcs": []}'), ("/etc/ec2-describe-subnets.json", b'{"Subnets": []}')])
with gzip.open(out + "/bomb.json.gz", "wb") as g:
    for _ in range(300): g.write(b" " * (1 << 20))
inner = b'{"Vpcs": []}'
for depth in range(6):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z: z.writestr("x.zip" if depth else "ec2-describe-vpcs.json", inner)
    inner = b.getvalue()
open(out + "/deep.zip", "wb").write(inner)
whole = open(out + "/flat.zip", "rb").read()
open(out + "/half.zip", "wb").write(whole[:len(whole) // 2])
open(out + "/half.tar.gz", "wb").write(open(out + "/flat.tar.gz", "rb").read()[:900])
open(out + "/noise.gz", "wb").write(bytes(range(256)) * 9)
with tarfile.open(out + "/links.tar", "w") as t:
    i = tarfile.TarInfo("ec2-describe-vpcs.json"); i.type = tarfile.SYMTYPE; i.linkname = "/etc/passwd"; t.addfile(i)
    i = tarfile.TarInfo("eu-central-1/ec2-describe-subnets.json"); i.size = 15; t.addfile(i, io.BytesIO(b'{"Subnets": []}'))
PY
[[ -f $folder/links.tar ]] || { echo 'python3 is needed'; exit 77; }

# Only the archive's own name differs, in the places.
answers() { (cd "$folder" && "$SALLYPORT" paths "$1" --format json 2>&1) | sed -E "s#$1[:/](collected/|x/)?##g; s#111122223333\.zip:#111122223333/#g; s#\.json\.gz#.json#g"; }
wanted=$(answers plain)
[[ $wanted == *'"private"'* ]] || fail 'the folder itself is decided'
for archive in flat.tar.gz top.tgz plain.tar flat.zip inside single nested.tar; do
  [[ $(answers "$archive") == "$wanted" ]] || fail "$archive answers as the folder does: $(diff <(answers "$archive") <(echo "$wanted") | head -5)"
done
place=$("$SALLYPORT" reach --from lf6c --to s3delta "$folder/flat.zip" --format json 2>&1 | grep -o 'flat.zip:111122223333/eu-central-1/ec2-describe-[a-z-]*.json:[0-9]*' | head -1)
[[ -n $place ]] || fail 'a hop names archive, member and line'

refused() {  # WHAT FILE
  local status=0
  timeout 60 "$SALLYPORT" paths "$folder/$2" >"$folder/out" 2>"$folder/err" || status=$?
  ((status == 1)) || fail "$1: status $status"
  grep -q "${3:-cannot be unpacked}" "$folder/err" || fail "$1: $(cat "$folder/err")"
}
refused 'a bomb' bomb.json.gz 'unpacks to more than it may'
refused 'half a zip' half.zip
refused 'noise' noise.gz
refused 'half a tar' half.tar.gz
"$SALLYPORT" paths "$folder/names.tar.gz" >/dev/null 2>&1 || fail 'paths that lead elsewhere are names'
[[ ! -e $folder/../../up ]] || fail 'nothing is written'
"$SALLYPORT" paths "$folder/links.tar" >/dev/null 2>"$folder/err" || fail 'links are left out'
! grep -q passwd "$folder/err" || fail 'a link is followed'
timeout 60 "$SALLYPORT" paths "$folder/deep.zip" >/dev/null 2>"$folder/err"
grep -q 'in too many others' "$folder/err" || fail "archives in archives are bounded: $(cat "$folder/err")"
# In a folder a broken archive is a diagnostic, and what it would have held is missing.
mkdir "$folder/mixed" && cp -r "$plain/111122223333" "$folder/mixed/" && cp "$folder/half.zip" "$folder/mixed/"
"$SALLYPORT" paths "$folder/mixed" >/dev/null 2>"$folder/err" || fail 'a broken archive in a folder stops nothing'
grep -q 'half.zip` cannot be unpacked' "$folder/err" || fail "a broken archive in a folder is told: $(cat "$folder/err")"
exit $bad
