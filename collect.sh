#!/usr/bin/env bash
# Collects what Sallyport reads of one AWS account: plain AWS CLI calls, all read-only, one file per answer.
# Runs wherever the AWS CLI does (AWS CloudShell has it). Needs bash 3.2 or newer and nothing else.
#
# What may be called stands in one table below; the policy that `--policy` prints is made from the same table.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: ./collect.sh [--out FOLDER] [--regions R1,R2] [--profile NAME]
       ./collect.sh --policy | --calls | --help

  --out FOLDER     where the answers go (default: collected)
  --regions LIST   only these Regions, separated by commas (default: all that the account has enabled)
  --profile NAME   profile of the AWS CLI
  --policy         print the read-only IAM policy that a complete collection needs, and stop
  --calls          print the calls that would be made, and stop
  --help           this text

Run it once per account into the same folder; the management account (or a delegated administrator of
AWS Organizations) also gives the organization's policies. Interrupted, or refused somewhere: run it again.
Answers that are there are kept, refused ones are asked again.

  FOLDER/<account>/<region>/<service>-<operation>.json
  FOLDER/<account>/<region>/<service>-<operation>/<identifier>.json     `/`, `:` and `%` percent-encoded
  FOLDER/<account>/aws-global/...

An answer that AWS refused is kept as {"Error": {"Code": ..., "Message": ...}}: Sallyport then knows that it
does not know. Environment variables of functions are never written; no call returns a secret.

exit status: 0 everything was answered, 1 usage or no access at all, 3 some answers were refused

examples:
  ./collect.sh --policy > reader.json
  ./collect.sh --regions eu-central-1,us-east-1
  build/sallyport paths collected
TEXT
}

