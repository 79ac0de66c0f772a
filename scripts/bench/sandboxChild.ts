import { startSandbox, type SandboxOptions } from '../../sandbox';

async function main(): Promise<void> {
	const { url, moca, learncoin, chain } = await startSandbox(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions);
	process.send?.({
		url,
		moca: {
			apiBaseUrl: moca.apiBaseUrl,
			catalogBaseUrl: moca.catalogBaseUrl,
			partner: moca.partner,
			ecPartner: moca.ecPartner,
			programs: moca.programs,
		},
		learncoin: { apiBaseUrl: learncoin.apiBaseUrl, apiKey: learncoin.apiKey },
		chain: { rpcUrls: chain.rpcUrls },
	});
	process.on('disconnect', () => process.exit());
}

void main();
