import { issueSampleBadge, type SampleBadge } from '../n8n/demo/sampleBadge';
import { startSandbox, type Sandbox, type SandboxPartner } from '../sandbox';

const defaultPort = 4010;

/** The port from the environment. @throws Error when it is no port */
function readPort(value: string | undefined): number {
	if (value === undefined || value === '') return defaultPort;
	const port = Number(value);
	if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
	throw new Error(`PORT must be a number from 0 to 65535, got "${value}"`);
}

function partnerLines(title: string, { partnerId, keyId, algorithm, issuerDid, jwksUrl, privateKeyPem }: SandboxPartner): string[] {
	return [
		'',
		title,
		`  Partner ID   ${partnerId}`,
		`  Key ID       ${keyId}`,
		`  Algorithm    ${algorithm}`,
		`  Issuer DID   ${issuerDid}`,
		`  JWKS URL     ${jwksUrl}`,
		'  Private key, new at every start:',
		privateKeyPem.trim(),
	];
}

function describe({ url, moca, learncoin, chain }: Sandbox, badge: SampleBadge): string {
	const programs = moca.programs.map(
		({ credentialId, name, published }) => `  ${credentialId}  ${name}${published ? '' : ' (draft: answers 404)'}`,
	);
	return [
		`Issuer sandbox: ${url}`,
		'',
		'Moca Network',
		`  API base URL ${moca.apiBaseUrl}`,
		`  Catalog base URL ${moca.catalogBaseUrl}`,
		...partnerLines('Partner', moca.partner),
		...partnerLines('Second partner', moca.ecPartner),
		'',
		'Issuance programs',
		...programs,
		'',
		'LearnCoin',
		`  Base URL     ${learncoin.apiBaseUrl}`,
		`  API key      ${learncoin.apiKey}`,
		`  Issuer       ${learncoin.issuer().id}`,
		'',
		'A badge, to check with LearnCoin Credential, Verify, Source: File',
		`  genuine      ${badge.genuine}`,
		`  altered      ${badge.altered}`,
		`  RPC URL      ${chain.rpcUrls['base-sepolia']}  (the chain that it is anchored in; it answers as Base Sepolia)`,
		'',
		'Ctrl-C stops it.',
	].join('\n');
}

async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: readPort(process.env.PORT) });
	process.stdout.write(`${describe(sandbox, await issueSampleBadge(sandbox))}\n`);
	const stop = () => void sandbox.stop();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