# scope | call | IAM action | each | arguments | file
#   scope   region: once per Region; global: once per account
#   each    a list of identifiers (function ids below): one call per identifier, which stands for {}
#   file    name inside the folder <service>-<operation>; {} by default
calls() {
  cat <<'TABLE'
global | sts get-caller-identity                                  | sts:GetCallerIdentity
global | ec2 describe-regions                                     | ec2:DescribeRegions
global | iam get-account-authorization-details                    | iam:GetAccountAuthorizationDetails
global | s3api list-buckets                                       | s3:ListAllMyBuckets
global | s3api get-bucket-location                                | s3:GetBucketLocation             | buckets  | --bucket {}
global | s3api get-bucket-policy                                  | s3:GetBucketPolicy               | buckets  | --bucket {}
global | s3api get-public-access-block                            | s3:GetBucketPublicAccessBlock    | buckets  | --bucket {}
global | s3control get-public-access-block                        | s3:GetAccountPublicAccessBlock   |          | --account-id {account}
global | route53 list-hosted-zones                                | route53:ListHostedZones
global | route53 get-hosted-zone                                  | route53:GetHostedZone            | zones    | --id {}
global | route53 list-resource-record-sets                        | route53:ListResourceRecordSets   | zones    | --hosted-zone-id {}
global | organizations describe-organization                      | organizations:DescribeOrganization
global | organizations list-roots                                 | organizations:ListRoots
global | organizations list-accounts                              | organizations:ListAccounts
global | organizations list-organizational-units-for-parent       | organizations:ListOrganizationalUnitsForParent | parents | --parent-id {}
global | organizations list-parents                               | organizations:ListParents        | children | --child-id {}
global | organizations list-policies                              | organizations:ListPolicies       | types    | --filter {}
global | organizations describe-policy                            | organizations:DescribePolicy     | policies | --policy-id {}
global | organizations list-targets-for-policy                    | organizations:ListTargetsForPolicy | policies | --policy-id {}
region | ec2 describe-availability-zones                          | ec2:DescribeAvailabilityZones
region | ec2 describe-vpcs                                        | ec2:DescribeVpcs
region | ec2 describe-vpc-attribute                               | ec2:DescribeVpcAttribute         | vpcs     | --vpc-id {} --attribute enableDnsSupport   | {}--enableDnsSupport
region | ec2 describe-vpc-attribute                               | ec2:DescribeVpcAttribute         | vpcs     | --vpc-id {} --attribute enableDnsHostnames | {}--enableDnsHostnames
region | route53 list-hosted-zones-by-vpc                         | route53:ListHostedZonesByVPC      | vpcs     | --vpc-id {} --vpc-region {region}
region | ec2 describe-subnets                                     | ec2:DescribeSubnets
region | ec2 describe-route-tables                                | ec2:DescribeRouteTables
region | ec2 describe-network-acls                                | ec2:DescribeNetworkAcls
region | ec2 describe-security-groups                             | ec2:DescribeSecurityGroups
region | ec2 describe-security-group-vpc-associations             | ec2:DescribeSecurityGroupVpcAssociations
region | ec2 describe-security-group-vpc-associations             | ec2:DescribeSecurityGroupVpcAssociations
region | ec2 describe-network-interfaces                          | ec2:DescribeNetworkInterfaces
region | ec2 describe-instances                                   | ec2:DescribeInstances
region | ec2 describe-addresses                                   | ec2:DescribeAddresses
region | ec2 describe-internet-gateways                           | ec2:DescribeInternetGateways
region | ec2 describe-egress-only-internet-gateways               | ec2:DescribeEgressOnlyInternetGateways
region | ec2 describe-carrier-gateways                            | ec2:DescribeCarrierGateways
region | ec2 describe-nat-gateways                                | ec2:DescribeNatGateways
region | ec2 describe-dhcp-options                                | ec2:DescribeDhcpOptions
region | ec2 describe-vpc-endpoints                               | ec2:DescribeVpcEndpoints
region | ec2 describe-vpc-endpoint-services                       | ec2:DescribeVpcEndpointServices
region | ec2 describe-vpc-endpoint-connections                    | ec2:DescribeVpcEndpointConnections
region | ec2 describe-vpc-endpoint-associations                   | ec2:DescribeVpcEndpointAssociations
region | ec2 describe-vpc-endpoint-service-configurations         | ec2:DescribeVpcEndpointServiceConfigurations
region | ec2 describe-vpc-endpoint-service-permissions            | ec2:DescribeVpcEndpointServicePermissions | offered | --service-id {}
region | ec2 describe-managed-prefix-lists                        | ec2:DescribeManagedPrefixLists
region | ec2 get-managed-prefix-list-entries                      | ec2:GetManagedPrefixListEntries  | prefix-lists | --prefix-list-id {}
region | ec2 describe-vpc-peering-connections                     | ec2:DescribeVpcPeeringConnections
region | ec2 describe-vpc-block-public-access-options             | ec2:DescribeVpcBlockPublicAccessOptions
region | ec2 describe-vpc-block-public-access-exclusions          | ec2:DescribeVpcBlockPublicAccessExclusions
region | ec2 describe-transit-gateways                            | ec2:DescribeTransitGateways
region | ec2 describe-transit-gateway-attachments                 | ec2:DescribeTransitGatewayAttachments
region | ec2 describe-transit-gateway-vpc-attachments             | ec2:DescribeTransitGatewayVpcAttachments
region | ec2 describe-transit-gateway-peering-attachments         | ec2:DescribeTransitGatewayPeeringAttachments
region | ec2 describe-transit-gateway-policy-tables               | ec2:DescribeTransitGatewayPolicyTables
region | ec2 describe-transit-gateway-route-tables                | ec2:DescribeTransitGatewayRouteTables
region | ec2 search-transit-gateway-routes                        | ec2:SearchTransitGatewayRoutes   | tgw-tables | --transit-gateway-route-table-id {} --filters Name=state,Values=active,blackhole
region | ec2 get-transit-gateway-route-table-associations         | ec2:GetTransitGatewayRouteTableAssociations | tgw-tables | --transit-gateway-route-table-id {}
region | ec2 get-transit-gateway-route-table-propagations         | ec2:GetTransitGatewayRouteTablePropagations | tgw-tables | --transit-gateway-route-table-id {}
region | ec2 describe-vpn-gateways                                | ec2:DescribeVpnGateways
region | ec2 describe-vpn-connections                             | ec2:DescribeVpnConnections
region | ec2 describe-customer-gateways                           | ec2:DescribeCustomerGateways
region | directconnect describe-virtual-interfaces                | directconnect:DescribeVirtualInterfaces
region | directconnect describe-direct-connect-gateway-associations | directconnect:DescribeDirectConnectGatewayAssociations | vpn-gateways | --virtual-gateway-id {}
region | route53resolver list-resolver-rules                      | route53resolver:ListResolverRules
region | route53resolver list-resolver-rule-associations          | route53resolver:ListResolverRuleAssociations
region | route53resolver list-resolver-endpoints                  | route53resolver:ListResolverEndpoints
region | route53resolver list-firewall-rule-group-associations    | route53resolver:ListFirewallRuleGroupAssociations
region | route53resolver list-firewall-rules                      | route53resolver:ListFirewallRules | firewall-groups | --firewall-rule-group-id {}
region | route53resolver list-firewall-domain-lists               | route53resolver:ListFirewallDomainLists
region | route53resolver list-firewall-domains                    | route53resolver:ListFirewallDomains | firewall-lists | --firewall-domain-list-id {}
region | vpc-lattice list-resource-gateways                       | vpc-lattice:ListResourceGateways
region | vpc-lattice list-resource-configurations                 | vpc-lattice:ListResourceConfigurations
region | vpc-lattice get-resource-configuration                   | vpc-lattice:GetResourceConfiguration | resource-configurations | --resource-configuration-identifier {}
region | vpc-lattice list-service-networks                        | vpc-lattice:ListServiceNetworks
region | vpc-lattice get-service-network                          | vpc-lattice:GetServiceNetwork | service-networks | --service-network-identifier {}
region | vpc-lattice list-service-network-vpc-associations        | vpc-lattice:ListServiceNetworkVpcAssociations | service-networks | --service-network-identifier {}
region | vpc-lattice list-service-network-resource-associations   | vpc-lattice:ListServiceNetworkResourceAssociations | service-networks | --service-network-identifier {}
region | vpc-lattice list-service-network-service-associations    | vpc-lattice:ListServiceNetworkServiceAssociations | service-networks | --service-network-identifier {}
region | route53resolver list-resolver-endpoint-ip-addresses      | route53resolver:ListResolverEndpointIpAddresses | resolver-endpoints | --resolver-endpoint-id {}
region | route53profiles list-profile-associations                | route53profiles:ListProfileAssociations
region | route53profiles list-profile-resource-associations       | route53profiles:ListProfileResourceAssociations | profiles | --profile-id {}
region | elbv2 describe-load-balancers                            | elasticloadbalancing:DescribeLoadBalancers
region | elbv2 describe-load-balancer-attributes                  | elasticloadbalancing:DescribeLoadBalancerAttributes | balancers | --load-balancer-arn {}
region | elbv2 describe-listeners                                 | elasticloadbalancing:DescribeListeners | balancers | --load-balancer-arn {}
region | elbv2 describe-rules                                     | elasticloadbalancing:DescribeRules | listeners | --listener-arn {}
region | elbv2 describe-target-groups                             | elasticloadbalancing:DescribeTargetGroups
region | elbv2 describe-target-health                             | elasticloadbalancing:DescribeTargetHealth | target-groups | --target-group-arn {}
region | elbv2 describe-target-group-attributes                   | elasticloadbalancing:DescribeTargetGroupAttributes | target-groups | --target-group-arn {}
region | elb describe-load-balancers                              | elasticloadbalancing:DescribeLoadBalancers
region | elb describe-load-balancer-attributes                    | elasticloadbalancing:DescribeLoadBalancerAttributes | classic | --load-balancer-name {}
region | elb describe-instance-health                             | elasticloadbalancing:DescribeInstanceHealth | classic | --load-balancer-name {}
region | lambda list-functions                                    | lambda:ListFunctions             |          | --query {functions}
region | lambda get-policy                                        | lambda:GetPolicy                 | functions | --function-name {}
region | dynamodb list-tables                                     | dynamodb:ListTables
region | dynamodb describe-table                                  | dynamodb:DescribeTable           | tables   | --table-name {}
region | dynamodb get-resource-policy                             | dynamodb:GetResourcePolicy       | tables   | --resource-arn arn:{partition}:dynamodb:{region}:{account}:table/{}
region | sqs list-queues                                          | sqs:ListQueues
region | sqs get-queue-attributes                                 | sqs:GetQueueAttributes           | queues   | --queue-url {} --attribute-names All | {last}
region | sns list-topics                                          | sns:ListTopics
region | sns get-topic-attributes                                 | sns:GetTopicAttributes           | topics   | --topic-arn {}
region | kms list-keys                                            | kms:ListKeys
region | kms get-key-policy                                       | kms:GetKeyPolicy                 | keys     | --key-id {} --policy-name default
region | kms describe-key                                         | kms:DescribeKey                  | keys     | --key-id {}
region | kms list-aliases                                         | kms:ListAliases
region | secretsmanager list-secrets                              | secretsmanager:ListSecrets
region | secretsmanager get-resource-policy                       | secretsmanager:GetResourcePolicy | secrets  | --secret-id {}
region | ecr describe-repositories                                | ecr:DescribeRepositories
region | ecr get-repository-policy                                | ecr:GetRepositoryPolicy          | repositories | --repository-name {}
region | events list-event-buses                                  | events:ListEventBuses
region | events describe-event-bus                                | events:DescribeEventBus          | buses    | --name {}
region | kinesis list-streams                                     | kinesis:ListStreams
region | kinesis get-resource-policy                              | kinesis:GetResourcePolicy        | streams  | --resource-arn arn:{partition}:kinesis:{region}:{account}:stream/{}
region | stepfunctions list-state-machines                        | states:ListStateMachines
region | emr list-clusters                                        | elasticmapreduce:ListClusters
region | emr describe-cluster                                     | elasticmapreduce:DescribeCluster | emr-clusters | --cluster-id {}
region | ec2 describe-instance-connect-endpoints                  | ec2:DescribeInstanceConnectEndpoints
region | ecs list-clusters                                        | ecs:ListClusters
region | ecs list-services                                        | ecs:ListServices                 | ecs-clusters | --cluster {}
region | ecs describe-services                                    | ecs:DescribeServices             | ecs-services | --cluster {cluster} --services {}
region | ecs list-tasks                                           | ecs:ListTasks                    | ecs-clusters | --cluster {}
region | ecs describe-tasks                                       | ecs:DescribeTasks                | ecs-tasks | --cluster {cluster} --tasks {} --query {tasks}
region | ecs describe-task-definition                             | ecs:DescribeTaskDefinition       | task-definitions | --task-definition {} --query {definition}
region | eks list-clusters                                        | eks:ListClusters
region | eks describe-cluster                                     | eks:DescribeCluster              | eks-clusters | --name {}
region | rds describe-db-instances                                | rds:DescribeDBInstances
region | rds describe-db-clusters                                 | rds:DescribeDBClusters
region | redshift describe-clusters                               | redshift:DescribeClusters
region | redshift describe-cluster-subnet-groups                  | redshift:DescribeClusterSubnetGroups
region | elasticache describe-cache-clusters                      | elasticache:DescribeCacheClusters |         | --show-cache-node-info
region | elasticache describe-cache-subnet-groups                 | elasticache:DescribeCacheSubnetGroups
region | opensearch list-domain-names                             | es:ListDomainNames
region | opensearch describe-domain                               | es:DescribeDomain                | search-domains | --domain-name {}
region | kafka list-clusters-v2                                   | kafka:ListClustersV2
region | kafka list-nodes                                         | kafka:ListNodes                  | brokers  | --cluster-arn {}
region | efs describe-mount-targets                               | elasticfilesystem:DescribeMountTargets | file-systems | --file-system-id {}
region | efs describe-file-systems                                | elasticfilesystem:DescribeFileSystems
region | sagemaker list-notebook-instances                        | sagemaker:ListNotebookInstances
region | sagemaker describe-notebook-instance                     | sagemaker:DescribeNotebookInstance | notebooks | --notebook-instance-name {}
region | sagemaker list-domains                                   | sagemaker:ListDomains
region | sagemaker describe-domain                                | sagemaker:DescribeDomain         | studios  | --domain-id {}
region | codebuild list-projects                                  | codebuild:ListProjects
region | codebuild batch-get-projects                             | codebuild:BatchGetProjects       | build-projects | --names {} --query {projects}
region | glue get-connections                                     | glue:GetConnections              |          | --hide-password --query {connections}
region | batch describe-compute-environments                      | batch:DescribeComputeEnvironments
region | apprunner list-services                                  | apprunner:ListServices
region | apprunner describe-service                               | apprunner:DescribeService        | web-services | --service-arn {} --query {webservice}
region | apprunner list-vpc-connectors                            | apprunner:ListVpcConnectors
region | apigateway get-rest-apis                                 | apigateway:GET
region | apigateway get-vpc-links                                 | apigateway:GET
region | apigatewayv2 get-apis                                    | apigateway:GET
region | apigatewayv2 get-vpc-links                               | apigateway:GET
region | lambda list-function-url-configs                         | lambda:ListFunctionUrlConfigs    | functions | --function-name {}
region | events list-connections                                  | events:ListConnections
TABLE
}

