"""Partitions, Regions, services and the host names that SDKs use for them.

The names are not read from a list: botocore's endpoint rule sets, which all SDKs
share, are evaluated for every service, Region and setting (dual-stack, FIPS), and
the answers are folded into templates.
"""
import re
from urllib.parse import urlparse

from table import Table

SOURCE = "botocore, data/partitions.json and data/*/*/endpoint-rule-set-1.json, evaluated with botocore.endpoint_provider"
LICENCE = "Apache-2.0"
KINDS = {(False, False): "regional", (False, True): "dualstack", (True, False): "fips", (True, True): "fips-dualstack"}

# botocore services that share one host: the one that gives its name to all.
CHOSEN = {"elasticloadbalancing": "elbv2", "email": "sesv2", "apigateway": "apigateway", "es": "opensearch",
          "rds": "rds", "sdb": "sdb", "wisdom": "qconnect", "greengrass": "greengrassv2",
          "kinesisanalytics": "kinesisanalyticsv2", "sms-voice.pinpoint": "pinpoint-sms-voice"}

# Service -> prefix of its IAM actions, where neither the signing name nor the
# endpoint's is one, or is another service's (Service Authorization Reference).
IAM_PREFIX = {
    "cloudcontrol": "cloudformation", "applicationcostprofiler": "application-cost-profiler", "iotevents-data": "iotevents",
    "iotsecuretunneling": "iot", "connectparticipant": "-",
    "cloudwatch": "cloudwatch", "mturk": "mechanicalturk", "application-autoscaling": "application-autoscaling",
    "application-insights": "applicationinsights", "bedrock-runtime": "bedrock", "bedrock-agent": "bedrock",
    "bedrock-agent-runtime": "bedrock", "iot-jobs-data": "iotjobsdata", "iot-data": "iot", "ssm-sap": "ssm-sap",
    "dynamodbstreams": "dynamodb", "lex-models": "lex", "lex-runtime": "lex", "lexv2-models": "lex",
    "lexv2-runtime": "lex", "sagemaker-runtime": "sagemaker", "sesv2": "ses", "keyspaces": "cassandra",
    "license-manager-linux-subscriptions": "license-manager-linux-subscriptions", "codestar-connections": "codestar-connections",
    "s3control": "s3", "cloudhsm": "cloudhsm", "elbv2": "elasticloadbalancing", "kinesisanalyticsv2": "kinesisanalytics",
    "entityresolution": "entityresolution", "meteringmarketplace": "aws-marketplace", "marketplace-entitlement": "aws-marketplace",
    "marketplace-catalog": "aws-marketplace", "marketplacecommerceanalytics": "marketplacecommerceanalytics",
    "resourcegroupstaggingapi": "tag", "rds-data": "rds-data", "pinpoint-sms-voice-v2": "sms-voice", "pinpoint": "mobiletargeting",
    "pinpoint-sms-voice": "sms-voice", "efs": "elasticfilesystem", "emr": "elasticmapreduce", "cognito-sync": "cognito-sync",
}


def tables(iam_services: list) -> list:
    import botocore
    import botocore.session
    from botocore.endpoint_provider import EndpointProvider

    version = botocore.__version__
    loader = botocore.session.get_session().get_component("data_loader")
    partitions = loader.load_data("partitions")["partitions"]
    names = loader.list_available_services("service-2")
    iam = {row[0] for row in iam_services}

    hosts, metadata, prefixes = {}, {}, {}
    for name in names:
        model = loader.load_service_model(name, "service-2")
        metadata[name] = model["metadata"]
        prefixes[name] = _operation_prefixes(model)
        provider = EndpointProvider(loader.load_service_model(name, "endpoint-rule-set-1"), {"partitions": partitions, "version": "1.1"})
        hosts[name] = {kind: _resolve(provider, partitions, fips, dual) for (fips, dual), kind in KINDS.items()}

    canonical = _canonical(hosts, metadata)
    host_rows, service_rows = [], []
    for name in sorted(set(canonical.values())):
        rows = _fold(name, hosts[name], partitions, prefixes[name])
        host_rows += rows
        same = sorted(other for other, chosen in canonical.items() if chosen == name and other != name)
        meta = metadata[name]
        signing = meta.get("signingName", meta["endpointPrefix"])
        scope = "global" if any(r[2] == "global" and {"*", "aws"} & set(r[1].split(",")) for r in rows) else "regional"
        service_rows.append((name, meta["serviceId"], _iam_prefix(name, meta, iam), scope, meta["endpointPrefix"], signing, ",".join(same)))

    make = lambda name, about, columns, rows: Table(name, about, SOURCE, version, LICENCE, columns, rows)
    return [
        make("partitions", ["Partitions. dns, dual: suffixes of host names; global: the Region of global services.",
                            "prefixes: Regions that this file does not list yet are one of these, a word, `-` and a number."],
             ["partition", "dns", "dual", "global", "prefixes"],
             [(p["id"], p["outputs"]["dnsSuffix"], p["outputs"]["dualStackDnsSuffix"], p["outputs"]["implicitGlobalRegion"],
               _region_prefixes(p["regionRegex"])) for p in partitions]),
        make("regions", ["Regions."], ["region", "partition", "title"],
             [(r, p["id"], v.get("description", "")) for p in partitions for r, v in p["regions"].items() if not r.endswith("-global")]),
        make("services", ["Services with an API, by the name that botocore and the AWS CLI give them; services that answer",
                          "at one host are one line (`also` has the others).",
                          "iam: prefix of the IAM actions, `-` = not known; scope global = one host for the whole partition."],
             ["service", "title", "iam", "scope", "endpoint", "signing", "also"], service_rows),
        make("host_names", ["Host names of the services of services.tsv, as templates.",
                            "partitions: `*` = all; regions: empty = all of them, `!a,b` = all but these.",
                            "{region} the Region, {dns} and {dual} the partition's suffixes; `*.` = one or more further labels.",
                            "use: default = SDKs use it without any setting; operation = for some operations only; option = only if asked for."],
             ["service", "partitions", "kind", "use", "name", "regions"], host_rows),
    ]


