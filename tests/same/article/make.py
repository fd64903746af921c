#!/usr/bin/env python3
"""Makes plan-N.json, state-N.json, raw-N.tfstate and cdk.out of main.tf and template.yaml.

Wants `terraform` with the AWS provider at hand (TF_CLI_CONFIG_FILE) and python3-yaml. What a mocked
apply makes up (ids, ARNs) is written anew as AWS would, and what it only guesses is left out.
"""
import hashlib, json, os, re, subprocess, sys, tempfile, shutil, zipfile
import yaml

ACCOUNT, REGION = "111122223333", "eu-central-1"
PREFIX = {"aws_vpc": "vpc", "aws_subnet": "subnet", "aws_route_table": "rtb", "aws_security_group": "sg",
          "aws_internet_gateway": "igw", "aws_nat_gateway": "nat", "aws_vpc_endpoint": "vpce", "aws_instance": "i",
          "aws_eip": "eipalloc"}
PARTS = {"default_route_table_id": "rtb", "main_route_table_id": "rtb", "default_network_acl_id": "acl",
         "default_security_group_id": "sg", "primary_network_interface_id": "eni"}
TEST = '''mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
}
run "all" { command = apply }
'''


def run(folder, *words):
    return subprocess.run(["terraform", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def dump(path, value):
    # Providers are named without the host that one downloads them from.
    text = re.sub(r"registry[.][a-z]+[.][a-z]+/", "", json.dumps(value, indent=1))
    with open(path, "w") as out:
        out.write(text + "\n")


def plan(folder, *arguments):
    run(folder, "plan", "-input=false", "-refresh=false", "-out=tfplan", *arguments)
    whole = json.loads(run(folder, "show", "-json", "tfplan"))
    kept = {k: whole[k] for k in ("format_version", "terraform_version", "variables", "resource_changes",
                                  "configuration")}
    kept["configuration"]["provider_config"]["aws"]["expressions"]["allowed_account_ids"] = {
        "constant_value": [ACCOUNT]}
    for change in kept["resource_changes"]:
        for member in ("before_sensitive", "after_sensitive"):
            change["change"].pop(member, None)
    return kept


def state_of(folder, state, planned):
    unknown = {c["address"]: c["change"]["after_unknown"] for c in planned["resource_changes"]}
    configured = {r["address"]: set(r["expressions"]) for r in planned["configuration"]["root_module"]["resources"]}
    log = run(folder, "test", "-json", "-verbose", "-var", f"state={state}")
    made = next(m["test_state"] for m in map(json.loads, log.splitlines()) if m["type"] == "test_state")
    resources = made["root_module"]["resources"]
    ids = {}
    for r in resources:
        name = r["address"]
        new = lambda prefix, what: f"{prefix}-0{hashlib.sha256((name + what).encode()).hexdigest()[:16]}"
        if r["type"] in PREFIX:
            ids[r["values"]["id"]] = new(PREFIX[r["type"]], "")
        for attribute, prefix in PARTS.items():
            if r["values"].get(attribute):
                ids[r["values"][attribute]] = new(prefix, attribute.replace("main_", "default_"))
    swap = lambda v: (ids.get(v, v) if isinstance(v, str) else [swap(x) for x in v] if isinstance(v, list)
                      else {k: swap(x) for k, x in v.items()} if isinstance(v, dict) else v)
    kept = []
    for r in sorted(resources, key=lambda r: r["address"]):
        values = r["values"]
        guessed = [k for k, u in unknown[r["address"]].items()
                   if u is True and k not in configured[r["address"].split("[")[0]]
                   and k not in PARTS and k != "id"]
        values = {k: v for k, v in values.items() if k not in guessed}
        values = swap(values)
        if r["type"] == "aws_vpc":
            values["owner_id"] = ACCOUNT
        if r["type"] == "aws_vpc_endpoint":
            values["state"] = "available"
        if r["type"] == "aws_instance":
            values.update(instance_state="running", public_ip="203.0.113.14", private_ip="10.71.14.10")
        if r["type"] in ("aws_iam_role", "aws_iam_instance_profile"):
            kind = "role" if r["type"] == "aws_iam_role" else "instance-profile"
            values["arn"] = f"arn:aws:iam::{ACCOUNT}:{kind}/{values['name']}"
        if r["type"] == "aws_lambda_function":
            values["arn"] = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{values['function_name']}"
            values["role"] = f"arn:aws:iam::{ACCOUNT}:role/lf6c-role"
        if r["type"] == "aws_dynamodb_table":
            values["arn"] = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{values['name']}"
            values["id"] = values["name"]
        if r["type"] == "aws_s3_bucket":
            values["arn"], values["id"] = f"arn:aws:s3:::{values['bucket']}", values["bucket"]
        entry = {k: r[k] for k in ("address", "mode", "type", "name", "provider_name") if k in r}
        if "index" in r:
            entry["index"] = r["index"]
        kept.append({**entry, "values": values})
    return {"format_version": "1.0", "terraform_version": planned["terraform_version"],
            "values": {"root_module": {"resources": kept}}}


def raw_of(shown):
    entries = {}
    for r in shown["values"]["root_module"]["resources"]:
        entry = entries.setdefault((r["type"], r["name"]), {
            "mode": r["mode"], "type": r["type"], "name": r["name"],
            "provider": 'provider["hashicorp/aws"]', "instances": []})
        instance = {"schema_version": 1, "attributes": r["values"]}
        if "index" in r:
            instance["index_key"] = r["index"]
        entry["instances"].append(instance)
    return {"version": 4, "terraform_version": shown["terraform_version"], "serial": 1, "lineage": "same",
            "outputs": {}, "resources": list(entries.values())}


def long_forms():
    class Loader(yaml.SafeLoader):
        pass

    def tagged(loader, suffix, node):
        value = (loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode)
                 else loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode)
                 else loader.construct_mapping(node, deep=True))
        if suffix == "GetAtt" and isinstance(value, str):
            value = value.split(".", 1)
        return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}

    Loader.add_multi_constructor("!", tagged)
    with open("template.yaml") as source:
        return yaml.load(source, Loader)


def assembly():
    os.makedirs("cdk.out", exist_ok=True)
    dump("cdk.out/Article.template.json", long_forms())
    dump("cdk.out/manifest.json", {"version": "38.0.1", "artifacts": {"Article": {
        "type": "aws:cloudformation:stack", "environment": f"aws://{ACCOUNT}/{REGION}",
        "properties": {"templateFile": "Article.template.json"}, "displayName": "Article"}}})


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    assembly()
    with tempfile.TemporaryDirectory() as folder:
        for source in ("main.tf", "providers.tf"):
            shutil.copy(source, folder)
        with zipfile.ZipFile(os.path.join(folder, "lf6c.zip"), "w") as z:
            z.writestr(zipfile.ZipInfo("app.py"), "def handler(event, context): pass\n")
        with open(os.path.join(folder, "all.tftest.hcl"), "w") as test:
            test.write(TEST)
        run(folder, "init", "-input=false")
        for state in (1, 2, 3, 4):
            planned = plan(folder, "-var", f"state={state}")
            dump(f"plan-{state}.json", planned)
            shown = state_of(folder, state, planned)
            dump(f"state-{state}.json", shown)
            dump(f"raw-{state}.tfstate", raw_of(shown))


if __name__ == "__main__":
    sys.exit(main())