# What is written of a function: never its environment variables.
functions_query='{Functions: Functions[].{FunctionName: FunctionName, FunctionArn: FunctionArn, Role: Role, Version: Version, Runtime: Runtime, PackageType: PackageType, VpcConfig: VpcConfig, State: State}}'

# Of what may hold values of environment variables or passwords, only what says where it runs.
tasks_query='{tasks: tasks[].{taskArn: taskArn, clusterArn: clusterArn, taskDefinitionArn: taskDefinitionArn, group: group, lastStatus: lastStatus, launchType: launchType, attachments: attachments, overrides: {taskRoleArn: overrides.taskRoleArn}}}'
definition_query='{taskDefinition: taskDefinition.{taskDefinitionArn: taskDefinitionArn, family: family, networkMode: networkMode, taskRoleArn: taskRoleArn, executionRoleArn: executionRoleArn}}'
projects_query='{projects: projects[].{name: name, arn: arn, serviceRole: serviceRole, vpcConfig: vpcConfig}}'
connections_query='{ConnectionList: ConnectionList[].{Name: Name, ConnectionType: ConnectionType, PhysicalConnectionRequirements: PhysicalConnectionRequirements}}'
webservice_query='{Service: Service.{ServiceName: ServiceName, ServiceArn: ServiceArn, ServiceUrl: ServiceUrl, Status: Status, NetworkConfiguration: NetworkConfiguration, InstanceConfiguration: {InstanceRoleArn: InstanceConfiguration.InstanceRoleArn}}}'