def _region_prefixes(pattern):
    r"""`^(us|eu)\-\w+\-\d+$` -> `us-,eu-`; a pattern of another form stops the script."""
    head = re.fullmatch(r"\^([a-z()|\\-]+)\\-\\w\+\\-\\d\+\$", pattern).group(1).replace("\\-", "-")
    before, _, rest = head.partition("(")
    choices, _, after = rest.partition(")")
    return ",".join(f"{before}{choice}{after}-" for choice in choices.split("|"))


def _resolve(provider, partitions, fips, dual):
    """{partition: {region: host}}; regions without such a host are left out."""
    answers = {}
    for partition in partitions:
        found = {}
        for region in partition["regions"]:
            if region.endswith("-global"):
                continue
            parameters = {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
            known = provider.ruleset.parameters
            for extra, value in (("UseGlobalEndpoint", False), ("RequiresAccountId", False), ("ApiType", "ControlPlane")):
                if extra in known:
                    parameters[extra] = value
            try:
                found[region] = urlparse(provider.resolve_endpoint(**parameters).url).hostname
            except Exception:  # the rule set refuses the setting in this partition
                continue
        if found:
            answers[partition["id"]] = found
    return answers


def _operation_prefixes(model):
    """Host prefixes of operations -> True if every operation has one of them."""
    prefixes = [op.get("endpoint", {}).get("hostPrefix", "") for op in model["operations"].values()]
    return sorted({"*." if "{" in p else p for p in prefixes if p}), all(prefixes)


def _canonical(hosts, metadata):
    """{service: the service whose name stands for its host}."""
    groups = {}
    for name, by_kind in hosts.items():
        key = by_kind["regional"].get("aws", {}).get("eu-central-1") or name
        groups.setdefault(key, []).append(name)
    chosen = {}
    for members in groups.values():
        endpoint = metadata[members[0]]["endpointPrefix"]
        head = CHOSEN.get(endpoint) if CHOSEN.get(endpoint) in members else endpoint if endpoint in members else sorted(members, key=lambda m: (len(m), m))[0]
        chosen.update({member: head for member in members})
    return chosen


def _fold(service, by_kind, partitions, prefixes):
    """Rows (service, partitions, kind, use, template, regions) that say the same as the hosts."""
    rows = {}
    single = {}  # kind -> True if some partition with several Regions has one host for all
    for kind, by_partition in by_kind.items():
        single[kind] = any(len(found) > 1 and len(set(found.values())) == 1 for found in by_partition.values())
    for kind, by_partition in by_kind.items():
        for partition in partitions:
            found = by_partition.get(partition["id"], {})
            if not found:
                continue
            outputs = partition["outputs"]
            if len(set(found.values())) == 1 and (len(found) > 1 or single[kind]):
                template = _suffix(next(iter(found.values())), outputs)
                _add(rows, "global" if kind == "regional" else kind, template, "", partition["id"])
                continue
            by_template = {}
            for region, host in found.items():
                by_template.setdefault(_suffix(host.replace(region, "{region}"), outputs), []).append(region)
            largest = max(by_template, key=lambda t: (len(by_template[t]), t))
            for template, regions in by_template.items():
                others = sorted(r for r in found if r not in regions)
                scope = "" if not others else "!" + ",".join(others) if template == largest else ",".join(sorted(regions))
                _add(rows, kind, template, scope, partition["id"])
    every = len(partitions)
    result = []
    for (kind, template, regions), at in rows.items():
        where = "*" if len(at) == every else ",".join(at)
        plain = kind in ("regional", "global")
        labels, all_prefixed = prefixes
        if not all_prefixed:
            result.append((service, where, kind, "default" if plain else "option", template, regions))
        for label in labels if plain else []:
            result.append((service, where, kind, "operation", label + template, regions))
    return result


def _add(rows, kind, template, regions, partition):
    rows.setdefault((kind, template, regions), []).append(partition)


def _suffix(host, outputs):
    for key, mark in (("dualStackDnsSuffix", "{dual}"), ("dnsSuffix", "{dns}")):
        if host.endswith("." + outputs[key]):
            return host[: -len(outputs[key])] + mark
    return host


def _iam_prefix(name, meta, iam):
    for candidate in (IAM_PREFIX.get(name), meta.get("signingName"), meta["endpointPrefix"], name):
        if candidate == "-" or candidate in iam:
            return candidate
    return "-"
