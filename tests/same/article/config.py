#!/usr/bin/env python3
"""Makes config-N.json of examples/article/N-*: what a snapshot of AWS Config would hold of it.

Only what Config records: its own types, with the members that its schema has
(https://github.com/awslabs/aws-config-resource-schema). So no attributes of VPCs, no
lists of AWS's own prefix lists, no policies of tables, nothing of the organization.
"""
import glob, json, os
from urllib.parse import quote

ACCOUNT, REGION = "111122223333", "eu-central-1"
WHEN = "2026-11-21T08:00:00.000Z"
WORDS = {"AWS::EC2::NatGateway": ["state"], "AWS::EC2::VPCEndpoint": ["state"], "AWS::EC2::Subnet": ["state"],
         "AWS::EC2::VPC": ["state"]}


def small(value):
    """As the Java SDK spells it."""
    if isinstance(value, list):
        return [small(v) for v in value]
    if not isinstance(value, dict):
        return value
    return {k[:1].lower() + k[1:]: small(v) for k, v in value.items()}


def item(kind, identifier, configuration, supplementary=None, tags=None, region=REGION, name=None, arn=None):
    for word in WORDS.get(kind, []):
        if isinstance(configuration.get(word), str):
            configuration[word] = {"value": configuration[word]}
    return {"relatedEvents": [], "relationships": [], "configuration": configuration,
            "supplementaryConfiguration": supplementary or {}, "tags": {t["Key"]: t["Value"] for t in tags or []},
            "configurationItemVersion": "1.3", "configurationItemCaptureTime": WHEN,
            "configurationStateId": 1795248000000, "awsAccountId": ACCOUNT, "configurationItemStatus": "OK",
            "resourceType": kind, "resourceId": identifier, "resourceName": name, "ARN": arn, "awsRegion": region,
            "availabilityZone": "Not Applicable", "configurationStateMd5Hash": ""}


LISTS = [("ec2-describe-vpcs", "Vpcs", "VPC", "VpcId"), ("ec2-describe-subnets", "Subnets", "Subnet", "SubnetId"),
         ("ec2-describe-route-tables", "RouteTables", "RouteTable", "RouteTableId"),
         ("ec2-describe-network-acls", "NetworkAcls", "NetworkAcl", "NetworkAclId"),
         ("ec2-describe-security-groups", "SecurityGroups", "SecurityGroup", "GroupId"),
         ("ec2-describe-network-interfaces", "NetworkInterfaces", "NetworkInterface", "NetworkInterfaceId"),
         ("ec2-describe-internet-gateways", "InternetGateways", "InternetGateway", "InternetGatewayId"),
         ("ec2-describe-nat-gateways", "NatGateways", "NatGateway", "NatGatewayId"),
         ("ec2-describe-vpc-endpoints", "VpcEndpoints", "VPCEndpoint", "VpcEndpointId"),
         ("ec2-describe-addresses", "Addresses", "EIP", "AllocationId")]


def permissions(rules):
    for rule in rules:
        rule["ipv4Ranges"] = rule.pop("ipRanges", [])
        rule["ipRanges"] = [r["cidrIp"] for r in rule["ipv4Ranges"]]
    return rules


def network(load):
    items = []
    for operation, key, kind, identifier in LISTS:
        for thing in load(operation)[key]:
            tags = thing.get("Tags") or thing.get("TagSet") or []
            recorded = small(thing)
            if kind == "SecurityGroup":
                recorded["ipPermissions"] = permissions(recorded["ipPermissions"])
                recorded["ipPermissionsEgress"] = permissions(recorded["ipPermissionsEgress"])
            if kind == "VPCEndpoint":
                recorded.get("dnsOptions", {}).pop("privateDnsOnlyForInboundResolverEndpoint", None)
                recorded.pop("serviceRegion", None)
            items.append(item("AWS::EC2::" + kind, thing[identifier], recorded, tags=tags))
    for reservation in load("ec2-describe-instances")["Reservations"]:
        for thing in reservation["Instances"]:
            items.append(item("AWS::EC2::Instance", thing["InstanceId"], small(thing), tags=thing.get("Tags")))
    for options in load("ec2-describe-dhcp-options")["DhcpOptions"]:
        servers = [v["Value"] for c in options["DhcpConfigurations"] if c["Key"] == "domain-name-servers"
                   for v in c["Values"]]
        items.append(item("AWS::EC2::DHCPOptions", options["DhcpOptionsId"],
                          {"DhcpOptionsId": options["DhcpOptionsId"], "DomainNameServers": servers}))
    mode = load("ec2-describe-vpc-block-public-access-options")["VpcBlockPublicAccessOptions"]
    items.append(item("AWS::EC2::VPCBlockPublicAccessOptions", ACCOUNT,
                      {"AccountId": ACCOUNT, "InternetGatewayBlockMode": mode["InternetGatewayBlockMode"]}))
    return items