# The identifiers of a list, one per line. Each asks by a call that stands in the table, too.
ids() {
  case $1 in
    buckets) names s3api list-buckets --query 'Buckets[].Name' ;;
    zones) names route53 list-hosted-zones --query 'HostedZones[?Config.PrivateZone].Id' | sed 's|^/hostedzone/||' ;;
    types) printf '%s\n' SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY ;;
    policies) for type in $(ids types); do names organizations list-policies --filter "$type" --query 'Policies[].Id'; done ;;
    accounts) names organizations list-accounts --query 'Accounts[].Id' ;;
    parents) organization_tree ;;
    children)
      ids accounts
      list parents | grep -v '^r-'
      ;;
    vpcs) names ec2 describe-vpcs --query 'Vpcs[].VpcId' ;;
    offered) names ec2 describe-vpc-endpoint-service-configurations --query 'ServiceConfigurations[].ServiceId' ;;
    vpn-gateways) names ec2 describe-vpn-gateways --query 'VpnGateways[].VpnGatewayId' ;;
    prefix-lists) names ec2 describe-managed-prefix-lists --query 'PrefixLists[].PrefixListId' ;;
    tgw-tables) names ec2 describe-transit-gateway-route-tables --query 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' ;;
    firewall-groups) names route53resolver list-firewall-rule-group-associations --query 'FirewallRuleGroupAssociations[].FirewallRuleGroupId' ;;
    firewall-lists) names route53resolver list-firewall-domain-lists --query 'FirewallDomainLists[?ManagedOwnerName==null].Id' ;;
    resource-configurations) names vpc-lattice list-resource-configurations --query 'items[].id' ;;
    service-networks) names vpc-lattice list-service-networks --query 'items[].id' ;;
    resolver-endpoints) names route53resolver list-resolver-endpoints --query 'ResolverEndpoints[].Id' ;;
    profiles) names route53profiles list-profile-associations --query 'ProfileAssociations[].ProfileId' ;;
    balancers) names elbv2 describe-load-balancers --query 'LoadBalancers[].LoadBalancerArn' ;;
    listeners)
      # Only application balancers have rules behind their listeners' default actions.
      for balancer in $(list balancers | grep ':loadbalancer/app/'); do
        names elbv2 describe-listeners --load-balancer-arn "$balancer" --query 'Listeners[].ListenerArn'
      done
      ;;
    classic) names elb describe-load-balancers --query 'LoadBalancerDescriptions[].LoadBalancerName' ;;
    target-groups) names elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupArn' ;;
    ecs-clusters) names ecs list-clusters --query 'clusterArns' ;;
    ecs-services) for cluster in $(list ecs-clusters); do names ecs list-services --cluster "$cluster" --query 'serviceArns'; done ;;
    ecs-tasks) for cluster in $(list ecs-clusters); do names ecs list-tasks --cluster "$cluster" --query 'taskArns'; done ;;
    task-definitions)
      {
        for id in $(list ecs-services); do
          names ecs describe-services --cluster "$(cluster_of "$id")" --services "$id" --query 'services[].taskDefinition'
        done
        for id in $(list ecs-tasks); do
          names ecs describe-tasks --cluster "$(cluster_of "$id")" --tasks "$id" --query 'tasks[].taskDefinitionArn'
        done
      } | sort -u
      ;;
    eks-clusters) names eks list-clusters --query 'clusters' ;;
    search-domains) names opensearch list-domain-names --query 'DomainNames[].DomainName' ;;
    brokers) names kafka list-clusters-v2 --query 'ClusterInfoList[].ClusterArn' ;;
    file-systems) names efs describe-file-systems --query 'FileSystems[].FileSystemId' ;;
    notebooks) names sagemaker list-notebook-instances --query 'NotebookInstances[].NotebookInstanceName' ;;
    studios) names sagemaker list-domains --query 'Domains[].DomainId' ;;
    build-projects) names codebuild list-projects --query 'projects' ;;
    web-services) names apprunner list-services --query 'ServiceSummaryList[].ServiceArn' ;;
    functions) names lambda list-functions --query 'Functions[].FunctionName' ;;
    tables) names dynamodb list-tables --query 'TableNames' ;;
    queues) names sqs list-queues --query 'QueueUrls' ;;
    topics) names sns list-topics --query 'Topics[].TopicArn' ;;
    keys) names kms list-keys --query 'Keys[].KeyId' ;;
    secrets) names secretsmanager list-secrets --query 'SecretList[].ARN' ;;
    repositories) names ecr describe-repositories --query 'repositories[].repositoryName' ;;
    streams) names kinesis list-streams --query 'StreamNames' ;;
    emr-clusters) names emr list-clusters --active --query 'Clusters[].Id' ;;
    buses) names events list-event-buses --query 'EventBuses[].Name' ;;
  esac
}

