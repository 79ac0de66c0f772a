import { setTimeout as sleep } from 'node:timers/promises';
import { expectRefusal, issue, status } from '../../../support/sandbox/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox({ moca: { onChainAfterMs: 300, onChainVariesBy: 0 } });

afterEach(() => {
	const { settings } = sandbox().moca;
	settings.finalStatus = 'ONCHAIN';
	delete settings.onChainAfterPolls;
	delete settings.revokedStatus;
	delete settings.statusOmits;
	delete settings.statusAdds;
});

async function issuedHash(email?: string): Promise<string> {
	return ((await issue(sandbox(), { ...(email && { email }) })).data as { coreClaimHash: string }).coreClaimHash;
}

async function vcStatus(hash: string): Promise<string> {
	return ((await status(sandbox(), hash)).data as { vcStatus: string }).vcStatus;
}

it('answers the five fields of the documented sample', async () => {
	const coreClaimHash = await issuedHash();
	const { issuanceDate, vcId, issuerDid } = sandbox().moca.issued()[0]!;
	const { data } = await status(sandbox(), coreClaimHash);
	expect(data).toEqual({ coreClaimHash, issuanceDate, issuerDid, vcId, vcStatus: 'WAIT_ONCHAIN' });
});

it('goes from WAIT_ONCHAIN to ONCHAIN by time', async () => {
	const hash = await issuedHash();
	expect(await vcStatus(hash)).toBe('WAIT_ONCHAIN');
	await sleep(320);
	expect(await vcStatus(hash)).toBe('ONCHAIN');
	expect(sandbox().moca.issued()[0]?.vcStatus).toBe('ONCHAIN');
});

it('takes each credential a time of its own, by as much longer or shorter as is set', async () => {
	const { settings } = sandbox().moca;
	const hour = 3_600_000;
	Object.assign(settings, { onChainAfterMs: hour, onChainVariesBy: 0.25 });
	const hashes = await Promise.all(Array.from({ length: 40 }, (_, number) => issuedHash(`learner${number}@example.com`)));
	const onChainAfter = (ms: number) => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);
		const all = sandbox().moca.issued();
		now.mockRestore();
		return all.filter(({ coreClaimHash, vcStatus }) => hashes.includes(coreClaimHash) && vcStatus === 'ONCHAIN').length;
	};
	expect(onChainAfter(0.74 * hour)).toBe(0);
	expect(onChainAfter(hour)).toBeGreaterThan(5);
	expect(onChainAfter(hour)).toBeLessThan(35);
	expect(onChainAfter(1.25 * hour)).toBe(40);
	Object.assign(settings, { onChainAfterMs: 300, onChainVariesBy: 0 });
});

it('goes to ONCHAIN at the n-th call for that hash when polls count instead', async () => {
	sandbox().moca.settings.onChainAfterPolls = 3;
	const hash = await issuedHash();
	await sleep(320);
	expect([await vcStatus(hash), await vcStatus(hash), await vcStatus(hash), await vcStatus(hash)]).toEqual([
		'WAIT_ONCHAIN',
		'WAIT_ONCHAIN',
		'ONCHAIN',
		'ONCHAIN',
	]);
});

it('can be on-chain at the first call', async () => {
	sandbox().moca.settings.onChainAfterPolls = 1;
	expect(await vcStatus(await issuedHash())).toBe('ONCHAIN');
});

it('can end in a state that no document names', async () => {
	Object.assign(sandbox().moca.settings, { onChainAfterPolls: 1, finalStatus: 'NON_COMPLIANT' });
	expect(await vcStatus(await issuedHash())).toBe('NON_COMPLIANT');
});

it('can tell that a credential was revoked', async () => {
	sandbox().moca.settings.revokedStatus = 'REMOVE';
	const hash = await issuedHash();
	await issue(sandbox(), { body: { onDuplicate: 'revoke' } });
	expect(await vcStatus(hash)).toBe('REMOVE');
});

it('can leave fields out and add others', async () => {
	Object.assign(sandbox().moca.settings, { statusOmits: ['issuanceDate', 'vcId'], statusAdds: { expirationDate: '2030-01-01 00:00:00' } });
	const coreClaimHash = await issuedHash();
	const { issuerDid } = sandbox().moca.partner;
	const { data } = await status(sandbox(), coreClaimHash);
	expect(data).toEqual({ coreClaimHash, issuerDid, vcStatus: 'WAIT_ONCHAIN', expirationDate: '2030-01-01 00:00:00' });
});

it('is 404 for an unknown hash', async () => {
	expectRefusal(await status(sandbox(), 'f'.repeat(64)), 404, /No credential found/);
});

it('is 400 without a hash', async () => {
	expectRefusal(await status(sandbox()), 400, /coreClaimHash is required/);
});