def services(load):
    items = []
    for thing in load("lambda-list-functions")["Functions"]:
        recorded = small(thing)
        for member in ("vpcId", "ipv6AllowedForDualStack"):
            recorded["vpcConfig"].pop(member, None)
        policy = load("lambda-get-policy/" + thing["FunctionName"]).get("Policy")
        items.append(item("AWS::Lambda::Function", thing["FunctionName"], recorded, {"Policy": policy}))
    for name in load("dynamodb-list-tables")["TableNames"]:
        table = small(load("dynamodb-describe-table/" + name)["Table"])
        items.append(item("AWS::DynamoDB::Table", name, table, arn=table["tableArn"]))
    for thing in load("s3api-list-buckets", True)["Buckets"]:
        name = thing["Name"]
        policy = load("s3api-get-bucket-policy/" + name, True).get("Policy")
        more = {"BucketPolicy": {"policyText": policy}, "BucketVersioningConfiguration": {"status": "Off"},
                "AccessControlList": "{\"grantSet\":null,\"isRequesterCharged\":false}"}
        block = load("s3api-get-public-access-block/" + name, True).get("PublicAccessBlockConfiguration")
        if block:
            more["PublicAccessBlockConfiguration"] = small(block)
        items.append(item("AWS::S3::Bucket", name, {"name": name, "owner": {"id": "0a1"}}, more, name=name))
    return items


def identities(load):
    details = load("iam-get-account-authorization-details", True)
    document = lambda value: quote(json.dumps(value, separators=(",", ":")), safe="")
    items = []
    for key, kind, identifier in (("RoleDetailList", "Role", "RoleId"), ("UserDetailList", "User", "UserId"),
                                  ("GroupDetailList", "Group", "GroupId"), ("Policies", "Policy", "PolicyId")):
        for thing in details[key]:
            if thing["Arn"].startswith("arn:aws:iam::aws:"):
                continue  # those of AWS are nobody's resources
            for inline in ("RolePolicyList", "UserPolicyList", "GroupPolicyList"):
                for policy in thing.get(inline, []):
                    policy["PolicyDocument"] = document(policy["PolicyDocument"])
            for profile in thing.get("InstanceProfileList", []):
                for role in profile["Roles"]:
                    role["AssumeRolePolicyDocument"] = document(role["AssumeRolePolicyDocument"])
            if "AssumeRolePolicyDocument" in thing:
                thing["AssumeRolePolicyDocument"] = document(thing["AssumeRolePolicyDocument"])
            for version in thing.get("PolicyVersionList", []):
                version["Document"] = document(version["Document"])
            recorded = small(thing)
            recorded.setdefault("permissionsBoundary", None)
            items.append(item("AWS::IAM::" + kind, thing[identifier], recorded, region="global"))
    return items


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in sorted(glob.glob(os.path.join(here, "../../../examples/article/[1-9]-*"))):
        def load(name, everywhere=False):
            place = "aws-global" if everywhere else REGION
            with open(os.path.join(folder, ACCOUNT, place, name + ".json")) as text:
                return json.load(text)
        state = os.path.basename(folder)[0]
        whole = {"fileVersion": "1.0", "configSnapshotId": "7150a0d6-0000-4000-8000-00000000000" + state,
                 "configurationItems": network(load) + services(load) + identities(load)}
        with open(os.path.join(here, f"config-{state}.json"), "w") as out:
            out.write(json.dumps(whole, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