# `arn:...:service/CLUSTER/NAME` -> CLUSTER.
cluster_of() {
  local rest=${1%/*}
  printf '%s' "${rest##*/}"
}

# The root and all organizational units, level by level.
organization_tree() {
  local level next parent
  level=$(names organizations list-roots --query 'Roots[].Id')
  while [ -n "$level" ]; do
    printf '%s\n' "$level"
    next=
    for parent in $level; do
      next="$next $(names organizations list-organizational-units-for-parent --parent-id "$parent" --query 'OrganizationalUnits[].Id')"
    done
    # shellcheck disable=SC2086  # one per line
    level=$(printf '%s\n' $next)
  done
}

say() { printf '%s\n' "$*" >&2; }
trim() { sed 's/^ *//; s/ *$//'; }
trimmed() { # the same into $text, without a process
  text=${1#"${1%%[! ]*}"}
  text=${text%"${text##*[! ]}"}
}

print_policy() {
  local actions
  actions=$(calls | cut -d'|' -f3 | trim | sort -u | sed 's/.*/        "&",/' | sed '$ s/,$//')
  printf '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Sid": "ReadForSallyport",\n      "Effect": "Allow",\n      "Action": [\n%s\n      ],\n      "Resource": "*"\n    }\n  ]\n}\n' "$actions"
}

out=collected regions='' profile=''
while [ $# -gt 0 ]; do
  case $1 in
    --out | --regions | --profile)
      [ $# -ge 2 ] || { say "collect: $1 needs a value"; exit 1; }
      case $1 in
        --out) out=$2 ;;
        --regions) regions=$(printf '%s' "$2" | tr ',' ' ') ;;
        --profile) profile=$2 ;;
      esac
      shift 2
      ;;
    --policy) print_policy; exit 0 ;;
    --calls) calls | awk -F'|' '{ gsub(/ +$/, "", $2); print "aws" $2 $5 }' | sed 's/ *$//'; exit 0 ;;
    -h | --help) usage; exit 0 ;;
    *) say "collect: unknown argument \`$1\`: see ./collect.sh --help"; exit 1 ;;
  esac
