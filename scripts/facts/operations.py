"""Which service answers an IAM action, where several share one prefix.

`dynamodb:GetRecords` is an operation of DynamoDB Streams, at another host and behind
another endpoint than `dynamodb:GetItem`. botocore's models say which operations a
service has; an action without an operation of its name has no row.
"""
import collections

from table import Table


def tables(services: list, actions: list) -> list:
    import botocore
    import botocore.session

    loader = botocore.session.get_session().get_component("data_loader")
    of_prefix = collections.defaultdict(list)
    for row in services:
        if row[2] != "-":
            of_prefix[row[2]].append(row)
    rows = []
    for prefix, members in of_prefix.items():
        if len(members) < 2:
            continue
        operations = {row[0]: _operations(loader, row) for row in members}
        for owner, action, *_ in actions:
            if owner == prefix:
                rows += [(f"{prefix}:{action}", name) for name, own in operations.items() if action.lower() in own]
    return [Table(
        "action_services",
        ["Services that have an operation of the action's name, for prefixes that several services share."],
        "botocore, data/*/*/service-2.json, names of operations", botocore.__version__, "Apache-2.0",
        ["action", "service"], rows)]


def _operations(loader, row) -> set:
    names = [row[0]] + [name for name in row[6].split(",") if name]
    return {op.lower() for name in names for op in loader.load_service_model(name, "service-2")["operations"]}
