// Lets the peer, @cloud-copilot/iam-simulate, decide lines of `authorize` (DESIGN.md
// has the format): for the differential test and the benchmark. It is a tool beside
// the program; nothing of it is part of Sallyport.
//
//   node decide.mjs [--api] [FILE]           a line out for each line in:
//                                            {"id": "c1", "decision": "allowed"}
//   node decide.mjs [--api] --time S [FILE]  reads and prepares all lines, then decides
//                                            them again and again for S seconds:
//                                            {"decisions": 4711, "seconds": 2.0}
//
// Two ways to ask: its core engine, where each policy is parsed once, however often it
// stands in the lines; and with `--api` its public function, which checks and parses
// everything anew for every request. Decisions: `allowed`, `denied` (by a Deny),
// `not-allowed` (for want of an Allow), `refused` (an error of its own), `cannot-ask`
// (it has no place for what the line says, such as a policy that was not collected).
import { readFileSync, writeSync } from 'node:fs'
import { anonymousPrincipal, isConditionKeyArray, isWildcardOnlyAction, runSimulation, typeForContextKey } from '@cloud-copilot/iam-simulate'

// The core engine is not among the package's exports, so it is found by its place.
const core = new URL('./node_modules/@cloud-copilot/iam-simulate/dist/esm/', import.meta.url)
const { authorize } = await import(new URL('core_engine/CoreSimulatorEngine.js', core))
const { AwsRequestImpl } = await import(new URL('request/request.js', core))
const { RequestContextImpl } = await import(new URL('requestContext.js', core))
const { DiscoveryContextKeyConstraints } = await import(new URL('context_keys/discoveryContextKeyConstraints.js', core))
const policyPackage = new URL('./node_modules/@cloud-copilot/iam-policy/dist/esm/index.js', import.meta.url)
const { loadPolicy } = await import(policyPackage)

class CannotAsk extends Error {}

const arguments_ = process.argv.slice(2)
const publicApi = arguments_.includes('--api')
const timeAt = arguments_.indexOf('--time')
const seconds = timeAt < 0 ? 0 : Number(arguments_[timeAt + 1])
const file = arguments_.filter((word, i) => !word.startsWith('--') && (timeAt < 0 || i !== timeAt + 1))[0]

// One document or a list of them, as a list; `"unknown"` has no place in the peer.
function documents(value) {
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (one === 'unknown') throw new CannotAsk('a policy was not collected')
    return typeof one === 'string' ? JSON.parse(one) : one
  })
}

function levels(value) {
  if (value === null || value === undefined) return []
  if (value === 'unknown') throw new CannotAsk('an organization was not collected')
  return value.map((level) => documents(level))
}

const accountOf = (arn) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1]

function resourceAccount(request) {
  if (request.resourceAccount) return String(request.resourceAccount)
  const account = request.resource === '*' ? accountOf(request.principal) : accountOf(request.resource)
  if (!account) throw new CannotAsk('the account of the resource is not given')
  return account
}

// Its context has lists for keys that are lists, texts for all others.
const arrays = new Map()
async function contextOf(given) {
  const context = {}
  for (const [key, value] of Object.entries(given ?? {})) {
    const lower = key.toLowerCase()
    if (!arrays.has(lower)) {
      let type = 'String'
      try {
        type = await typeForContextKey(lower)
      } catch {
        // a key that it does not know
      }
      arrays.set(lower, isConditionKeyArray(type))
    }
    const list = [value].flat().map(String)
    if (!arrays.get(lower) && list.length !== 1) throw new CannotAsk('a single-valued key has not one value')
    context[key] = arrays.get(lower) ? list : list[0]
  }
  return context
}

// The line as the peer's public function takes it. What it leaves to its caller is
// done here: the exemptions of the management account and of services that ignore
// endpoint policies.
async function simulationOf(line) {
  const { request } = line
  const provider = !/^arn:[^:]*:(iam|sts)::\d{12}:(?!oidc-provider|saml-provider)/.test(request.principal)
  if (provider && request.principal !== 'anonymous' && !request.principal.endsWith('.amazonaws.com')) {
    throw new CannotAsk('it knows no identity provider as the principal of a request')
  }
  const account = resourceAccount(request)
  const management = line.managementAccount
  const endpoint = line.endpoint ?? {}
  const session = documents(line.sessionPolicy)
  if (session.length > 1) throw new CannotAsk('it takes one session policy')
  const supported = endpoint.policySupported === undefined ? true : endpoint.policySupported
  const endpointPolicies = documents(line.endpointPolicy)
  if (endpointPolicies.length > 0 && supported === null) throw new CannotAsk('whether the endpoint policy counts')
  const name = (policy, i) => ({ name: `p${i}`, policy })
  const organization = (list) => list.map((level, i) => ({ orgIdentifier: `level${i}`, policies: level.map(name) }))
  const spared = (of) => management !== undefined && management !== null && of === String(management)
  const simulation = {
    request: {
      principal: request.principal === 'anonymous' ? anonymousPrincipal : request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: account },
      contextVariables: await contextOf(request.context),
    },
    identityPolicies: documents(line.identityPolicies).map(name),
    serviceControlPolicies: spared(accountOf(request.principal)) ? [] : organization(levels(line.serviceControlPolicies)),
    resourceControlPolicies: spared(account) ? [] : organization(levels(line.resourceControlPolicies)),
    resourcePolicy: documents(line.resourcePolicy)[0],
    additionalSettings: { s3: { blockPublicAccess: line.blockPublicAccess?.restrictPublicBuckets === true } },
  }
  if (session.length === 1) simulation.sessionPolicy = session[0]
  const boundaries = documents(line.permissionBoundary)
  if (boundaries.length > 0) simulation.permissionBoundaryPolicies = boundaries.map(name)
  if (endpointPolicies.length > 0 && supported) simulation.vpcEndpointPolicies = endpointPolicies.map(name)
  return simulation
}