done
command -v aws >/dev/null || { say "collect: there is no \`aws\` here: install the AWS CLI, or use AWS CloudShell"; exit 1; }

export AWS_PAGER='' AWS_RETRY_MODE=${AWS_RETRY_MODE:-standard} AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-8}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

region=''
ask() { aws "$@" ${profile:+--profile "$profile"} ${region:+--region "$region"} </dev/null; }

# names SERVICE OPERATION --query Q: the identifiers in an answer. A refusal gives none: the answer's own file tells of it.
names() { ask "$@" --output text 2>/dev/null | tr '\t' '\n' | grep -v -e '^None$' -e '^$'; }

# list NAME: as ids, asked once per Region.
list() {
  local cache="$work/ids-$1-$region"
  [ -f "$cache" ] || ids "$1" >"$cache"
  cat "$cache"
}

# Identifiers become file names: `%`, `/` and `:` percent-encoded.
escape() {
  case $1 in
    *[%/:]*) printf '%s' "$1" | sed 's/%/%25/g; s|/|%2F|g; s/:/%3A/g' ;;
    *) printf '%s' "$1" ;;
  esac
}

# A JSON string of what AWS said, on one line.
json_text() { printf '%s' "$1" | tr '\000-\037' ' ' | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# True for an answer that need not be asked again: one from AWS, or AWS's word that there is none.
settled() {
  [ -s "$1" ] || return 1
  local first
  IFS= read -r first <"$1"
  case $first in
    '{"Error": {"Code": "'NoSuch* | '{"Error": {"Code": "AWSOrganizationsNotInUseException"'*) return 0 ;;
    '{"Error": {"Code": "'*) first=${first#*Code\": \"} && first=${first%%\"*} ;;
    *) return 0 ;;
  esac
  case $first in *NotFound*) return 0 ;; *) return 1 ;; esac
}

