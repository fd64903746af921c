"""Names of interface endpoint services, read from aws-cdk-lib by building them in each Region."""
import json
import pathlib
import subprocess

from table import Table

# Regions in which CDK gives other prefixes or names than in the commercial ones.
REGIONS = ["eu-central-1", "cn-north-1", "cn-northwest-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1",
           "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "us-isof-south-1", "us-isof-east-1", "eu-isoe-west-1"]

SCRIPT = """
const cdk = require(process.argv[1]), ec2 = cdk.aws_ec2, out = [];
for (const [kind, all] of [['gateway', ec2.GatewayVpcEndpointAwsService], ['interface', ec2.InterfaceVpcEndpointAwsService]])
  for (const constant of Object.getOwnPropertyNames(all).filter(n => /^[A-Z0-9_]+$/.test(n)))
    for (const region of JSON.parse(process.argv[2])) {
      const service = all[constant];
      const stack = new cdk.Stack(new cdk.App(), 's', {env: {region, account: '111122223333'}});
      let name = stack.resolve(service.name);
      if (typeof name !== 'string')  // gateway names join a reference to the Region
        name = name['Fn::Join'][1].map(p => typeof p === 'string' ? p : region).join('');
      out.push([kind, name.split(region).join('{region}'), region, String(service.port || 443)]);
    }
console.log(JSON.stringify(out));
"""

# Endpoint service -> our service name, where the name is neither a service's own nor
# its endpoint's (AWS's table "services that integrate with AWS PrivateLink").
SERVICE = {
    "airflow.api": "mwaa", "airflow.env": "mwaa", "airflow.ops": "mwaa", "analytics-omics": "omics",
    "app-integrations": "appintegrations", "appstream.api": "appstream", "appsync-api": "appsync-api",
    "aps-workspaces": "amp", "codeartifact.api": "codeartifact", "codeconnections.api": "codeconnections",
    "codestar-connections.api": "codestar-connections", "control-storage-omics": "omics",
    "data-servicediscovery": "servicediscovery", "deadline.management": "deadline", "deadline.scheduling": "deadline",
    "dynamodb-streams": "dynamodbstreams", "ecr-public.api": "ecr-public", "ecr.api": "ecr", "notebook": "sagemaker-notebook",
    "studio": "sagemaker-studio", "evidently-dataplane": "evidently", "finspace-api": "finspace", "geo.geofencing": "location",
    "geo.maps": "location", "geo.metadata": "location", "geo.places": "location", "geo.routes": "location",
    "geo.tracking": "location", "iot.data": "iot-data", "iotsitewise.api": "iotsitewise",
    "iotsitewise.data": "iotsitewise", "iottwinmaker.api": "iottwinmaker", "iottwinmaker.data": "iottwinmaker",
    "iotwireless.api": "iotwireless", "kinesis-firehose": "firehose", "kinesis-streams": "kinesis",
    "mail-manager": "mailmanager", "memory-db": "memorydb", "models-v2-lex": "lexv2-models",
    "payment-cryptography.controlplane": "payment-cryptography",
    "payment-cryptography.dataplane": "payment-cryptography-data", "pricing.api": "pricing",
    "runtime-medical-imaging": "medical-imaging", "runtime-v2-lex": "lexv2-runtime",
    "sagemaker.api": "sagemaker", "sagemaker.featurestore-runtime": "sagemaker-featurestore-runtime",
    "sagemaker.metrics": "sagemaker-metrics", "sagemaker.runtime": "sagemaker-runtime", "storage-omics": "omics",
    "streaming-rekognition": "rekognition", "sync-states": "stepfunctions", "tags-omics": "omics",
    "thinclient.api": "workspaces-thin-client", "workflows-omics": "omics",
}


def tables(node: pathlib.Path, services: list) -> list:
    known = {}  # every name of a service -> the service; its own name first
    for column in (0, 4, 6):
        for row in services:
            for name in row[column].split(","):
                known.setdefault(name, row[0])
    package = node / "node_modules/aws-cdk-lib"
    version = json.loads((package / "package.json").read_text())["version"]
    found = json.loads(subprocess.run(["node", "-e", SCRIPT, str(package), json.dumps(REGIONS)],
                                      check=True, capture_output=True, text=True).stdout)
    regions = {}
    for kind, template, region, port in found:
        regions.setdefault((template, kind, port), set()).add(region)
    rows = []
    for (template, kind, port), at in sorted(regions.items()):
        short = _short(template)
        rows.append((template, kind, port, _service(short, known), "" if "eu-central-1" in at else ",".join(sorted(at))))
    return [Table(
        "endpoint_services",
        ["Names of the endpoint services that AWS offers for its own services.",
         "service: the service of services.tsv that answers behind it; `-` = none of them is known to.",
         "regions: empty = wherever AWS offers it; else only there (other partitions use other prefixes)."],
        "npm package aws-cdk-lib, aws_ec2.{Interface,Gateway}VpcEndpointAwsService", version, "Apache-2.0",
        ["name", "kind", "port", "service", "regions"], rows)]


def _short(template: str) -> str:
    """`com.amazonaws.{region}.ecr.api` -> `ecr.api`; `com.amazonaws.iam` -> `iam`."""
    for prefix in ("{region}.", "aws.api.global.", "com.amazonaws."):
        if prefix in template:
            return template.split(prefix, 1)[1]
    raise ValueError(template)


def _service(short: str, known: dict) -> str:
    base = short.removesuffix(".cn")
    for name in (base, base.removesuffix("-fips")):
        found = known.get(SERVICE.get(name, name))
        if found:
            return found
    return "-"