// Each document is parsed once, however many lines repeat it.
const parsed = new Map()
function load(policy, name) {
  const text = JSON.stringify(policy)
  const found = parsed.get(text)
  if (found) return found
  if (parsed.size > 20_000) parsed.clear()
  const loaded = loadPolicy(policy, { name })
  parsed.set(text, loaded)
  return loaded
}

// `RCPFullAWSAccess`, which its public function adds to every level.
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }

async function coreRequest(simulation) {
  const { request } = simulation
  const [service, action] = request.action.split(':')
  let resourceless = request.resource.resource === '*'
  try {
    resourceless = await isWildcardOnlyAction(service, action)
  } catch {
    // an action that it does not know
  }
  const list = (policies) => policies.map(({ name, policy }) => load(policy, name))
  const organization = (of, more) =>
    of.map(({ orgIdentifier, policies }) => ({ orgIdentifier, policies: [...more, ...list(policies)] }))
  return {
    request: new AwsRequestImpl(request.principal, request.resource, request.action,
      new RequestContextImpl(request.contextVariables), resourceless),
    sessionPolicy: simulation.sessionPolicy && load(simulation.sessionPolicy, 'session'),
    identityPolicies: list(simulation.identityPolicies),
    serviceControlPolicies: organization(simulation.serviceControlPolicies, []),
    resourceControlPolicies: organization(simulation.resourceControlPolicies, [load(everything, 'RCPFullAWSAccess')]),
    resourcePolicy: simulation.resourcePolicy && load(simulation.resourcePolicy, 'resource'),
    permissionBoundaries: simulation.permissionBoundaryPolicies && list(simulation.permissionBoundaryPolicies),
    vpcEndpointPolicies: simulation.vpcEndpointPolicies && list(simulation.vpcEndpointPolicies),
    simulationParameters: {
      simulationMode: 'Strict',
      discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]),
    },
    serviceSettings: { s3: simulation.additionalSettings.s3 },
  }
}

const words = { Allowed: 'allowed', ExplicitlyDenied: 'denied', ImplicitlyDenied: 'not-allowed' }

async function ask(simulation) {
  if (!publicApi) return { decision: words[authorize(await coreRequest(simulation)).result] }
  const answer = await runSimulation(simulation, { simulationMode: 'Strict' })
  if (answer.resultType === 'error') return { decision: 'refused', why: answer.errors.message }
  return { decision: words[answer.overallResult] }
}

async function answer(text) {
  let id = null
  try {
    const line = JSON.parse(text)
    id = line.id ?? null
    return { id, ...(await ask(await simulationOf(line))) }
  } catch (error) {
    return { id, decision: error instanceof CannotAsk ? 'cannot-ask' : 'refused', why: String(error.message) }
  }
}

// Lines as they come, so that a million of them need no memory.
async function* lines() {
  if (file !== undefined && file !== '-') {
    yield* readFileSync(file, 'utf8').split('\n')
    return
  }
  let rest = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()
    yield* parts
  }
  yield rest
}

// Standard output may be a pipe that is full for a moment.
function write(text) {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

if (seconds > 0) {
  const prepared = []
  for await (const text of lines()) {
    if (text.trim() === '') continue
    const simulation = await simulationOf(JSON.parse(text))
    prepared.push(publicApi ? simulation : await coreRequest(simulation))
  }
  const decide = publicApi ? (one) => runSimulation(one, { simulationMode: 'Strict' }) : authorize
  let decisions = 0
  let refused = 0
  const begin = process.hrtime.bigint()
  let elapsed = 0
  for (let warm = true; elapsed < seconds; warm = false) {
    for (const one of prepared) {
      const result = publicApi ? await decide(one) : decide(one)
      if (result.resultType === 'error') refused += 1
      decisions += 1
      elapsed = Number(process.hrtime.bigint() - begin) / 1e9
      if (elapsed >= seconds && !warm) break
    }
  }
  write(JSON.stringify({ decisions, seconds: elapsed, refused }) + '\n')
} else {
  let out = ''
  for await (const text of lines()) {
    if (text.trim() === '') continue
    out += JSON.stringify(await answer(text)) + '\n'
    if (out.length > 65536) {
      write(out)
      out = ''
    }
  }
  write(out)
}