# fetch FILE SERVICE OPERATION ARGUMENT...: one answer into one file, never half of one.
fetch() {
  local file=$1 code message
  shift
  if settled "$file"; then
    kept=$((kept + 1))
    return
  fi
  mkdir -p "${file%/*}"
  if ask "$@" --output json >"$file.tmp" 2>"$work/error"; then
    # The CLI prints nothing where an answer has no members (`sqs list-queues` without queues).
    [ -s "$file.tmp" ] || printf '{}\n' >"$file.tmp"
    answered=$((answered + 1))
  else
    message=$(tr '\n' ' ' <"$work/error" | sed 's/^ *//; s/ *$//')
    code=$(printf '%s' "$message" | sed -n 's/.*An error occurred (\([A-Za-z0-9._-]*\)) when calling.*/\1/p')
    case $code in
      Expired* | RequestExpired)
        rm -f "$file.tmp"
        say "collect: the credentials have expired: renew them and run this again, it goes on where it stopped"
        exit 1
        ;;
      '') code=NoAnswer ;; # no network, an unknown Region, a CLI older than the call
    esac
    printf '{"Error": {"Code": "%s", "Message": "%s"}}\n' "$code" "$(json_text "$message")" >"$file.tmp"
    if settled "$file.tmp"; then
      answered=$((answered + 1))
    else
      refused=$((refused + 1))
      printf '%s %s: %s\n' "$1" "$2" "$code" >>"$work/refused"
    fi
  fi
  mv "$file.tmp" "$file"
}

# collect SCOPE FOLDER: all calls of the table that have this scope.
collect() {
  local scope call each arguments file id word name text
  answered=0 kept=0 refused=0
  calls >"$work/table"
  while IFS='|' read -r scope call _ each arguments file <&3; do
    trimmed "$scope"
    [ "$text" = "$1" ] || continue
    trimmed "$each"
    each=$text
    trimmed "$file"
    file=$text
    # shellcheck disable=SC2086  # two words: service and operation
    set -- "$1" "$2" $call
    if [ -z "$each" ]; then printf '\n' >"$work/each"; else list "$each" >"$work/each"; fi
    while IFS= read -r id <&4; do
      local words=()
      for word in $arguments; do
        word=${word//\{functions\}/"$functions_query"}
        word=${word//\{tasks\}/"$tasks_query"}
        word=${word//\{definition\}/"$definition_query"}
        word=${word//\{projects\}/"$projects_query"}
        word=${word//\{connections\}/"$connections_query"}
        word=${word//\{webservice\}/"$webservice_query"}
        case $word in *'{cluster}'*) word=${word//\{cluster\}/"$(cluster_of "$id")"} ;; esac
        word=${word//\{account\}/"$account"}
        word=${word//\{partition\}/"$partition"}
        word=${word//\{region\}/"$region"}
        word=${word//\{\}/"$id"}
        words+=("$word")
      done
      if [ -z "$each" ]; then
        name=
      else
        name=${file:-\{\}}
        name=${name//\{last\}/"${id##*/}"}
        name=${name//\{\}/"$id"}
        name=/$(escape "$name")
      fi
      fetch "$2/$3-$4$name.json" "$3" "$4" ${words[@]+"${words[@]}"}
    done 4<"$work/each"
  done 3<"$work/table"
  say "${2#"$out"/}: $((answered + kept + refused)) answers: $answered new, $kept kept, $refused refused"
}

identity=$(ask sts get-caller-identity --query '[Account, Arn]' --output text 2>"$work/error") || {
  say "collect: AWS does not know us: $(tr '\n' ' ' <"$work/error")"
  exit 1
}
account=$(printf '%s' "$identity" | cut -f1)
partition=$(printf '%s' "$identity" | cut -f2 | cut -d: -f2)
case $account in
  *[!0-9]* | '') say "collect: unexpected answer of sts get-caller-identity: \`$identity\`"; exit 1 ;;
esac

: >"$work/refused"
if [ -z "$regions" ]; then
  regions=$(names ec2 describe-regions --query 'Regions[].RegionName' | sort)
  [ -n "$regions" ] || { say "collect: the Regions cannot be listed: name them with --regions"; exit 1; }
fi
say "account $account into $out/$account"

# Global services answer in any Region of their partition.
# shellcheck disable=SC2086
set -- $regions
region=$1
collect global "$out/$account/aws-global"
for region in $regions; do
  collect region "$out/$account/$region"
done

if [ -s "$work/refused" ]; then
  say "refused (run again with what \`./collect.sh --policy\` prints; flows that need these answers are unknown):"
  sort "$work/refused" | uniq -c >&2
  exit 3
fi
